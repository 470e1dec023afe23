"""Where the keyboard goes in the whole window: fields let go of it, Tab follows the eye, the workspaces have keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.setting_field import SettingField
from explorer.session import RunStatus
from tests.windows import WAIT_MS, focused

pytestmark = pytest.mark.opens("xor")


def field(window: MainWindow, name: str) -> SettingField:
    return window.training.controls.form.fields[name]


def enter(window: MainWindow, qtbot: QtBot, name: str, text: str) -> None:
    edit = field(window, name)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def tabbed(window: MainWindow, qtbot: QtBot, start: QWidget) -> list[QWidget]:
    start.setFocus()
    seen = [start]
    for _ in range(100):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        if focused() is start:
            return seen
        seen.append(focused())
    raise AssertionError("Tab does not come around")


def test_after_return_plain_keys_are_shortcuts_again(window: MainWindow, qtbot: QtBot) -> None:
    enter(window, qtbot, "learning_rate", "0.25")
    assert not isinstance(focused(), SettingField)
    qtbot.keyClick(focused(), Qt.Key.Key_S)
    qtbot.waitUntil(lambda: window.session.state.run.step == 1, timeout=WAIT_MS)
    assert field(window, "learning_rate").text() == "0.25"


def test_tab_after_return_goes_on_in_the_same_card(window: MainWindow, qtbot: QtBot) -> None:
    enter(window, qtbot, "learning_rate", "0.25")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert window.training.isAncestorOf(focused())


@pytest.mark.parametrize("place", ["card", "button", "title", "step card"])
def test_a_click_beside_a_field_reads_it_and_lets_go(window: MainWindow, qtbot: QtBot, place: str) -> None:
    edit = field(window, "learning_rate")
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "0.125")
    button = window.training.findChild(QToolButton, "train_step_button")
    targets = {
        "card": window.training,
        "button": button,
        "title": window.training.controls.title,
        "step card": window.step_panel,
    }
    target = targets[place]
    assert isinstance(target, QWidget)
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not edit.hasFocus()
    assert window.session.state.settings.learning_rate == 0.125


def test_a_refusal_is_closed_by_a_value_of_the_same_field(window: MainWindow, qtbot: QtBot) -> None:
    enter(window, qtbot, "learning_rate", "inf")
    assert "Learning rate inf" in window.banner.text()
    enter(window, qtbot, "batch_size", "2")
    assert window.session.state.settings.batch_size == 2
    enter(window, qtbot, "learning_rate", "fast")
    assert "fast" in window.banner.text()
    enter(window, qtbot, "learning_rate", "0.1")
    assert window.banner.text() == ""


def test_the_value_that_is_shown_closes_the_refusal_too(window: MainWindow, qtbot: QtBot) -> None:
    enter(window, qtbot, "learning_rate", "inf")
    field(window, "learning_rate").setFocus()
    field(window, "seed").setFocus()
    assert "Learning rate inf" in window.banner.text()
    field(window, "learning_rate").setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert window.banner.text() == ""


def test_another_notice_stays(window: MainWindow, qtbot: QtBot) -> None:
    enter(window, qtbot, "learning_rate", "inf")
    window.action("about").trigger()
    enter(window, qtbot, "learning_rate", "0.1")
    assert "Backprop Explorer" in window.banner.text()


def test_new_settings_say_that_a_run_is_over(window: MainWindow, qtbot: QtBot) -> None:
    enter(window, qtbot, "seed", "3")
    assert window.banner.text() == ""
    window.action("train_step").trigger()
    qtbot.waitUntil(lambda: window.session.state.run.status is RunStatus.PAUSED, timeout=WAIT_MS)
    enter(window, qtbot, "seed", "4")
    assert window.banner.text() == "New settings begin a new run: the step before is gone."


def test_tab_follows_the_eye_along_the_transport(window: MainWindow, qtbot: QtBot) -> None:
    window.session.go_to(3)
    along = [w for w in tabbed(window, qtbot, window.network) if window.transport.isAncestorOf(w)]
    left = [w.mapTo(window.transport, QPoint()).x() for w in along]
    assert len(along) == 6
    assert left == sorted(left)


def test_tab_reaches_the_plots_nothing_in_them_and_both_workspaces(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("Explore", "Train"):
        window.set_workspace(name)
        seen = tabbed(window, qtbot, window.network)
        assert [w for w in seen if isinstance(w, CurvePlot)] == [window.training.loss, window.training.accuracy]
        assert not [w for w in seen if window.training.loss.area.isAncestorOf(w)]
        assert [w for w in seen if w in window.top.workspaces.buttons] == window.top.workspaces.buttons
    areas = (window.training.loss.area, window.training.accuracy.area)
    assert {part.focusPolicy() for area in areas for part in area.findChildren(QWidget)} == {Qt.FocusPolicy.NoFocus}


def test_workspaces_have_keys(window: MainWindow, qtbot: QtBot) -> None:
    explore, train, learn = window.top.workspaces.buttons
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert train.isChecked()
    high = window.training.height()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert explore.isChecked()
    assert window.training.height() < high
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert learn.isChecked()
    assert window.places.page.isVisible()
    assert not window.steps.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Space], ids=["down", "space"])
def test_the_switch_obeys_the_keyboard(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    explore, train, _learn = window.top.workspaces.buttons
    before = explore.grab().toImage()
    explore.setFocus()
    assert explore.grab().toImage() != before
    if key is Qt.Key.Key_Space:
        train.setFocus()
    qtbot.keyClick(focused(), key)
    assert train.isChecked()
    assert focused() is train
    qtbot.keyClick(train, Qt.Key.Key_Up)
    assert (explore.isChecked(), train.isChecked()) == (True, False)
    qtbot.keyClick(explore, Qt.Key.Key_Space)
    assert explore.isChecked()


def test_escape_brings_an_edited_field_s_text_back(window: MainWindow, qtbot: QtBot) -> None:
    field = window.training.findChild(SettingField, "hidden_field")
    assert isinstance(field, SettingField)
    before = field.text()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "75")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == before
