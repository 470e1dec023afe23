"""A number nudged by hand: the slope of the secant beside the gradient, by slider and by typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.step.nudge_card import NudgeCard
from explorer.session import RunStatus, Session
from tests.panels.step.stepping import session_of


@pytest.fixture
def card(look: QApplication, qtbot: QtBot) -> NudgeCard:
    made = NudgeCard()
    qtbot.addWidget(made)
    made.show()
    return made


def show(card: NudgeCard, session: Session, step: str) -> None:
    session.go_to_step(step)
    card.show_entry(session.state, (0, 0), "W₁[1, 1]", wanted=True)


def test_a_small_nudge_comes_near_the_gradient(card: NudgeCard, qtbot: QtBot) -> None:
    show(card, session_of("net-s"), "dJ/dW1")
    assert card.nudge is not None
    far = abs(card.nudge.ratio - card.nudge.gradient)
    card.field.setText("0,0001")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    assert card.nudge is not None
    assert abs(card.nudge.ratio - card.nudge.gradient) < far / 100
    assert card.field.text() == "+0.0001"
    assert "gradient +0.355624" in card.accessibleName()


def test_the_slider_nudges(card: NudgeCard, qtbot: QtBot) -> None:
    show(card, session_of("net-s"), "dJ/dW1")
    qtbot.keyClick(card.slider, Qt.Key.Key_End)
    assert card.field.text() == "+1"
    card.slider.setValue(0)
    assert card.nudge is None
    assert card.words.startswith("A nudge by 0 moves nothing")


def test_what_is_no_number_is_refused_in_place(card: NudgeCard, qtbot: QtBot) -> None:
    show(card, session_of("net-s"), "dJ/dW1")
    card.field.setText("much")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    assert card.words == "'much' is no number: type one like 0.001."


def test_hides_where_there_is_nothing_to_nudge_and_waits_while_training_runs(card: NudgeCard) -> None:
    session = session_of("net-s")
    show(card, session, "p")
    assert card.isHidden()
    session.set_status(RunStatus.RUNNING)
    show(card, session, "dJ/dW1")
    assert card.words == "Nudges are made once training pauses."
