"""A label that leaves out its middle where it does not fit: an architecture's two ends say the most."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from explorer.panels.fitted_label import FittedLabel

LEAST = 24
"""Pixels to which it may be shortened."""


class ElidedLabel(FittedLabel):
    """Shows one line of text as far as there is room, and all of it in its tooltip.

    Parameters
    ----------
    mode
        What is left out: the middle, if not said otherwise.
    """

    def __init__(self, parent: QWidget | None = None, mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> None:
        super().__init__(parent)
        self._mode = mode

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Return how little room it can do with."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def fitting(self, text: str, room: int) -> str:
        """Return the text, without its middle where that does not fit."""
        return self.fontMetrics().elidedText(text, self._mode, room)
