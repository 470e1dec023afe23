"""Answering a step in the real window: typed, pasted, judged while it is typed, marked, and the mistake shown."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.lessons.answers import Finding
from explorer.panels.answer.finding_rows import FindingRows
from explorer.panels.answer_actions import AnswerActions
from explorer.panels.main_window import MainWindow
from explorer.problems import load_problem
from explorer.session import Settings, Subject
from tests.answering import asked, card_of, kind_of, still_at

pytestmark = pytest.mark.opens("net-s", (1280, 800))


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    return still_at(window, "dJ/dW1")


def made(window: MainWindow) -> list[str]:
    return list(window.session.state.subject.problem.mistakes)


def test_what_is_typed_is_judged_once_it_rests(window: MainWindow, qtbot: QtBot) -> None:
    card = asked(window, qtbot)
    assert card.field.hasFocus()
    assert card.field.accessibleName() == "Your answer for ∂J/∂W₁, 2 × 2"
    qtbot.keyClicks(card.field, "0.36 0.06; -0.36 -0.06")
    assert window.session.state.step.id == "dJ/dW1"
    qtbot.waitUntil(lambda: kind_of(card) == "right")
    assert card.said.text() == "✓ Right, to 2 digits."
    assert not window.step_panel.equation.result.marked


def test_a_button_beside_the_entry_asks_for_it_too(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.step_panel.entry.own, Qt.MouseButton.LeftButton)
    assert card_of(window).field.hasFocus()


def test_letters_that_are_shortcuts_elsewhere_are_typed(window: MainWindow, qtbot: QtBot) -> None:
    card = asked(window, qtbot)
    qtbot.keyClicks(card.field, "nan ? 1e-3")
    qtbot.keyClick(card.field, Qt.Key.Key_Left)
    qtbot.keyClick(card.field, Qt.Key.Key_Home)
    assert card.field.toPlainText() == "nan ? 1e-3"
    assert window.session.state.step.id == "dJ/dW1"


def test_wrong_entries_are_marked_and_forgotten_with_the_step(window: MainWindow, qtbot: QtBot) -> None:
    card = asked(window, qtbot)
    card.field.setPlainText("0.36 0.06; 0.5 -0.06")
    qtbot.keyClick(card.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    result = window.step_panel.equation.result
    assert result.marked == {(1, 0)}
    assert "∂J/∂W₁[2, 1] is −0.3556, not 0.5" in card.said.text()
    window.session.go_to_step("dJ/db1")
    assert not window.step_panel.equation.result.marked
    assert card.field.toPlainText() == ""
    window.session.go_to_step("dJ/dW1")
    assert card.field.toPlainText() == "0.36 0.06; 0.5 -0.06"
    assert window.step_panel.equation.result.marked == {(1, 0)}


def test_a_pasted_array_is_compared_as_it_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.session.write_in("column")
    card = asked(window, qtbot)
    value = window.session.state.step.value
    QApplication.clipboard().setText(repr(value.T))
    card.field.paste()
    card.judge_now()
    assert kind_of(card) == "right"
    window.session.lay_out("numerator")
    assert kind_of(card) == "wrong"
    assert "its transpose is right" in " ".join(card.findings.texts).lower()


def test_a_pasted_list_stands_in_rows(window: MainWindow, qtbot: QtBot) -> None:
    card = asked(window, qtbot)
    QApplication.clipboard().setText("[[0.36, 0.06], [-0.36, -0.06]]")
    card.field.paste()
    assert card.field.toPlainText() == "[[0.36, 0.06],\n[-0.36, -0.06]]"
    card.judge_now()
    assert kind_of(card) == "right"


def test_the_mistake_is_made_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    card = asked(window, qtbot)
    card.field.setPlainText(repr(-window.session.state.step.value))
    card.judge_now()
    assert any("a sign slip" in text for text in card.findings.texts)
    qtbot.mouseClick(card.findings.button, Qt.MouseButton.LeftButton)
    assert made(window) == ["sign_slip"]
    assert kind_of(card) == "right"
    window.action("undo").trigger()
    assert made(window) == []
    assert kind_of(card) == "wrong"


def test_of_two_mistakes_that_fit_each_has_a_button_that_names_it(qtbot: QtBot) -> None:
    rows = FindingRows()
    qtbot.addWidget(rows)
    spy = QSignalSpy(rows.mistake_wanted)
    sign, two = Finding("a sign", mistake="sign_slip"), Finding("a two", mistake="extra_factor_two")
    rows.show_findings((sign, two, Finding("another sample")), (), str)
    texts = [button.text() for button in rows.buttons if not button.isHidden()]
    assert texts == ["Make this mistake: a sign slip", "Make this mistake: a factor 2 too many"]
    rows.buttons[1].click()
    assert spy.at(0) == ["extra_factor_two"]
    rows.show_findings((two,), (), str)
    assert [button.text() for button in rows.buttons if not button.isHidden()] == ["Make this mistake"]
    rows.button.click()
    assert spy.at(1) == ["extra_factor_two"]


def test_what_cannot_be_read_is_told_in_a_sentence(window: MainWindow, qtbot: QtBot) -> None:
    card = asked(window, qtbot)
    card.field.setPlainText("0.36 <b>")
    card.judge_now()
    assert card.said.text().startswith("“<b>” is no number")
    assert card.said.textFormat() is Qt.TextFormat.PlainText


def test_escape_closes_the_card_and_the_rest_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    card = asked(window, qtbot)
    panel = window.step_panel
    assert panel.entry.isHidden()
    assert panel.chain.isHidden()
    card.field.setPlainText("1 2; 3 4")
    card.judge_now()
    qtbot.keyClick(card.field, Qt.Key.Key_Escape)
    assert card.isHidden()
    assert not window.action("check_answer").isChecked()
    assert not panel.entry.isHidden()
    assert not panel.chain.isHidden()
    assert not panel.equation.result.marked
    assert window.steps.hasFocus() or window.network.hasFocus() or window.steps.isAncestorOf(window.focusWidget())


def test_the_key_brings_a_person_back_to_the_field(window: MainWindow, qtbot: QtBot) -> None:
    card = asked(window, qtbot)
    window.network.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_A)
    assert card.field.hasFocus()
    assert not card.isHidden()
    assert window.action("check_answer").isChecked()


def test_the_jacobian_view_and_the_answer_give_way_to_each_other(window: MainWindow, qtbot: QtBot) -> None:
    window.action("jacobian_view").trigger()
    card = asked(window, qtbot)
    assert not window.action("jacobian_view").isChecked()
    window.action("jacobian_view").trigger()
    assert card.isHidden()
    assert window.step_panel.entry.isHidden()
    window.action("jacobian_view").trigger()
    assert not window.step_panel.entry.isHidden()


def test_return_judges_where_one_line_is_all(window: MainWindow, qtbot: QtBot) -> None:
    window.session.go_to_step("J")
    card = asked(window, qtbot)
    qtbot.keyClicks(card.field, "1,413")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    assert (kind_of(card), card.field.toPlainText()) == ("right", "1,413")


def test_another_problem_forgets_the_answers(window: MainWindow, qtbot: QtBot) -> None:
    card = asked(window, qtbot)
    card.field.setPlainText("1 2; 3 4")
    mazur = load_problem("mazur")
    window.session.open(Subject.of_problem("mazur", mazur), Settings.of_problem(mazur))
    window.session.go_to_step("dJ/dW1")
    assert card.field.toPlainText() == ""


@pytest.mark.opens("digits", (1280, 800))
def test_a_large_matrix_is_pasted_from_numpy(window: MainWindow, qtbot: QtBot) -> None:
    card = asked(window, qtbot)
    value = window.session.state.step.value
    with np.printoptions(threshold=10**6):
        card.field.setPlainText(repr(value))
    card.judge_now()
    assert value.shape == (64, 32)
    assert kind_of(card) == "right"
    assert card.height() <= window.step_panel.height() // 2 + 2


def test_nothing_of_it_is_made_before_it_is_asked_for(window: MainWindow) -> None:
    assert isinstance(window.answers, AnswerActions)
    assert window.answers.card is None
