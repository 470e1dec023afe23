"""A table as it stands in a file: numbers, classes as words, gaps, and where the first of each oddity is."""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.data.lines import Lines

MOST_LINES = 8
"""Lines that are kept of a column's missing values."""
MOST_TOLD = 5
MOST_BYTES = 2**30
"""Bytes of the largest table of numbers: 134 million of them."""


class Place(Struct, frozen=True):
    """An entry of a file: its line, and what stands there."""

    line: int
    text: str


class Column(Struct, frozen=True):
    """What a column of a table holds.

    Attributes
    ----------
    words
        Where its entries were read as classes: entry k of the table stands for ``words[k]``.
    numbers, texts, missing
        How many of its entries are which.
    first_text
        Where the first text is.
    missing_lines
        The lines of the first ``MOST_LINES`` missing values.
    first_word, wordlike
        Of entries read as classes: where the first is that is no number, and which of ``words`` are none.
    low, high
        Of its numbers; infinities the wrong way round where it has none.
    too_many
        True where there were more different words than classes can be.
    """

    name: str
    words: tuple[str, ...] | None = None
    numbers: int = 0
    texts: int = 0
    missing: int = 0
    first_text: Place | None = None
    missing_lines: tuple[int, ...] = ()
    too_many: bool = False
    first_word: Place | None = None
    wordlike: frozenset[int] = frozenset()
    low: float = math.inf
    high: float = -math.inf

    @property
    def kind(self) -> str:
        """What a person reads: numbers, text, or empty."""
        if self.words is not None or self.texts > self.numbers:
            return "text"
        return "numbers" if self.numbers else "text" if self.texts else "empty"


class Table(Struct, frozen=True, eq=False):
    """A table of a file.

    Attributes
    ----------
    name
        The path of the file.
    values
        Entries, (N, C), float64, read-only; NaN where there is no number. Columns with words hold their indices.
    head
        The first rows, as they are written.
    dialect
        How the file is written, in words.
    lines
        Where in a text its rows stand; None where the file is an array.
    """

    name: str
    values: NDArray[np.float64]
    columns: tuple[Column, ...]
    head: tuple[tuple[str, ...], ...]
    dialect: str = ""
    lines: Lines | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, no two alike."""
        return tuple(column.name for column in self.columns)


def lines_told(lines: Sequence[int], count: int) -> str:
    """Return where ``count`` entries are, by the lines of the first: "lines 3, 5 and 7", "lines 3, ... and 2 more"."""
    if count == 1:
        return f"line {lines[0]:,}"
    told = [f"{line:,}" for line in lines[:MOST_TOLD]]
    last = told.pop() if count == len(told) else f"{count - len(told):,} more"
    return f"lines {', '.join(told)} and {last}"
