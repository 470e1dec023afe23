"""Lessons in the window, for tests that read them as a person does."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explorer.lessons.shelf import lesson_names
from explorer.panels.lessons.learn_panel import LearnPanel
from explorer.panels.lessons.page_view import PageView
from explorer.panels.lessons.quiz_card import QuizCard
from explorer.panels.main_window import MainWindow


def named(number: int) -> str:
    return next(name for name in lesson_names() if name.startswith(f"{number:02}-"))


def panel(window: MainWindow) -> LearnPanel:
    found = window.learn.panel
    assert found is not None
    return found


def page(window: MainWindow, number: int) -> PageView:
    """Open a lesson as its list does."""
    window.learn.open_lesson(named(number))
    found = panel(window).page
    assert found is not None
    return found


def answer(card: QuizCard, text: str) -> str:
    card.field.setFocus()
    card.field.selectAll()
    QTest.keyClicks(card.field, text)
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    return card.verdict.text()
