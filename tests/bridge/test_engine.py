"""The engine on its thread: its verbs, and the same numbers as the trainer alone."""

import numpy as np
import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from explorer.bridge.pace import pull_interval
from explorer.engine import Network, Problem, Trainer
from explorer.engine.problem import one_hot
from explorer.session import RunStatus, Session, Settings, Subject
from tests.bridge.engines import WAIT_MS, MakeEngine, clouds, past, ready, session_of, status_is, subject, twin


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


@pytest.mark.parametrize(("worked", "milliseconds"), [(0.0, 83), (0.003, 83), (0.01, 200), (3.0, 330)])
def test_a_busy_window_is_told_less_often(worked: float, milliseconds: int) -> None:
    assert pull_interval(worked) == milliseconds


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
