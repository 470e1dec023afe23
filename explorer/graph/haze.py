"""Hundreds of thousands of edges at once, as what they are to the eye: a haze, denser where more and stronger ones run.

Painted one over the other they would be a smear of whichever came last, and translucent ones of a 255th each would
round to nothing. So each edge adds a number to the pixels it crosses, one in each column; colours are made of the sums:
order-independent transparency. A slice is one column of one block of edges. No Qt.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from explorer.graph.geometry import Floats

BLOCK = 80_000
"""Edges that are summed at once: about a millisecond."""
FINER = 2
"""Rows of sums to a row of pixels: they are smoothed, or evenly spaced units would make a pattern of their own."""
BAND = 25_000
"""Pixels that are coloured at once: two milliseconds."""
DENSEST = 0.6
"""Most that the haze covers of the ground."""
Bytes = NDArray[np.uint8]


class Haze:
    """The sums of the edges between two layers.

    Parameters
    ----------
    starts, ends
        Heights of the units at the left and at the right, (S,) and (T,), in pixels of the picture.
    shares
        Values over the largest, (S, T), finite; each adds its square, with its sign.
    along
        Where each column of pixels lies from the left units, 0, to the right ones, 1; (W,). Beyond there is no edge.
    height
        Rows of pixels.

    Attributes
    ----------
    summed
        Edges that are in the sums, in all columns.
    """

    def __init__(self, starts: Floats, ends: Floats, shares: Floats, along: Floats, height: int) -> None:
        self._starts, self._ends = starts, ends
        self._shares = shares * np.abs(shares)  # weak ones are to be next to nothing
        self._along, self._height = along, height
        self._all, self._net = np.zeros((2, len(along), height * FINER))
        self._strength = float((shares**2).sum())
        self.summed = 0

    def summing(self) -> Iterator[bool]:
        """Add block after block, a column at a time; tell after each column whether a block is complete."""
        rows = max(BLOCK // max(self._shares.shape[1], 1), 1)
        columns = np.flatnonzero((self._along >= 0) & (self._along <= 1)).tolist()
        for first in range(0, len(self._shares), rows):
            values = self._shares[first : first + rows].ravel()
            sizes = np.abs(values) if self._strength else np.ones(len(values))
            for column in columns:
                self._add(column, slice(first, first + rows), sizes, values)
                yield False
            self.summed += len(values)
            yield True

    def _add(self, column: int, rows: slice, sizes: Floats, values: Floats) -> None:
        """Add the edges from some units to one column."""
        share, bins = self._along[column], self._all.shape[1]
        left = ((1 - share) * FINER * self._starts[rows] * 256).astype(np.intp)
        right = (share * FINER * self._ends * 256).astype(np.intp)
        places = (np.add.outer(left, right) >> 8).ravel()
        self._all[column] += np.bincount(places, sizes, bins)[:bins]
        self._net[column] += np.bincount(places, values, bins)[:bins]

    def pixels(self, negative: Bytes, neutral: Bytes, positive: Bytes) -> Iterator[Bytes]:
        """Yield the picture in bands of columns, (H, w, 4), premultiplied blue, green, red and alpha.

        Parameters
        ----------
        negative, neutral, positive
            Colours (3,) of edges of that sign; neutral ones are of arrays without numbers.
        """
        mean = (self._strength or self._shares.size) / self._height
        ends = np.stack([negative, neutral, positive]).astype(float)[:, ::-1]
        width = max(BAND // self._height, 1)
        for first in range(0, len(self._along), width):
            total, net = (smooth(sums[first : first + width]).T for sums in (self._all, self._net))
            cover = DENSEST * -np.expm1(-total / mean)
            lean = np.divide(net, total, out=np.zeros_like(net), where=total > 0)
            mixed = (ends[0] + ends[2]) / 2 + lean[..., None] * (ends[2] - ends[0]) / 2
            colours = mixed if self._strength else np.broadcast_to(ends[1], mixed.shape)
            yield (np.dstack([colours, np.full(total.shape, 255.0)]) * cover[..., None] + 0.5).astype(np.uint8)


def smooth(sums: Floats) -> Floats:
    """Return sums (w, 2 H) as sums of rows of pixels, (w, H), each with half of its neighbours'."""
    padded = np.pad(sums, ((0, 0), (1, 1)))
    even, odd = padded[:, 1:-1:2], padded[:, 2:-1:2]
    before, after = padded[:, 0:-2:2], padded[:, 3::2]
    blurred: Floats = 0.75 * (even + odd) + 0.25 * (before + after)
    return blurred
