"""What the window opens: dialogs that do not block, one sentence for whatever goes wrong."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QMainWindow

from explorer.engine.errors import ExplorerError
from explorer.files import FORMATS
from explorer.files.datasets import is_samples
from explorer.files.datasets.archive import may_hold_samples
from explorer.files.datasets.reading import SUFFIXES
from explorer.files.sessions import SUFFIX, is_session
from explorer.panels.data.opener import Opener
from explorer.panels.exports import Exports, Source
from explorer.panels.file_dialogs import FileDialogs
from explorer.panels.session_files import FILTER, SessionFiles
from explorer.session import Lasts, Notice, Session, Tone
from explorer.session.finding import Finding, Found, Reopened, finding
from explorer.session.opening import is_data_file, lacking, opening_key

KNOWN = tuple(dict.fromkeys((".json", SUFFIX, *FORMATS, *SUFFIXES)))
OPEN_FILTER = f"Problems, sessions, weights and data ({' '.join(f'*{suffix}' for suffix in KNOWN)});;All files (*)"
DATA_FILTER = f"Samples ({' '.join(f'*{suffix}' for suffix in SUFFIXES)} *ubyte);;All files (*)"


class FileActions(QObject):
    """Opens for a window, and holds what saves and exports; every outcome is a notice of the session."""

    def __init__(self, window: QMainWindow, session: Session, digits: Callable[[], int]) -> None:
        super().__init__(window)
        self._session = session
        self.dialogs = FileDialogs(window, session)
        self.sessions = SessionFiles(window, session, self.dialogs)
        self.exports = Exports(Source(session, window, digits), self.dialogs)
        self.opener = Opener(window)
        self.opener.opened.connect(self._show_opened)
        self.opener.refused.connect(self._refuse)

    @property
    def dialog(self) -> QFileDialog | None:
        """The newest file dialog."""
        return self.dialogs.dialog

    @staticmethod
    def knows(name: str) -> bool:
        """Tell whether a dropped file can be opened, by its suffix or, where that says nothing, by its first bytes."""
        return Path(name).suffix.lower() in KNOWN or is_samples(Path(name))

    def open_dropped(self, names: Sequence[str]) -> None:
        """Open the first of these files that can be opened, or say why there is none."""
        known = next((name for name in names if self.knows(name)), None)
        if known is not None:
            self.open_named(known)
        elif names:
            self._refuse(why_not_opened(Path(names[0])))

    @Slot(str)
    def open_named(self, name: str) -> None:
        """Open a file, a shelf problem or a data set, a file of samples by its dialog; what is open stays."""
        if is_session(name):
            self.open_found(name, finding(name))
        elif is_data_file(name) or (Path(name).suffix.lower() == ".npz" and may_hold_samples(name)):
            self._try(lambda: self.opener.ask(Path(name)))
        else:
            self.open_found(name, finding(name))

    @Slot(str)
    def open_key(self, key: str) -> None:
        """Open what a subject's key names, a file of samples as it was opened last."""
        name = key.partition(":")[2]
        self.open_found(name, opening_key(key, self.opener.choices_of(name)))

    @Slot(str)
    def open_data(self, name: str) -> None:
        """Open a data set."""
        self.open_key(f"data:{name}")

    def open_found(self, name: str, work: Finding) -> None:
        """Open what is found in steps, beside the window where they take long."""
        self._try(lambda: self.opener.go(name, work))

    @Slot(object)
    def _show_opened(self, found: Found) -> None:
        """Show what was opened; weights whose samples are not here say so."""
        if isinstance(found, Reopened):
            self.sessions.resume(found)
        else:
            self._session.open(*found)
        lacks = lacking(self._session.state.subject)
        if lacks:
            self._session.tell(Notice(lacks, lasts=Lasts.SUBJECT))

    @Slot(str, str)
    def _refuse(self, text: str, details: str = "") -> None:
        self._session.tell(Notice(text, details=details))

    @Slot()
    def ask_open(self) -> None:
        """Ask for a file and open it."""
        self.dialogs.open("Open a problem, a session, weights or data", OPEN_FILTER, self.open_named)

    @Slot()
    def ask_open_session(self) -> None:
        """Ask for a session and open it."""
        self.dialogs.open("Open a session", FILTER, self.open_named)

    @Slot()
    def open_last(self) -> None:
        """Open what the window showed that was closed last; where that is open, of several what the next one did."""
        path = self.sessions.next_last()
        if path is not None:
            self.open_named(str(path))
        else:
            text = "No window was closed yet after something was done in it."
            self._session.tell(Notice(text, Tone.INFORMATION, lasts=Lasts.READ))

    @Slot()
    def shutdown(self) -> None:
        """End what is read and written beside the window."""
        self.opener.shutdown()
        self.sessions.shutdown()

    @Slot()
    def ask_open_data(self) -> None:
        """Ask for a file of samples, and show what is in it before it is opened."""
        self.dialogs.open("Open a table, images or arrays", DATA_FILTER, self.open_samples)

    @Slot(str)
    def open_samples(self, path: str) -> None:
        """Open a file of samples by its dialog, whatever it is called."""
        self._try(lambda: self.opener.ask(Path(path)))

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except ExplorerError as error:
            self._refuse(str(error))


def why_not_opened(path: Path) -> str:
    """Return why a dropped file is of no use, and what is."""
    if path.is_dir():
        return f"{path.name} is a folder: drop one of its files, a problem, a session, weights or samples."
    return f"{path.name} is no problem and no session, nor weights or samples: drop a file of {', '.join(KNOWN)}."
