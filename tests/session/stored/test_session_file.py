"""A session that is saved and opened again: every number of it, to the last bit, and training goes on as it would."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.bridge.mailbox import memory_of
from explorer.data import finished
from explorer.engine import Trainer
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import Schedule
from explorer.files import write_weights
from explorer.session import Edit, Evaluation, NextUpdate, RunStatus, Session, Settings, State
from explorer.session.drawing_commands import Draw, MeanClass
from explorer.session.finding import Reopened, finding, session_on
from explorer.session.guests import Walk
from explorer.session.opening import open_data, open_named
from explorer.session.points import AddPoints
from explorer.session.saving import weights_info
from explorer.session.series import CHUNK
from explorer.session.stored.saved import Saved
from explorer.session.stored.session_file import opening_session, saving_session
from explorer.tape.mistaken_trainer import trainer_of
from tests.session.moments import snapshot

NAN = float("nan")


def resumed(state: State) -> Trainer:
    """Return the trainer with which the engine goes on from a state."""
    problem = replace(state.subject.problem, network=state.network.copy(), memory=state.memory)
    trainer = trainer_of(problem, state.settings.batch_size, state.settings.seed)
    trainer.resume(state.run.step, state.memory)
    return trainer


def train(session: Session, steps: int) -> None:
    """Make updates as the engine does, and let the session have what it measured."""
    state, trainer, losses = session.state, resumed(session.state), np.empty(steps)
    trainer.make(steps, losses)
    measured = (Evaluation(trainer.step, float(losses[-1]), 0.5, NAN, NAN),)
    received = losses.astype(np.float32), measured, trainer.network.copy(), memory_of(trainer.optimizer)
    session.receive(state.run.id, trainer.step, trainer.epoch, *received)


def reopened(session: Session, path: Path) -> Session:
    finished(saving_session(session.saved(), path))
    found = finished(finding(str(path)))
    assert isinstance(found, Reopened)
    return session_on(found)


def same(one: Session, other: Session) -> None:
    """Compare all that two sessions show; NaN is itself."""
    for first, second in zip(snapshot(one), snapshot(other), strict=True):
        assert first == second or repr(first) == repr(second)
    names = ("position", "selected", "notation", "layout", "hidden_runs", "network_step", "guest", "walk")
    assert [getattr(one.state, name) for name in names] == [getattr(other.state, name) for name in names]
    assert one.history.checkpoints.steps == other.history.checkpoints.steps
    kept = [
        [(run.id, run.name, run.colour, run.quiet, run.moment.network.theta.tobytes()) for run in session.state.runs]
        for session in (one, other)
    ]
    assert kept[0] == kept[1]


@pytest.mark.parametrize("schedule", [Schedule(), Schedule("cosine", 40, 0.1, warmup=7)], ids=["constant", "cosine"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_training_goes_on_bit_for_bit(optimizer: str, schedule: Schedule, tmp_path: Path) -> None:
    settings = Settings((5,), "tanh", 0.05, 16, seed=3, optimizer=optimizer, schedule=schedule)
    session = Session(*open_data("moons", settings))
    train(session, 23)
    again = reopened(session, tmp_path / "s.bpx")
    same(session, again)
    for one in (session, again):
        train(one, 31)
    same(session, again)


@pytest.mark.parametrize("name", ["net-s", "mazur", "xor", "digits", "sine", "iris", "drawn-2", "drawn-curve"])
def test_whatever_is_open_comes_back(name: str, tmp_path: Path) -> None:
    session = Session(*open_named(name))
    same(session, reopened(session, tmp_path / "s.bpx"))


def test_all_that_the_window_shows_comes_back(tmp_path: Path) -> None:
    session = Session(*open_data("digits", Settings((6,), "relu", 0.1, 32)))
    train(session, 40)
    session.keep_run("first")
    session.do(Edit(("W1", (0, 1)), 0.25))
    session.do(Edit(("x", (0, 3)), 0.5))
    train(session, 20)
    session.reset()
    train(session, 12)
    session.do(NextUpdate())
    session.show_curves(1, visible=False)
    session.show_member(Walk("test", (3, 1, 4), "3 taken for 8"), 1)
    session.write_in("bracket")
    session.lay_out("numerator")
    session.go_to_step("dJ/dz1")
    session.select(("dJ/dz1", (0, 2)))
    again = reopened(session, tmp_path / "s.bpx")
    same(session, again)
    assert again.state.walk == session.state.walk
    assert [run.name for run in again.state.runs] == ["first", "run 2"]
    assert not again.undo_text
    again.leave_guest()
    session.leave_guest()
    same(session, again)


def test_a_kept_run_shares_what_it_shared_and_is_shown_again_to_the_last_bit(tmp_path: Path) -> None:
    session = Session(*open_data("moons"))
    losses = np.random.default_rng(0).random(CHUNK + 5).astype(np.float32)
    network = session.state.network.copy()
    session.receive(session.state.run.id, len(losses), 9, losses, (), network)
    session.keep_run("long")
    again = reopened(session, tmp_path / "s.bpx")
    (run,) = again.state.runs
    assert again.shown_run() == run.id
    assert run.moment.network is again.state.network
    assert run.moment.subject is again.state.subject
    assert dict(again.history.losses.sizes()).keys() & dict(run.history.losses.sizes()).keys()
    train(again, 4)
    again.show_run(run.id)
    assert again.history.losses.view().tobytes() == losses.tobytes()
    same_extremes = (session.history.losses.spread(3, CHUNK), again.history.losses.spread(3, CHUNK))
    assert same_extremes[0] == same_extremes[1]


def test_the_step_that_is_looked_back_at_is_looked_back_at(tmp_path: Path) -> None:
    session = Session(*open_data("moons"))
    for _ in range(5):
        train(session, 10)
    session.look_at(20)
    again = reopened(session, tmp_path / "s.bpx")
    assert (again.state.network_step, again.state.run.step) == (20, 50)
    assert again.state.network.theta.tobytes() == session.state.network.theta.tobytes()
    again.look_at_front()
    session.look_at_front()
    same(session, again)


def test_a_drawing_comes_back_with_its_strokes(tmp_path: Path) -> None:
    session = Session(*open_data("digits", Settings((6,))))
    session.show_drawing()
    session.do(Draw(((4.0, 1.5), (5.5, 4.0), (4.0, 6.5)), 1))
    session.do(MeanClass(3))
    again = reopened(session, tmp_path / "s.bpx")
    same(session, again)
    old, new = session.state.drawing, again.state.drawing
    assert old is not None
    assert new is not None
    assert (old.strokes, old.target, old.style) == (new.strokes, new.target, new.style)
    np.testing.assert_array_equal(old.ink, new.ink)


def test_drawn_points_come_back_and_stay_under_another_seed(tmp_path: Path) -> None:
    session = Session(*open_named("drawn-2"))
    session.do(AddPoints(((0.1, 0.2), (0.5, -0.5)), 1))
    again = reopened(session, tmp_path / "s.bpx")
    same(session, again)
    for one in (session, again):
        one.configure(replace(one.state.settings, seed=5))
    same(session, again)


def test_weights_of_a_file_come_back_with_their_past(tmp_path: Path) -> None:
    first = Session(*open_data("moons"))
    train(first, 10)
    write_weights(tmp_path / "w.npz", first.state.network, weights_info(first.state))
    session = Session(*open_named(str(tmp_path / "w.npz")))
    again = reopened(session, tmp_path / "s.bpx")
    same(session, again)
    assert weights_info(again.state) == weights_info(session.state)
    for one in (session, again):
        one.configure(replace(one.state.settings, hidden=(3,)))
    same(session, again)


def test_a_run_that_diverged_comes_back_as_such(tmp_path: Path) -> None:
    session = Session(*open_data("moons"))
    train(session, 10)
    session.diverge(12, "z1")
    again = reopened(session, tmp_path / "s.bpx")
    assert again.state.run.status is RunStatus.FAILED
    assert again.state.run.diverged_at == 12
    assert again.state.notice == session.state.notice is not None
    again.back_to_good()
    assert again.state.run.status is not RunStatus.FAILED


def test_training_that_runs_is_saved_at_the_pass_that_is_shown(tmp_path: Path) -> None:
    session = Session(*open_data("moons"))
    train(session, 10)
    session.set_status(RunStatus.RUNNING)
    session.receive(session.state.run.id, 14, 0, np.ones(4, np.float32), (), None)
    saved = session.saved()
    session.receive(session.state.run.id, 18, 0, np.ones(4, np.float32), (), None)
    assert session.state.run.status is RunStatus.RUNNING
    finished(saving_session(saved, tmp_path / "s.bpx"))
    again = finished(opening_session(tmp_path / "s.bpx"))
    assert (again.moment.run.step, again.moment.run.status) == (10, RunStatus.PAUSED)
    assert len(again.moment.history.losses) == 10


def test_opening_one_can_be_undone(tmp_path: Path) -> None:
    first, session = Session(*open_data("moons")), Session(*open_named("net-s"))
    train(first, 10)
    finished(saving_session(first.saved(), tmp_path / "s.bpx"))
    session.do(Edit(("W1", (0, 0)), 2.0))
    before, document = snapshot(session), session.state.document
    session.resume(finished(opening_session(tmp_path / "s.bpx")), "s.bpx")
    assert session.undo_text == "opening s.bpx"
    same(first, session)
    assert session.state.document != document
    session.undo()
    assert snapshot(session) == before
    assert session.state.document == document
    session.redo()
    same(first, session)


def test_a_cell_that_the_tape_has_no_longer_is_not_chosen() -> None:
    session = Session(*open_named("net-s"))
    saved = session.saved()
    for cell in (("W9", (0, 0)), ("W1", (0, 99)), ("W1", (-1, 0)), ("W1", (0, 0, 0))):
        state = Saved(saved.moment, "row", "denominator", selected=cell).state(1)
        assert state.selected is None
    assert Saved(saved.moment, "row", "denominator", selected=("W1", ())).state(1).selected == ("W1", ())
