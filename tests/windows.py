"""The whole window on the screen, for tests that drive it as a person does."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.app import create_window
from explorer.panels.main_window import MainWindow
from explorer.session import RunStatus

WAIT_MS = 30_000


def shown(qtbot: QtBot, name: str | None = None, size: tuple[int, int] | None = None) -> MainWindow:
    """Return the window on a problem or a data set, with the keys; whoever asks for it closes it."""
    window = create_window(name)
    qtbot.addWidget(window)
    if size is not None:
        window.resize(*size)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


@contextmanager
def opened(qtbot: QtBot, name: str | None = None, size: tuple[int, int] | None = None) -> Iterator[MainWindow]:
    """Hold the window on a problem or a data set open, with all that it draws."""
    window = shown(qtbot, name, size)
    window.complete()
    yield window
    window.close()


def status(window: MainWindow) -> RunStatus:
    return window.session.state.run.status


def is_paused(window: MainWindow) -> bool:
    return status(window) is RunStatus.PAUSED


def notice(window: MainWindow) -> str:
    found = window.session.state.notice
    return found.text if found else ""


def focused() -> QWidget:
    """Return what has the keys."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(*keys: Qt.Key) -> None:
    """Press keys, one after the other, each in what has the keys by then."""
    for key in keys:
        QTest.keyClick(focused(), key)
        QApplication.processEvents()
