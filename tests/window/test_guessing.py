"""Guessing first in the real window: numbers are kept back until they are answered, or asked for."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.answer.answer_card import AnswerCard
from explorer.panels.main_window import MainWindow
from tests.answering import asked, card_of, kind_of, still_at

pytestmark = pytest.mark.opens("net-s", (1280, 800))


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    return still_at(window, "dJ/dW1")


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
