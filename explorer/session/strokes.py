"""Strokes of a brush as lines, and the ink that they leave on a bitmap. No Qt."""

from collections.abc import Iterable

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

Array = NDArray[np.float64]
Points = tuple[tuple[float, float], ...]
SOFT = 0.25
"""Width of a brush's edge, in pixels of the image."""
ERASER = 1.5
"""Width of the eraser, in brushes: what is erased along a stroke leaves no edge of it."""
MOST_DISTANCES = 60_000
"""Distances worked out at one go: they stay in the processor's cache."""


class Stroke(Struct, frozen=True):
    """A line through points, (x, y) in pixels of the image, right and down from its corner; it inks or erases.

    What is drawn under one number, one part after the other, is one stroke. An eraser that erases more than its usual
    width, for it was enlarged with what it erases, says so by its size.
    """

    points: Points
    erases: bool = False
    number: int = 0
    size: float = 1.0

    def moved(self, scale: float, by: tuple[float, float]) -> "Stroke":
        """Return it with each point at scale * point + by."""
        points = tuple((scale * x + by[0], scale * y + by[1]) for x, y in self.points)
        return replace(self, points=points, size=scale * self.size)


def inked(ink: Array, stroke: Stroke, wide: float, fine: int) -> Array:
    """Return ink, 0 to 1 on each dot, after a stroke so many pixels wide, with ``fine`` dots on a side of a pixel."""
    if stroke.erases:
        return np.minimum(ink, 1 - brush_ink(ink.shape, stroke.points, ERASER * stroke.size * wide, fine))
    return np.maximum(ink, brush_ink(ink.shape, stroke.points, wide, fine))


def drawn(shape: tuple[int, ...], strokes: Iterable[Stroke], wide: float, fine: int) -> Array:
    """Return the ink of strokes, one after the other, on a bitmap of that shape."""
    ink: Array = np.zeros(shape)
    for stroke in strokes:
        ink = inked(ink, stroke, wide, fine)
    return ink


def brush_ink(shape: tuple[int, ...], points: Points, wide: float, fine: int) -> Array:
    """Return what a round brush led through points leaves on each dot: 1 in the stroke, 0 beside, between at its edge.

    The square of the distance from a straight line is that from its nearest point, which lies a share of its length
    on: share = (p - a) . (b - a) / |b - a|^2, from 0 to 1.
    """
    rows, columns = ((np.arange(size) + 0.5) / fine for size in shape)
    y, x = (each.ravel() for each in np.meshgrid(rows, columns, indexing="ij"))
    spots = np.array(points if len(points) > 1 else points * 2)
    step = max(MOST_DISTANCES // len(x), 1)
    nearest = np.full(len(x), np.inf)
    for first in range(0, len(spots) - 1, step):
        np.minimum(nearest, squares(x, y, spots[first : first + step + 1]).min(axis=0), out=nearest)
    ink: Array = np.clip((wide / 2 - np.sqrt(nearest)) / SOFT + 0.5, 0, 1)
    return ink.reshape(shape)


def squares(x: Array, y: Array, spots: Array) -> Array:
    """Return the squared distance of dots, (N,), from each straight line from spot to spot, (K, N)."""
    begins, ways = spots[:-1, :, None], np.diff(spots, axis=0)[:, :, None]
    lengths = (ways**2).sum(axis=1)
    dx, dy = x - begins[:, 0], y - begins[:, 1]
    share = np.clip((dx * ways[:, 0] + dy * ways[:, 1]) / np.where(lengths, lengths, 1), 0, 1)
    result: Array = (dx - share * ways[:, 0]) ** 2 + (dy - share * ways[:, 1]) ** 2
    return result
