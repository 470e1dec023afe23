"""Heat maps: an array as one picture, a large one with the extreme of each group of entries. Arrays and one QImage.

Of a mask, whose entries are 0 and 1, a group is the share of ones in it: its extreme would be 1 almost everywhere.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from explorer.graph.colors import coloured
from explorer.graph.diverging import Diverging

Array = NDArray[np.floating]


def is_mask(array: Array) -> bool:
    """Tell whether an array is nothing but zeros and ones, both of them."""
    ones = array == 1
    return bool((ones | (array == 0)).all() and ones.any() and not ones.all())


def shares(array: Array, block: tuple[int, int]) -> Array:
    """Return of each group of ``block`` rows and columns the mean: of a mask the share of ones."""
    starts = (np.arange(0, size, along) for size, along in zip(array.shape, block, strict=True))
    down, right = starts
    totals = np.add.reduceat(np.add.reduceat(array, down, axis=0), right, axis=1)
    counts = np.outer(np.diff([*down, array.shape[0]]), np.diff([*right, array.shape[1]]))
    found: Array = totals / counts
    return found


def extremes(array: Array, block: tuple[int, int]) -> Array:
    """Return of each group of ``block`` rows and columns the entry largest in size, with its sign; NaN wins."""
    high, wide = block
    if block == (1, 1):
        return array
    rows, columns = -(-array.shape[0] // high), -(-array.shape[1] // wide)
    padded = np.zeros((rows * high, columns * wide))
    padded[: array.shape[0], : array.shape[1]] = array
    groups = padded.reshape(rows, high, columns, wide).swapaxes(1, 2).reshape(rows, columns, high * wide)
    winners = np.argmax(np.abs(groups), axis=2)
    picked: Array = np.take_along_axis(groups, winners[..., None], axis=2)[..., 0]
    return picked


def extreme_at(array: Array, block: tuple[int, int], pixel: tuple[int, int]) -> tuple[int, int]:
    """Return row and column of the entry that a pixel shows."""
    top, left = pixel[0] * block[0], pixel[1] * block[1]
    group = np.abs(array[top : top + block[0], left : left + block[1]])
    row, column = np.unravel_index(int(np.argmax(group)), group.shape)
    return top + int(row), left + int(column)


def heat_image(
    array: Array, block: tuple[int, int], colours: Diverging, largest: float, *, mask: bool = False
) -> QImage:
    """Return the picture, one pixel for each group of entries; a size of ``largest`` has the full colour."""
    values = shares(array, block) if mask else extremes(array, block)
    pixels = np.ascontiguousarray(coloured(colours, values, largest))
    rows, columns = values.shape
    image = QImage(pixels.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888)
    return image.copy()  # its own memory: the array goes
