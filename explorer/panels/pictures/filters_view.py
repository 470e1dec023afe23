"""The weights into each unit of the first layer as an image: what of the input it looks for."""

from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from explorer.graph.colors import coloured, scale_of
from explorer.graph.key_sets import ENTER
from explorer.panels.pictures.pointed_view import PointedView
from explorer.session import State
from explorer.session.pictures.insides import first_weights
from explorer.session.pictures.regions import chosen_unit
from explorer.session.pictures.signals import Work
from explorer.tape.numbers import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

GAP = 3
SMALLEST = 16
"""Pixels of an image's side below which it says nothing."""


class FiltersView(PointedView):
    """Paints images of weights, as many as can be seen; all on one scale, so that strong units stand out.

    Signals
    -------
    unit_pointed
        The unit under the pointer, counted from 0; -1 for none.
    unit_chosen
        The unit that a click, or Enter, chooses.
    """

    unit_pointed = Signal(int)
    unit_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__("First weights")
        self.found: NDArray[np.float64] = np.empty((0, 1, 1))
        self.biases: NDArray[np.floating] = np.empty(0)
        self.chosen = self._pointed = -1

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Take the weights as they stand."""
        self.found = first_weights(state.subject, state.network)
        self.biases, unit = state.network.layers[0].bias, chosen_unit(state)
        self.chosen = unit.index if unit is not None and unit.layer == 1 else -1
        yield
        drawn = min(len(self.found), self.most)
        words = f"{drawn} of {len(self.found)} units" if drawn < len(self.found) else f"{drawn} units"
        largest = shown(scale_of(self.found), 2)
        self.tell(words, "" if live else f"the weights into each unit: orange below 0, blue above, to ±{largest}")

    @property
    def most(self) -> int:
        """Images for which there is room."""
        return max(self.width() // (SMALLEST + GAP), 1) * max(self.height() // (SMALLEST + GAP), 1)

    # Pointing

    def unit_at(self, at: QPointF | None) -> int:
        """Return the unit whose image is at a place, -1 for none."""
        count = min(len(self.found), self.most)
        if at is None or not count:
            return -1
        columns, side = best_grid(count, self.width(), self.height())
        column, row = int((at.x() - (self.width() - columns * side) / 2) // side), int(at.y() // side)
        number = row * columns + column
        return number if 0 <= column < columns and 0 <= number < count else -1

    def paces(self) -> tuple[float, float]:
        """Return the side of an image."""
        _, side = best_grid(max(min(len(self.found), self.most), 1), self.width(), self.height())
        return side, side

    def point_at(self, at: QPointF | None) -> None:
        """Point at a unit, and let the drawing light it."""
        super().point_at(at)
        unit = self.unit_at(at)
        if unit != self._pointed:
            self._pointed = unit
            self.unit_pointed.emit(unit)

    def words_at(self, at: QPointF) -> str:
        """Say which unit it is, and its weights' range."""
        unit = self.unit_at(at)
        if unit < 0:
            return ""
        low, high = (shown(float(value), 2) for value in (self.found[unit].min(), self.found[unit].max()))
        return f"unit {unit + 1} of layer 1\nweights {low} … {high}\nbias {shown(float(self.biases[unit]), 2)}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a unit."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(self.unit_at(event.position()))

    def keeps(self, event: QKeyEvent) -> bool:
        """Keep Enter, too, where a unit is pointed at."""
        return super().keeps(event) or (event.key() in ENTER and self._pointed >= 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a unit by Enter."""
        if event.key() in ENTER and self._pointed >= 0:
            self._choose(self._pointed)
        else:
            super().keyPressEvent(event)

    def _choose(self, unit: int) -> None:
        if unit >= 0:
            self.unit_chosen.emit(unit)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the images."""
        count = min(len(self.found), self.most)
        if not count:
            return
        painter = QPainter(self)
        columns, side = best_grid(count, self.width(), self.height())
        pixels = coloured(self.look.values, self.found[:count], scale_of(self.found))
        height, width = pixels.shape[1:3]
        left = (self.width() - columns * side) / 2
        for number in range(count):
            row, column = divmod(number, columns)
            data = np.ascontiguousarray(pixels[number])
            image = QImage(data.data, width, height, 3 * width, QImage.Format.Format_RGB888)
            place = QRectF(left + column * side, row * side, side - GAP, side - GAP)
            painter.drawImage(place, image)
            if number in {self.chosen, self._pointed}:
                painter.setPen(QPen(self.look.colour("accent" if number == self.chosen else "ink"), 2))
                painter.drawRect(place.adjusted(-1, -1, 1, 1))
        if self.hasFocus():
            self.paint_focus(painter, QRectF(self.rect()).adjusted(0, 0, -1, -1))
        painter.end()


def best_grid(count: int, width: int, height: int) -> tuple[int, float]:
    """Return the number of columns with which ``count`` squares become largest, and their side."""
    sides = ((columns, min(width / columns, height / ceil(count / columns))) for columns in range(1, count + 1))
    return max(sides, key=lambda pair: pair[1])
