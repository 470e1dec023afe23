"""A vector as bars from 0, to the right where it is positive; what is no number says so, and has none."""

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

    def show_values(self, values: NDArray[np.float64]) -> None:
        """Show another vector."""
        if len(values) != len(self.values):
            self.updateGeometry()
        self.values = values
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
        least, most = self._bars.least, self._bars.most or largest(self.values)
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


def largest(values: NDArray[np.float64]) -> float:
    """Return the largest finite value, 1 where there is none above 0."""
    return float(values[np.isfinite(values)].max(initial=0.0)) or 1.0
