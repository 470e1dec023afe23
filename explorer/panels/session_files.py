"""Saves the session beside the running window, and knows the file that it is of.

Nobody is asked whether to save: whatever is opened can be undone, and what a closed window showed is kept for the next
one (``keep_last``), so that nothing is lost that a dialog could have saved.
"""

import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from explorer.bridge.background import Background
from explorer.data import finished
from explorer.engine.errors import ExplorerError
from explorer.files.reasons import reason, shown
from explorer.files.sessions import SUFFIX, is_session
from explorer.panels.file_dialogs import FileDialogs
from explorer.panels.last_sessions import LastSessions, following, is_last, newest_first
from explorer.session import Lasts, Notice, Session, Tone, stored
from explorer.session.finding import Reopened
from explorer.session.stored.saved import Saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.session.stored.window_view import WindowView

FILTER = f"Session (*{SUFFIX})"


class Job(Struct, frozen=True, eq=False):
    """A session to be written to a file; ``document`` is that of its state."""

    saved: Saved
    path: Path
    document: int


class SessionFiles(QObject):
    """Writes sessions one after the other, on a thread of its own; every outcome is a notice of the session.

    Attributes
    ----------
    look
        Returns how the window looks at the session that is saved, where there is one.

    Signals
    -------
    viewed
        The ``WindowView`` in which a session that was opened was looked at.
    """

    viewed = Signal(object)

    def __init__(self, window: QMainWindow, session: Session, dialogs: FileDialogs) -> None:
        super().__init__(window)
        self._session, self._dialogs = session, dialogs
        self._background = Background(self)
        self._background.done.connect(self._written)
        self._background.refused.connect(self._refused)
        self._jobs: deque[Job] = deque()
        self._paths: dict[int, Path] = {}
        self._last, self._last_opened = LastSessions(), dict[int, Path]()
        self._is_over, self._asked = False, Notice("")
        self.look: Callable[[], WindowView | None] = lambda: None

    @property
    def path(self) -> Path | None:
        """The file that the shown session was opened from, or saved to; None where there is none yet."""
        return self._paths.get(self._session.state.document)

    def resume(self, found: Reopened) -> None:
        """Show a session that was read; of several that windows left, say how the next one is opened."""
        self._session.resume(found.saved, found.path.name)
        self.meet(found)
        files = newest_first()
        if found.path in files and len(files) > 1:
            text = f"This is {files.index(found.path) + 1} of {len(files)} that windows closed last showed."
            self._session.tell(Notice(text, Tone.INFORMATION, offer="open_last", lasts=Lasts.READ))

    def meet(self, found: Reopened) -> None:
        """Know the file of a session that is shown now, and let it be looked at as it was."""
        self.know(found.path)
        if found.saved.view is not None:
            self.viewed.emit(found.saved.view)

    def know(self, path: Path) -> None:
        """Take a file for that of the shown session; one that keeps what was shown last is nobody's."""
        if is_last(path):
            self._last.meet(path)
            self._last_opened[self._session.state.document] = path
        else:
            self._paths[self._session.state.document] = path
            self._dialogs.begin_at(path)

    def next_last(self) -> Path | None:
        """Return what the window showed that was closed last; where that is open, what the one before did."""
        return following(self._last_opened.get(self._session.state.document))

    @Slot()
    def save(self) -> None:
        """Write the session to its file; ask for one where it has none."""
        if self.path is None:
            self.ask_save()
        else:
            self.save_as(str(self.path))

    @Slot(str)
    def save_as(self, name: str) -> None:
        """Write the session, as it stands now, to that file; training goes on meanwhile."""
        path = Path(name) if is_session(name) else Path(f"{name}{SUFFIX}")
        self._jobs.append(Job(self._saved(), path, self._session.state.document))
        if not self._background.working:
            self._write_next()

    @Slot()
    def ask_save(self) -> None:
        """Ask where the session shall go."""
        name = Path(self._session.state.subject.name).stem + SUFFIX if self.path is None else self.path.name
        self._dialogs.save("Save the session", FILTER, name, self.save_as)

    def keep_last(self) -> None:
        """Keep what the window shows as it closes, where something was done in it, to be opened again in another.

        Raises
        ------
        ExplorerError
            If it cannot be written.
        """
        if self._session.undo_text and not self._is_over:
            path = self._last.place(self._last_opened.get(self._session.state.document))
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ExplorerError(f"{shown(path.parent)} cannot be made, {reason(error, path.parent)}") from error
            finished(stored.saving_session(self._saved(), path))
        self._is_over = True

    def may_close(self) -> bool:
        """Keep what the window shows, and tell whether it may close; where that fails it says so first, and is asked.

        Asked again while it says so, it lets the window close.
        """
        try:
            self.keep_last()
        except ExplorerError as error:
            if self._session.state.notice is self._asked:
                sys.stderr.write(f"What the window showed is not kept: {error}\n")
                self._is_over = True
                return True
            text = f"What the window shows cannot be kept for the next time: {error}."
            self._asked = Notice(text, offer="quit")
            self._session.tell(self._asked)
            return False
        return True

    def _saved(self) -> Saved:
        return replace(self._session.saved(), view=self.look())

    def shutdown(self) -> None:
        """End the thread; what was to be written is written."""
        self._background.shutdown()
        while self._jobs:
            job = self._jobs.popleft()
            try:
                finished(stored.saving_session(job.saved, job.path))
            except ExplorerError as error:
                sys.stderr.write(f"{error}\n")  # the window that could have told it is gone

    def _write_next(self) -> None:
        if self._jobs:
            self._background.start(stored.saving_session(self._jobs[0].saved, self._jobs[0].path))

    @Slot(object)
    def _written(self, path: Path) -> None:
        job = self._jobs.popleft()
        self._paths[job.document] = path
        step = job.saved.moment.run.step
        text = f"Saved the session, at step {step:,}, to {path}."
        self._session.tell(Notice(text, Tone.INFORMATION, lasts=Lasts.READ))
        self._write_next()

    @Slot(str, str)
    def _refused(self, text: str, details: str) -> None:
        self._jobs.popleft()
        self._session.tell(Notice(text, details=details))
        self._write_next()
