"""Writes the shown pass as a worksheet: what a teacher prints, with blanks for the numbers and the solutions behind."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from explorer.engine.errors import ExplorerError
from explorer.files import write_atomically
from explorer.panels.file_dialogs import FileDialogs
from explorer.session import Lasts, Notice, Session, Tone


class Worksheets(QObject):
    """Exports worksheets of a session, in the notation, layout and digits that the window shows."""

    def __init__(self, session: Session, dialogs: FileDialogs, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._dialogs = session, dialogs
        self._digits = 4

    @Slot(int)
    def set_digits(self, digits: int) -> None:
        """Write numbers with that many significant digits; 17 for all."""
        self._digits = digits

    @Slot()
    def ask(self) -> None:
        """Ask where the worksheet shall go."""
        name = f"{Path(self._session.state.subject.name).stem}-worksheet.html"
        self._dialogs.save("Export a worksheet", "Web page (*.html)", name, self.export)

    @Slot(str)
    def export(self, path: str) -> None:
        """Write the worksheet of the shown pass."""
        from explorer.session.worksheet import worksheet  # noqa: PLC0415 (20 ms that no start waits for)

        try:
            written = write_atomically(Path(path), worksheet(self._session.state, self._digits).encode())
        except ExplorerError as error:
            self._session.tell(Notice(str(error)))
            return
        text = f"Wrote a worksheet of this pass to {written}: open it in a browser and print it, solutions come last."
        self._session.tell(Notice(text, Tone.INFORMATION, lasts=Lasts.READ))
