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
from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from explorer.bridge.background import Background
from explorer.data import finished
from explorer.engine.errors import ExplorerError
from explorer.files.sessions import SUFFIX, is_session
from explorer.panels.file_dialogs import FileDialogs
from explorer.session import Lasts, Notice, Session, Tone, stored
from explorer.session.finding import Reopened
from explorer.session.stored.saved import Saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.session.stored.window_view import WindowView

FILTER = f"Session (*{SUFFIX})"
LAST = f"last{SUFFIX}"


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
        self.look: Callable[[], WindowView | None] = lambda: None

    @property
    def path(self) -> Path | None:
        """The file that the shown session was opened from, or saved to; None where there is none yet."""
        return self._paths.get(self._session.state.document)

    def resume(self, found: Reopened) -> None:
        """Show a session that was read."""
        self._session.resume(found.saved, found.path.name)
        self.meet(found)

    def meet(self, found: Reopened) -> None:
        """Know the file of a session that is shown now, and let it be looked at as it was."""
        self.know(found.path)
        if found.saved.view is not None:
            self.viewed.emit(found.saved.view)

    def know(self, path: Path) -> None:
        """Take a file for that of the shown session; the one that keeps what was shown last is nobody's."""
        if path != last_path():
            self._paths[self._session.state.document] = path
            self._dialogs.begin_at(path)

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
        """Keep what a window showed that was closed, where something was done in it, to be opened again in another."""
        if self._session.undo_text:
            try:
                last_path().parent.mkdir(parents=True, exist_ok=True)
                finished(stored.saving_session(self._saved(), last_path()))
            except (ExplorerError, OSError) as error:
                sys.stderr.write(f"What the window showed is not kept: {error}\n")

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


def last_path() -> Path:
    """Return the file that keeps what a closed window showed."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / LAST
