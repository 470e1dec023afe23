"""What goes wrong on the engine's thread is told in one sentence, and the last good network stays."""

import numpy as np
import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from explorer.engine import Trainer
from explorer.session import RunStatus
from tests.bridge.engines import WAIT_MS, MakeEngine, ready, session_of, status_is, subject


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
