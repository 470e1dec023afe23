"""Asks for files beside the running window: none blocks it, and each begins where a file was last opened or saved."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QMainWindow

from explorer.session import Session
from explorer.session.opening import is_plain_file

Chosen = Callable[[str], None]


class FileDialogs(QObject):
    """The file dialogs of a window, of which one is open at a time.

    Attributes
    ----------
    dialog
        The newest.
    """

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._followed = ""
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        self._folder = str(documents if documents.is_dir() else Path.home())
        self.dialog: QFileDialog | None = None

    def open(self, title: str, filters: str, chosen: Chosen) -> None:
        """Ask for a file to open."""
        dialog = self._made(title, QFileDialog.AcceptMode.AcceptOpen, filters, chosen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def save(self, title: str, filters: str, name: str, chosen: Chosen) -> None:
        """Ask where to save; the filter's suffix is added, and asked is before a file is replaced."""
        dialog = self._made(title, QFileDialog.AcceptMode.AcceptSave, filters, chosen)
        dialog.selectFile(name)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(suffix_of(text)))
        dialog.open()

    def begin_at(self, path: Path) -> None:
        """Begin the next dialog where that file is."""
        self._follow()
        self._folder = str(path.absolute().parent)

    def _follow(self) -> None:
        """Begin where the file of the shown subject is, if another one is shown than before and it has a file."""
        name = self._session.state.subject.name
        if name != self._followed:
            self._followed = name
            if is_plain_file(Path(name)):
                self._folder = str(Path(name).absolute().parent)

    def _made(self, title: str, mode: QFileDialog.AcceptMode, filters: str, chosen: Chosen) -> QFileDialog:
        self._follow()
        dialog = QFileDialog(self._window, title, self._folder, filters)
        dialog.setAcceptMode(mode)
        dialog.fileSelected.connect(self._remember)
        dialog.fileSelected.connect(chosen)
        dialog.directoryEntered.connect(self._entered)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        return dialog

    @Slot(str)
    def _entered(self, folder: str) -> None:
        self._folder = folder

    @Slot(str)
    def _remember(self, path: str) -> None:
        self.begin_at(Path(path))


def suffix_of(filters: str) -> str:
    """Return "npz" of "NumPy archive (*.npz)"."""
    return filters.rpartition("*.")[2].rstrip(")")
