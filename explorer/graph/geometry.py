"""Where everything stands, as values: layers as columns of units, folded or not, the image and the loss. No Qt.

All numbers are pixels of a scene that fills the view exactly when it is not zoomed, y downwards.
"""

from enum import Enum
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

NUMBER_HALF, FOLD_GAP = 31.0, 46.0
"""Half the room of a unit's number, and the gap of folded units."""
HEAD, FOOT = 62.0, 50.0
"""Bands for the symbols above and the weights' labels below."""
NAME_GAP = 9.0
"""The gap before the names of classes beside the outputs, in which the ring of what is read or written has room."""
MARK_REACH, MARK_HALF = 44.0, 19.0
"""Half the width and height of what a click on the words of a fold, or below an unfolded layer, hits."""


class Kind(Enum):
    """How the units of a column are drawn."""

    NUMBERS = "numbers"
    DOTS = "dots"
    STRIP = "strip"


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.left + self.width / 2, self.top + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height


class Column(Struct, frozen=True, eq=False):
    """The units of one layer.

    Attributes
    ----------
    x, y
        Centres: one x, and y of each drawn unit, (K,).
    units
        Numbers of the drawn units, from 0, (K,).
    total
        Units of the layer; those that are not drawn are folded.
    half_width, half_height
        Half the size of a unit; of a cell where the column is a strip.
    note_lines
        Lines of small text that fit under each unit.
    fold
        y of the words that say how many units are folded, in their gap, or that all are shown, below an unfolded
        layer; None where nothing is to be folded.
    image, image_shape
        Where the input is drawn as pixels, and their rows and columns, else None.
    """

    kind: Kind
    x: float
    y: Floats
    units: Ints
    total: int
    half_width: float
    half_height: float
    note_lines: int = 0
    fold: float | None = None
    image: Box | None = None
    image_shape: tuple[int, int] | None = None

    @property
    def short(self) -> bool:
        """Tell whether its numbers have to be short."""
        return self.kind is Kind.NUMBERS and self.half_width < NUMBER_HALF

    @property
    def folded(self) -> int:
        """Units that are not drawn."""
        return self.total - len(self.units)

    @property
    def heights(self) -> Floats:
        """The y of every unit, (total,): those that are folded lie close together in their gap."""
        if not self.folded or self.fold is None:
            return self.y
        y = np.empty(self.total)
        y[self.units] = self.y
        hidden = np.delete(np.arange(self.total), self.units)
        y[hidden] = spread(len(hidden), (FOLD_GAP - 16) / len(hidden), self.fold)
        return y

    @property
    def box(self) -> Box:
        """What the drawn units cover."""
        top, bottom = self.y[0] - self.half_height, self.y[-1] + self.half_height
        return Box(self.x - self.half_width, float(top), 2 * self.half_width, float(bottom - top))


class Layout(Struct, frozen=True, eq=False):
    """The whole drawing: columns from the input to the output, and the loss's box.

    Attributes
    ----------
    named
        Pixels beside each output for the name of its class; 0 where there are no names, or no room for them.
    """

    width: float
    height: float
    columns: tuple[Column, ...]
    loss: Box
    named: float = 0.0

    @property
    def pitch(self) -> float:
        """Distance of neighbouring columns."""
        return self.columns[1].x - self.columns[0].x


def unit_box(column: Column, k: int) -> Box:
    """Return the box of the k-th drawn unit."""
    top = float(column.y[k]) - column.half_height
    return Box(column.x - column.half_width, top, 2 * column.half_width, 2 * column.half_height)


def can_name(column: Column) -> bool:
    """Tell whether there is room for a class's name beside each unit."""
    return column.kind is Kind.NUMBERS or (column.kind is Kind.DOTS and column.half_height >= 5 and not column.folded)


def pixel_box(column: Column, unit: int) -> Box | None:
    """Return the box of an input's pixel, where it has one."""
    if column.image is None or column.image_shape is None:
        return None
    rows, columns = column.image_shape
    width, height = column.image.width / columns, column.image.height / rows
    left = column.image.left + unit % columns * width
    return Box(left, column.image.top + unit // columns * height, width, height)


def spread(count: int, step: float, middle: float) -> Floats:
    """Return ``count`` places, ``step`` apart, around a middle."""
    return middle + (np.arange(count, dtype=np.float64) - (count - 1) / 2) * step
