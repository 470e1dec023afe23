"""What a person points at or has chosen, lit: a unit with all of its edges on top, one edge, a pixel, or the loss."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsScene

from explorer.graph.edges import WIDEST, EdgeItems, by_count
from explorer.graph.geometry import Column, Floats, Kind, Layout, pixel_box, unit_box
from explorer.graph.parts import add_round, outline_item
from explorer.graph.picture import Picture
from explorer.graph.places import EdgePlace, LayerPlace, LossPlace, Place, UnitPlace
from explorer.graph.strokes import path_of
from explorer.graph.style import GraphStyle
from explorer.graph.wires import between, joining, strongest

NOTHING = np.empty((0, 4))
FEW = 400
MOST_LIT = 2000
"""Edges of a whole layer that are lit at once; of more, the strongest."""


class Highlight:
    """The items of one lit place."""

    def __init__(self, scene: QGraphicsScene, height: float, outline: float) -> None:
        self._halo = outline_item(scene, height)
        self._line = outline_item(scene, height + 0.1)
        self._edges = EdgeItems(scene, height + 0.2)
        self._outline = outline_item(scene, 20.0 + height)
        self._width = outline
        self._dark = True
        self._style: GraphStyle | None = None
        self._count = self._shown = 0

    def restyle(self, count: int, style: GraphStyle) -> None:
        """Take colours for a drawing of that many edges."""
        self._count, self._style, self._shown = count, style, 0
        self._widen(count)
        self._outline.setPen(QPen(QColor(style.ink), self._width))

    def _widen(self, count: int) -> None:
        """Take widths for that many lit edges: they stand out as if there were no others, but not as a smear."""
        style, count = self._style, min(self._count, max(count, FEW))
        if style is None or count == self._shown:
            return
        self._shown = count
        self._edges.restyle(count, style)
        halo = by_count(WIDEST, count) + 2
        for item, role, width in ((self._halo, "card", halo), (self._line, "ink", halo + 1)):
            item.setPen(QPen(style.colour(role), width, c=Qt.PenCapStyle.FlatCap))

    def show(self, layout: Layout, picture: Picture, place: Place | None) -> None:
        """Light a place with its edges, or none."""
        if place is None and self._dark:
            return
        self._dark = place is None
        lines, shares = edges_of(layout, picture, place)
        self._widen(len(lines))
        single = isinstance(place, EdgePlace) or (isinstance(place, LayerPlace) and len(lines) <= FEW)
        self._halo.setPath(path_of(NOTHING if single else lines))
        self._line.setPath(path_of(lines if single else NOTHING))
        self._edges.show(lines, shares)
        self._outline.setPath(outline_of(layout, place))


def edges_of(layout: Layout, picture: Picture, place: Place | None) -> tuple[Floats, Floats]:
    """Return the lines (E, 4) and the shares (E,) of all edges that belong to a place, folded or not."""
    match place:
        case UnitPlace(layer, unit):
            return own_edges(layout, picture, layer, unit)
        case EdgePlace(layer, source, target):
            shares = picture.edges[layer - 1].shares(([source], [target]))
            return joining(layout, layer, [source], [target]).lines, shares
        case LayerPlace(layer, edges=True):
            wires = between(layout, layer)
            units = layout.columns[layer - 1].units, layout.columns[layer].units
            shares = picture.edges[layer - 1].shares(np.ix_(*units))
            rows = strongest(shares, MOST_LIT)
            return wires.lines[rows], shares[rows]
        case _:
            return NOTHING, np.empty(0)


def own_edges(layout: Layout, picture: Picture, layer: int, unit: int) -> tuple[Floats, Floats]:
    """Return all edges into a unit and out of it."""
    lines, shares = [NOTHING], [np.empty(0)]
    every = slice(None)
    if layer > 0:
        lines.append(joining(layout, layer, np.arange(layout.columns[layer - 1].total), [unit]).lines)
        shares.append(picture.edges[layer - 1].shares((every, unit)))
    if layer < picture.depth:
        lines.append(joining(layout, layer + 1, [unit], np.arange(layout.columns[layer + 1].total)).lines)
        shares.append(picture.edges[layer].shares((unit, every)))
    return np.concatenate(lines), np.concatenate(shares)


def outline_of(layout: Layout, place: Place | None) -> QPainterPath:
    """Return the outline of a drawn unit, of a pixel and its cell, of an edge's two units, or of the loss."""
    path = QPainterPath()
    match place:
        case UnitPlace(layer, unit) if layer < len(layout.columns):
            outline_unit(path, layout.columns[layer], unit)
        case LayerPlace(layer, edges=False):
            outline_column(path, layout.columns[layer])
        case LossPlace():
            add_round(path, layout.loss, 3.0, 8.0)
        case _:
            pass
    return path


def outline_column(path: QPainterPath, column: Column) -> None:
    """Add the outlines of all drawn units; of a strip, the outline of the whole."""
    if column.kind is not Kind.STRIP:
        for unit in column.units.tolist():
            outline_unit(path, column, unit)
        return
    first, last = unit_box(column, 0), unit_box(column, len(column.units) - 1)
    whole = first._replace(height=last.top + last.height - first.top)
    add_round(path, whole, 1.5, 1.0)


def outline_unit(path: QPainterPath, column: Column, unit: int) -> None:
    """Add the outline of a unit, if it is drawn."""
    found = np.flatnonzero(column.units == unit)
    if not len(found):
        return
    box = unit_box(column, int(found[0]))
    if column.kind is not Kind.STRIP:
        add_round(path, box, 2.5, box.height / 2)
        return
    add_round(path, box, 1.5, 1.0)
    pixel = pixel_box(column, unit)
    if pixel is not None:
        add_round(path, pixel, 1.5, 1.0)
