"""One run of an engine after another, branches of a run, and the end of them all."""

import sys

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.engine import Network
from explorer.session import RunStatus, Settings
from tests.bridge.engines import WAIT_MS, MakeEngine, past, ready, session_of, status_is, subject


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
