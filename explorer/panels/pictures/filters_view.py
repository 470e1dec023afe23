"""The weights into each unit of the first layer as an image: what of the input it looks for."""

from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPaintEvent

from explorer.graph.colors import scale_of
from explorer.panels.pictures.view import PictureView
from explorer.session import State, Subject
from explorer.session.pictures.insides import first_weights
from explorer.session.pictures.signals import Work
from explorer.tape.numbers import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

GAP = 3
SMALLEST = 16
"""Pixels of an image's side below which it says nothing."""


class FiltersView(PictureView):
    """Paints images of weights, as many as can be seen; all on one scale, so that strong units stand out."""

    def __init__(self) -> None:
        super().__init__("First weights")
        self.found: NDArray[np.float64] = np.empty((0, 1, 1))

    @staticmethod
    def applies(subject: Subject) -> bool:
        """Tell whether inputs are images."""
        return subject.image_shape is not None

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Take the weights as they stand."""
        self.found = first_weights(state.subject, state.network)
        yield
        drawn = min(len(self.found), self.most)
        words = f"{drawn} of {len(self.found)} units" if drawn < len(self.found) else f"{drawn} units"
        largest = shown(scale_of(self.found), 2)
        self.tell(words, "" if live else f"the weights into each unit: orange below 0, blue above, to ±{largest}")

    @property
    def most(self) -> int:
        """Images for which there is room."""
        return max(self.width() // (SMALLEST + GAP), 1) * max(self.height() // (SMALLEST + GAP), 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the images."""
        count = min(len(self.found), self.most)
        if not count:
            return
        painter = QPainter(self)
        columns, side = best_grid(count, self.width(), self.height())
        pixels = self.look.values.colours(self.found[:count], scale_of(self.found))
        height, width = pixels.shape[1:3]
        left = (self.width() - columns * side) / 2
        for number in range(count):
            row, column = divmod(number, columns)
            data = np.ascontiguousarray(pixels[number])
            image = QImage(data.data, width, height, 3 * width, QImage.Format.Format_RGB888)
            place = QRectF(left + column * side, row * side, side - GAP, side - GAP)
            painter.drawImage(place, image)
        painter.end()


def best_grid(count: int, width: int, height: int) -> tuple[int, float]:
    """Return the number of columns with which ``count`` squares become largest, and their side."""
    sides = ((columns, min(width / columns, height / ceil(count / columns))) for columns in range(1, count + 1))
    return max(sides, key=lambda pair: pair[1])
