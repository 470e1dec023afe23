"""Columns of words as inputs: one input a word, 1 where the row has that word and 0 where not."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.data.choices import unique_names
from explorer.data.filling import Span
from explorer.data.steps import Steps
from explorer.data.table import MOST_BYTES, Column, Table
from explorer.engine.errors import ExplorerError

Rows = NDArray[np.intp] | None
Words = Mapping[str, tuple[str, ...]]
"""Words by the name of their column, in the order of the inputs."""
MOST_WORDS = 50
"""Different words that a column may hold to become inputs."""
MOST_TOLD = 12
PIECE = 2**16
"""Rows that are spread at one stroke."""


def fit_inputs(column: Column) -> bool:
    """Tell whether a column holds words, and few enough of them."""
    return column.words is not None and not column.too_many and len(column.words) <= MOST_WORDS


def words_of(table: Table, inputs: Sequence[int], told: Words) -> dict[str, tuple[str, ...]]:
    """Return the words of each input that holds some: those that are told of it, else all of its rows, sorted."""
    coded = [table.columns[j] for j in inputs if table.columns[j].words is not None]
    return {column.name: told.get(column.name) or tuple(sorted(column.words or ())) for column in coded}


def features_of(table: Table, inputs: Sequence[int], words: Words) -> tuple[str, ...]:
    """Return the names of the inputs, no two alike: that of the column, or "column=word"."""
    names = [table.names[j] for j in inputs]
    wide = [[f"{name}={word}" for word in words[name]] if name in words else [name] for name in names]
    return unique_names([feature for features in wide for feature in features])


def spans_of(table: Table, inputs: Sequence[int], words: Words) -> tuple[Span, ...]:
    """Return the first input that each of these columns becomes, and how many."""
    widths = [len(words.get(table.names[j], (None,))) for j in inputs]
    return tuple((sum(widths[:place]), width) for place, width in enumerate(widths))


def spread(table: Table, inputs: Sequence[int], rows: Rows, words: Words) -> Steps[NDArray[np.float64]]:
    """Return, in steps, these columns of these rows, (n, D), each word in a column of its own.

    A gap is NaN in all columns of its words.

    Raises
    ------
    ExplorerError
        If a word is none of those of its column, or there would be too many numbers.
    """
    chosen = np.arange(len(table.values)) if rows is None else rows
    spans = spans_of(table, inputs, words)
    columns = sum(width for _, width in spans)
    refuse_bytes(8 * len(chosen) * columns, columns)
    X = np.empty((len(chosen), columns))
    for start in range(0, len(chosen), PIECE):
        piece = chosen[start : start + PIECE]
        for j, (first, width) in zip(inputs, spans, strict=True):
            X[start : start + PIECE, first : first + width] = inputs_of(table, j, piece, words)
            yield
    X.flags.writeable = False
    return X


def inputs_of(table: Table, j: int, rows: NDArray[np.intp], words: Words) -> NDArray[np.float64]:
    """Return what column ``j`` becomes in these rows, (n, width)."""
    known = words.get(table.names[j])
    if known is None:
        entries: NDArray[np.float64] = table.values[rows, j : j + 1]
        return entries
    codes = recoded(table, j, rows, known)
    found: NDArray[np.float64] = (codes[:, None] == np.arange(len(known))).astype(np.float64)
    found[np.isnan(codes)] = np.nan
    return found


def recoded(table: Table, j: int, rows: NDArray[np.intp], words: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the places among ``words`` of the entries of column ``j`` in these rows; NaN for a gap."""
    places = {word: place for place, word in enumerate(words)}
    codes = np.array([*(places.get(word, -1) for word in table.columns[j].words or ()), np.nan])
    entries = table.values[rows, j]
    found: NDArray[np.float64] = codes[np.where(np.isnan(entries), len(codes) - 1, entries).astype(np.intp)]
    unknown = np.flatnonzero(found < 0)
    if len(unknown):
        refuse_unknown(table, j, int(rows[unknown[0]]), words)
    return found


def refuse_unknown(table: Table, j: int, row: int, words: tuple[str, ...]) -> None:
    """Refuse a word for which there is no input, with its line."""
    column = table.columns[j]
    word = (column.words or ())[int(table.values[row, j])]
    line = row + 1 if table.lines is None else int(table.lines.at(np.array([row]))[0])
    known = ", ".join(words[:MOST_TOLD]) + (", …" if len(words) > MOST_TOLD else "")
    raise ExplorerError(f"{word!r} in line {line:,}, column {j + 1} ({column.name}) is a new word: expected {known}")


def refuse_bytes(size: int, columns: int) -> None:
    """Refuse what would take too much memory."""
    if size > MOST_BYTES:
        most = f"expected at most {MOST_BYTES // 2**20:,} MB; leave out columns of words"
        raise ExplorerError(f"its {columns:,} inputs, one a word, take {size / 2**20:,.0f} MB as numbers: {most}")
