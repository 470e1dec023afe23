"""Training goes on from what is shown: after an edit, an undo, an update on the tape; step for step as if alone."""

import numpy as np
import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.engine import Network, Problem, Trainer, Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Memory, one_hot
from explorer.session import Edit, NextUpdate, RunStatus, Session, Settings, Subject, Tone
from explorer.tape import record
from explorer.tape.record import updated
from tests.bridge.engines import WAIT_MS, MakeEngine


def session_of(optimizer: str = "sgd", samples: int = 50, batch_size: int = 16) -> Session:
    rng = np.random.default_rng(0)
    labels = np.arange(samples) % 2
    X, Y = rng.normal(size=(samples, 2)) + 2.0 * labels[:, None], one_hot(labels, 2, np.dtype(np.float64))
    problem = Problem(Network.random((2, 5, 2), seed=3), X, Y, labels, update=Update(optimizer, 0.05))
    settings = replace(Settings.of_problem(problem), batch_size=batch_size, seed=7)
    return Session(Subject.of_problem("s", problem), settings)


def alone(session: Session) -> Trainer:
    problem = session.state.subject.problem
    copied = problem.with_network(problem.network.copy())
    return Trainer.of(copied, session.state.settings.batch_size, session.state.settings.seed)


def step(qtbot: QtBot, session: Session, engine: TrainingEngine, count: int) -> None:
    for _ in range(count):
        wanted = session.state.run.step + 1
        engine.step()
        qtbot.waitUntil(lambda wanted=wanted: at_rest(session, wanted), timeout=WAIT_MS)  # type: ignore[misc]


def at_rest(session: Session, wanted: int) -> bool:
    return session.state.run.step == wanted and session.state.run.status is RunStatus.PAUSED


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_resumed_trainer_goes_on_bit_for_bit(optimizer: str) -> None:
    whole, first = alone(session_of(optimizer)), alone(session_of(optimizer))
    whole.run(23)
    first.run(9)
    second = alone(session_of(optimizer))
    second.network.theta[:] = first.network.theta
    state = {name: vector.copy() for name, vector in first.optimizer.state.items()}
    second.resume(9, Memory(first.optimizer.steps, state))
    second.run(14)
    assert np.array_equal(second.network.theta, whole.network.theta)
    assert (second.step, second.epoch) == (whole.step, whole.epoch)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_after_undoing_a_reset_training_goes_on_as_if_there_had_been_none(
    qtbot: QtBot, make_engine: MakeEngine, optimizer: str
) -> None:
    session = session_of(optimizer)
    trainer, engine = alone(session), make_engine(session)
    step(qtbot, session, engine, 6)
    lost = session.state
    session.reset()
    assert (session.state.run.step, len(session.history.losses)) == (0, 0)
    session.undo()
    assert session.state.network is lost.network
    assert len(session.history.losses) == 6
    step(qtbot, session, engine, 5)
    losses = np.empty(11)
    trainer.run(11, losses)
    assert np.array_equal(session.state.network.theta, trainer.network.theta)
    assert np.array_equal(session.history.losses.view(), losses.astype(np.float32))
    assert session.state.run.epoch == trainer.epoch


def test_training_goes_on_from_edited_numbers(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of("adam")
    trainer, engine = alone(session), make_engine(session)
    step(qtbot, session, engine, 3)
    session.do(Edit(("W1", (1, 2)), 0.75))
    run = session.state.run
    assert (run.step, run.status, run.edited) == (3, RunStatus.PAUSED, frozenset({"W1"}))
    step(qtbot, session, engine, 4)
    trainer.run(3)
    trainer.network.parameters["W1"][1, 2] = 0.75
    trainer.run(4)
    assert np.array_equal(session.state.network.theta, trainer.network.theta)
    assert session.state.run.step == 7


def test_an_edit_of_a_sample_is_trained_on(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(samples=4, batch_size=4)
    engine = make_engine(session)
    session.do(Edit(("x", (1, 0)), -3.5))
    session.do(Edit(("y", (0, 1)), 1.0))
    trainer = alone(session)
    step(qtbot, session, engine, 3)
    trainer.run(3)
    assert np.array_equal(session.state.network.theta, trainer.network.theta)
    assert session.state.subject.problem.X[1, 0] == -3.5


def test_an_edit_while_training_runs_pauses_it_and_says_so(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of()
    engine = make_engine(session)
    engine.train()
    qtbot.waitUntil(lambda: session.state.run.step > 200, timeout=WAIT_MS)
    shown = session.state.network
    session.do(Edit(("b2", (1,)), 0.5))
    state = session.state
    assert not engine.running
    assert state.run.status is RunStatus.PAUSED
    assert state.notice is not None
    assert state.notice.tone is Tone.INFORMATION
    assert state.notice.text == "Training is paused for a change: b₂[2] = 0.5000."
    assert state.run.step == state.memory.updates == len(session.history.losses)
    expected = shown.copy()
    expected.parameters["b2"][1] = 0.5
    assert np.array_equal(state.network.theta, expected.theta)
    before = state.run.step
    step(qtbot, session, engine, 1)
    assert session.state.run.step == before + 1
    session.undo()
    session.undo()
    assert session.state.network is shown
    session.undo()
    assert (session.state.run.step, session.undo_text) == (0, "")


def test_steps_of_the_engine_can_be_stepped_back_through(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of()
    engine = make_engine(session)
    step(qtbot, session, engine, 3)
    assert [each.step for each in session.state.passes] == [0, 1, 2]


def test_updates_on_the_tape_and_of_the_engine_follow_on_each_other(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of("momentum", samples=4, batch_size=4)
    engine, problem = make_engine(session), session.state.subject.problem
    session.do(NextUpdate())
    step(qtbot, session, engine, 1)
    session.do(NextUpdate())
    for _ in range(3):
        problem = updated(problem, record(problem))
    np.testing.assert_allclose(session.state.network.theta, problem.network.theta, rtol=1e-13)
    assert session.state.memory.updates == session.state.run.step == 3
    assert len(session.history.losses) == 3


def test_a_drag_is_followed_without_a_backlog(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of()
    engine = make_engine(session)
    for number in range(200):
        session.do(Edit(("W1", (0, 0)), number / 100, dragged=True))
    wanted = session.state.subject.problem.loss()
    qtbot.waitUntil(
        lambda: (
            session.state.run.evaluation is not None
            and session.state.run.evaluation.train_loss == pytest.approx(wanted, rel=1e-12)
        ),
        timeout=WAIT_MS,
    )
    assert session.state.run.status is RunStatus.READY
    engine.step()
    qtbot.waitUntil(lambda: session.state.run.step == 1, timeout=WAIT_MS)
    session.undo()
    session.undo()
    assert (session.undo_text, session.state.edited) == ("", frozenset())
