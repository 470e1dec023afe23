"""Time travel: a kept step is shown whole, the run goes on meanwhile, and a branch begins there that can be undone."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.bridge.mailbox import frozen_copy, memory_of
from explorer.engine import Network, Problem, Trainer, Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import one_hot
from explorer.session import Edit, RunStatus, Session, Settings, Subject
from explorer.session.saving import weights_info
from explorer.session.showing import rested
from explorer.tape import record
from tests.session.moments import snapshot

SAMPLES, BATCH = 50, 16


def session_of(optimizer: str = "momentum") -> Session:
    rng = np.random.default_rng(0)
    labels = np.arange(SAMPLES) % 2
    X, Y = rng.normal(size=(SAMPLES, 2)) + labels[:, None], one_hot(labels, 2, np.dtype(np.float64))
    problem = Problem(Network.random((2, 5, 2), seed=3), X, Y, labels, update=Update(optimizer, 0.05))
    return Session(Subject.of_problem("s", problem), replace(Settings.of_problem(problem), batch_size=BATCH, seed=7))


def trainer_of(session: Session) -> Trainer:
    """A trainer that goes on from what the session shows, as the engine's would."""
    state = session.state
    problem = state.subject.problem.with_network(state.network.copy(), state.memory)
    made = Trainer.of(problem, BATCH, state.settings.seed)
    made.resume(state.run.step, state.memory)
    return made


def receive(session: Session, trainer: Trainer, steps: int) -> None:
    """Train, and let the session hear of it."""
    losses = np.empty(steps)
    trainer.run(steps, losses)
    picture = frozen_copy(trainer.network), memory_of(trainer.optimizer)
    session.receive(session.state.run.id, trainer.step, trainer.epoch, losses.astype(np.float32), (), *picture)


def trained(optimizer: str = "momentum", pictures: int = 6) -> tuple[Session, Trainer]:
    """A session at rest after 10 steps for each picture."""
    session = session_of(optimizer)
    session.set_status(RunStatus.RUNNING)
    trainer = trainer_of(session)
    for _ in range(pictures):
        receive(session, trainer, 10)
    session.set_status(RunStatus.PAUSED)
    return session, trainer


def test_every_picture_is_kept_and_so_are_the_initial_weights() -> None:
    session, _ = trained()
    assert session.checkpoints.steps == (0, 10, 20, 30, 40, 50, 60)


def test_a_kept_step_is_shown_with_its_pass() -> None:
    session, _ = trained()
    front = session.state
    session.look_at(29)
    state = session.state
    assert (state.network_step, state.run.step, state.memory.updates) == (20, 60, 20)
    assert state.front is not None
    wanted = record(state.subject.problem.with_network(state.network, state.memory).only(state.sample))
    assert all(np.array_equal(state.tape[step.id].value, step.value) for step in wanted.steps)
    assert not np.array_equal(state.network.theta, front.network.theta)
    session.look_at(60)
    assert session.state.front is None
    assert session.state.network is front.network
    assert session.undo_text == "training from step 0"


def test_weights_of_the_past_are_told_by_their_own_step() -> None:
    session, _ = trained()
    session.look_at(20)
    assert weights_info(rested(session.state)).steps == 20


def test_places_are_stepped_through() -> None:
    session, _ = trained()
    shown = []
    for places in (-1, -1, -9, 1, 9):
        session.look_by(places)
        shown.append(session.state.network_step)
    assert shown == [50, 40, 0, 10, 60]


def test_nothing_is_looked_at_before_anything_is_kept() -> None:
    session = session_of()
    before = session.state
    session.look_at(3)
    session.look_by(-1)
    session.continue_here()
    assert session.state is before


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_branch_makes_the_same_numbers_as_the_run_did(optimizer: str) -> None:
    session, trainer = trained(optimizer)
    losses = session.history.losses.view()
    session.look_at(20)
    session.continue_here()
    state = session.state
    assert (state.run.step, state.run.epoch, state.run.status) == (20, 20 // 4, RunStatus.PAUSED)
    assert (state.front, len(session.history.losses), session.checkpoints.steps) == (None, 20, (0, 10, 20))
    again = trainer_of(session)
    receive(session, again, 40)
    assert session.state.network.theta.tobytes() == trainer.network.theta.tobytes()
    assert session.history.losses.view().tobytes() == losses.tobytes()
    assert all(np.array_equal(again.optimizer.state[name], vector) for name, vector in trainer.optimizer.state.items())


def test_undoing_a_branch_brings_the_whole_run_back() -> None:
    session, _ = trained()
    before = snapshot(session)
    session.look_at(20)
    session.continue_here()
    branch = snapshot(session)
    assert session.undo_text == "continuing from step 20"
    session.undo()
    assert snapshot(session) == before
    assert session.checkpoints.steps[-1] == 60
    session.redo()
    assert snapshot(session) == branch


def test_an_edit_in_the_past_is_a_branch_of_its_own() -> None:
    session, _ = trained()
    before = snapshot(session)
    session.look_at(30)
    session.do(Edit(("W1", (0, 0)), 2.5))
    state = session.state
    assert (state.front, state.run.step, len(session.history.losses)) == (None, 30, 30)
    session.undo()
    assert snapshot(session) == before


def test_training_goes_on_while_a_person_looks_back() -> None:
    session, _ = trained()
    session.set_status(RunStatus.RUNNING)
    trainer = trainer_of(session)
    session.look_at(20)
    shown = session.state.network
    receive(session, trainer, 10)
    state = session.state
    assert state.network is shown
    assert state.front is not None
    assert (state.run.step, state.front.step, session.checkpoints.steps[-1]) == (70, 70, 70)
    session.look_at_front()
    assert np.array_equal(session.state.network.theta, trainer.network.theta)


def test_training_on_returns_to_the_front() -> None:
    session, _ = trained()
    front = session.state.network
    session.look_at(10)
    session.set_status(RunStatus.RUNNING)
    assert session.state.network is front
    session.set_status(RunStatus.PAUSED)
    trainer = trainer_of(session)
    session.look_at(10)
    receive(session, trainer, 1)
    assert (session.state.front, session.state.network_step) == (None, 61)


def test_an_update_that_is_made_while_looking_back_says_from_where() -> None:
    session, _ = trained()
    session.set_status(RunStatus.PAUSED)
    trainer = trainer_of(session)
    receive(session, trainer, 1)
    before = session.state
    assert before.notice is None
    session.look_at(10)
    receive(session, trainer, 1)
    notice = session.state.notice
    assert notice is not None
    assert notice.text.startswith("Training goes on from the newest step, 61, and not from step 10 that was shown: ")
    session.undo()
    assert session.state.network_step == 61


def test_a_reset_that_is_undone_has_its_past_again() -> None:
    session, _ = trained()
    session.look_at(40)
    session.reset()
    assert not len(session.checkpoints)
    session.undo()
    assert (session.checkpoints.steps[-1], session.state.network_step) == (60, 60)
