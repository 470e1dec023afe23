"""A small dialog over what takes long to open: how far it is, and a way to leave it."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.bridge.background import Background
from explorer.panels.data.progress_line import ProgressLine
from explorer.panels.labelled import labelled

SIZE = QSize(520, 120)


class OpeningDialog(QDialog):
    """Shows the work under way; closing it gives the work up.

    Parameters
    ----------
    name
        What is opened.
    background
        Does the work, which has begun.
    """

    def __init__(self, name: str, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("opening_dialog")
        self.setWindowTitle(f"Open {name}")
        self._background = background
        title = labelled(f"Opening {name}", "title")
        self.progress = ProgressLine()
        self.cancel = QPushButton("Cancel")
        self.cancel.setToolTip("Leave what is open as it is (Esc)")
        self.cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addLayout(row)
        self.resize(SIZE)
        self.progress.begin("reading…")
        background.progressed.connect(self.progress.show_progress)
        self.rejected.connect(background.give_up)
        self.finished.connect(self._leave)

    @Slot()
    def _leave(self) -> None:
        self._background.progressed.disconnect(self.progress.show_progress)
