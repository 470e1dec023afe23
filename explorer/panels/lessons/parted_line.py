"""Said above a page while the window shows something else than it is about, with the way back: links would mislead."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from explorer.panels.labelled import labelled
from explorer.panels.sample_bar import button

SIDE = 12
OPEN = "Open its problem"


class PartedLine(QFrame):
    """Tells that page and window have parted company.

    Parameters
    ----------
    action
        Opens what the page is about.
    """

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("soft", True)
        self._action = action
        self.words = labelled("", "bad")
        self.words.setWordWrap(True)
        self.way = button(action, OPEN)
        self.way.setProperty("answer", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 8, 8, 8)
        row.addWidget(self.words, 1)
        row.addWidget(self.way)
        self.show_parted("")

    def show_parted(self, title: str) -> None:
        """Name what the window shows in place of what the page is about; nothing for no title."""
        self._action.setEnabled(bool(title))
        self.words.setText(f"The window shows {title}, which this page is not about.")
        self.setVisible(bool(title))
