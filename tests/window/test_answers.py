"""Answering a step in the real window: typed, pasted, judged while it is typed, marked, and the mistake shown."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.lessons.answers import Finding
from explorer.panels.answer.answer_card import AnswerCard
from explorer.panels.answer.finding_rows import FindingRows
from explorer.panels.answer_actions import AnswerActions
from explorer.panels.main_window import MainWindow
from explorer.problems import load_problem
from explorer.session import Settings, Subject

pytestmark = pytest.mark.opens("net-s", (1280, 800))


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window at dJ/dW1, with nothing that moves."""
    window.motion.set_enabled(False)
    window.session.go_to_step("dJ/dW1")
    return window


def asked(window: MainWindow, qtbot: QtBot) -> AnswerCard:
    """Ask for the current step by the key, and return the card."""
    qtbot.keyClick(window, Qt.Key.Key_A)
    QApplication.processEvents()
    return card_of(window)


def card_of(window: MainWindow) -> AnswerCard:
    assert window.answers.card is not None
    return window.answers.card


def made(window: MainWindow) -> list[str]:
    return list(window.session.state.subject.problem.mistakes)


def kind_of(card: AnswerCard) -> str:
    return "" if card.verdict is None else card.verdict.kind


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


def guessing(window: MainWindow, qtbot: QtBot) -> AnswerCard:
    """Keep the numbers back by the key, and return the card that asks for them."""
    qtbot.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    return card_of(window)


def is_seen(window: MainWindow) -> tuple[bool, bool]:
    """Tell whether the numbers of the step are in the matrix of the card, and in the drawing."""
    name = window.session.state.step.id
    picture = window.network._picture
    assert picture is not None
    places = (*picture.columns, *picture.edges, picture.loss)
    drawn = next(shown for shown in places if shown.name == name)
    return window.step_panel.equation.result.block.value is not None, drawn.values is not None


def test_numbers_are_kept_back_until_they_are_guessed(window: MainWindow, qtbot: QtBot) -> None:
    card = guessing(window, qtbot)
    panel = window.step_panel
    assert is_seen(window) == (False, False)
    window.resize(1400, 900)
    QApplication.processEvents()
    assert panel.check.isHidden()
    assert panel.entry.isHidden()
    card.field.setPlainText("0.36 0.06; 0.36 -0.06")
    qtbot.keyClick(card.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card.said.text() == "✗ 1 of 4 entries differs: ∂J/∂W₁[2, 1]."
    assert is_seen(window) == (False, False)
    assert panel.equation.result.marked == {(1, 0)}
    card.field.setPlainText("0.36 0.06; -0.36 -0.06")
    assert kind_of(card) == ""
    qtbot.keyClick(card.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card.said.text() == "✓ Right, to 2 digits."
    assert is_seen(window) == (True, True)
    assert not panel.check.isHidden()
    assert card.tally.text() == "0 of 1 at the first try"


@pytest.mark.parametrize("text", ["2x2", "0.4 0.1; -0.4 -0.1", "? ?; ? ?", "0.36 0.06 -0.36"])
def test_what_answers_nothing_shows_nothing(window: MainWindow, qtbot: QtBot, text: str) -> None:
    card = guessing(window, qtbot)
    card.field.setPlainText(text)
    qtbot.keyClick(card.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card.said.text()
    assert is_seen(window) == (False, False)
    assert card.tally.text() == ""


def test_the_next_step_is_asked_for_once_one_is_right(window: MainWindow, qtbot: QtBot) -> None:
    window.session.go_to_step("J")
    card = guessing(window, qtbot)
    qtbot.keyClicks(card.field, "1.4132")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    assert is_seen(window) == (True, True)
    assert card.tally.text() == "1 of 1 at the first try"
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    assert window.session.state.step.id == "dJ/dz2"
    assert is_seen(window) == (False, False)
    assert card.field.toPlainText() == ""
    window.session.go_to_step("J")
    assert is_seen(window) == (True, True)


def test_it_is_shown_to_who_asks_for_it(window: MainWindow, qtbot: QtBot) -> None:
    card = guessing(window, qtbot)
    assert window.action("show_result").isEnabled()
    qtbot.mouseClick(card.show_it, Qt.MouseButton.LeftButton)
    assert is_seen(window) == (True, True)
    assert card.show_it.isHidden()
    assert not window.action("show_result").isEnabled()
    window.session.go_to_step("dJ/db1")
    qtbot.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert is_seen(window)[0]


@pytest.mark.parametrize("name", ["check_answer", "guess_first", "chain_view", "jacobian_view", "close_notice"])
def test_guessing_ends_with_its_card(window: MainWindow, qtbot: QtBot, name: str) -> None:
    guessing(window, qtbot)
    window.action(name).trigger()
    assert not window.action("guess_first").isChecked()
    assert window.session.state.guessing is None
    assert is_seen(window) == (True, True)


@pytest.mark.parametrize(("name", "words"), [("chain_view", "the chain view"), ("jacobian_view", "the Jacobian view")])
def test_what_ends_guessing_by_showing_the_numbers_says_so(
    window: MainWindow, qtbot: QtBot, name: str, words: str
) -> None:
    guessing(window, qtbot)
    window.action(name).trigger()
    assert f"Guess first has ended, for {words} shows the numbers" in window.banner.text()


def test_who_only_answers_is_told_of_no_end(window: MainWindow, qtbot: QtBot) -> None:
    asked(window, qtbot)
    window.action("jacobian_view").trigger()
    assert window.banner.text() == ""


def test_the_answer_to_another_pass_is_not_taken_along(window: MainWindow, qtbot: QtBot) -> None:
    card = guessing(window, qtbot)
    card.field.setPlainText("0.36 0.06; -0.36 -0.06")
    qtbot.keyClick(card.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.session.go_to_step("dJ/dz1")
    window.session.go_to_step("dJ/dW1")
    assert card.field.toPlainText()
    window.action("close_notice").trigger()
    window.action("next_update").trigger()
    assert guessing(window, qtbot).field.toPlainText() == ""


def test_after_the_last_step_none_is_promised(window: MainWindow, qtbot: QtBot) -> None:
    window.session.go_to(len(window.session.state.tape) - 1)
    card = asked(window, qtbot)
    card.field.setPlainText("; ".join(" ".join(map(repr, row)) for row in last_value(window)))
    card.judge_now()
    assert kind_of(card) == "right"
    assert "It is the last step of the pass." in card.findings.texts
    assert not any("goes on" in text for text in card.findings.texts)


def last_value(window: MainWindow) -> list[list[float]]:
    """Return the numbers of the shown step, in rows."""
    rows: list[list[float]] = np.atleast_2d(window.session.state.step.value).tolist()
    return rows


def test_another_pass_is_guessed_anew(window: MainWindow, qtbot: QtBot) -> None:
    card = guessing(window, qtbot)
    window.session.see_step()
    window.action("next_update").trigger()
    window.session.go_to_step("dJ/dW1")
    assert is_seen(window) == (False, False)
    assert not card.isHidden()


def test_no_number_of_it_is_in_the_words_of_a_kept_back_step(window: MainWindow, qtbot: QtBot) -> None:
    card = guessing(window, qtbot)
    card.field.setPlainText("1 2; 3 4")
    qtbot.keyClick(card.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    said = " ".join((card.said.text(), *card.findings.texts, window.step_panel.equation.result.text_of((0, 0))))
    assert "0.35" not in said
    assert "0.059" not in said
