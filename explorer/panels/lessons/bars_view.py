"""A vector as bars from 0, to the right where it is positive; what is no number says so, and has none."""

from collections.abc import Sequence
from math import isfinite, isnan

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.lessons.lesson import Bars
from explorer.panels.lessons.drawn_part import MIDDLE, TITLE, DrawnPart
from explorer.panels.theme import SMALL, number_font, text_font
from explorer.tape.numbers import shown

LINE, NAME, NUMBER = 20, 32, 92
"""Pixels of a bar, of its name and of its number."""


class BarsView(DrawnPart):
    """Shows a vector.

    Parameters
    ----------
    bars
        Its title, its names and its scale.
    """

    def __init__(self, bars: Bars, parent: QWidget | None = None) -> None:
        super().__init__(bars.title, parent)
        self._bars = bars
        self.values: NDArray[np.float64] = np.empty(0)
        self._ends = bars.least, bars.most or 1.0

    def show_values(self, values: NDArray[np.float64], beside: Sequence[NDArray[np.float64]] = ()) -> None:
        """Show another vector; none of it, nor of those ``beside`` on the same scale, goes past the scale's ends."""
        if len(values) != len(self.values):
            self.updateGeometry()
        self.values = values
        self._ends = ends_of(self._bars, [values, *beside])
        told = (f"{name} {shown(value)}" for name, value in zip(self.names(), values.tolist(), strict=True))
        self.setAccessibleDescription(", ".join(told))
        self.update()

    def names(self) -> list[str]:
        """Return the name of each entry: its number, if it has none."""
        given = self._bars.names
        return [given[k] if k < len(given) else str(k + 1) for k in range(len(self.values))]

    def sizeHint(self) -> QSize:
        """Return room for all bars."""
        return QSize(200, TITLE + LINE * max(len(self.values), 1))

    def minimumSizeHint(self) -> QSize:
        """Return the same height: none can be left out."""
        return QSize(140, self.sizeHint().height())

    def place(self, value: float) -> float:
        """Return where a value ends, in pixels from the left."""
        least, most = self._ends
        share = (min(max(value, least), most) - least) / (most - least)
        return NAME + share * (self.width() - NAME - NUMBER - 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_title(painter)
        for row, (name, value) in enumerate(zip(self.names(), self.values.tolist(), strict=True)):
            self._paint(painter, QRectF(0, TITLE + row * LINE, self.width(), LINE), name, value)
        painter.end()

    def _paint(self, painter: QPainter, box: QRectF, name: str, value: float) -> None:
        look = self.look
        painter.setFont(text_font(SMALL))
        painter.setPen(look.colour("muted"))
        painter.drawText(QRectF(2, box.y(), NAME, LINE), MIDDLE, name)
        zero = self.place(0.0)
        painter.setPen(look.colour("hairline"))
        painter.drawLine(int(zero), int(box.top()), int(zero), int(box.bottom()))
        if isfinite(value):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("train" if value >= 0 else "test"))
            left, right = sorted((zero, self.place(value)))
            painter.drawRoundedRect(QRectF(left, box.center().y() - 5, max(right - left, 1.5), 10), 2, 2)
        painter.setFont(number_font(SMALL))
        painter.setPen(look.colour("bad" if isnan(value) else "ink"))
        number = QRectF(box.right() - NUMBER, box.y(), NUMBER - 2, LINE)
        painter.drawText(number, MIDDLE | Qt.AlignmentFlag.AlignRight, shown(value, 6))


def ends_of(bars: Bars, vectors: Sequence[NDArray[np.float64]]) -> tuple[float, float]:
    """Return the ends of a scale: as it is given, further out where a finite value goes past it.

    A scale that reaches as far below 0 as above stays so: 0 keeps its place.
    """
    finite = [vector[np.isfinite(vector)] for vector in vectors]
    lowest = float(min((vector.min(initial=0.0) for vector in finite), default=0.0))
    highest = float(max((vector.max(initial=0.0) for vector in finite), default=0.0))
    if not bars.most:
        return min(bars.least, lowest), highest or 1.0
    if bars.least == -bars.most:
        far = max(bars.most, highest, -lowest)
        return -far, far
    return min(bars.least, lowest), max(bars.most, highest)
