"""The actions of the step card in the real window: the chain laid out, Jacobians, all digits, Esc, one highlight."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.session import Notice, Settings, Subject
from explorer.tape.numbers import exact
from tests.panels.step.stepping import random_problem

pytestmark = pytest.mark.opens("net-s", (1280, 800))


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window at the end of the chain, with nothing that moves."""
    window.motion.set_enabled(False)
    window.session.go_to_step("dJ/dx")
    return window


def press(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(window, key)
    QApplication.processEvents()


def test_a_key_lays_the_chain_out_and_escape_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    press(window, qtbot, Qt.Key.Key_C)
    sheet = window.chain_sheet
    opened = sheet.is_open
    assert [view.block.name for view in sheet.strip.factors] == ["dJ/dz2", "dz2/dh1", "dh1/dz1", "dz1/dx", "dJ/dx"]
    assert [view.block.name for view in sheet.strip.products.values()] == ["dJ/dh1", "dJ/dz1"]
    press(window, qtbot, Qt.Key.Key_Escape)
    assert (opened, sheet.is_open) == (True, False)
    assert not window.action("chain_view").isChecked()


def test_the_sheet_lies_over_drawing_and_card(window: MainWindow) -> None:
    window.action("chain_view").trigger()
    sheet = window.chain_sheet
    for widget in (window.network, window.step_panel):
        corner = sheet.mapFromGlobal(widget.mapToGlobal(QPoint()))
        assert sheet.rect().contains(corner)
    before = sheet.width()
    window.resize(1500, 900)
    QApplication.processEvents()
    assert sheet.width() > before


def test_a_step_number_leads_to_its_step(window: MainWindow, qtbot: QtBot) -> None:
    window.action("chain_view").trigger()
    button = next(b for b in window.chain_sheet.strip.buttons if b.objectName() == "dJ/dh1")
    assert button.accessibleName() == "Go to step 10, dJ by dh, 1 by 2"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.session.state.step.id == "dJ/dh1"
    assert not window.chain_sheet.is_open


def test_the_sheet_follows_the_steps(window: MainWindow) -> None:
    window.action("chain_view").trigger()
    views = window.chain_sheet.strip.views
    window.session.go_to(0)
    assert window.chain_sheet.strip.views == views
    weights = {"dz2/dh1", "dz1/dx"}
    assert {view.block.name for view in views if view.block.value is not None} == weights
    window.session.select(("W1", (0, 0)))
    assert window.chain_sheet.is_open


def test_escape_closes_what_lies_on_top_first(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.tell(Notice("something"))
    window.action("chain_view").trigger()
    opened = []
    for _ in range(3):
        opened.append((window.chain_sheet.is_open, session.state.notice is not None))
        press(window, qtbot, Qt.Key.Key_Escape)
    assert opened == [(True, True), (False, True), (False, False)]


def test_a_key_writes_all_digits_and_back(window: MainWindow, qtbot: QtBot) -> None:
    entry = window.step_panel.entry
    entry.set_digits(6)
    press(window, qtbot, Qt.Key.Key_D)
    assert entry.digits == 17
    press(window, qtbot, Qt.Key.Key_D)
    assert entry.digits == 6
    entry.set_digits(17)
    assert window.action("all_digits").isChecked()


def test_the_cell_that_is_pointed_at_is_written_large_with_all_digits(window: MainWindow, qtbot: QtBot) -> None:
    session, cell = window.session, window.step_panel.entry.cell
    session.go_to_step("z1")
    assert not cell.isVisible()
    press(window, qtbot, Qt.Key.Key_D)
    assert cell.isVisible()
    assert cell.text() == f"z₁[1, 1] = {exact(float(session.state.tape.value('z1')[0, 0]))}"
    session.hover(("W1", (1, 0)))
    assert cell.text() == f"W₁[2, 1] = {exact(float(session.state.tape.value('W1')[1, 0]))}"
    session.hover(("W1", ()))
    assert cell.text().startswith("z₁[1, 1]")
    window.step_panel.entry.set_digits(6)
    assert cell.text() == "z₁[1, 1] = 0.500000"
    press(window, qtbot, Qt.Key.Key_D)
    press(window, qtbot, Qt.Key.Key_D)
    window.step_panel.entry.set_digits(4)
    assert not cell.isVisible()


def test_a_key_shows_the_jacobians(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.step_panel
    window.session.go_to_step("dJ/dz1")
    press(window, qtbot, Qt.Key.Key_J)
    assert panel.jacobian.isVisible()
    assert panel.jacobian.verdict.text().startswith("Equals the collapsed form")
    assert panel.switch.forms[1].isChecked()
    qtbot.mouseClick(panel.switch.forms[0], Qt.MouseButton.LeftButton)
    assert panel.jacobian.isHidden()
    assert not window.action("jacobian_view").isChecked()


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # a tooltip, offscreen
def test_one_highlight_from_the_symbol_to_the_drawing_and_back(window: MainWindow, qtbot: QtBot) -> None:
    window.session.go_to_step("z2")
    window.complete()
    formula = window.step_panel.formula
    before = window.network.grab().toImage()
    qtbot.mouseMove(formula, formula.area_of("W2").center().toPoint())
    assert window.session.state.hovered == ("W2", ())
    assert formula.lit == "W2"
    QApplication.processEvents()
    assert window.network.grab().toImage() != before
    view = window.step_panel.equation.views[1]
    picture = view.grab().toImage()
    window.session.hover(None)
    assert view.grab().toImage() != picture
    window.session.hover(("h1", (0, 1)))
    assert formula.lit == "h1"


def test_a_product_fills_in_and_any_input_ends_it(window: MainWindow, qtbot: QtBot) -> None:
    window.motion.set_enabled(True)
    window.session.go_to_step("h1")
    result = window.step_panel.equation.result
    whole = result.grab().toImage()
    window.action("step_forward").trigger()
    runs: list[float] = [window.motion.running]
    moving = window.step_panel.equation.result
    moving.fill(0.5)
    half = moving.grab().toImage()
    qtbot.keyClick(window, Qt.Key.Key_Shift)
    runs.append(window.motion.running)
    assert moving.grab().toImage() != half
    window.action("step_back").trigger()
    runs.append(window.step_panel.equation.result.filled)
    assert runs == [True, False, 1.0]
    assert window.step_panel.equation.result.grab().toImage() == whole


def test_twenty_fast_steps_leave_a_clean_picture(window: MainWindow) -> None:
    window.motion.set_enabled(True)
    window.session.go_to(0)
    for _ in range(20):
        window.action("step_forward").trigger()
    window.motion.finish()
    assert {view.filled for view in window.step_panel.equation.views} == {1.0}


def test_the_card_reads_aloud(window: MainWindow) -> None:
    window.session.go_to_step("dJ/dz1")
    name = "step 12 of 21, dJ by dz1, 1 by 2, equals dJ by dh times sigma prime of z1 elementwise"
    assert window.step_panel.accessibleName().startswith(name)
    assert window.step_panel.formula.accessibleName() == name


def test_digits_are_chosen_one_by_one_by_key_and_reach_the_whole_card(window: MainWindow, qtbot: QtBot) -> None:
    card = window.step_panel
    window.session.go_to_step("dJ/dW1")
    card.check.check_now()
    card.check.nudge_wanted.setChecked(True)
    for _ in range(20):
        qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    assert card.entry.digits == 17
    assert window.action("all_digits").isChecked()
    assert card.nudge.nudge is not None
    written = [label.text() for label in (*card.check._numbers, *card.nudge._numbers)]
    assert exact(card.nudge.nudge.gradient, signed=True) == written[1] == written[5]
    assert {view.frame.level.digits for view in card.equation.views if view.frame.level} == {17}
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for digits in range(16, 1, -1):
        qtbot.keyClick(window, Qt.Key.Key_D, keys)
        assert card.entry.digits == digits
        assert card.entry.digits_button.text() == f"{digits} digits"


def test_another_step_is_shown_from_its_top_and_the_nudge_where_it_opens(window: MainWindow) -> None:
    card = window.step_panel
    window.session.go_to_step("dJ/dW1")
    window.resize(1160, 680)
    QApplication.processEvents()
    card.check.nudge_wanted.setChecked(True)
    bar = card._scroll.verticalScrollBar()
    assert bar.value() > 0
    assert card.nudge.visibleRegion().boundingRect().height() == card.nudge.height()
    window.session.go_to_step("dJ/db1")
    assert bar.value() == 0
    bar.setValue(bar.maximum())
    window.action("jacobian_view").trigger()
    assert not card.jacobian.visibleRegion().isEmpty()
    assert card.entry.isHidden()
    window.action("jacobian_view").trigger()
    assert not card.entry.line.visibleRegion().isEmpty()


def test_both_forms_of_a_step_are_in_sight(window: MainWindow) -> None:
    card = window.step_panel
    window.resize(1280, 800)
    window.session.go_to_step("dJ/dh1")
    window.action("jacobian_view").trigger()
    window.complete()
    for equation in (card.jacobian.equation, card.equation):
        assert equation.visibleRegion().boundingRect().height() == equation.height()


def test_escape_writes_fewer_terms_again(window: MainWindow, qtbot: QtBot) -> None:
    entry = window.step_panel.entry
    window.session.open(Subject.of_problem("long", random_problem((30, 3, 2))), Settings())
    window.session.go_to_step("z1")
    entry.line.setFocus()
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    opened = entry.shows_all_terms
    press(window, qtbot, Qt.Key.Key_Escape)
    assert (opened, entry.shows_all_terms) == (True, False)
