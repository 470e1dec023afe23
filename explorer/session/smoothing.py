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


def moving_average(values: Values, weight: float, last: float = 1.0) -> Values:
    """Return the mean of each value and those before it, each weighing ``weight`` times the one that follows it.

    ``m_t = sum_i w^(t-i) v_i / sum_i w^(t-i)``, which is the recurrence ``s_t = w s_(t-1) + (1 - w) v_t`` divided by
    ``1 - w^t`` (the correction of Adam's moments, Kingma and Ba 2015). Values that are not finite do not count.

    Parameters
    ----------
    values
        Shape (n,).
    weight
        From 0, which leaves the values as they are, to below 1.
    last
        How much of a point the last one stands for: one that is not complete weighs less, and moves its mean less.
    """
    counted = np.isfinite(values)
    total, mass = np.where(counted, values, 0.0), counted.astype(np.float64)
    if len(values) and last < 1.0:
        total[-1] *= (1 - weight**last) / (1 - weight)
        mass[-1] *= (1 - weight**last) / (1 - weight)
    sums = [recurrence(part, weight, last) for part in (total, mass)]
    with np.errstate(invalid="ignore"):
        return np.where(sums[1] > 0, sums[0] / np.where(sums[1] > 0, sums[1], 1.0), np.nan)


def recurrence(values: Values, weight: float, last: float) -> Values:
    """Return ``s_t = w s_(t-1) + v_t``, the last of them with ``w^last``: by doubling, in log n additions of arrays."""
    sums, shift, power = values.copy(), 1, weight
    whole = sums[:-1] if last < 1.0 else sums
    while shift < len(whole) and power > VANISHED:
        whole[shift:] += power * whole[:-shift]
        shift, power = 2 * shift, power * power
    if last < 1.0 and len(sums) > 1:
        sums[-1] += weight**last * sums[-2]
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
    rest = (stop - first) % width
    y = moving_average(y, weight, rest / width if rest else 1.0)
    x[-1] = stop
    shown = x > start
    return x[shown], y[shown]
