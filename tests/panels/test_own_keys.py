"""Keys that are a widget's own while it has the focus, and shortcuts of the window elsewhere."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSlider, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.own_keys import OwnKeys


class Slider(OwnKeys, QSlider):
    """Keeps one arrow, and counts what its filter is asked."""

    own_keys = (Qt.Key.Key_Right,)
    asked = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.asked += 1
        return super().eventFilter(watched, event)


class Window:
    """A window whose shortcuts are noted, with a slider that keeps one of their keys and a button that keeps none."""

    def __init__(self, qtbot: QtBot) -> None:
        self.widget, self.slider, self.button = QWidget(), Slider(), QPushButton("other")
        qtbot.addWidget(self.widget)
        column = QVBoxLayout(self.widget)
        column.addWidget(self.slider)
        column.addWidget(self.button)
        self.ran: list[str] = []
        for keys in ("Right", "Left", "Ctrl+Right"):
            shortcut = QShortcut(keys, self.widget)
            shortcut.activated.connect(lambda keys=keys: self.ran.append(keys))
        self.widget.show()
        self.widget.activateWindow()
        qtbot.waitUntil(self.widget.isActiveWindow)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return Window(qtbot)


def test_its_own_key_runs_no_shortcut_while_it_has_the_focus(window: Window) -> None:
    window.slider.setFocus()
    QTest.keyClick(window.slider, Qt.Key.Key_Right)
    assert (window.ran, window.slider.value()) == ([], 1)


def test_other_keys_and_commands_stay_the_windows(window: Window) -> None:
    window.slider.setFocus()
    QTest.keyClick(window.slider, Qt.Key.Key_Left)
    QTest.keyClick(window.slider, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert (window.ran, window.slider.value()) == (["Left", "Ctrl+Right"], 0)


def test_the_key_is_the_windows_again_without_the_focus(window: Window) -> None:
    window.slider.setFocus()
    window.button.setFocus()
    QTest.keyClick(window.button, Qt.Key.Key_Right)
    assert (window.ran, window.slider.value()) == (["Right"], 0)


def test_python_is_asked_about_events_in_focus_only(window: Window) -> None:
    slider, asked = window.slider, []
    for has_focus in (False, True, False):
        (slider if has_focus else window.button).setFocus()
        before = slider.asked
        slider.repaint()
        asked.append(slider.asked > before)
    assert asked == [False, True, False]
