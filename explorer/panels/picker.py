"""A combo box whose list is as wide as its longest row, and which changes nothing until a row of it is taken.

A key or a turn of the wheel that comes by accident opens no other problem: keys open the list, Return takes a row.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

EDGES = 24
"""Pixels of the list's width that are no words: its frame, its padding, a scroll bar."""
MOST_ROWS = 24
"""Rows in sight without scrolling."""
OPENING = frozenset(
    {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4}
)


class Picker(QComboBox):
    """Offers names to choose from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(MOST_ROWS)

    def showPopup(self) -> None:
        """Open the list."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + EDGES)
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list; what else is typed is the window's."""
        if event.key() in OPENING:
            self.showPopup()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Stay as it is while the wheel turns over it."""
        event.ignore()
