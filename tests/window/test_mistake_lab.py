"""The mistake lab in the window: opened, gone through and closed, by keys and mouse, beside the steps and the card."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.lab.lab_model import Column
from explorer.panels.lab.lab_sheet import LabSheet
from explorer.panels.main_window import MainWindow
from explorer.panels.steps_model import Role
from explorer.session import Mistakes
from explorer.tape.mistakes import MISTAKES
from tests.windows import WAIT_MS, focused, notice, press

Key = Qt.Key


def lab(window: MainWindow) -> LabSheet:
    """Return the open lab."""
    sheet = window.lab.sheet
    assert sheet is not None
    assert sheet.is_open
    return sheet


def made(window: MainWindow) -> tuple[str, ...]:
    return window.session.state.subject.problem.mistakes


def marked(window: MainWindow) -> list[str]:
    """Return the steps that the list marks as changed."""
    steps = window.steps.findChild(QAbstractItemView, "steps_view")
    assert isinstance(steps, QAbstractItemView)
    rows = [steps.model().index(row, 0) for row in range(steps.model().rowCount())]
    return [row.data() for row in rows if row.data(Role.CHANGED)]


def come_to(window: MainWindow, name: str) -> None:
    """Go down the list to a mistake."""
    sheet = lab(window)
    for _ in MISTAKES:
        choice = sheet.list.choice
        if choice is not None and choice.mistake.name == name:
            return
        press(Key.Key_Down)
    raise AssertionError(f"{name} is not in the list")


@pytest.mark.opens("net-s")
def test_a_mistake_is_switched_on_followed_and_taken_back_by_keys(window: MainWindow) -> None:
    window.network.setFocus()
    right = window.session.state.tape
    press(Key.Key_X)
    sheet = lab(window)
    assert focused() is sheet.list
    assert not marked(window)
    come_to(window, "sign_slip")
    press(Key.Key_Space)
    assert made(window) == ("sign_slip",)
    assert "dJ/dz2" in marked(window)
    assert "z1" not in marked(window)
    press(Key.Key_Return)
    assert window.session.state.step.id == "dJ/dz2"
    shown = [view.block.value for view in sheet.contrast.equation.views]
    wrong = window.session.state.tape["dJ/dz2"].value
    for found, wanted in zip(shown, (right["dJ/dz2"].value, wrong, wrong - right["dJ/dz2"].value), strict=True):
        assert found is not None
        np.testing.assert_array_equal(found, wanted)
    assert sheet.contrast.equation.views[1].marked == {(0, 0), (0, 1)}
    press(Key.Key_Right)
    assert window.session.state.step.id == "dJ/dW2"
    window.action("undo").trigger()
    assert made(window) == ()
    assert not marked(window)
    press(Key.Key_Escape)
    assert not sheet.is_open
    assert focused() is window.network


@pytest.mark.opens("net-s")
def test_the_keys_go_past_what_would_change_nothing(window: MainWindow) -> None:
    press(Key.Key_X)
    sheet, seen = lab(window), []
    for _ in MISTAKES:
        choice = sheet.list.choice
        assert choice is not None
        assert choice.possible
        seen.append(choice.mistake.name)
        press(Key.Key_Down)
    possible = [choice.mistake.name for choice in sheet.model.choices if choice.possible]
    assert list(dict.fromkeys(seen)) == possible
    assert set(MISTAKES) - set(possible) == {"missing_mean", "forgotten_relu_mask", "per_sample_bias"}
    row = next(row for row, choice in enumerate(sheet.model.choices) if choice.reason)
    assert sheet.model.index(row, Column.WORDS).data() == "no effect: with one sample 1/N is 1"


@pytest.mark.opens("net-s")
def test_a_box_is_ticked_by_the_mouse_and_several_go_together(window: MainWindow, qtbot: QtBot) -> None:
    window.action("mistake_lab").trigger()
    sheet = lab(window)
    for name in ("extra_factor_two", "sign_slip"):
        row = next(row for row, choice in enumerate(sheet.model.choices) if choice.mistake.name == name)
        place = sheet.list.visualRect(sheet.model.index(row, Column.TITLE))
        qtbot.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft() + QPoint(13, 11))
    assert made(window) == ("extra_factor_two", "sign_slip")
    assert window.top.mistakes.text() == "2 mistakes on purpose"
    assert "mistakes" not in notice(window)
    qtbot.mouseClick(sheet.none, Qt.MouseButton.LeftButton)
    assert made(window) == ()
    assert not sheet.contrast.isVisible()


@pytest.mark.opens("net-s")
def test_the_check_names_the_first_wrong_step_and_leads_to_it(window: MainWindow, qtbot: QtBot) -> None:
    window.session.do(Mistakes(("missing_sigma_prime",)))
    window.action("mistake_lab").trigger()
    sheet = lab(window)
    qtbot.waitUntil(sheet.go.isVisible, timeout=WAIT_MS)
    assert "first wrong: ∂J/∂z₁, the slope of layer 1 is missing." in sheet.verdict.text()
    assert window.session.state.step.id == "z1"
    assert "as it should be" in sheet.contrast.words.text()
    qtbot.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    assert window.session.state.step.id == "dJ/dz1"
    assert sheet.contrast.equation.isVisible()


@pytest.mark.opens("homework-10-5-10")
def test_shapes_that_differ_are_told_with_what_refuses_them(window: MainWindow) -> None:
    window.session.do(Mistakes(("printed_layout",)))
    window.session.go_to_step("dJ/dW2")
    window.action("mistake_lab").trigger()
    words = lab(window).contrast.words.text()
    assert words.startswith("∂J/∂W₂ has the shape 10×5 and should have 5×10. W₂ stays as it is: NumPy refuses")
    assert len(lab(window).contrast.equation.views) == 2
    window.session.write_in("column")
    assert lab(window).contrast.words.text().startswith("∂L/∂W₂ has the shape 5×10 and should have 10×5.")


@pytest.mark.opens("mazur-sequential")
def test_what_is_opened_with_a_mistake_shows_it_and_the_label_leads_to_the_lab(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert "dJ/dh1" in marked(window)
    qtbot.mouseClick(window.top.mistakes, Qt.MouseButton.LeftButton)
    choice = lab(window).list.choice
    assert choice is not None
    assert (choice.mistake.name, choice.on) == ("sequential_update", True)
    qtbot.mouseClick(window.top.mistakes, Qt.MouseButton.LeftButton)
    assert not window.lab.is_open


@pytest.mark.opens("xor")
def test_a_mistake_of_batches_says_that_one_sample_does_not_show_it(window: MainWindow) -> None:
    window.session.show_whole(False)
    window.session.do(Mistakes(("missing_mean",)))
    window.action("mistake_lab").trigger()
    assert "Not in the pass that is shown: with one sample 1/N is 1. B shows the minibatch." in lab(window).right.text()
    assert not marked(window)
    press(Key.Key_B)
    assert "Not in the pass" not in lab(window).right.text()
    assert "dJ/dz2" in marked(window)


@pytest.mark.opens("trace-003")
def test_both_are_trained_from_the_same_weights_and_told_apart(window: MainWindow, qtbot: QtBot) -> None:
    window.session.do(Mistakes(("sign_slip",)))
    window.action("mistake_lab").trigger()
    sheet, engine = lab(window), window.runs.engine
    qtbot.mouseClick(sheet.train, Qt.MouseButton.LeftButton)
    assert sheet.train.text() == "Stop training"
    qtbot.waitUntil(lambda: "climbs" in sheet.trained.text(), timeout=WAIT_MS)
    assert not engine.running
    assert sheet.train.text() == "Train both"
    assert sheet.trained.text().startswith("Without the mistake J falls from 0.6931 to ")
    assert [run.name for run in window.session.state.runs] == ["no mistake", "sign slip"]
    names = [run.moment.subject.problem.mistakes for run in window.session.state.runs]
    assert names == [(), ("sign_slip",)]
    assert window.training.loss.isVisible()
    assert notice(window) == ""


@pytest.mark.opens("net-s")
def test_steps_and_card_are_seen_beside_the_lab_and_other_sheets_give_way(window: MainWindow) -> None:
    window.set_workspace("Train")
    window.action("mistake_lab").trigger()
    assert not window.places.is_train
    sheet = lab(window)
    for seen in (window.steps, window.step_panel, window.transport):
        place = sheet.mapFrom(window, seen.mapTo(window, QPoint()))
        assert not sheet.rect().intersects(seen.rect().translated(place))
    window.action("chain_view").trigger()
    assert not sheet.is_open
    assert not window.action("mistake_lab").isChecked()
    window.action("mistake_lab").trigger()
    assert not window.chain_sheet.is_open
    window.action("workspace_train").trigger()
    assert not sheet.is_open


@pytest.mark.opens("net-s")
def test_tab_goes_through_the_lab_and_not_under_it(window: MainWindow) -> None:
    window.session.do(Mistakes(("sign_slip",)))
    press(Key.Key_X)
    sheet, seen = lab(window), set[QWidget]()
    for _ in range(80):
        press(Key.Key_Tab)
        assert focused() is not window.network
        seen.add(focused())
    assert {sheet.list, sheet.train, sheet.none} <= seen
    for widget in (sheet.train, sheet.none, sheet.go):
        assert widget.accessibleName()
        assert widget.toolTip()


@pytest.mark.opens("net-s")
def test_both_looks_and_a_small_window_cut_no_words(window: MainWindow) -> None:
    window.resize(1160, 680)
    window.session.do(Mistakes(("product_after_w1",)))
    window.session.go_to_step("dJ/dx")
    window.action("mistake_lab").trigger()
    window.set_look("dark")
    sheet = lab(window)
    sheet.check_now()
    window.complete()
    parts = [sheet.list, sheet.contrast, sheet.verdict, sheet.train]
    assert all(part.isVisible() for part in parts)
    tops = [part.mapTo(sheet, QPoint()).y() for part in parts]
    assert tops == sorted(tops)
    for upper, lower in pairwise(parts):
        assert upper.mapTo(sheet, QPoint()).y() + upper.height() <= lower.mapTo(sheet, QPoint()).y()
    assert sheet.train.mapTo(sheet, QPoint()).y() + sheet.train.height() <= sheet.height()
    words = sheet.contrast.words
    assert words.height() >= words.heightForWidth(words.width())


@pytest.mark.opens("digits")
def test_of_many_entries_the_worst_is_marked_alone(window: MainWindow) -> None:
    window.session.do(Mistakes(("sign_slip",)))
    window.session.go_to_step("dJ/dW1")
    window.action("mistake_lab").trigger()
    (cell,) = lab(window).contrast.equation.views[1].marked
    right = -window.session.state.tape["dJ/dW1"].value
    assert abs(right[cell]) == np.abs(right).max()


@pytest.mark.opens("net-s")
def test_beside_a_lesson_the_lab_cuts_no_button_short(window: MainWindow) -> None:
    window.set_workspace("Learn")
    window.session.do(Mistakes(("product_after_w1",)))
    window.action("mistake_lab").trigger()
    window.complete()
    sheet = lab(window)
    assert window.places.workspace == "Learn"
    sheet.check_now()
    assert sheet.go.isVisible()
    for button in sheet.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width()
    assert sheet.list.isColumnHidden(Column.WORDS)
    window.set_workspace("Explore")
    window.action("mistake_lab").setChecked(True)
    assert not lab(window).list.isColumnHidden(Column.WORDS)
    assert lab(window).none.isVisible()


@pytest.mark.opens("trace-003-slips")
def test_passes_with_a_stretched_bias_are_shown_step_by_step(window: MainWindow) -> None:
    window.action("next_update").trigger()
    window.action("next_update").trigger()
    assert window.session.state.tape.loss == pytest.approx(2.543931, abs=1e-6)
    for step in window.session.state.tape.steps:
        window.session.go_to_step(step.id)
        window.session.select(("b1", (1, 0)))
        window.complete()
        assert not window.grab().isNull()
        assert window.banner.text() == ""
    window.action("gradient_check").trigger()
    assert "b1 has become 2 × 2 by a mistake" in notice(window)
