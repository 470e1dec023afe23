"""The edges on the scene: one path item for each bin of colour and width, never one for each edge."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from explorer.graph.colors import coloured
from explorer.graph.geometry import Floats, Ints
from explorer.graph.strokes import paths_of
from explorer.graph.style import GraphStyle

LEVELS = 8
THINNEST = 1.05
"""Opaque lines above 1.01 px are the fast ones (measured, see design.md)."""
WIDEST = ((40, 5.5), (400, 3.2), (1000, 1.8), (10_000, 1.3))
"""Widest line, by up to how many edges; with few edges even weak ones keep some colour."""
FLOOR = ((40, 0.30), (400, 0.12), (10_000, 0.0))
CONTRAST = ((40, 1.0), (400, 1.3), (6000, 3.5), (10_000, 6.0))
"""Least share of colour, and the power of the share: among many edges only the strong ones are to stand out."""


def by_count(table: tuple[tuple[int, float], ...], count: int) -> float:
    """Look up a number by the count of edges."""
    return next((value for most, value in table if count <= most), table[-1][1])


def bins_of(shares: Floats) -> Ints:
    """Return -8 ... 8 for finite values over the largest, (E,): the sign times the level; 0 for zero alone."""
    levels = np.minimum(np.ceil(np.abs(shares) * LEVELS), LEVELS)
    bins: Ints = np.copysign(levels, shares).astype(np.intp)
    return bins


def pen_of(level: int, count: int, style: GraphStyle) -> QPen:
    """Return the pen of a bin in a drawing of that many edges."""
    share = (max(abs(level) - 0.5, 0) / (LEVELS - 0.5)) ** by_count(CONTRAST, count)
    floor = by_count(FLOOR, count) if level else 0.0
    tint = coloured(style.values, np.sign(level) * (floor + (1 - floor) * share))
    pen = QPen(QColor(*tint.tolist()), THINNEST + share * (by_count(WIDEST, count) - THINNEST))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


class EdgeItems:
    """Seventeen path items, the strongest on top.

    Parameters
    ----------
    scene
        Where they are added.
    height
        Their z value.
    """

    def __init__(self, scene: QGraphicsScene, height: float) -> None:
        self._items = {level: QGraphicsPathItem() for level in range(-LEVELS, LEVELS + 1)}
        self._filled: set[int] = set()
        for level, item in self._items.items():
            item.setZValue(height + abs(level) / 100)
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            scene.addItem(item)

    def restyle(self, count: int, style: GraphStyle) -> None:
        """Take colours and widths for a drawing of that many edges."""
        for level, item in self._items.items():
            item.setPen(pen_of(level, count, style))

    def show(self, lines: Floats, shares: Floats) -> None:
        """Draw edges (E, 4) of finite values over the largest (E,)."""
        bins = bins_of(shares)
        order = np.argsort(bins, kind="stable")
        ends = np.cumsum(np.bincount(bins + LEVELS, minlength=2 * LEVELS + 1))
        for level, path in enumerate(paths_of(lines[order], ends), start=-LEVELS):
            if not path.isEmpty() or level in self._filled:
                self._items[level].setPath(path)
                (self._filled.discard if path.isEmpty() else self._filled.add)(level)

    def clear(self) -> None:
        """Draw none."""
        self.show(np.empty((0, 4)), np.empty(0))
