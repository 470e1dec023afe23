"""Curves of an experiment: plain or logarithmic axes, a mark where the slider stands, a tangent at it."""

from math import floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from explorer.lessons.bench import Traced
from explorer.lessons.lesson import Curve
from explorer.panels.lessons.drawn_part import MIDDLE, TITLE, DrawnPart
from explorer.panels.theme import SMALL, number_font, text_font
from explorer.panels.tick_words import tick_words
from explorer.panels.training.axis import INTERVALS, fitted_axis
from explorer.tape.numbers import MINUS, shown

HEIGHT, LEFT, BELOW, KEY = 190, 46, 18, 18
"""Pixels of all, beside the axes, and of the line that names the curves."""
TICKS = INTERVALS
LEAST = 1e-17
"""What a logarithmic axis takes an error of 0 for."""
ROLES = ("train", "test", "written", "read")


class CurveView(DrawnPart):
    """Shows curves.

    Parameters
    ----------
    curve
        Its title, and whether its axes are logarithmic.
    """

    def __init__(self, curve: Curve, parent: QWidget | None = None) -> None:
        super().__init__(curve.title, parent)
        self._curve = curve
        self.traced = Traced(np.empty(0), {})

    def show_values(self, traced: Traced) -> None:
        """Show other curves."""
        self.traced = traced
        if traced.mark is not None:
            x, y = traced.mark
            slope = "" if traced.slope is None else f", slope {shown(traced.slope)}"
            self.setAccessibleDescription(f"at {self._curve.over} = {shown(x)}: {shown(y)}{slope}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return its room."""
        return QSize(240, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least of it."""
        return QSize(160, HEIGHT)

    def area(self) -> QRectF:
        """Return where the curves are."""
        return QRectF(LEFT, TITLE + KEY, self.width() - LEFT - 10, HEIGHT - TITLE - KEY - BELOW)

    def scaled(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return values as they lie along an axis."""
        if not self._curve.logarithmic:
            return np.asarray(values, np.float64)
        return np.log10(np.maximum(np.abs(values), LEAST))

    def ends(self) -> tuple[float, float, float, float]:
        """Return the ends of both axes: left, right, lowest, highest, as they lie along them."""
        x = self.scaled(self.traced.x)
        y = np.concatenate([self.scaled(line) for line in self.traced.lines.values()])
        known = y[np.isfinite(y)]
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        if self._curve.logarithmic:
            return float(x[0]), float(x[-1]), *decades(low, high)
        axis = fitted_axis(low, high)
        return float(x[0]), float(x[-1]), axis.bottom, axis.top

    def places(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> list[QPointF]:
        """Return points of a curve in pixels, without those that are no numbers."""
        left, right, low, high = self.ends()
        area = self.area()
        across = area.left() + (self.scaled(x) - left) / (right - left) * area.width()
        down = area.bottom() - (self.scaled(y) - low) / ((high - low) or 1.0) * area.height()
        known = np.isfinite(across) & np.isfinite(down)
        return [QPointF(*point) for point in zip(across[known].tolist(), down[known].tolist(), strict=True)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axes, curves, mark and tangent."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_title(painter)
        if self.traced.lines:
            self._paint_axes(painter)
            self._paint_curves(painter)
            self._paint_mark(painter)
        painter.end()

    def _paint_axes(self, painter: QPainter) -> None:
        left, right, low, high = self.ends()
        area = self.area()
        painter.setFont(number_font(SMALL))
        for share in np.linspace(0, 1, TICKS + 1).tolist():
            y = area.bottom() - share * area.height()
            painter.setPen(self.look.colour("hairline"))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(self.look.colour("muted"))
            at_left = QRectF(0, y - 8, LEFT - 6, 16)
            painter.drawText(at_left, MIDDLE | Qt.AlignmentFlag.AlignRight, self.number(low + share * (high - low)))
            x = area.left() + share * area.width()
            below = QRectF(min(x - 30, self.width() - 60.0), area.bottom() + 2, 60, 16)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.number(left + share * (right - left)))

    def number(self, value: float) -> str:
        """Return a number beside an axis: a power of ten where that is logarithmic."""
        if self._curve.logarithmic:
            return f"1e{value:.0f}".replace("-", MINUS)
        return tick_words(round(value, 12))

    def _paint_curves(self, painter: QPainter) -> None:
        area, key = self.area(), float(LEFT)
        for role, (name, line) in zip(ROLES, self.traced.lines.items(), strict=False):
            painter.setPen(QPen(self.look.colour(role), 1.8))
            painter.drawPolyline(QPolygonF(self.places(self.traced.x, np.asarray(line, np.float64))))
            painter.drawLine(QPointF(key, TITLE + KEY / 2 - 2), QPointF(key + 14, TITLE + KEY / 2 - 2))
            painter.setFont(text_font(SMALL))
            painter.setPen(self.look.colour("ink"))
            wide = painter.fontMetrics().horizontalAdvance(name)
            painter.drawText(QRectF(key + 18, TITLE - 2, wide + 2, KEY), MIDDLE, name)
            key = min(key + wide + 34, area.right())

    def _paint_mark(self, painter: QPainter) -> None:
        if self.traced.mark is None:
            return
        x, y = (np.array([value]) for value in self.traced.mark)
        if self.traced.slope is not None:
            left, right = float(self.traced.x[0]), float(self.traced.x[-1])
            reach = np.array([-1.0, 1.0]) * 0.18 * (right - left)
            painter.setPen(QPen(self.look.colour("written"), 1.6, Qt.PenStyle.DashLine))
            painter.setClipRect(self.area())
            painter.drawPolyline(QPolygonF(self.places(x + reach, y + self.traced.slope * reach)))
            painter.setClipping(False)
        for point in self.places(x, y):
            painter.setPen(QPen(self.look.colour("card"), 1.5))
            painter.setBrush(self.look.colour("accent"))
            painter.drawEllipse(point, 4.5, 4.5)


def decades(low: float, high: float) -> tuple[float, float]:
    """Return the powers of ten around two, so far apart that the lines between them are powers of ten as well."""
    below, above = floor(low), -floor(-high)
    apart = max(-(-(above - below) // TICKS), 1) * TICKS
    return above - apart, above
