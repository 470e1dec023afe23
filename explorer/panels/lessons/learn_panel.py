"""The left of the workspace Learn: the list of lessons, or the page of one, below a line that leads through them."""

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from explorer.graph.typeset import Typesetter
from explorer.lessons.shelf import lesson, lesson_names, lessons
from explorer.panels.elided_label import ElidedLabel
from explorer.panels.labelled import labelled
from explorer.panels.lessons.lesson_list import LessonList
from explorer.panels.lessons.page_view import PageView
from explorer.panels.lessons.parted_line import PartedLine
from explorer.panels.sample_bar import button
from explorer.panels.theme import LIGHT, Palette

SIDE, WAY = 12, 30
SIGNS = {"all_lessons": "‹ Lessons", "previous_lesson": "↑", "next_lesson": "↓"}
"""What stands on the buttons above a page."""
LIST_TITLE = "Lessons"
TOLD = "Each is a page beside the window, with questions at its end. What is answered is kept in a saved session."


class LearnPanel(QFrame):
    """Shows lessons.

    Parameters
    ----------
    typesetter
        Typesets their formulas.
    actions
        Of the window, by name: those that lead through the lessons.

    Signals
    -------
    wanted
        The name of a lesson that a person wants to open.
    followed
        A link of a page.
    answered
        A question was answered.
    grown
        There are widgets that Tab does not know yet.
    """

    wanted = Signal(str)
    followed = Signal(object)
    answered = Signal()
    grown = Signal()

    def __init__(self, typesetter: Typesetter, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("learn_panel")
        self.setProperty("card", True)
        self._typesetter, self._look = typesetter, LIGHT
        self.done: frozenset[str] = frozenset()
        self.pages: dict[str, PageView] = {}
        self.list = LessonList(lessons())
        self.list.wanted.connect(self.wanted)
        self.title = ElidedLabel()
        self.title.setProperty("role", "title")
        self._actions = actions
        self.buttons = [button(actions[name], sign) for name, sign in SIGNS.items()]
        for way in self.buttons[1:]:
            way.setProperty("flat", True)
            way.setFixedWidth(WAY)
        self.back = button(actions["leave_lesson"], "")
        self.parted = PartedLine(actions["open_subject"])
        self.told = labelled(TOLD, "small")
        self.told.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._listed())
        self._arrange()
        self.show_way_back("")
        self.show_list()

    def _listed(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self.told.setContentsMargins(SIDE, 0, SIDE, 4)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        return holder

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SIDE, 10, SIDE, 6)
        head.setSpacing(6)
        head.addWidget(self.buttons[0])
        head.addWidget(self.title, 1)
        for way in self.buttons[1:]:
            head.addWidget(way)
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 4, SIDE, 8)
        foot.addWidget(self.back)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        above = QHBoxLayout()
        above.setContentsMargins(SIDE, 0, SIDE, 0)
        above.addWidget(self.parted)
        column.addLayout(above)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    @property
    def page(self) -> PageView | None:
        """The page that is shown; None where it is the list."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, PageView) else None

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._look = palette
        self.list.set_palette(palette)
        for page in self.pages.values():
            page.set_palette(palette)

    def show_list(self) -> None:
        """Show all lessons."""
        self.title.setText(LIST_TITLE)
        self._stack.setCurrentIndex(0)
        self._show_ways()

    def show_lesson(self, name: str) -> None:
        """Show the page of a lesson.

        Raises
        ------
        ExplorerError
            If there is none of that name.
        """
        if name not in self.pages:
            self.pages[name] = self._made(name)
            self._mark_done(name)
            self.grown.emit()
        page = self.pages[name]
        self.title.setText(f"{page.lesson.number}. {page.lesson.title}")
        self.list.setCurrentRow(lesson_names().index(name))
        self._stack.setCurrentWidget(page)
        self._show_ways()

    def _made(self, name: str) -> PageView:
        page = PageView(lesson(name), self._typesetter)
        page.set_palette(self._look)
        page.followed.connect(self.followed)
        page.answered.connect(lambda place: self._note(f"{name}#{place}"))
        self._stack.addWidget(page)
        return page

    def _show_ways(self) -> None:
        """Let only those ways be taken that lead somewhere."""
        names, page = lesson_names(), self.page
        row = -1 if page is None else names.index(page.lesson.name)
        for name, way, possible in zip(SIGNS, self.buttons, (row >= 0, row > 0, row < len(names) - 1), strict=True):
            way.setVisible(row >= 0)
            self._actions[name].setEnabled(possible)

    def neighbour(self, by: int) -> str:
        """Return the name of the lesson so many further on than the shown one; the first from the list."""
        names = lesson_names()
        row = 0 if self.page is None else names.index(self.page.lesson.name) + by
        return names[min(max(row, 0), len(names) - 1)]

    def show_way_back(self, title: str) -> None:
        """Offer to go back to what was open before the lessons; nothing for no title."""
        self._actions["leave_lesson"].setIconText(f"Back to {title}")
        self._actions["leave_lesson"].setEnabled(bool(title))
        self.back.setVisible(bool(title))

    def take_done(self, done: Iterable[str]) -> None:
        """Take which questions are answered: "08-backprop#0"."""
        self.done = frozenset(done)
        self.list.show_done(Counter(each.partition("#")[0] for each in self.done))
        for name in self.pages:
            self._mark_done(name)

    def _mark_done(self, name: str) -> None:
        """Mark what is answered on the page of a lesson."""
        page = self.pages[name]
        page.show_done([place for place in range(len(page.cards)) if f"{name}#{place}" in self.done])

    def _note(self, question: str) -> None:
        self.take_done(self.done | {question})
        self.answered.emit()

    def take_keys(self) -> None:
        """Give the keys to the list, or to the page, which they scroll."""
        taking = self.list if self.page is None else self.page
        taking.setFocus()
