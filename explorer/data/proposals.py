"""Columns that are proposed as left out: what counts rows, names them, or holds many words, predicts nothing."""

import numpy as np

from explorer.data.choices import Choices
from explorer.data.table import Table
from explorer.data.words import fit_inputs

COUNTS, NAMES = "counts rows", "names rows"
FEWEST_ROWS = 5
"""Rows from which on 1, 2, 3, … is taken for a count of them, and words of which no two are alike for names."""


def left_out(table: Table, choices: Choices, target: int) -> frozenset[int]:
    """Return the indices of columns that are no inputs: chosen so, without entries, or proposed and not taken in.

    Nothing is proposed where no input would be left.

    Raises
    ------
    ExplorerError
        If there is no column of a chosen name, or more than one.
    """
    empty = {j for j, column in enumerate(table.columns) if column.kind == "empty"}
    without = choices.left_out(table.names) | empty
    others = [j for j in range(len(table.columns)) if j not in without and j != target]
    wanted = choices.taken_in(table.names)
    proposed = {j for j in others if j not in wanted and reason(table, j)}
    return without | (proposed if len(proposed) < len(others) else set())


def reason(table: Table, j: int) -> str:
    """Return in two words why column ``j`` had better be no input; empty where nothing speaks against it."""
    if len(table.values) < FEWEST_ROWS:
        return ""
    if counts_rows(table, j):
        return COUNTS
    if names_rows(table, j):
        return NAMES
    words = table.columns[j].words or ()
    return "" if fit_inputs(table.columns[j]) or not words else f"holds {len(words):,} words"


def counts_rows(table: Table, j: int) -> bool:
    """Tell whether a column is 1, 2, 3, … to the number of rows."""
    column, entries = table.columns[j], table.values[:, j]
    may = column.words is None and column.numbers == len(entries) and (column.low, column.high) == (1, len(entries))
    return may and bool(entries[0] == 1 and (np.diff(entries) == 1).all())


def names_rows(table: Table, j: int) -> bool:
    """Tell whether a column holds words of which no two are alike."""
    column = table.columns[j]
    return column.words is not None and not column.too_many and column.texts == len(column.words) >= FEWEST_ROWS
