"""The scene: builds the items of an architecture once, and then only gives them other colours, words and paths."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGraphicsScene

from explorer.graph.edges import EdgeItems
from explorer.graph.geometry import Floats, Ints, Kind, Layout, lay_out
from explorer.graph.highlight import Highlight
from explorer.graph.hits import place_at
from explorer.graph.labels import Labels
from explorer.graph.loss import LossNode
from explorer.graph.picture import Picture
from explorer.graph.places import Place
from explorer.graph.strip import StripColumn
from explorer.graph.style import GraphStyle
from explorer.graph.typeset import Typesetter
from explorer.graph.units import UnitColumn
from explorer.graph.wires import Wires, all_wires, strongest


class NetworkScene(QGraphicsScene):
    """The drawing of one picture at one size in one style."""

    def __init__(self, typesetter: Typesetter) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._typesetter = typesetter
        self._style: GraphStyle | None = None
        self._picture: Picture | None = None
        self._size = (0.0, 0.0)
        self._sharpness = 1.0
        self._built: tuple[object, ...] | None = None
        self._lit: tuple[Place | None, Place | None] = (None, None)
        typesetter.ready.connect(self._typeset)

    @property
    def edge_count(self) -> int:
        """Number of edges that are drawn."""
        return len(self.drawn.layer) if self._built is not None else 0

    def set_style(self, style: GraphStyle) -> None:
        """Take other colours and fonts."""
        self._style = style
        self.setBackgroundBrush(style.colour("card"))
        self._built = None
        self._draw()

    def set_size(self, width: float, height: float) -> None:
        """Lay the drawing out for a view of that size."""
        self._size = (width, height)
        self._draw()

    def set_sharpness(self, sharpness: float) -> None:
        """Draw symbols for that many device pixels to one of the scene."""
        self._sharpness = sharpness
        if self._built is not None:
            self._show_words()

    def show_picture(self, picture: Picture) -> None:
        """Show another picture."""
        self._picture = picture
        self._draw()

    def light(self, hovered: Place | None, selected: Place | None) -> None:
        """Light what a person points at and what is chosen."""
        if (hovered, selected) != self._lit:
            self._lit = (hovered, selected)
            if self._built is not None:
                self._show_lit()

    def place_at(self, x: float, y: float, zoom: float) -> Place | None:
        """Return what lies under a point of the scene."""
        return place_at(self.layout, self.drawn, x, y, zoom) if self._built is not None else None

    @property
    def remark(self) -> str:
        """What the drawing leaves out, in words; empty where it shows all."""
        if self._built is None:
            return ""
        parts = []
        if any(column.folded for column in self.layout.columns):
            parts.append("edges of folded units are not drawn")
        if len(self.drawn.layer) < len(self._wires.layer):
            parts.append(f"the {len(self.drawn.layer):,} strongest of {len(self._wires.layer):,} edges")
        return "; ".join(parts)

    def _draw(self) -> None:
        """Bring the items up to date, and build them first where the architecture, size or style is another."""
        if self._picture is None or self._style is None or min(self._size) <= 0:
            return
        wanted = (*self._picture.architecture, self._size, self._style)
        if wanted != self._built:
            self._build(self._picture, self._style)
            self._built = wanted
        for column in self._columns:
            column.update(self._picture)
        self._show_words()
        self._show_edges(self._picture)
        self._show_lit()

    def _build(self, picture: Picture, style: GraphStyle) -> None:
        self.clear()
        self.layout = layout = lay_out(picture.sizes, picture.image_shape, *self._size)
        self._wires = self.drawn = all_wires(layout)
        self._shares = np.zeros(len(self._wires.layer))
        self._edges = EdgeItems(self, 1.0)
        self._highlights = (Highlight(self, 3.0, 1.6), Highlight(self, 2.0, 2.4))
        self._columns = [self._column(layer) for layer in range(len(layout.columns))]
        self._labels = Labels(self, self._typesetter, layout)
        self._loss = LossNode(self, self._typesetter, layout, classes=bool(picture.classes))
        for part in (*self._columns, self._labels, self._loss):
            part.restyle(style)
        for edges in (self._edges, *self._highlights):
            edges.restyle(len(self._wires.layer), style)

    def _column(self, layer: int) -> UnitColumn | StripColumn:
        column = self.layout.columns[layer]
        return (StripColumn if column.kind is Kind.STRIP else UnitColumn)(self, column, layer)

    def _show_words(self) -> None:
        if self._picture is not None:
            self._labels.update(self._picture, self._sharpness)
            self._loss.update(self._picture, self._sharpness)

    def _show_edges(self, picture: Picture) -> None:
        shares = edge_shares(picture, self.layout)
        rows = strongest(self._wires, np.abs(shares))
        self.drawn, self._shares = picked(self._wires, shares, rows)
        self._edges.show(self.drawn.lines, self._shares)

    def _show_lit(self) -> None:
        for highlight, place in zip(self._highlights, self._lit, strict=True):
            highlight.show(self.layout, self.drawn, self._shares, place)

    @Slot()
    def _typeset(self) -> None:
        if self._built is not None:
            self._labels.refresh()
            self._loss.refresh()


def edge_shares(picture: Picture, layout: Layout) -> Floats:
    """Return each edge's value over the largest of its layer, (E,), in the order of ``all_wires``."""
    columns = layout.columns
    parts = []
    for layer, shown in enumerate(picture.edges, start=1):
        if shown.values is None:
            parts.append(np.zeros(len(columns[layer - 1].units) * len(columns[layer].units)))
        else:
            drawn = shown.values[np.ix_(columns[layer - 1].units, columns[layer].units)]
            parts.append(np.nan_to_num(drawn.ravel() / shown.largest, nan=0.0, posinf=1.0, neginf=-1.0))
    return np.concatenate(parts)


def picked(wires: Wires, shares: Floats, rows: Ints) -> tuple[Wires, Floats]:
    """Return some of the edges with their shares; all of them as they are."""
    return (wires, shares) if len(rows) == len(shares) else (wires.pick(rows), shares[rows])
