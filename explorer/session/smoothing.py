"""Exponential moving averages of curves: what a noisy series does on the whole. No Qt.

As TensorBoard smooths, each average is corrected for the bias of its start, and what is averaged are the points that
are drawn: a curve of ten million steps is smoothed as cheaply as one of a thousand.
"""

from math import ceil, log

import numpy as np
from numpy.typing import NDArray

from explorer.session.series import BUCKETS, Points, Series

Values = NDArray[np.float64]
NEGLIGIBLE = 1e-3
"""Points before a part of a curve count until their weight has fallen so low."""
VANISHED = 1e-18


def moving_average(values: Values, weight: float, gaps: Values | None = None) -> Values:
    """Return the mean of each value and those before it, the past weighing ``weight`` times less at each point.

    ``m_t = s_t / n_t`` with ``s_t = w s_(t-1) + (1 - w) v_t`` and the same of ones ``n_t = 1 - w^t``, the correction
    of Adam's moments (Kingma and Ba 2015). Values that are not finite do not count.

    Parameters
    ----------
    values
        Shape (n,).
    weight
        From 0, which leaves the values as they are, to below 1.
    gaps
        How far each point lies from the one before, 1 for each if left out: over a gap g the past weighs ``w^g``, so
        that points at other distances are smoothed over as long a time. Positive, shape (n,).
    """
    counted = np.isfinite(values)
    decays = np.power(weight, np.ones(len(values)) if gaps is None else gaps)
    shares = np.where(counted, 1 - decays, 0.0)
    sums, masses = recurrence(np.stack([shares * np.where(counted, values, 0.0), shares]), decays)
    means: Values = np.divide(sums, masses, out=np.full(len(values), np.nan), where=masses > 0)
    return means


def recurrence(values: Values, decays: Values) -> Values:
    """Return ``s_t = d_t s_(t-1) + v_t`` along the last axis: by doubling, in log n additions of arrays."""
    sums, factors, shift = values.copy(), decays.copy(), 1
    while shift < len(decays) and factors[shift:].max() > VANISHED:
        sums[..., shift:] += factors[shift:] * sums[..., :-shift]
        factors[shift:] *= factors[:-shift].copy()
        shift *= 2
    return sums


def smoothed(series: Series, weight: float, start: int = 0, stop: int | None = None, buckets: int = BUCKETS) -> Points:
    """Return x (steps, from 1) and y of a series' moving average from point ``start`` to before ``stop``.

    The means of buckets are averaged, as wide as those of ``Series.polyline``; the newest counts as far as it is full,
    so that the curve's end moves evenly. Points before ``start`` count as they would in the whole curve, nearly.
    """
    stop = len(series) if stop is None else min(stop, len(series))
    if stop <= start:
        return np.empty(0), np.empty(0)
    width = series.width(start, stop, buckets)
    before = ceil(log(NEGLIGIBLE) / log(weight)) * width if weight > 0 else 0
    first = max(start - before, 0) // width * width
    x, y = series.means(first, stop, width)
    gaps = np.ones(len(x))
    gaps[-1] = ((stop - first - 1) % width + 1) / width
    y = moving_average(y, weight, gaps)
    x[-1] = stop
    shown = x > start
    return x[shown], y[shown]
