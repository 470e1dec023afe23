"""A long series read for a logarithmic axis of its steps: in pieces, each four times as long as the one before. No Qt.

Every piece is drawn in as many buckets, so that the first hundred steps of ten million are as fine as the last.
"""

from itertools import pairwise

import numpy as np

from explorer.session.series import Points, Series
from explorer.session.smoothing import moving_average

FIRST, FACTOR, BUCKETS_EACH = 128, 4, 128


def pieces(start: int, stop: int) -> tuple[tuple[int, int], ...]:
    """Return the parts of the points from ``start`` to before ``stop``, cut at 128, 512, 2048, ..."""
    cuts = [start]
    cut = FIRST
    while cut < stop:
        if cut > start:
            cuts.append(cut)
        cut *= FACTOR
    return tuple(pairwise((*cuts, stop)))


def polyline(series: Series, start: int, stop: int) -> Points:
    """Return x (steps, from 1) and y of a line through the extremes of each piece's buckets, as the series has it."""
    stop = min(stop, len(series))
    parts = [series.polyline(first, last, BUCKETS_EACH) for first, last in pieces(start, stop)]
    return joined(parts)


def smoothed(series: Series, weight: float, start: int, stop: int) -> Points:
    """Return x (steps, from 1) and y of the moving average over the buckets, each of which counts as one point."""
    stop = min(stop, len(series))
    parts = []
    for first, last in pieces(0, stop):
        width = series.width(first, last, BUCKETS_EACH)
        parts.append(series.means(first // width * width, last, width))
    x, y = joined(parts)
    x, y = x[x <= stop], moving_average(y, weight)[x <= stop]
    return x[x > start], y[x > start]


def joined(parts: list[Points]) -> Points:
    """Return the points of all parts, in order; none of none."""
    if not parts:
        return np.empty(0), np.empty(0)
    x, y = zip(*parts, strict=True)
    return np.concatenate(x), np.concatenate(y)
