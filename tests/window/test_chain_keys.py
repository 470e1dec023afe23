"""Where the keys go as the chain view opens and closes over the drawing and the card."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from tests.windows import focused, press

pytestmark = pytest.mark.opens("xor")

Key = Qt.Key


@pytest.mark.parametrize("way", ["escape", "key", "button"])
def test_the_chain_view_gives_the_keys_back(window: MainWindow, qtbot: QtBot, way: str) -> None:
    before = window.steps.findChild(QWidget, "steps_view")
    assert isinstance(before, QWidget)
    before.setFocus()
    press(Key.Key_C)
    assert window.chain_sheet.isAncestorOf(focused())
    if way == "button":
        close = window.chain_sheet.findChildren(QPushButton)[0]
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    else:
        press(Key.Key_Escape if way == "escape" else Key.Key_C)
    assert not window.chain_sheet.is_open
    assert focused() is before
    position = window.session.state.position
    press(Key.Key_Right)
    assert window.session.state.position == position + 1


def test_a_step_of_the_chain_view_gives_the_keys_back(window: MainWindow, qtbot: QtBot) -> None:
    press(Key.Key_C)
    button = window.chain_sheet.strip.buttons[2]
    button.setFocus()
    press(Key.Key_Space)
    assert window.session.state.step.id == button.objectName()
    assert focused() is window.network


def test_the_chain_view_of_another_net_keeps_the_keys(window: MainWindow) -> None:
    press(Key.Key_C)
    window.chain_sheet.strip.buttons[2].setFocus()
    window.files.open_named("homework-10-5-10")
    assert window.chain_sheet.isAncestorOf(focused())


def test_tab_does_not_go_under_the_chain_view(window: MainWindow) -> None:
    press(Key.Key_C)
    for _ in range(80):
        press(Key.Key_Tab)
        assert not window.step_panel.isAncestorOf(focused())
        assert focused() is not window.network


def test_the_chain_view_and_the_jacobian_view_give_way_to_each_other(window: MainWindow) -> None:
    window.session.go_to_step("dJ/dz1")
    press(Key.Key_J, Key.Key_C)
    assert (window.chain_sheet.is_open, window.step_panel.jacobian.isHidden()) == (True, True)
    press(Key.Key_J)
    assert (window.chain_sheet.is_open, window.step_panel.jacobian.isHidden()) == (False, False)


def test_no_key_acts_on_the_drawing_under_the_chain_view(window: MainWindow) -> None:
    names = ("zoom_in", "zoom_out", "fit", "unfold")
    press(Key.Key_C)
    zoom = window.network.zoom
    press(Key.Key_F)
    assert not any(window.action(name).isEnabled() for name in names)
    assert window.network.zoom == zoom
    press(Key.Key_Escape)
    assert all(window.action(name).isEnabled() for name in names)
