"""Answering a step in the window, for tests that do it as a person does."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.answer.answer_card import AnswerCard
from explorer.panels.main_window import MainWindow


def still_at(window: MainWindow, step: str) -> MainWindow:
    """Return the window at a step, with nothing that moves."""
    window.motion.set_enabled(False)
    window.session.go_to_step(step)
    return window


def asked(window: MainWindow, qtbot: QtBot) -> AnswerCard:
    """Ask for the current step by the key, and return the card."""
    qtbot.keyClick(window, Qt.Key.Key_A)
    QApplication.processEvents()
    return card_of(window)


def card_of(window: MainWindow) -> AnswerCard:
    assert window.answers.card is not None
    return window.answers.card


def kind_of(card: AnswerCard) -> str:
    return "" if card.verdict is None else card.verdict.kind
