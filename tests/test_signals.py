"""Ctrl+C in the terminal and a logout close the window as a click does."""

import os
import signal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app import create_window
from explorer.signals import ENDINGS, windows_closed_by_signals

if TYPE_CHECKING:
    from explorer.panels.main_window import MainWindow


@pytest.fixture
def window(look: QApplication, qtbot: QtBot) -> "MainWindow":
    made = create_window()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("name", [name for name in ENDINGS if hasattr(signal, name)])
def test_a_signal_closes_the_window_and_nothing_is_raised(window: "MainWindow", qtbot: QtBot, name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    window.action("train").trigger()
    with windows_closed_by_signals():
        QTimer.singleShot(0, lambda: os.kill(os.getpid(), number))
        qtbot.waitUntil(lambda: not window.isVisible())
        assert not window.engine.running
    assert signal.getsignal(number) is before


def test_a_dialog_that_is_open_goes_with_the_window(window: "MainWindow", qtbot: QtBot) -> None:
    window.action("compare_optimizers").trigger()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None or len(shown()) > 1)
    with windows_closed_by_signals():
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: not shown())


def shown() -> list[str]:
    return [widget.objectName() for widget in QApplication.topLevelWidgets() if widget.isVisible()]
