"""What the window does with lessons: opens what they are about, follows links, goes back to what was open before."""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Slot

from explorer.engine.errors import ExplorerError
from explorer.panels import lessons
from explorer.panels.theme import Palette
from explorer.session import Notice
from explorer.tape.orientation import Layout

if TYPE_CHECKING:
    from explorer.lessons.lesson import Lesson, Link
    from explorer.panels.lessons.learn_panel import LearnPanel
    from explorer.panels.main_window import MainWindow
    from explorer.session.moment import Moment

LEADING = ("all_lessons", "previous_lesson", "next_lesson", "open_subject", "leave_lesson")
"""The actions that are possible once there is a page."""


class Writing(Struct, frozen=True):
    """How everything was written before the first lesson."""

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
        self._before: Moment | None = None
        self._writing: Writing | None = None
        self._beside = ""
        self._done: tuple[str, ...] = ()
        self.panel: LearnPanel | None = None
        for name in LEADING:
            window.action(name).setEnabled(False)

    @property
    def done(self) -> tuple[str, ...]:
        """Which questions are answered, by lesson and place."""
        return self._done

    def take_done(self, done: tuple[str, ...]) -> None:
        """Take which questions are answered, from a session that was opened; it says how all is written, too."""
        self._done, self._writing = done, None
        if self.panel is not None:
            self.panel.take_done(done)

    @property
    def lesson_name(self) -> str:
        """The name of the lesson whose page is shown; empty where none is."""
        lesson = self._lesson
        return "" if lesson is None else lesson.name

    def show_page(self, name: str) -> None:
        """Show the page of a lesson and open nothing beside it; one that is on no shelf is left alone."""
        if name in lessons.lesson_names():
            self.made().show_lesson(name)
            self.show_parted()

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
            self.open_again()
        except ExplorerError as error:
            self._session.tell(Notice(str(error)))

    @property
    def _lesson(self) -> "Lesson | None":
        """The lesson whose page is shown."""
        page = None if self.panel is None else self.panel.page
        return None if page is None else page.lesson

    @Slot()
    def open_again(self) -> None:
        """Open what the page is about, and write it as the page does."""
        lesson = self._lesson
        if lesson is not None:
            self._window.set_workspace("Learn")
            self._note_writing()
            self._open_subject(lesson)
            self.take_writing()
            self.show_parted()

    def _open_subject(self, lesson: "Lesson") -> None:
        """Open what a lesson is about, unless that is open as it is on the shelf."""
        self._window.places.show_training(wanted=lesson.training)
        if lesson.opens:
            self.open_beside(lesson.opens)
        if lesson.step:
            self._session.go_to_step(lesson.step)

    def open_beside(self, key: str) -> None:
        """Open a subject for the page beside it; what was open before can be gone back to."""
        key = opened_key(key)
        state, self._beside = self._session.state, key
        changed = state.subject.edited or state.subject.problem.mistakes or state.run.step
        if state.subject.key == key and not changed:
            return
        if self._before is None:
            self._before = self._session.moment()
            self.made().show_way_back(state.subject.title)
        self._window.files.open_key(key)

    @Slot()
    def go_back(self) -> None:
        """Show again what was open before the lessons."""
        before, self._before = self._before, None
        if before is not None:
            self.give_writing_back()
            self._session.return_to(before)
            self.made().show_way_back("")

    def show_parted(self) -> None:
        """Tell on the page whether the window shows what it is about, or what its links have opened since."""
        lesson, subject = self._lesson, self._session.state.subject
        if self.panel is not None:
            own = "" if lesson is None else opened_key(lesson.opens)
            parted = bool(own) and subject.key not in (own, self._beside)
            self.panel.parted.show_parted(subject.title if parted else "")

    def _note_writing(self) -> None:
        """Remember how everything was written before the first lesson."""
        if self._writing is None:
            self._writing = Writing(self._session.state.notation, self._session.state.layout)

    def take_writing(self) -> None:
        """Write everything as the page does: what one page had switched means nothing to another."""
        lesson = self._lesson
        if lesson is not None:
            self._note_writing()
            self._session.write_in(lesson.notation)
            self._session.lay_out(lesson.layout)

    def give_writing_back(self) -> None:
        """Write everything as before the first lesson."""
        writing, self._writing = self._writing, None
        if writing is not None:
            self._session.write_in(writing.notation)
            self._session.lay_out(writing.layout)

    @Slot()
    def show_all(self) -> None:
        """Show the list of lessons."""
        self.made().show_list()
        self.made().take_keys()
        self.show_parted()

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


def opened_key(key: str) -> str:
    """Return the key of a subject as it is once it is open: problems beside a page have another than their name."""
    kind, _, name = key.partition(":")
    return f"problem:{lessons.problem_name(name)}" if kind == "problem" else key
