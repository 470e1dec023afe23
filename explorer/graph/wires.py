"""The edges as arrays: where each runs, which are drawn, and which is nearest to a point. No Qt."""

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

from explorer.graph.geometry import Column, Floats, Ints, Layout

MOST_AT_REST, MOST_OF_MORE, MOST_MOVING = 24_000, 500, 1000
"""Edges that are all lines at rest; of a layer, the strongest, where there are more; and of all, while they move.

More lines would be slow, and a smear in which nothing is to be seen: 1,500 of 400,000 are all about as strong.
"""


class Wires(Struct, frozen=True, eq=False):
    """Edges between drawn units, one a row.

    Attributes
    ----------
    lines
        x1, y1, x2, y2; (E, 4).
    layer, source, target
        The layer that each runs into, from 1, and its units; (E,) each.
    """

    lines: Floats
    layer: Ints
    source: Ints
    target: Ints

    def pick(self, which: NDArray[np.bool_] | Ints) -> "Wires":
        """Return some of them."""
        return Wires(self.lines[which], self.layer[which], self.source[which], self.target[which])

    def nearest(self, x: float, y: float, within: float) -> int | None:
        """Return the row of the nearest edge, if one is that near."""
        if not len(self.lines):
            return None
        start, end = self.lines[:, :2], self.lines[:, 2:]
        along, out = end - start, np.array([x, y]) - start
        squares = np.maximum((along**2).sum(axis=1), 1e-12)
        share = np.clip((out * along).sum(axis=1) / squares, 0, 1)
        distances = np.hypot(*(out - share[:, None] * along).T)
        best = int(distances.argmin())
        return best if distances[best] <= within else None


def all_wires(layout: Layout) -> Wires:
    """Return the edges between all drawn units, layer after layer, sources outermost."""
    return joined([between(layout, layer) for layer in range(1, len(layout.columns))])


def joined(parts: list[Wires]) -> Wires:
    """Return several sets of edges as one."""
    return Wires(
        np.concatenate([p.lines for p in parts]),
        np.concatenate([p.layer for p in parts]),
        np.concatenate([p.source for p in parts]),
        np.concatenate([p.target for p in parts]),
    )


def between(layout: Layout, layer: int) -> Wires:
    """Return the edges into one layer."""
    return joining(layout, layer, layout.columns[layer - 1].units, layout.columns[layer].units)


def joining(layout: Layout, layer: int, sources: ArrayLike, targets: ArrayLike) -> Wires:
    """Return the edges into one layer from each of some units to each of others."""
    left, right = layout.columns[layer - 1], layout.columns[layer]
    pairs = np.meshgrid(np.asarray(sources, np.intp), np.asarray(targets, np.intp), indexing="ij")
    source, target = (grid.ravel() for grid in pairs)
    y1, y2 = left.heights[source], right.heights[target]
    x1 = np.full(y1.shape, left.x + left.half_width - hidden(left))
    x2 = np.full(y1.shape, right.x - right.half_width + hidden(right))
    return Wires(np.column_stack([x1, y1, x2, y2]), np.full(y1.shape, layer), source, target)


def hidden(column: Column) -> float:
    """Return how far an edge runs on behind a unit, so that its blunt end is not seen beside the curve."""
    return min(4.0, column.half_width / 2)


def strongest(shares: Floats, most: int) -> Ints:
    """Return the rows of the ``most`` largest in size of ``shares`` (E,), in their order; all where there are fewer."""
    if len(shares) <= most:
        return np.arange(len(shares))
    return np.sort(np.argpartition(np.abs(shares), -most)[-most:])
