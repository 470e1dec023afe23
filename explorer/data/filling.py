"""Gaps in inputs, filled by what the samples to train on hold: a column's mean, or its most frequent word."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError

Array = NDArray[np.float64]
Span = tuple[int, int]
"""The first input that a column of a file became, and how many."""


def fill_of(X: Array, spans: Sequence[Span], features: tuple[str, ...]) -> Array:
    """Return what stands for a gap in each input, (D,), by the samples to train on, (N, D), whose gaps are NaN.

    That is the mean of what is known of the column; of a column of words, 1 at its most frequent word (the first of
    equals) and 0 at the others.

    Raises
    ------
    ExplorerError
        If nothing is known of a column.
    """
    fill = np.zeros(X.shape[1])
    for first, width in spans:
        known = X[~np.isnan(X[:, first]), first : first + width]
        if not len(known):
            name = features[first] if width == 1 else features[first].partition("=")[0]
            raise ExplorerError(f"column {name!r} has no value among the samples to train on: leave it out")
        if width == 1:
            unit = np.abs(known).max() or 1.0  # the sum of large numbers overflows
            fill[first] = unit * (known / unit).mean()
        else:
            fill[first + int(known.sum(axis=0).argmax())] = 1
    fill.flags.writeable = False
    return fill


def fill_gaps(X: Array, fill: Array) -> None:
    """Put numbers, (D,), where X, (N, D), which is the caller's alone, has gaps."""
    np.copyto(X, fill, where=np.isnan(X))
