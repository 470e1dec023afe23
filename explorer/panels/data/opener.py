"""Opens what has samples: at once what is small, beside the window what is not, a file of one's own by its dialog."""

from collections.abc import Generator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QMainWindow

from explorer.bridge.background import Background
from explorer.data import Choices
from explorer.engine.errors import ExplorerError, UnsettledError
from explorer.files.datasets import Progress
from explorer.panels import dialogs
from explorer.panels.data.plainly import without_options
from explorer.panels.theme import PALETTES, Palette
from explorer.session.finding import Finding, Found, Reopened
from explorer.session.opening import begun


class Unsettled(Struct, frozen=True):
    """A file of samples that cannot be trained on as it stands: its dialog may settle how it is read."""

    path: Path


def unless_unsettled(work: Finding, path: Path) -> Generator[Progress, None, Found | Unsettled]:
    """Take the steps of an opening; where only choices are lacking, that is the result and no refusal."""
    try:
        return (yield from work)
    except UnsettledError:
        return Unsettled(path)


class Opener(QObject):
    """Opens for a window, which stays live; one thing at a time.

    Signals
    -------
    opened
        What was found: subject and settings, or a session.
    refused
        One sentence, and its details: what was open stays.
    """

    opened = Signal(object)
    refused = Signal(str, str)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._background = Background(self)
        self._background.done.connect(self._done)
        self._background.refused.connect(self._refused)
        self._kept: dict[str, Choices] = {}
        self.look: Palette = PALETTES["light"]
        self.dialog: QDialog | None = None

    @property
    def waiting(self) -> bool:
        """True while something is opened beside the window."""
        return self.dialog is not None and isinstance(self.dialog, dialogs.OpeningDialog)

    def choices_of(self, name: str) -> Choices:
        """Return how a file was opened last; its words may be others by now."""
        return replace(self._kept.get(name, Choices()), words={})

    def ask(self, path: Path) -> None:
        """Open a file of samples by its dialog.

        Raises
        ------
        ExplorerError
            If it cannot be read at all.
        """
        self.close_dialog()
        dialog = dialogs.DataDialog(path, self.choices_of(str(path)), self._background, self.look, self._window)
        dialog.opened.connect(self._keep)
        self._show(dialog)

    def go(self, name: str, work: Finding) -> None:
        """Open what the work opens: at once if that is quick, else beside the window.

        Raises
        ------
        ExplorerError
            If it fails at once.
        """
        self.close_dialog()
        opened = begun(work)
        if opened is None:
            self.go_on(name, work)
        else:
            self._keep(opened)

    def go_on(self, name: str, work: Finding) -> None:
        """Open beside the window what was begun."""
        self.close_dialog()
        self._background.start(unless_unsettled(work, Path(name)))
        self._show(dialogs.OpeningDialog(Path(name).name, self._background, self._window))

    @Slot()
    def close_dialog(self) -> None:
        """Give up what is open."""
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def shutdown(self) -> None:
        """End the thread."""
        self.close_dialog()
        self._background.shutdown()

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _closed(self) -> None:
        self.dialog = None

    @Slot(object)
    def _done(self, result: Found | Unsettled) -> None:
        if self.waiting and self.dialog is not None:
            self.dialog.accept()
            if isinstance(result, Unsettled):
                self._settle(result)
            else:
                self._keep(result)

    def _settle(self, unsettled: Unsettled) -> None:
        """Ask how a file is to be read that cannot be trained on as it stands."""
        try:
            self.ask(unsettled.path)
        except ExplorerError as error:
            self.refused.emit(str(error), "")

    @Slot(str, str)
    def _refused(self, sentence: str, details: str) -> None:
        if self.waiting and self.dialog is not None:
            self.dialog.accept()
            self.refused.emit(without_options(sentence), details)

    @Slot(object)
    def _keep(self, opened: Found) -> None:
        """Remember how a file was read, and hand it on."""
        data = None if isinstance(opened, Reopened) else opened[0].data
        if data is not None and data.choices is not None:
            self._kept[data.name] = data.choices
        self.opened.emit(opened)
