"""Rows of a text file on their way to a table: every entry becomes a number, a gap or a class, and is counted."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.data import Column, Lines, Place, Table
from explorer.data.lines import jumps
from explorer.data.table import MOST_BYTES, MOST_LINES
from explorer.engine.errors import ExplorerError
from explorer.files.datasets.cells import is_missing, number

MOST_COLUMNS = 50_000
MOST_WORDS = 1000
HEAD_ROWS = 8
GROWTH = 2**24
"""Most bytes by which a table grows at once: NumPy fills them with zeros and lets no other thread work meanwhile."""
Values = NDArray[np.float64]


class WordsFoundError(Exception):
    """The target, taken for numbers so far, holds a word: the file is to be read again with its words kept."""

    def __init__(self, column: int) -> None:
        super().__init__(column)
        self.column = column


class ColumnCount:
    """What was seen in a column so far."""

    def __init__(self, name: str, *, coded: bool, wanted: int | None) -> None:
        self.name, self.wanted = name, wanted
        self.words: dict[str, int] | None = {} if coded else None
        self.numbers = self.texts = self.missing = 0
        self.first_text: Place | None = None
        self.first_word: Place | None = None
        self.wordlike: set[int] = set()
        self.missing_lines: list[int] = []
        self.too_many = False
        self.low, self.high = math.inf, -math.inf

    def note(self, numbers: Values) -> None:
        """Count numbers, one or more, and note how far they reach."""
        self.numbers += len(numbers)
        self.low = min(self.low, float(numbers.min()))
        self.high = max(self.high, float(numbers.max()))

    def read(self, entries: Sequence[str], lines: Sequence[int], decimal: str) -> Values:
        """Return the entries as numbers, or as indices of words."""
        if self.words is None:
            quick = quickly(entries, decimal)
            if quick is not None:
                self.note(quick)
                return quick
        elif all(map(self.words.__contains__, entries)):
            self.texts += len(entries)
            return np.array([self.words[entry] for entry in entries], np.float64)
        return np.array([self._value(entry, line, decimal) for entry, line in zip(entries, lines, strict=True)])

    def _value(self, entry: str, line: int, decimal: str) -> float:
        if is_missing(entry):
            self.missing += 1
            if len(self.missing_lines) < MOST_LINES:
                self.missing_lines.append(line)
            return np.nan
        value = None if self.words is not None else number(entry, decimal)
        if value is not None:
            self.numbers += 1
            self.low, self.high = min(self.low, value), max(self.high, value)
            return value
        self.texts += 1
        self.first_text = self.first_text or Place(line, entry[:40])
        if self.words is not None:
            return self._word(self.words, entry, line, decimal)
        if self.wanted is not None:
            raise WordsFoundError(self.wanted)
        return np.nan

    def _word(self, words: dict[str, int], entry: str, line: int, decimal: str) -> float:
        if entry in words:
            return words[entry]
        is_word = number(entry, decimal) is None
        if is_word:
            self.first_word = self.first_word or Place(line, entry[:40])
        if len(words) >= MOST_WORDS:
            self.too_many = True
            return np.nan
        index = words[entry] = len(words)
        if is_word:
            self.wordlike.add(index)
        return index

    def column(self) -> Column:
        """Return what was seen, for good."""
        return Column(
            name=self.name,
            words=None if self.words is None else tuple(self.words),
            numbers=self.numbers,
            texts=self.texts,
            missing=self.missing,
            first_text=self.first_text,
            missing_lines=tuple(self.missing_lines),
            too_many=self.too_many,
            first_word=self.first_word,
            wordlike=frozenset(self.wordlike),
            low=self.low,
            high=self.high,
        )


class Gathering:
    """A table that grows.

    Parameters
    ----------
    names
        Of the columns.
    decimal
        The decimal sign.
    target
        The column in which a word must not be lost: it ends the reading by ``WordsFoundError``. None where none is.
    coded
        The columns that are known to hold words, which are kept.
    rows
        About how many rows to expect.
    """

    def __init__(
        self, names: Sequence[str], decimal: str, target: int | None, coded: frozenset[int], *, rows: int
    ) -> None:
        self._decimal = decimal
        self._columns = [
            ColumnCount(name, coded=j in coded, wanted=j if j == target else None) for j, name in enumerate(names)
        ]
        refuse_size(rows * 8 // 10, len(names))
        self._values = np.empty((max(rows, 16), len(names)))
        self._head: list[tuple[str, ...]] = []
        self._stretches: list[NDArray[np.intp]] = []
        self._next_line = -1
        self.rows = 0

    @property
    def head_is_full(self) -> bool:
        """True where enough rows are kept as they are written."""
        return len(self._head) >= HEAD_ROWS

    def add_numbers(self, numbers: Values, line: int) -> None:
        """Append rows of numbers, (n, C), one a line from that line on."""
        self._append(numbers, np.arange(line, line + len(numbers)))
        for column, entries_of in zip(self._columns, numbers.T, strict=True):
            column.note(entries_of)

    def add_beside_words(self, numbers: Values, words: Sequence[str], target: int, line: int) -> None:
        """Append rows of numbers, (n, C - 1), and the words of the target, from that line on."""
        others = [column for index, column in enumerate(self._columns) if index != target]
        for column, entries_of in zip(others, numbers.T, strict=True):
            column.note(entries_of)
        indices = self._columns[target].read(
            [word.strip() for word in words], range(line, line + len(words)), self._decimal
        )
        self._append(np.insert(numbers, target, indices, axis=1), np.arange(line, line + len(words)))

    def add_rows(self, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> None:
        """Append rows as they are written, with their lines.

        Raises
        ------
        ExplorerError
            If one has more or fewer entries than there are columns.
        """
        width = len(self._columns)
        for row, line in zip(rows, lines, strict=True):
            if len(row) != width:
                raise ExplorerError(
                    f"line {line:,} has {entries(len(row))}: expected {width}, as in the first; mend it"
                )
        stripped = [[entry.strip() for entry in row] for row in rows]
        self._head += [tuple(row) for row in stripped[: HEAD_ROWS - len(self._head)]]
        if not rows:
            return
        across = zip(*stripped, strict=True)
        parts = [
            column.read(column_entries, lines, self._decimal)
            for column, column_entries in zip(self._columns, across, strict=True)
        ]
        self._append(np.column_stack(parts), np.asarray(lines, np.intp))

    def _append(self, values: Values, lines: NDArray[np.intp]) -> None:
        begin = jumps(lines, self._next_line)
        self._stretches.append(np.stack([begin + self.rows, lines[begin]]))
        self._next_line = int(lines[-1]) + 1
        wanted = self.rows + len(values)
        if wanted > len(self._values):
            refuse_size(wanted, len(self._columns))
            growth = min(wanted // 4, GROWTH // (8 * len(self._columns)))
            self._values.resize((wanted + growth, len(self._columns)), refcheck=False)
        self._values[self.rows : wanted] = values
        self.rows = wanted

    def table(self, name: str, dialect: str) -> Table:
        """Return the table; nothing can be added to it any more."""
        self._values.resize((self.rows, len(self._columns)), refcheck=False)
        self._values.flags.writeable = False
        where = Lines(*np.concatenate(self._stretches, axis=1))
        return Table(name, self._values, tuple(c.column() for c in self._columns), tuple(self._head), dialect, where)


def quickly(entries: Sequence[str], decimal: str) -> Values | None:
    """Return the entries as numbers if all are plainly that; None leaves each to be looked at."""
    together = "".join(entries)
    if "_" in together or not together.isascii() or (decimal == "," and "." in together):
        return None
    if decimal == ",":
        entries = [entry.replace(",", ".") for entry in entries]
    try:
        values = np.array([float(entry) for entry in entries])
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None


def refuse_size(rows: int, columns: int) -> None:
    """Refuse a table that is too large to be held as numbers."""
    size = 8 * rows * columns
    if size > MOST_BYTES:
        raise ExplorerError(
            f"its {columns:,} columns by {rows:,} rows or more take {size / 2**20:,.0f} MB as numbers: "
            f"expected at most {MOST_BYTES // 2**20:,} MB; leave out rows or columns"
        )
    if columns > MOST_COLUMNS:
        raise ExplorerError(f"it has {columns:,} columns: expected at most {MOST_COLUMNS:,}")


def entries(count: int) -> str:
    """Return "1 entry" or "5 entries"."""
    return "1 entry" if count == 1 else f"{count} entries"
