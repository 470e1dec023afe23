"""The engine on its thread: verbs, failures, new runs, the end; and the same numbers as the trainer alone."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.bridge.pace import pull_interval
from explorer.engine import Network, Problem, Trainer, Update
from explorer.engine.problem import one_hot
from explorer.session import RunStatus, Session, Settings, Subject

WAIT_MS = 10_000
MakeEngine = Callable[[Session], TrainingEngine]


@pytest.fixture
def make_engine(qtbot: QtBot) -> Iterator[MakeEngine]:
    """Make engines that are shut down after the test."""
    made: list[TrainingEngine] = []

    def make(session: Session) -> TrainingEngine:
        made.append(TrainingEngine(session))
        return made[-1]

    yield make
    for engine in made:
        engine.shutdown()


def clouds(samples: int = 50, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    labels = np.arange(samples) % 2
    return rng.normal(size=(samples, 2)) + 2.0 * labels[:, None], labels


def subject(rate: float = 0.1, loss: str = "softmax_cross_entropy", scale: float = 1.0, name: str = "s") -> Subject:
    X, labels = clouds()
    network = Network.random((2, 8, 2), seed=3, loss=loss)
    update = Update(learning_rate=rate)
    Y = one_hot(labels, 2, np.dtype(np.float64))
    made = Subject.of_problem(name, Problem(network, scale * X, Y, labels, update=update))
    held_out, held_labels = clouds(20, seed=1)
    return replace(made, test_X=scale * held_out, test_Y=one_hot(held_labels, 2, np.dtype(np.float64)))


def session_of(about: Subject, batch_size: int = 16) -> Session:
    settings = Settings.of_problem(about.problem)
    return Session(about, replace(settings, batch_size=batch_size, seed=7))


def twin(session: Session) -> Trainer:
    """The trainer alone, from the same start."""
    state = session.state
    problem = state.subject.problem
    return Trainer.of(problem.with_network(problem.network.copy()), state.settings.batch_size, state.settings.seed)


def status_is(session: Session, status: RunStatus) -> Callable[[], bool]:
    return lambda: session.state.run.status is status


def ready(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session.state.run.evaluation is not None, timeout=WAIT_MS)


def past(session: Session, step: int) -> Callable[[], bool]:
    return lambda: session.state.run.step > step


def test_a_new_run_is_measured_before_it_is_trained(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    make_engine(session)
    ready(qtbot, session)
    run = session.state.run
    assert (run.status, run.step, run.epoch) == (RunStatus.READY, 0, 0)
    assert run.evaluation is not None
    assert run.evaluation.train_loss == pytest.approx(session.state.subject.problem.loss(), rel=1e-12)
    assert 0 <= run.evaluation.test_accuracy <= 1


def test_training_runs_until_it_is_paused_and_every_loss_arrives(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    engine = make_engine(session)
    engine.train()
    assert session.state.run.status is RunStatus.RUNNING
    qtbot.waitUntil(past(session, 500), timeout=WAIT_MS)
    engine.pause()
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    run = session.state.run
    assert len(session.history.losses) == run.step
    assert run.evaluation is not None
    assert run.evaluation.step == run.step
    steps = [evaluation.step for evaluation in session.history.evaluations]
    assert steps == sorted(set(steps))
    assert steps[0] == 0


def test_the_thread_trains_bit_for_bit_as_the_trainer_alone(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    alone = twin(session)
    engine = make_engine(session)
    engine.train()
    qtbot.waitUntil(past(session, 300), timeout=WAIT_MS)
    engine.toggle()
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    steps = session.state.run.step
    losses = np.empty(steps)
    alone.run(steps, losses)
    assert np.array_equal(session.state.network.theta, alone.network.theta)
    assert np.array_equal(session.history.losses.view(), losses.astype(np.float32))
    assert session.state.run.epoch == alone.epoch


def test_each_single_step_is_one_update(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    alone = twin(session)
    engine = make_engine(session)
    for _ in range(5):
        engine.step()
    qtbot.waitUntil(lambda: session.state.run.step == 5, timeout=WAIT_MS)
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    alone.run(5)
    assert np.array_equal(session.state.network.theta, alone.network.theta)
    assert len(session.history.losses) == 5


def test_a_step_during_training_ends_it(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    engine = make_engine(session)
    engine.train()
    engine.step()
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    assert not engine.running
    assert len(session.history.losses) == session.state.run.step > 0


def test_an_epoch_ends_with_its_last_minibatch(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    engine = make_engine(session)
    engine.step()
    engine.epoch()
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    assert (session.state.run.step, session.state.run.epoch) == (4, 1)
    engine.epoch()
    qtbot.waitUntil(lambda: session.state.run.epoch == 2, timeout=WAIT_MS)
    assert session.state.run.step == 8


def test_an_epoch_can_be_interrupted(qtbot: QtBot, make_engine: MakeEngine) -> None:
    X, labels = clouds(200_000)
    about = Subject.of_problem("long", Problem(Network.random((2, 8, 2)), X, one_hot(labels, 2, np.dtype(np.float64))))
    session = session_of(about, batch_size=1)
    engine = make_engine(session)
    engine.epoch()
    qtbot.waitUntil(past(session, 0), timeout=WAIT_MS)
    engine.pause()
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    assert 0 < session.state.run.step < 200_000


def test_pausing_and_starting_at_once_goes_on(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    engine = make_engine(session)
    engine.train()
    engine.pause()
    engine.train()
    qtbot.waitUntil(past(session, 300), timeout=WAIT_MS)
    assert session.state.run.status is RunStatus.RUNNING
    assert engine.running


def test_a_new_rate_goes_on_with_the_run(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    alone = twin(session)
    engine = make_engine(session)
    engine.step()
    session.configure(replace(session.state.settings, learning_rate=0.02))
    engine.step()
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)  # the last command's rest: all has come up
    assert session.state.run.step == 2
    alone.run(1)
    alone.learning_rate = 0.02
    alone.run(1)
    assert np.array_equal(session.state.network.theta, alone.network.theta)


def test_a_new_rate_during_an_epoch_does_not_hide_its_end(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    engine = make_engine(session)
    engine.epoch()
    session.configure(replace(session.state.settings, learning_rate=0.02))
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    assert session.state.run.epoch == 1


def test_divergence_is_told_and_the_last_good_network_stays(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject(rate=1e6, loss="half_squared_error", scale=1e3))
    engine = make_engine(session)
    engine.train()
    qtbot.waitUntil(status_is(session, RunStatus.FAILED), timeout=WAIT_MS)
    state = session.state
    assert state.notice is not None
    assert "left the finite numbers at step" in state.notice.text
    assert "Traceback" not in state.notice.details
    assert state.notice.details.startswith("First array with an infinity or a NaN: ")
    assert state.run.diverged_at is not None
    assert state.run.diverged_at > state.run.step
    assert f"at step {state.run.diverged_at}, " in state.notice.text
    assert np.isfinite(state.network.theta).all()
    assert np.isfinite(session.history.losses.view()).all()
    assert len(session.history.losses) >= state.run.step
    engine.train()
    engine.step()
    assert not engine.running
    engine.reset()
    ready(qtbot, session)
    assert session.state.run.status is RunStatus.READY


def test_any_other_error_becomes_a_notice_too(
    qtbot: QtBot, make_engine: MakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(subject())
    engine = make_engine(session)
    ready(qtbot, session)
    monkeypatch.setattr(Trainer, "make", lambda *_: 1 // 0)
    engine.train()
    qtbot.waitUntil(status_is(session, RunStatus.FAILED), timeout=WAIT_MS)
    assert session.state.notice is not None
    assert "ZeroDivisionError" in session.state.notice.text
    assert session.state.run.diverged_at is None
    assert "Traceback" in session.state.notice.details


def test_too_little_memory_is_told_in_a_sentence_alone(
    qtbot: QtBot, make_engine: MakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise MemoryError

    session = session_of(subject())
    engine = make_engine(session)
    ready(qtbot, session)
    monkeypatch.setattr(Trainer, "make", refuse)
    engine.train()
    qtbot.waitUntil(status_is(session, RunStatus.FAILED), timeout=WAIT_MS)
    notice = session.state.notice
    assert notice is not None
    assert notice.text.startswith("Training ran out of memory: ")
    assert notice.details == ""


def test_what_cannot_be_trained_is_told(qtbot: QtBot, make_engine: MakeEngine) -> None:
    about = subject()
    broken = about.problem.X.copy()
    broken[0, 0] = np.nan
    session = session_of(replace(about, problem=replace(about.problem, X=broken)))
    make_engine(session)
    qtbot.waitUntil(status_is(session, RunStatus.FAILED), timeout=WAIT_MS)
    assert session.state.notice is not None
    assert "NaN" in session.state.notice.text


def test_a_reset_during_training_begins_a_new_run(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    start = session.state.network.theta.copy()
    engine = make_engine(session)
    engine.train()
    qtbot.waitUntil(past(session, 100), timeout=WAIT_MS)
    engine.reset()
    assert (session.state.run.step, session.state.run.status) == (0, RunStatus.READY)
    ready(qtbot, session)
    assert session.state.run.step == 0
    assert len(session.history.losses) == 0
    assert np.array_equal(session.state.network.theta, start)
    engine.step()
    qtbot.waitUntil(lambda: session.state.run.step == 1, timeout=WAIT_MS)


def test_late_results_of_another_subject_are_dropped(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    engine = make_engine(session)
    engine.train()
    qtbot.waitUntil(past(session, 100), timeout=WAIT_MS)
    other = subject(name="other")
    network = Network.random((2, 5, 2), seed=1)
    session.open(replace(other, problem=other.problem.with_network(network)), Settings((5,), batch_size=10))
    ready(qtbot, session)
    assert session.state.network.sizes == (2, 5, 2)
    assert session.state.run.step == len(session.history.losses) == 0
    assert not engine.running


def test_many_resets_during_training_end_in_the_last_run(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    engine = make_engine(session)
    for _ in range(20):
        engine.train()
        engine.reset()
    engine.train()
    qtbot.waitUntil(past(session, 10), timeout=WAIT_MS)
    engine.pause()
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    assert len(session.history.losses) == session.state.run.step


def test_shutdown_in_the_middle_leaves_no_thread(qtbot: QtBot) -> None:
    before = sys.getswitchinterval()
    session = session_of(subject())
    engine = TrainingEngine(session)
    assert sys.getswitchinterval() == pytest.approx(0.0005)
    engine.train()
    qtbot.waitUntil(past(session, 100), timeout=WAIT_MS)
    thread = engine.findChild(QThread)
    assert thread is None
    engine.shutdown()
    engine.shutdown()
    assert not engine._thread.running
    assert sys.getswitchinterval() == pytest.approx(before)
    step = session.state.run.step
    engine.train()
    session.reset()
    assert session.state.run.step == 0 < step


def test_shutdown_before_the_first_event_is_clean(qtbot: QtBot) -> None:
    engine = TrainingEngine(session_of(subject()))
    engine.train()
    engine.shutdown()
    assert not engine._thread.running


@pytest.mark.parametrize(("worked", "milliseconds"), [(0.0, 83), (0.005, 83), (0.02, 200), (3.0, 250)])
def test_a_busy_window_is_told_less_often(worked: float, milliseconds: int) -> None:
    assert pull_interval(worked) == milliseconds


def test_a_run_ends_by_itself_says_why_and_goes_on(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    engine = make_engine(session)
    session.configure(replace(session.state.settings, epochs=3))
    ready(qtbot, session)
    for epoch in (3, 6):
        engine.train()
        qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
        assert (session.state.run.epoch, session.state.run.stopped) == (epoch, f"{epoch} epochs done")
        assert not engine.running
    engine.step()
    qtbot.waitUntil(lambda: not session.state.run.stopped, timeout=WAIT_MS)


def test_the_tape_goes_on_from_what_the_optimizer_remembers(qtbot: QtBot, make_engine: MakeEngine) -> None:
    about = subject()
    update = replace(about.problem.update, optimizer="adam", learning_rate=0.01)
    about = replace(about, problem=replace(about.problem, update=update))
    session = Session(about, Settings.of_problem(about.problem))
    engine = make_engine(session)
    ready(qtbot, session)
    session.show_whole(True)
    session.configure(replace(session.state.settings, epochs=2))
    engine.train()
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    state = session.state
    assert state.memory.updates == state.run.step > 0
    alone = Trainer.of(about.problem.with_network(about.problem.network.copy()), state.settings.batch_size)
    alone.run(state.run.step)
    assert np.array_equal(state.memory.vectors["m"], alone.optimizer.state["m"])
    assert np.array_equal(state.tape.value("W1"), alone.network.parameters["W1"])
    session.reset()
    assert session.state.memory.updates == 0


def test_the_first_steps_can_be_looked_at_and_branched_from(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of(subject())
    engine = make_engine(session)
    engine.train()
    qtbot.waitUntil(past(session, 300), timeout=WAIT_MS)
    engine.pause()
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    losses, theta, steps = session.history.losses.view(), session.state.network.theta, session.state.run.step
    assert session.checkpoints.steps[:11] == tuple(range(11))
    assert session.checkpoints.steps[-1] == steps
    session.look_at(7)
    session.continue_here()
    assert (session.state.run.step, session.checkpoints.steps) == (7, tuple(range(8)))
    for _ in range(steps - 7):
        engine.step()
    qtbot.waitUntil(lambda: session.state.run.step == steps, timeout=WAIT_MS)
    qtbot.waitUntil(status_is(session, RunStatus.PAUSED), timeout=WAIT_MS)
    assert session.history.losses.view().tobytes() == losses.tobytes()
    assert session.state.network.theta.tobytes() == theta.tobytes()
