"""A combo box whose list is as wide as its longest row, however narrow the box itself."""

from PySide6.QtWidgets import QComboBox, QWidget

EDGES = 24
"""Pixels of the list's width that are no words: its frame, its padding, a scroll bar."""
MOST_ROWS = 24
"""Rows in sight without scrolling."""


class Picker(QComboBox):
    """Offers names to choose from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(MOST_ROWS)

    def showPopup(self) -> None:
        """Open the list."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + EDGES)
        super().showPopup()
