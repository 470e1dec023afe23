"""The guessing game in the window: a mistake is hidden, found and named by keys, and nothing tells of it before."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel
from pytestqt.qtbot import QtBot

from explorer.panels.lab.lab_sheet import LabSheet
from explorer.panels.main_window import MainWindow
from explorer.panels.steps_model import Role
from explorer.session.puzzles import Hide
from explorer.tape.mistakes import MISTAKES
from tests.windows import focused, notice, press

Key = Qt.Key


def playing(window: MainWindow, name: str) -> LabSheet:
    """Open the lab with that mistake hidden."""
    window.session.do(Hide(name, 7))
    press(Key.Key_X)
    assert window.lab.sheet is not None
    return window.lab.sheet


def choose(sheet: LabSheet, name: str) -> None:
    sheet.list.setFocus()
    for _ in MISTAKES:
        choice = sheet.list.choice
        if choice is not None and choice.mistake.name != name:
            press(Key.Key_Down)
    choice = sheet.list.choice
    assert choice is not None
    assert choice.mistake.name == name


@pytest.mark.opens("net-s")
def test_a_hidden_mistake_is_found_and_named_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.network.setFocus()
    press(Key.Key_X)
    sheet = window.lab.sheet
    assert sheet is not None
    qtbot.mouseClick(sheet.start.hide_one, Qt.MouseButton.LeftButton)
    puzzle, made = window.session.state.subject.problem.puzzle, window.session.state.subject.problem.mistakes
    assert len(made) == 1
    assert puzzle
    assert sheet.start.number.value() == puzzle
    assert f"Puzzle {puzzle}: one of these mistakes is made" in sheet.bar.words.text()
    window.session.go_to_step("z1")
    choose(sheet, made[0])
    press(Key.Key_Return)
    assert sheet.bar.words.text() == f"Right, {MISTAKES[made[0]].title}; but z₁ is not the first wrong step."
    qtbot.mouseClick(sheet.bar.reveal, Qt.MouseButton.LeftButton)
    assert window.session.state.subject.problem.puzzle == 0
    assert sheet.bar.isHidden()
    choice = sheet.list.choice
    assert choice is not None
    assert choice.on
    sheet.list.setFocus()
    press(Key.Key_Return)
    first = window.session.state.step.id
    for _ in range(2):
        window.action("undo").trigger()
    assert not window.session.state.subject.problem.mistakes
    sheet.start.number.setFocus()
    sheet.start.number.selectAll()
    qtbot.keyClicks(focused(), str(puzzle))
    press(Key.Key_Return)
    assert window.session.state.subject.problem.mistakes == made
    assert window.session.state.subject.problem.puzzle == puzzle
    window.session.go_to_step(first)
    choose(sheet, made[0])
    press(Key.Key_Space)
    assert sheet.bar.words.text().startswith(f"Right: {MISTAKES[made[0]].title}, and ")
    assert window.session.state.subject.problem.puzzle == puzzle


@pytest.mark.opens("net-s")
def test_hiding_one_twice_hides_two(window: MainWindow, qtbot: QtBot) -> None:
    press(Key.Key_X)
    sheet = window.lab.sheet
    assert sheet is not None
    assert sheet.start.number.text() == "by number"
    found = []
    for _ in range(8):
        qtbot.mouseClick(sheet.start.hide_one, Qt.MouseButton.LeftButton)
        found.append(window.session.state.subject.problem.mistakes)
        sheet.bar.reveal.click()
    assert all(one != other for one, other in pairwise(found))


@pytest.mark.opens("net-s")
def test_the_words_on_a_line_say_of_which_mistake_they_are(window: MainWindow) -> None:
    press(Key.Key_X)
    sheet = window.lab.sheet
    assert sheet is not None
    choose(sheet, "sign_slip")
    assert sheet.wrong.text().startswith("A sign slip (not made). Wrong: ")
    press(Key.Key_Space)
    assert sheet.wrong.text().startswith("A sign slip (made). Wrong: ")
    window.session.do(Hide("sign_slip", 7))
    assert sheet.wrong.text().startswith("A sign slip. Wrong: ")


@pytest.mark.opens("net-s")
def test_a_wrong_guess_is_told_which_half_of_it_is_wrong(window: MainWindow) -> None:
    sheet = playing(window, "sign_slip")
    choose(sheet, "extra_factor_two")
    window.session.go_to_step("dJ/dz2")
    sheet.bar.name_it.click()
    assert (
        sheet.bar.words.text() == "Right, ∂J/∂z₂ is the first wrong step; but the mistake is not: a factor 2 too many."
    )
    window.session.go_to_step("dJ/dx")
    sheet.bar.name_it.click()
    assert sheet.bar.words.text().startswith("Neither: ∂J/∂x is not the first wrong step")


@pytest.mark.opens("net-s")
def test_nothing_in_the_window_tells_of_a_hidden_mistake(window: MainWindow) -> None:
    sheet = playing(window, "missing_sigma_prime")
    title = MISTAKES["missing_sigma_prime"].title
    steps = window.steps.findChild(QAbstractItemView, "steps_view")
    assert isinstance(steps, QAbstractItemView)
    rows = [steps.model().index(row, 0) for row in range(steps.model().rowCount())]
    assert not any(row.data(Role.CHANGED) for row in rows)
    tips = [str(row.data(Qt.ItemDataRole.ToolTipRole)) for row in rows]
    window.session.go_to_step("dJ/dz1")
    window.complete()
    card = [label.text() for label in window.step_panel.findChildren(QLabel)]
    top = [window.top.mistakes.text(), window.top.mistakes.toolTip(), window.top.mistakes.accessibleName()]
    assert window.step_panel.check.verdict == "not told while a mistake is hidden"
    for words in (*tips, *card, *top, window.action("undo").text()):
        assert title not in words
        assert "istake, " not in words
        assert "differs" not in words
    assert window.top.mistakes.text() == "a mistake is hidden"
    assert not any(choice.on for choice in sheet.model.choices)
    for told in (sheet.verdict, sheet.contrast, sheet.go, sheet.train, sheet.none):
        assert not told.isVisible()
    window.action("gradient_check").trigger()
    assert "would tell where" in notice(window)
