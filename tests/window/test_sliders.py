"""Whose the arrows are: after a drag they step the pass as before; a slider reached by Tab takes them, and shows it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QSlider
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.panels.training.time_slider import TimeSlider
from explorer.session import RunStatus
from tests.windows import WAIT_MS

pytestmark = pytest.mark.opens("net-s")

LEFT = Qt.MouseButton.LeftButton


def slider_of(window: MainWindow, qtbot: QtBot, name: str) -> QSlider:
    """Bring a slider into sight and return it."""
    card = window.step_panel
    if name == "transport":
        return window.transport.slider
    if name == "nudge":
        window.session.go_to_step("dJ/dW1")
        card.check.nudge_wanted.setChecked(True)
        window.complete()
        return card.nudge.slider
    if name == "beta":
        window.session.go_to_step("p")
        window.complete()
        return card.temperature.slider
    for step in range(1, 4):
        make_update(window, qtbot, step)
    window.complete()
    found = window.findChild(TimeSlider, "time_slider")
    assert isinstance(found, TimeSlider)
    return found


def make_update(window: MainWindow, qtbot: QtBot, step: int) -> None:
    def made() -> bool:
        run = window.session.state.run
        return run.step == step and run.status is RunStatus.PAUSED

    window.action("train_step").trigger()
    qtbot.waitUntil(made, timeout=WAIT_MS)


def drag(slider: QSlider, qtbot: QtBot) -> None:
    middle = slider.rect().center()
    qtbot.mousePress(slider, LEFT, pos=middle)
    qtbot.mouseMove(slider, middle + QPoint(20, 0))
    qtbot.mouseRelease(slider, LEFT, pos=middle + QPoint(20, 0))


@pytest.mark.parametrize("name", ["beta", "nudge", "time", "transport"])
def test_after_a_drag_the_arrows_step_the_pass(window: MainWindow, qtbot: QtBot, name: str) -> None:
    slider = slider_of(window, qtbot, name)
    assert slider.isVisible()
    assert slider.isEnabled()
    drag(slider, qtbot)
    position, value = window.session.state.position, slider.value()
    assert name == "transport" or not slider.hasFocus()
    assert QApplication.focusWidget() is not None
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert window.session.state.position == position + 1
    if name in {"beta", "nudge", "time"}:
        assert slider.value() == value


@pytest.mark.parametrize("name", ["beta", "nudge", "time"])
def test_a_slider_reached_by_tab_takes_the_arrows_and_shows_it(window: MainWindow, qtbot: QtBot, name: str) -> None:
    slider = slider_of(window, qtbot, name)
    slider.setValue(slider.minimum() + 1)
    position, value = window.session.state.position, slider.value()
    window.network.setFocus()
    before = slider.grab().toImage()
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    assert slider.grab().toImage() != before
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert (window.session.state.position, slider.value()) == (position, value + 1)
    qtbot.keyClick(slider, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: window.session.state.run.status is RunStatus.RUNNING, timeout=WAIT_MS)
    window.action("train").trigger()


def test_fields_let_go_of_the_keys_on_return(window: MainWindow, qtbot: QtBot) -> None:
    slider_of(window, qtbot, "nudge")
    for field in (window.step_panel.nudge.field, window.top.samples.field):
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert not field.hasFocus()
        position = window.session.state.position
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
        assert window.session.state.position == position - 1
