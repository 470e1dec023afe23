"""What lies above the curves: the line at the pointer, dots where it meets them, and the band of a range being chosen.

It is hidden while there is nothing to mark: a training run's frames then cost nothing here.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.panels.theme import LIGHT, Palette

Dot = tuple[float, float, str]
"""Its place, x and y, and its colour, "#RRGGBB"."""
RADIUS = 3.0
VEIL = 0.14
"""How opaque the band is."""


class Marks(QWidget):
    """Paints a line with dots, and a band."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._palette = LIGHT
        self._line: float | None = None
        self._dots: Sequence[Dot] = ()
        self._band: tuple[float, float] | None = None
        self._plane = QRectF()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._palette = palette
        self.update()

    def set_line(self, x: float | None, dots: Sequence[Dot], plane: QRectF) -> None:
        """Mark a step, or none."""
        self._line, self._dots, self._plane = x, dots, plane
        self._show()

    def set_band(self, ends: tuple[float, float] | None) -> None:
        """Mark a range between two x coordinates, or none."""
        self._band = ends
        self._show()

    def _show(self) -> None:
        marked = self._line is not None or self._band is not None
        self.setVisible(marked)
        if marked:
            self.raise_()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the band below the line, the line below its dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._band is not None:
            self._paint_band(painter, *sorted(self._band))
        if self._line is not None:
            x = round(self._line) + 0.5
            painter.setPen(QPen(self._palette.colour("muted"), 1))
            painter.drawLine(QPointF(x, self._plane.top()), QPointF(x, self._plane.bottom()))
            self._paint_dots(painter)
        painter.end()

    def _paint_band(self, painter: QPainter, low: float, high: float) -> None:
        plane = self._plane
        band = QRectF(low, plane.top(), high - low, plane.height()).intersected(plane)
        colour = self._palette.colour("accent")
        painter.setPen(QPen(colour, 1))
        colour.setAlphaF(VEIL)
        painter.fillRect(band, colour)
        painter.drawLine(band.topLeft(), band.bottomLeft())
        painter.drawLine(band.topRight(), band.bottomRight())

    def _paint_dots(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._palette.colour("card"), 1.2))
        for x, y, colour in self._dots:
            painter.setBrush(QColor(colour))
            if self._plane.top() - RADIUS <= y <= self._plane.bottom() + RADIUS:
                painter.drawEllipse(QPointF(x, y), RADIUS, RADIUS)
