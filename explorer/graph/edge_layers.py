"""The edges into each layer: a few strongest as paths while they move, all of them as a smooth picture once they rest.

Painting thousands of smooth lines takes longer than a frame, so that is done in slices, once, and kept: a step that
leaves a layer's numbers alone, a pan and a zoom find it ready. Hundreds of thousands are a haze, which the strongest
lie upon as lines.
"""

from collections.abc import Generator, Iterator
from itertools import zip_longest
from math import ceil, sqrt

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene

from explorer.graph.colors import coloured
from explorer.graph.edges import LEVELS, EdgeItems, bins_of, pen_of
from explorer.graph.geometry import Floats, Layout
from explorer.graph.haze import Bytes, Haze
from explorer.graph.parts import NO_BUTTON
from explorer.graph.picture import Shown
from explorer.graph.strokes import path_of
from explorer.graph.style import GraphStyle
from explorer.graph.wires import between, strongest

FEW_EDGES = 200
"""Drawings of up to this many edges are smooth at once, and need no picture."""
SLICE = 40
"""Edges that are painted smoothly at once: about 1 ms, and few enough for both signs to be seen where they cross."""
MOST_PIXELS, MOST_HAZY = 6e6, 1.5e6
"""Of one layer's picture, and of a haze, whose sums take 32 bytes each; drawings zoomed further show pixels."""
AIR = 4.0
ON_HAZE = 80
"""Strongest edges that lie upon a haze as lines: few enough for it to be seen."""


class EdgeLayer:
    """The items of the edges into one layer.

    Attributes
    ----------
    drawn, shares
        The edges that are drawn at rest as lines, with their values over the largest.
    total, pairs
        Edges that the layer has, and those between units that are drawn.
    hazed
        Edges that are seen in the haze; 0 where there is none, or not yet.
    """

    def __init__(self, scene: QGraphicsScene, layout: Layout, layer: int, height: float) -> None:
        self._all = self.drawn = between(layout, layer)
        self.shares: Floats = np.zeros(len(self._all.layer))
        self.total = layout.columns[layer - 1].total * layout.columns[layer].total
        self.pairs = len(self._all.layer)
        self.hazed = 0
        self._units = layout.columns[layer - 1].units, layout.columns[layer].units
        self._items = EdgeItems(scene, height)
        self._image = QGraphicsPixmapItem()
        self._image.setZValue(height)
        self._image.setAcceptedMouseButtons(NO_BUTTON)
        scene.addItem(self._image)
        self._box = box_of(self._all.lines)
        self._image.setPos(self._box.topLeft())
        self._every = self.shares
        self._seen: Shown | None = None
        self._style: GraphStyle | None = None
        self._count = 0
        self._sharpness = 0.0

    @property
    def rests(self) -> bool:
        """Tell whether all edges are there, smooth."""
        return self._sharpness > 0 or self._count <= FEW_EDGES

    @property
    def is_hazy(self) -> bool:
        """Tell whether there are more edges than can be seen as lines."""
        return len(self.drawn.layer) < self.pairs

    @property
    def seen(self) -> int:
        """How many edges are there to be seen, at least."""
        return max(len(self.drawn.layer), self.hazed)

    def restyle(self, count: int, style: GraphStyle) -> None:
        """Take colours and widths for a drawing of that many edges in all layers."""
        self._count, self._style, self._seen = count, style, None
        self._items.restyle(count, style)

    def show(self, shown: Shown, at_rest: int, moving: int) -> bool:
        """Show an array; return whether it is another one than before.

        Parameters
        ----------
        at_rest, moving
            The most edges to draw as lines at rest, and while things move.
        """
        if self._seen is not None and same_numbers(self._seen, shown):
            return False
        self._seen = shown
        shares = self._every = shown.shares(np.ix_(*self._units))
        rows = strongest(shares, at_rest)
        whole = len(rows) == len(shares)
        self.drawn, self.shares = (self._all, shares) if whole else (self._all.pick(rows), shares[rows])
        fast = strongest(self.shares, moving)
        self._items.show(self.drawn.lines[fast], self.shares[fast])
        self._image.setVisible(False)
        self._sharpness, self.hazed = 0.0, 0
        return True

    def is_sharp(self, sharpness: float) -> bool:
        """Tell whether the picture is made for that many device pixels to one of the scene, or none is needed."""
        return self._count <= FEW_EDGES or self._sharpness == self._bounded(sharpness)

    def _bounded(self, sharpness: float) -> float:
        area = max(self._box.width() * self._box.height(), 1.0)
        return min(sharpness, sqrt((MOST_HAZY if self.is_hazy else MOST_PIXELS) / area))

    def painting(self, sharpness: float) -> Iterator[None]:
        """Paint all edges, weakest first, pausing after each slice; then show them in place of the paths."""
        style, box, sharpness = self._style, self._box, self._bounded(sharpness)
        if style is None or box.isEmpty():
            return
        if self.is_hazy:
            picture = yield from self._hazing(style, sharpness)
        else:
            picture = QPixmap(self._pixels(box.width(), sharpness), self._pixels(box.height(), sharpness))
            picture.setDevicePixelRatio(sharpness)
            picture.fill(Qt.GlobalColor.transparent)
        rows = strongest(self.shares, ON_HAZE) if self.is_hazy else slice(None)
        for level, lines in slices(self.drawn.lines[rows], self.shares[rows]):
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-box.left(), -box.top())
            painter.setPen(pen_of(level, self._count, style))
            painter.drawPath(path_of(lines))
            painter.end()
            yield
        self._show_image(picture)
        self._items.clear()
        self._sharpness = sharpness

    def _hazing(self, style: GraphStyle, sharpness: float) -> Generator[None, None, QPixmap]:
        """Return the haze of all edges; where nothing was seen of it before, show it as it grows."""
        haze, picture = self._haze(sharpness), QPixmap()
        colours = [coloured(style.values, float(sign)) for sign in (-1, 0, 1)]
        for is_block in haze.summing():
            yield
            if is_block:
                bands = []
                for band in haze.pixels(*colours):
                    bands.append(band)
                    yield
                picture = pixmap_of(np.hstack(bands), sharpness)
                if self._sharpness == 0:
                    self._show_image(picture)
                    self.hazed = haze.summed
                yield
        return picture

    def _haze(self, sharpness: float) -> Haze:
        """Return the haze in the picture's pixels: its columns end where the lines do."""
        box, lines = self._box, self._all.lines.reshape(*(len(units) for units in self._units), 4)
        columns = np.arange(self._pixels(box.width(), sharpness)) + 0.5
        along = (columns / sharpness + box.left() - lines[0, 0, 0]) / (lines[0, 0, 2] - lines[0, 0, 0])
        starts, ends = ((heights - box.top()) * sharpness for heights in (lines[:, 0, 1], lines[0, :, 3]))
        shares = self._every.reshape(lines.shape[:2])
        return Haze(starts, ends, shares, along, self._pixels(box.height(), sharpness))

    @staticmethod
    def _pixels(length: float, sharpness: float) -> int:
        return max(ceil(length * sharpness), 1)

    def _show_image(self, picture: QPixmap) -> None:
        self._image.setPixmap(picture)
        self._image.setVisible(True)


def pixmap_of(pixels: Bytes, sharpness: float) -> QPixmap:
    """Return premultiplied blue, green, red, alpha, (H, W, 4), as a picture of that many pixels to one of the scene."""
    rows, columns = pixels.shape[:2]
    data = np.ascontiguousarray(pixels)
    image = QImage(data.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
    picture = QPixmap.fromImage(image.copy())
    picture.setDevicePixelRatio(sharpness)
    return picture


def slices(edges: Floats, shares: Floats) -> Iterator[tuple[int, Floats]]:
    """Yield edges (E, 4) of one level, some at a time, the weakest first."""
    bins = bins_of(shares)
    for size in range(LEVELS + 1):
        parts = [[(level, part) for part in cut(edges[bins == level])] for level in sorted({-size, size})]
        for both in zip_longest(*parts):  # in turn: neither sign is to hide the other
            yield from filter(None, both)


def cut(lines: Floats) -> list[Floats]:
    """Return lines (E, 4) in slices."""
    return [lines[start : start + SLICE] for start in range(0, len(lines), SLICE)]


def box_of(lines: Floats) -> QRectF:
    """Return what lines (E, 4) cover, and some air."""
    if not len(lines):
        return QRectF()
    x1, y1, x2, y2 = lines.T  # one after another: over both axes at once it takes five times as long
    left, top = min(x1.min(), x2.min()) - AIR, min(y1.min(), y2.min()) - AIR
    return QRectF(left, top, max(x1.max(), x2.max()) + AIR - left, max(y1.max(), y2.max()) + AIR - top)


def same_numbers(old: Shown, new: Shown) -> bool:
    """Tell whether two arrays look the same as edges."""
    if old.values is None or new.values is None:
        return old.values is new.values
    return (old.whole is new.whole and old.name == new.name) or (
        old.largest == new.largest and old.values.shape == new.values.shape and np.array_equal(old.values, new.values)
    )
