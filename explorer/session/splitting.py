"""The samples of a data set to train on, and those held out: which they are, and new arrays of them."""

import numpy as np
from numpy.typing import NDArray

from explorer.data import DataSet, Steps, split_rows
from explorer.engine.problem import one_hot

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]
PIECE = 2**15
"""Samples that are gathered, filled or scaled at one stroke."""


def parted(data: DataSet, seed: int) -> Steps[tuple[Indices, Indices]]:
    """Return the indices of the samples to train on, and of those held out, if the set asks for some."""
    if not data.test_share:
        return np.arange(data.samples), np.arange(0)
    return (yield from split_rows(data, data.test_share, seed))


def rows_of(array: Numbers, rows: Indices) -> Steps[Numbers]:
    """Return a new array of these rows."""
    chosen = np.empty((len(rows), array.shape[1]))
    for start in range(0, len(rows), PIECE):
        piece = slice(start, start + PIECE)
        chosen[piece] = array[rows[piece]]  # ``take`` would first copy all of what is a view of some columns
        yield
    return chosen


def targets_of(data: DataSet, rows: Indices) -> Numbers:
    """Return the targets of these rows, (n, C), in a new array: one-hot where a class is to be predicted."""
    if data.targets is not None:
        return data.targets[rows]
    return one_hot(data.labels[rows], len(data.classes), np.dtype(np.float64)).astype(np.float64, copy=False)
