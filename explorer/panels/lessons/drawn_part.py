"""What the drawn parts of an experiment share: a title, the colours of a look, a description that can be heard."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.panels.theme import LIGHT, SMALL, Palette, text_font

TITLE = 20
"""Pixels of the title."""
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class DrawnPart(QWidget):
    """A widget with a title; what it is of is drawn below it.

    Parameters
    ----------
    title
        What is shown.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.look: Palette = LIGHT
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self.look = palette
        self.update()

    def paint_title(self, painter: QPainter) -> None:
        """Write the title above."""
        painter.setFont(text_font(SMALL, QFont.Weight.DemiBold))
        painter.setPen(self.look.colour("muted"))
        whole = painter.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, 0, self.width(), TITLE - 4), MIDDLE, whole)
