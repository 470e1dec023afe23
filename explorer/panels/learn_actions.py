"""What the window does with lessons: opens what they are about, follows links, goes back to what was open before."""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Slot

from explorer.engine.errors import ExplorerError
from explorer.panels import lessons
from explorer.panels.theme import Palette
from explorer.session import Notice
from explorer.session.moment import Moment
from explorer.tape.orientation import Layout

if TYPE_CHECKING:
    from explorer.lessons.lesson import Lesson, Link
    from explorer.panels.lessons.learn_panel import LearnPanel
    from explorer.panels.main_window import MainWindow

LEADING = ("all_lessons", "previous_lesson", "next_lesson", "leave_lesson")
"""The actions that are possible once there is a page."""


class Before(Struct, frozen=True, eq=False):
    """What was open before the first lesson that opened something else, and how it was written."""

    moment: Moment
    notation: str
    layout: Layout


class LearnActions(QObject):
    """Stands between the session and the pages of lessons.

    Attributes
    ----------
    panel
        None until the workspace is first shown.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._before: Before | None = None
        self._done: tuple[str, ...] = ()
        self.panel: LearnPanel | None = None
        for name in LEADING:
            window.action(name).setEnabled(False)

    @property
    def done(self) -> tuple[str, ...]:
        """Which questions are answered, by lesson and place."""
        return self._done

    def take_done(self, done: tuple[str, ...]) -> None:
        """Take which questions are answered, from a session that was opened."""
        self._done = done
        if self.panel is not None:
            self.panel.take_done(done)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        if self.panel is not None:
            self.panel.set_palette(palette)

    def made(self) -> "LearnPanel":
        """Return the panel, made and put in its place the first time."""
        if self.panel is None:
            window = self._window
            self.panel = lessons.LearnPanel(window.typesetter, window.actions_by_name)
            self.panel.set_palette(window.look)
            self.panel.take_done(self._done)
            self.panel.wanted.connect(self.open_lesson)
            self.panel.followed.connect(self.follow)
            self.panel.answered.connect(self._note)
            self.panel.grown.connect(window.order_tabs)
            window.places.put_page(self.panel)
            window.order_tabs()
        return self.panel

    @Slot(str)
    def open_lesson(self, name: str) -> None:
        """Show a lesson, and beside it what it is about."""
        self._window.set_workspace("Learn")
        try:
            panel = self.made()
            panel.show_lesson(name)
            panel.take_keys()
            if panel.page is not None:
                self._open_subject(panel.page.lesson)
        except ExplorerError as error:
            self._session.tell(Notice(str(error)))

    def _open_subject(self, lesson: "Lesson") -> None:
        """Open what a lesson is about, unless that is open as it is on the shelf."""
        self._window.places.show_training(wanted=lesson.training)
        if lesson.opens:
            self.open_beside(lesson.opens)
        if lesson.step:
            self._session.go_to_step(lesson.step)

    def open_beside(self, key: str) -> None:
        """Open a subject for the page beside it; what was open before can be gone back to."""
        kind, _, name = key.partition(":")
        key = f"problem:{lessons.problem_name(name)}" if kind == "problem" else key
        state = self._session.state
        changed = state.subject.edited or state.subject.problem.mistakes or state.run.step
        if state.subject.key == key and not changed:
            return
        if self._before is None:
            self._before = Before(self._session.moment(), state.notation, state.layout)
            self.made().show_way_back(state.subject.title)
        self._window.files.open_key(key)

    @Slot()
    def go_back(self) -> None:
        """Show again what was open before the lessons."""
        before, self._before = self._before, None
        if before is not None:
            self._session.write_in(before.notation)
            self._session.lay_out(before.layout)
            self._session.return_to(before.moment)
            self.made().show_way_back("")

    @Slot()
    def show_all(self) -> None:
        """Show the list of lessons."""
        self.made().show_list()
        self.made().take_keys()

    def go_on(self, by: int) -> None:
        """Open the lesson so many further on."""
        self.open_lesson(self.made().neighbour(by))

    @Slot(object)
    def follow(self, link: "Link") -> None:
        """Do what a link of a page says."""
        try:
            lessons.follow_link(self._window, link)
        except ExplorerError as error:
            self._session.tell(Notice(str(error)))

    @Slot()
    def _note(self) -> None:
        """Remember which questions are answered."""
        if self.panel is not None:
            self._done = tuple(sorted(self.panel.done))
