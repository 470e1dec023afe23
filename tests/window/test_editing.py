"""Numbers changed where they stand, by mouse and by key."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.session import Notice
from tests.editing import ALT, LEFT, NONE, SHIFT, centre, double_click, editor, open_cell, type_into, view, weight

pytestmark = pytest.mark.opens("net-s")


def test_a_double_click_opens_the_number_with_all_its_digits(window: MainWindow) -> None:
    open_cell(window, "W1", (0, 1))
    assert editor(window).isVisible()
    assert editor(window).hasFocus()
    assert float(editor(window).text()) == weight(window, 0, 1)
    assert editor(window).selectedText() == editor(window).text()
    assert editor(window).accessibleName() == "W₁[1, 2]"


@pytest.mark.parametrize(
    ("text", "value"), [("0.75", 0.75), ("-1,5", -1.5), ("−2", -2.0), (" 1e-3 ", 1e-3), ("+4", 4.0)]
)
def test_return_takes_the_number_and_everything_follows(window: MainWindow, text: str, value: float) -> None:
    open_cell(window, "W1", (0, 1))
    type_into(window, text)
    assert not editor(window).isVisible()
    assert weight(window, 0, 1) == value
    state = window.session.state

    drawn = view(window, "z1").block.value
    assert drawn is not None
    assert np.array_equal(drawn, state.tape["z1"].value)
    assert state.edited == {"W1"}
    assert window.top.problems.currentText().endswith(" (edited)")


@pytest.mark.parametrize("text", ["abc", "", "1,2,3", "nan", "inf", "1_0", "0x10"])
def test_what_is_no_number_is_refused_in_place(window: MainWindow, text: str) -> None:
    open_cell(window, "W1", (0, 1))
    before = weight(window, 0, 1)
    type_into(window, text)
    assert editor(window).isVisible()
    assert "type one such as" in editor(window).words
    assert editor(window).words == editor(window).accessibleDescription()
    assert weight(window, 0, 1) == before
    QTest.keyClick(editor(window), Qt.Key.Key_Escape)
    assert not editor(window).isVisible()
    assert editor(window).words == ""
    assert window.session.undo_text == ""


def test_escape_leaves_a_notice_open_and_the_number_as_it_was(window: MainWindow) -> None:
    window.session.tell(Notice("A notice."))
    open_cell(window, "W1", (0, 1))
    QTest.keyClicks(editor(window), "9")
    QTest.keyClick(editor(window), Qt.Key.Key_Escape)
    assert weight(window, 0, 1) != 9
    assert window.session.state.notice is not None


def test_a_number_is_taken_where_the_focus_leaves_it(window: MainWindow) -> None:
    open_cell(window, "W1", (0, 1))
    editor(window).selectAll()
    QTest.keyClicks(editor(window), "0.5")
    window.network.setFocus()
    assert weight(window, 0, 1) == 0.5
    assert not editor(window).isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # a tooltip, offscreen
def test_computed_numbers_do_not_open(window: MainWindow) -> None:
    open_cell(window, "z1", (0, 1))
    assert not editor(window).isVisible()


def test_a_matrix_with_the_focus_is_typed_into_and_gets_the_focus_back(window: MainWindow) -> None:
    matrix = view(window, "W1")
    matrix.setFocus()
    QTest.keyClick(matrix, Qt.Key.Key_Right)
    QTest.keyClick(matrix, Qt.Key.Key_4)
    assert editor(window).text() == "4"
    QTest.keyClicks(editor(window), ".5")
    QTest.keyClick(editor(window), Qt.Key.Key_Return)
    assert weight(window, 0, 1) == 4.5
    assert matrix.hasFocus()
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert float(editor(window).text()) == 4.5
    QTest.keyClick(editor(window), Qt.Key.Key_Up)
    QTest.keyClick(editor(window), Qt.Key.Key_Return)
    assert weight(window, 0, 1) == pytest.approx(4.6)


def test_alt_and_arrows_nudge_the_chosen_cell(window: MainWindow) -> None:
    matrix = view(window, "W1")
    matrix.setFocus()
    before = weight(window, 0, 0)
    for _ in range(3):
        QTest.keyClick(matrix, Qt.Key.Key_Up, ALT)
    QTest.keyClick(matrix, Qt.Key.Key_Down, ALT | SHIFT)
    assert before < weight(window, 0, 0) < before + 0.5
    assert window.session.state.position == 0
    window.action("undo").trigger()
    assert weight(window, 0, 0) == before


def test_dragging_up_and_down_moves_the_number_and_is_one_change(window: MainWindow) -> None:
    matrix, before = view(window, "W1"), weight(window, 0, 1)
    start = centre(matrix, (0, 1))
    QTest.mousePress(matrix, LEFT, NONE, start)
    for pixels in range(2, 42, 2):
        QTest.mouseMove(matrix, start - QPoint(0, pixels))
    higher = weight(window, 0, 1)
    QTest.mouseMove(matrix, start + QPoint(0, 80))
    lower = weight(window, 0, 1)
    QTest.mouseRelease(matrix, LEFT, NONE, start)
    assert lower < before < higher
    assert window.session.state.selected == ("W1", (0, 1))
    window.action("undo").trigger()
    assert weight(window, 0, 1) == before
    assert not window.action("undo").isEnabled()
    window.action("redo").trigger()
    assert weight(window, 0, 1) == lower


def test_a_click_that_trembles_changes_nothing(window: MainWindow) -> None:
    matrix = view(window, "W1")
    start = centre(matrix, (0, 1))
    QTest.mousePress(matrix, LEFT, NONE, start)
    QTest.mouseMove(matrix, start + QPoint(1, 3))
    QTest.mouseRelease(matrix, LEFT, NONE, start)
    assert window.session.undo_text == ""


def test_the_transposed_input_of_a_weight_gradient_is_edited_where_it_stands(window: MainWindow) -> None:
    window.session.go_to_step("dJ/dW1")
    window.complete()
    open_cell(window, "x", (1, 0))
    type_into(window, "0.25")
    assert window.session.state.subject.problem.X[0, 1] == 0.25


def test_a_one_picks_the_class_and_says_so_beforehand(window: MainWindow) -> None:
    window.session.go_to_step("dJ/dz2")
    window.complete()
    labels = window.session.state.subject.problem.labels
    assert labels is not None
    other = 1 - int(labels[0])
    open_cell(window, "y", (0, other))
    assert editor(window).words == "1 picks this class"
    type_into(window, "1")
    labels = window.session.state.subject.problem.labels
    assert labels is not None
    assert int(labels[0]) == other


def test_another_step_closes_the_editor(window: MainWindow) -> None:
    open_cell(window, "W1", (0, 1))
    window.session.go_to(4)
    assert not editor(window).isVisible()


def test_the_temperature_stands_on_the_softmaxs_card_alone(window: MainWindow) -> None:
    bar = window.step_panel.temperature
    assert bar.isHidden()
    window.session.go_to_step("p")
    assert not bar.isHidden()
    assert bar.text == "1.00"
    bar.slider.setFocus()
    QTest.keyClick(bar.slider, Qt.Key.Key_Right)
    assert window.session.state.step.id == "p"
    assert window.session.state.network.beta == pytest.approx(1.1)
    for notches in range(12, 40):
        bar.slider.setValue(notches)
    assert window.session.state.network.beta == pytest.approx(3.9)
    bar.usual.click()
    assert window.session.state.network.beta == 1
    window.action("undo").trigger()
    assert window.session.state.network.beta == 1
    assert window.session.undo_text == ""


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # a tooltip, offscreen
def test_a_number_that_is_computed_says_why_it_cannot_be_changed(window: MainWindow, qtbot: QtBot) -> None:
    window.session.go_to_step("dJ/dW1")
    window.complete()
    gradient = view(window, "dJ/dW1")
    double_click(gradient, (0, 0))
    assert not editor(window).isVisible()
    assert gradient.why_fixed() == "∂J/∂W₁ is computed: change a weight, a bias, an input or a target, and it follows."
    qtbot.waitUntil(lambda: QToolTip.text() == gradient.why_fixed())
    QToolTip.hideText()
