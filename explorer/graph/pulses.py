"""Values that travel along the edges as a step is taken: short strokes, blue for positive and orange for negative."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsScene

from explorer.graph.flow import Flow, Way
from explorer.graph.geometry import Floats, Layout
from explorer.graph.loss import loss_lines
from explorer.graph.parts import outline_item
from explorer.graph.picture import Picture, Shown
from explorer.graph.strokes import path_of
from explorer.graph.style import GraphStyle
from explorer.graph.wires import between, strongest

MOST, TAIL, WIDTH, RIM = 48, 0.12, 5.0, 3.0
"""Strokes at once, their length as a share of an edge's, their width in pixels, and that of the ground around them."""

NOTHING = np.empty((0, 4))


class Pulses:
    """Two items, for positive and negative, and the ground around both: edges have these colours too."""

    def __init__(self, scene: QGraphicsScene, height: float, style: GraphStyle) -> None:
        colours = style.values.positive, style.values.negative
        self._rim = outline_item(scene, height - 0.1)
        self._rim.setPen(QPen(QColor(style.card), WIDTH + RIM, c=Qt.PenCapStyle.RoundCap))
        self._items = [outline_item(scene, height) for _ in colours]
        for item, colour in zip(self._items, colours, strict=True):
            item.setPen(QPen(QColor(colour), WIDTH, c=Qt.PenCapStyle.RoundCap))
        self._ways: list[Floats] = []

    def begin(self, layout: Layout, picture: Picture, flow: Flow) -> None:
        """Choose which values travel, and from where to where."""
        lines, values = travellers(layout, picture, flow)
        rows = strongest(values, MOST)
        lines, values = lines[rows], values[rows]
        self._ways = [directed(lines[sign * values > 0], flow.way) for sign in (1, -1)]

    def show(self, share: float) -> None:
        """Show the strokes at a share of their way, 0 to 1; at 1 they are gone."""
        if share >= 1:
            self._ways = []
        lines = [strokes(ways, share) for ways in self._ways] or [NOTHING, NOTHING]
        self._rim.setPath(path_of(np.concatenate(lines)))
        for item, pieces in zip(self._items, lines, strict=True):
            item.setPath(path_of(pieces))


def travellers(layout: Layout, picture: Picture, flow: Flow) -> tuple[Floats, Floats]:
    """Return lines (E, 4) with what travels along each, (E,): a unit's value times the weight; zeros stay at home."""
    if flow.layer > picture.depth:
        return loss_lines(layout, 0.0), unit_values(picture.columns[-1])[layout.columns[-1].units]
    left, right = layout.columns[flow.layer - 1 : flow.layer + 1]
    wires, values = between(layout, flow.layer), picture.edges[flow.layer - 1].shares(np.ix_(left.units, right.units))
    if flow.way is Way.FORWARD:
        values = values * unit_values(picture.columns[flow.layer - 1])[wires.source]
    elif flow.way is Way.BACKWARD:
        values = values * unit_values(picture.columns[flow.layer])[wires.target]
    return wires.lines, values


def unit_values(shown: Shown) -> Floats:
    """Return the values at the units of a layer, finite; zeros where there are none yet."""
    return np.zeros(shown.shape[-1]) if shown.values is None else np.nan_to_num(np.asarray(shown.values, np.float64))


def directed(lines: Floats, way: Way) -> Floats:
    """Return the lines from where the values start to where they end: at the middle where they meet."""
    ends = [lines if start == 0 else lines[:, [2, 3, 0, 1]] for start in way.value]
    if way is Way.MEETING:
        ends = [np.hstack([end[:, :2], (end[:, :2] + end[:, 2:]) / 2]) for end in ends]
    return np.concatenate(ends)


def strokes(ways: Floats, share: float) -> Floats:
    """Return the pieces of lines that are covered at a share of the way."""
    start, way = ways[:, :2], ways[:, 2:] - ways[:, :2]
    return np.hstack([start + max(share - TAIL, 0.0) * way, start + share * way])
