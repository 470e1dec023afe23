"""The page of a lesson: its parts below each other, made once and kept with what was typed in it."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.graph.typeset import Typesetter
from explorer.lessons.lesson import Display, Experiment, Heading, Lesson, Part, Prose, Question
from explorer.panels.labelled import labelled
from explorer.panels.lessons.bench_view import BenchView
from explorer.panels.lessons.prose import ProseLabel
from explorer.panels.lessons.quiz_card import QuizCard
from explorer.panels.overlay_scroll import OverlayScrollArea
from explorer.panels.own_keys import OwnKeys
from explorer.panels.step.formula_label import FormulaLabel
from explorer.panels.theme import Palette

SIDE, GAP, ABOVE = 20, 12, 10
"""Pixels beside the page, between its parts, and more above a section."""
PIXELS, LOWEST = 16, 40
"""Letters of a formula, and the height that it has before it is typeset."""
SECTION = "Questions"
BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
SCROLLING = frozenset((Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown))


class PageView(OwnKeys, OverlayScrollArea):
    """Shows a lesson; the keys that scroll are its own while it has the focus.

    Parameters
    ----------
    lesson
        What it says.
    typesetter
        Typesets its formulas, once they are looked at.

    Signals
    -------
    followed
        A link that was followed.
    answered
        The place of a question among the page's, from 0, that was answered right.
    """

    followed = Signal(object)
    answered = Signal(int)
    own_keys = SCROLLING

    def __init__(self, lesson: Lesson, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        inside = QWidget()
        super().__init__(inside, parent)
        self.lesson, self._typesetter = lesson, typesetter
        self.setObjectName("lesson_page")
        self.setAccessibleName(f"Lesson {lesson.number}: {lesson.title}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words: list[ProseLabel] = []
        self.formulas: list[FormulaLabel] = []
        self.benches: list[BenchView] = []
        self.cards: list[QuizCard] = []
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(SIDE, 4, SIDE, SIDE)
        self._column.setSpacing(GAP)
        self._fill()

    def _fill(self) -> None:
        makers: dict[type, Callable[..., QWidget]] = {
            Heading: self._heading,
            Prose: self._prose,
            Display: self._display,
            Experiment: self._experiment,
            Question: self._question,
        }
        items = labelled(f"Covers {', '.join(self.lesson.items)}", "small")
        items.setToolTip("The statements of the write-ups, by document and number")
        items.setWordWrap(True)
        self._column.addWidget(items)
        for part in self.lesson.parts:
            self._add(part, makers)
        self._column.addStretch(1)

    def _add(self, part: Part, makers: dict[type, Callable[..., QWidget]]) -> None:
        if isinstance(part, Question) and not self.cards:
            self._column.addWidget(self._heading(Heading(SECTION)))
        self._column.addWidget(makers[type(part)](part))

    def _heading(self, part: Heading) -> QLabel:
        label = labelled(part.text, "title")
        label.setWordWrap(True)
        label.setContentsMargins(0, ABOVE, 0, 0)
        return label

    def _prose(self, part: Prose) -> ProseLabel:
        label = ProseLabel(part)
        label.followed.connect(self.followed)
        self.words.append(label)
        return label

    def _display(self, part: Display) -> FormulaLabel:
        formula = FormulaLabel(self._typesetter, PIXELS, LOWEST)
        formula.set_latex(part.latex)
        self.formulas.append(formula)
        return formula

    def _experiment(self, part: Experiment) -> BenchView:
        bench = BenchView(part, self._typesetter)
        self.benches.append(bench)
        return bench

    def _question(self, part: Question) -> QuizCard:
        place = len(self.cards)
        card = QuizCard(part, place + 1)
        card.answered.connect(lambda: self.answered.emit(place))
        self.cards.append(card)
        return card

    def show_done(self, places: Collection[int]) -> None:
        """Mark the questions at those places, from 0, as answered, and no others."""
        for place, card in enumerate(self.cards):
            card.show_done(done=place in places)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a border where the keys have come by keys; a click needs none."""
        super().focusInEvent(event)
        self._show_border(wanted=event.reason() in BY_KEYS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self._show_border(wanted=False)

    def _show_border(self, *, wanted: bool) -> None:
        if self.property("reached") != wanted:
            self.setProperty("reached", wanted)
            self.style().polish(self)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        parts: tuple[ProseLabel | FormulaLabel | BenchView | QuizCard, ...]
        parts = (*self.words, *self.formulas, *self.benches, *self.cards)
        for part in parts:
            part.set_palette(palette)
