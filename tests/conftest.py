"""Every test leaves nothing behind: no thread, no running timer, no visible window. Windows are drawn offscreen."""

import os
import threading
import weakref
from collections.abc import Iterator
from functools import partialmethod
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.overrides import guard_overrides, guarded
from explorer.panels.theme import load_fonts
from tests.answers import held_to_annotations

guard_overrides(held_to_annotations(guarded))

PATIENCE_MS = 30_000
"""How long a test waits for what must come: a slow machine with other things to do is no fault of the program."""
for wait in ("waitUntil", "waitSignal", "waitExposed"):
    setattr(QtBot, wait, partialmethod(getattr(QtBot, wait), timeout=PATIENCE_MS))


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> QApplication:
    """The application with the program's style and fonts."""
    qapp.setStyle("Fusion")
    load_fonts()
    return qapp


@pytest.fixture(autouse=True)
def widgets_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep a test's widgets until they are closed.

    qtbot refers to them weakly, and paints once more after the test function: a collection of garbage in the middle of
    that painting would take the window apart that is painted, and end the process.
    """
    kept: list[QWidget] = []
    add_widget = QtBot.addWidget

    def keep_widget(qtbot: QtBot, widget: QWidget, **options: Any) -> None:
        kept.append(widget)
        add_widget(qtbot, widget, **options)

    monkeypatch.setattr(QtBot, "addWidget", keep_widget)
    yield
    kept.clear()


@pytest.fixture(autouse=True)
def nothing_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail the test that leaves a thread, a running timer or a visible window behind."""
    timers: weakref.WeakSet[QTimer] = weakref.WeakSet()
    threads: weakref.WeakSet[QThread] = weakref.WeakSet()
    start_timer, start_thread = QTimer.start, QThread.start

    def remember_timer(timer: QTimer, *arguments: Any) -> None:
        timers.add(timer)
        start_timer(timer, *arguments)

    def remember_thread(thread: QThread, *arguments: Any) -> None:
        threads.add(thread)
        start_thread(thread, *arguments)

    monkeypatch.setattr(QTimer, "start", remember_timer)
    monkeypatch.setattr(QThread, "start", remember_thread)
    before = set(threading.enumerate())
    yield
    assert not [thread for thread in threads if thread.isRunning()], "a QThread is still running"
    assert not [timer for timer in timers if timer.isActive()], "a QTimer is still active"
    assert not [t for t in threading.enumerate() if t not in before and t.is_alive()], "a thread is still alive"
    if isinstance(QApplication.instance(), QApplication):
        left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        assert not left, f"still visible: {left}"
