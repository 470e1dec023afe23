"""How a matrix too wide or too high for a page stands there whole: in blocks that say which rows and columns they are.

Whoever works a pass out with a pencil needs all numbers; only what nobody would work out by hand is cut.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise, product
from operator import attrgetter

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.tape.formats.sheet import Grid, Line, grid
from explorer.tape.symbols import shape_words

MOST_NUMBERS, MOST_SIDE = 400, 64
"""Numbers of an array, and its rows or columns, that somebody might still work with by hand."""
MOST_NAMED = 4
HEAD = "This pass cannot be worked out by hand from this page:"
TAIL = (
    "are too large to stand here whole. What is given stands in the problem file (in the window: File, Save problem), "
    "and all numbers of the pass in what “backprop-explorer trace FILE --format json” writes of that."
)


class Block(Struct, frozen=True):
    """A part of a matrix.

    Attributes
    ----------
    place
        Which rows and columns it is, in words; empty where it is all of them.
    """

    rows: list[list[float]]
    place: str


def is_large(value: NDArray[np.floating]) -> bool:
    """Tell whether nobody would work with an array by hand."""
    return value.size > MOST_NUMBERS or max(value.shape, default=1) > MOST_SIDE


def as_shown(value: NDArray[np.floating], most_rows: int, most_columns: int) -> Grid:
    """Return the whole of a matrix; of one that is large, the first rows and columns."""
    rows, columns = (most_rows, most_columns) if is_large(value) else (MOST_SIDE, MOST_SIDE)
    return grid(value, rows, columns)


def blocks(value: NDArray[np.floating], most_rows: int, most_columns: int) -> list[Block]:
    """Return a matrix, or a vector as one row, in blocks of about one size, none larger than that."""
    matrix = np.atleast_2d(value)
    height, width = matrix.shape
    found = product(parts(height, most_rows), parts(width, most_columns))
    return [
        Block(
            matrix[top:bottom, left:right].tolist(), place(("row", top, bottom, height), ("column", left, right, width))
        )
        for (top, bottom), (left, right) in found
    ]


def parts(size: int, most: int) -> list[tuple[int, int]]:
    """Return where each of the fewest parts of a size begins and ends, none larger than the most."""
    count = max(-(-size // most), 1)
    edges = [size * k // count for k in range(count + 1)]
    return list(pairwise(edges))


def place(*sides: tuple[str, int, int, int]) -> str:
    """Return "rows 1 to 8, columns 9 to 16", without what is whole."""
    return ", ".join(span(name, begin + 1, end) for name, begin, end, size in sides if end - begin < size)


def span(name: str, first: int, last: int) -> str:
    """Return "rows 1 to 8", or "row 9"."""
    return f"{name}s {first} to {last}" if last > first else f"{name} {last}"


def by_hand_note(
    lines: Iterable[Line], called: Callable[[Line], str] = attrgetter("name"), written: Callable[[str], str] = str
) -> str:
    """Say which arrays are too large to stand there whole, and where all numbers are; nothing where there is none.

    Parameters
    ----------
    called, written
        Return how an array is called, and how words are written, in the format.
    """
    large = [f"{called(line)} ({written(shape_words(line.shape))})" for line in lines if is_large(line.value)]
    if not large:
        return ""
    named = ", ".join(large[:MOST_NAMED]) + (" and others" if len(large) > MOST_NAMED else "")
    return f"{written(HEAD)} {named} {written(TAIL if len(large) > 1 else TAIL.replace('are', 'is', 1))}"
