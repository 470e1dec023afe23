"""Where the keys go in the whole window: nothing that closes, hides or is stepped over sends them astray."""

from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.actions import ACTIONS
from explorer.panels.keys_dialog import KeysDialog, native
from explorer.panels.main_window import MainWindow
from explorer.panels.picker import Picker
from explorer.session import Notice
from tests.windows import focused, press

pytestmark = pytest.mark.opens("xor")

Key = Qt.Key
POPUP = "This plugin does not support"
"""What Qt says of a list that opens offscreen."""


def steps_list(window: MainWindow) -> QWidget:
    found = window.steps.findChild(QWidget, "steps_view")
    assert isinstance(found, QWidget)
    return found


def test_the_keys_stay_with_the_result_along_a_whole_pass(window: MainWindow) -> None:
    equation = window.step_panel.equation
    equation.result.setFocus()
    for _ in range(len(window.session.state.tape) - 1):
        window.action("step_forward").trigger()
        assert focused() is equation.result, window.session.state.step.id
    for name in ("whole_batch", "next_update", "previous_update", "next_sample", "first_step"):
        window.action(name).trigger()
        assert focused() is equation.result, name


def test_the_keys_stay_with_an_operand_that_is_there(window: MainWindow) -> None:
    equation = window.step_panel.equation
    window.session.go_to_step("z2")
    equation.views[0].setFocus()
    window.action("step_forward").trigger()
    assert focused() is equation.views[0]
    assert equation.isAncestorOf(focused())


def test_jacobians_that_go_leave_the_keys_to_the_steps(window: MainWindow) -> None:
    window.session.go_to_step("dJ/dz1")
    window.action("jacobian_view").trigger()
    window.complete()
    window.step_panel.jacobian.equation.views[0].setFocus()
    press(Key.Key_J)
    assert focused() is steps_list(window)


def test_what_cannot_be_pressed_any_more_leaves_the_keys_to_the_steps(window: MainWindow) -> None:
    last = next(b for b in window.transport.findChildren(QWidget) if b.accessibleName() == "Last step")
    last.setFocus()
    press(Key.Key_Space)
    assert not last.isEnabled()
    assert focused() is steps_list(window)


def test_a_click_elsewhere_takes_the_keys_from_a_number(window: MainWindow, qtbot: QtBot) -> None:
    window.session.go_to_step("z1")
    weights = window.step_panel.equation.views[1]
    weights.setFocus()
    press(Key.Key_Return)
    rate = window.training.controls.form.fields["learning_rate"]
    qtbot.mouseClick(rate, Qt.MouseButton.LeftButton)
    assert focused() is rate


@pytest.mark.qt_log_ignore(POPUP, extend=True)
@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Up, Key.Key_PageDown, Key.Key_End, Key.Key_M])
def test_no_key_opens_another_problem_by_accident(window: MainWindow, key: Qt.Key) -> None:
    subject = window.session.state.subject
    settings = window.session.state.settings
    for picker in window.findChildren(Picker):
        picker.setFocus()
        press(key)
        picker.hidePopup()
    assert window.session.state.subject is subject
    assert window.session.state.settings == settings


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_a_row_of_the_list_is_taken_by_return(window: MainWindow) -> None:
    window.top.problems.setFocus()
    press(Key.Key_Down)
    view = window.top.problems.view()
    assert view.isVisible()
    QTest.keyClick(view, Key.Key_Down)
    assert window.session.state.subject.name == "xor"
    QTest.keyClick(view, Key.Key_Return)
    assert window.session.state.subject.name != "xor"
    assert not view.isVisible()


@pytest.mark.parametrize("step", ["z1", "p", "dJ/dz1", "W2+"])
@pytest.mark.parametrize("jacobian", [False, True])
def test_tab_goes_in_reading_order(window: MainWindow, step: str, jacobian: bool) -> None:
    window.session.go_to_step(step)
    window.action("jacobian_view").setChecked(jacobian)
    window.complete()
    card = window.step_panel
    panels = (window.top, window.steps, window.network, card, window.transport, window.training)
    menu = window.top.findChild(QWidget, "menu")
    assert isinstance(menu, QWidget)
    stops = tabbed(menu)
    ranks = [next(n for n, panel in enumerate(panels) if panel is w or panel.isAncestorOf(w)) for w in stops]
    assert ranks == sorted(ranks)
    assert set(ranks) == set(range(len(panels)))
    matrices = [w for w in stops if card.equation.isAncestorOf(w)]
    assert matrices == list(card.equation.views)
    apart = (card.equation, card.jacobian.equation, card.chain)  # they have an order of their own
    others = [w for w in stops if card.isAncestorOf(w) and not any(part.isAncestorOf(w) for part in apart)]
    lines = [top_and_bottom(w, card) for w in others]
    assert all(earlier[0] < later[1] for earlier, later in pairwise(lines)), others


def tabbed(start: QWidget) -> list[QWidget]:
    start.setFocus()
    seen = [start]
    for _ in range(120):
        press(Key.Key_Tab)
        if focused() is start:
            return seen
        seen.append(focused())
    raise AssertionError("Tab does not come around")


def top_and_bottom(widget: QWidget, card: QWidget) -> tuple[int, int]:
    top = widget.mapTo(card, QPoint()).y()
    return top, top + widget.height()


def test_escape_closes_what_lies_on_top_first(window: MainWindow) -> None:
    card, session = window.step_panel, window.session
    session.go_to_step("dJ/dW1")
    session.tell(Notice("something"))
    session.select(("dJ/dW1", (0, 1)))
    window.action("jacobian_view").setChecked(True)
    card.check.nudge_wanted.setChecked(True)

    def standing() -> tuple[bool, ...]:
        notice, chosen = session.state.notice is not None, session.state.selected is not None
        return not card.nudge.isHidden(), not card.jacobian.isHidden(), notice, chosen

    seen = []
    for _ in range(5):
        seen.append(standing())
        press(Key.Key_Escape)
    assert [sum(open_now) for open_now in seen] == [4, 3, 2, 1, 0]
    assert [open_now.index(True) for open_now in seen[:4]] == [0, 1, 2, 3]
    assert not window.action("close_notice").isEnabled()


def test_escape_leaves_a_number_that_is_typed_before_it_closes_anything(window: MainWindow) -> None:
    window.session.tell(Notice("something"))
    rate = window.training.controls.form.fields["learning_rate"]
    before = rate.text()
    rate.setFocus()
    QTest.keyClicks(rate, "7")
    press(Key.Key_Escape)
    assert rate.text() == before
    assert window.session.state.notice is not None
    press(Key.Key_Escape)
    assert window.session.state.notice is None


@pytest.mark.parametrize("name", ["learning_rate", "hidden", "nudge"])
def test_no_letter_is_a_key_while_a_number_is_typed(window: MainWindow, name: str) -> None:
    window.session.go_to_step("dJ/dW1")
    window.step_panel.check.nudge_wanted.setChecked(True)
    field = window.step_panel.nudge.field if name == "nudge" else window.training.controls.form.fields[name]
    before = window.session.state
    field.setFocus()
    for letter in "BCDEFGJKLMNRSTUVW,.?[]":
        QTest.keyClicks(field, letter)
    assert field.hasFocus()
    assert window.session.state is before
    assert not window.chain_sheet.is_open
    assert field.text().lower().endswith("bcdefgjklmnrstuvw,.?[]")


@pytest.mark.qt_log_ignore(POPUP, extend=True)
@pytest.mark.parametrize("key", [Key.Key_F1, Key.Key_Question])
def test_a_key_lists_all_keys(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    press(key)
    dialog = window.findChild(KeysDialog)
    assert isinstance(dialog, KeysDialog)
    assert dialog.isVisible()
    model = dialog.table.model()
    texts = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    for row in ACTIONS:
        assert all(native((shortcut,)) in " ".join(texts) for shortcut in row.keys), row.name
    QTest.keyClicks(dialog.search, "chain")
    left = [row for row in range(dialog.table.rowCount()) if not dialog.table.isRowHidden(row)]
    assert texts.index("C") in left
    assert len(left) < 6
    assert not dialog.none.isVisible()
    QTest.keyClicks(dialog.search, " <b>")
    assert not dialog.table.isVisible()
    assert dialog.none.isVisible()
    assert dialog.none.text().startswith("No key fits “chain <b>”: ")
    dialog.search.clear()
    assert dialog.table.isVisible()
    QTest.keyClick(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(KeysDialog) is None)


def has_gone_on(window: MainWindow, step: int) -> bool:
    return window.session.state.run.step > step


def test_return_presses_the_button_that_has_the_keys(window: MainWindow, qtbot: QtBot) -> None:
    names = "train_step_button", "train_epoch_button", "continue_here_button"
    buttons = [window.findChild(QAbstractButton, name) for name in names]
    assert all(buttons)
    step, epoch, here = (button for button in buttons if button is not None)
    for button, key in ((step, Key.Key_Return), (epoch, Key.Key_Enter)):
        run = window.session.state.run
        button.setFocus()
        press(key)
        qtbot.waitUntil(partial(has_gone_on, window, run.step))
        qtbot.waitUntil(button.isEnabled)
    window.session.look_at(0)
    here.setFocus()
    press(Key.Key_Return)
    assert window.session.state.run.step == 0
