"""The scene: builds the items of an architecture once, and then only gives them other colours, words and paths."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGraphicsScene

from explorer.graph.edge_layers import EdgeLayer
from explorer.graph.flow import Flow
from explorer.graph.geometry import Kind
from explorer.graph.highlight import Highlight
from explorer.graph.hits import place_at
from explorer.graph.labels import Labels
from explorer.graph.laying_out import lay_out
from explorer.graph.loss import LossNode
from explorer.graph.picture import Picture
from explorer.graph.places import Place, Spot
from explorer.graph.plain_between import PlainBetween
from explorer.graph.pulses import Pulses
from explorer.graph.rest import Rest
from explorer.graph.strip import StripColumn
from explorer.graph.style import GraphStyle
from explorer.graph.typeset import Typesetter
from explorer.graph.units import UnitColumn, widest
from explorer.graph.veil import Veil
from explorer.graph.wires import MOST_AT_REST, MOST_MOVING, MOST_OF_MORE, Wires, joined


class NetworkScene(QGraphicsScene):
    """The drawing of one picture at one size in one style.

    Signals
    -------
    more_seen
        Of very many edges, more are to be seen than before; ``remark`` tells how many.
    """

    more_seen = Signal()

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
        self._unfolded: frozenset[int] = frozenset()
        self._changed: frozenset[str] = frozenset()
        self._moving = False
        self.rest = Rest(self._settling, self)
        typesetter.ready.connect(self._typeset)

    @property
    def drawn(self) -> Wires:
        """The edges that are drawn at rest."""
        return joined([edges.drawn for edges in self._edges])

    @property
    def unfolded(self) -> frozenset[int]:
        """The layers that show all of their units, however many."""
        return self._unfolded

    @property
    def foldable(self) -> frozenset[int]:
        """The layers that are folded, or would be."""
        columns = self.layout.columns if self._built is not None else ()
        return frozenset(layer for layer, column in enumerate(columns) if column.fold is not None)

    def unfold(self, layers: AbstractSet[int]) -> None:
        """Show all units of these layers, and fold the others."""
        self._unfolded = frozenset(layers)
        self._draw()

    def set_moving(self, moving: bool) -> None:
        """Show the strongest edges, fast, while values stream in, and all of them again once they rest."""
        self._moving = moving
        self.rest.allow(not moving)

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
        if self._moving and self._built is not None:
            self._show_words()
        self.rest.disturb()

    def show_picture(self, picture: Picture) -> None:
        """Show another picture; of another network, what was lit is gone."""
        if self._picture is not None and picture.sizes != self._picture.sizes:
            self._lit = (None, None)
        self._picture = picture
        self._draw()

    def mark(self, picture: Picture) -> None:
        """Take a picture that differs in nothing but what was measured."""
        self._picture = picture
        if self._built is not None:
            for column in self._columns:
                column.mark(picture)

    def mark_changed(self, names: AbstractSet[str]) -> None:
        """Mark the arrays of these names: a mistake on purpose changes what stands in them."""
        if names != self._changed:
            self._changed = frozenset(names)
            if self._built is not None:
                self._show_words()

    def light(self, hovered: Place | None, selected: Place | None) -> None:
        """Light what a person points at and what is chosen."""
        if (hovered, selected) != self._lit:
            self._lit = (hovered, selected)
            if self._built is not None:
                self._show_lit()

    def begin_pulses(self, flow: Flow) -> None:
        """Let values travel as a step moves them, once ``show_pulses`` is called."""
        if self._picture is not None and self._built is not None:
            self._pulses.begin(self.layout, self._picture, flow)

    def show_pulses(self, share: float) -> None:
        """Show where travelling values are after a share of their time, 0 to 1; at 1 they are gone."""
        if self._built is not None:
            self._pulses.show(share)

    def place_at(self, x: float, y: float, zoom: float) -> Spot | None:
        """Return what lies under a point of the scene."""
        return place_at(self.layout, self.drawn, x, y, zoom) if self._built is not None else None

    @property
    def remark(self) -> str:
        """How many edges are drawn of how many, in words; empty where it shows all."""
        if self._built is None:
            return ""
        drawn, total = sum(edges.seen for edges in self._edges), sum(edges.total for edges in self._edges)
        pairs = sum(edges.pairs for edges in self._edges)
        hazed = any(edges.hazed for edges in self._edges)
        if self._moving and pairs > MOST_MOVING:
            return f"training: {MOST_MOVING:,} of {total:,} edges"
        if drawn < pairs:
            return f"{drawn:,} of {total:,} edges so far"
        if hazed and pairs == total:
            return f"all {total:,} edges, weak ones as a haze"
        return f"{drawn:,} of {total:,} edges, others folded" if drawn < total else ""

    def _draw(self) -> None:
        """Bring the items up to date, and build them first where the architecture, size or style is another."""
        if self._picture is None or self._style is None or min(self._size) <= 0:
            return
        wanted = (*self._picture.architecture, self._size, self._style, self._unfolded)
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
        self.layout = layout = lay_out(
            picture.sizes, picture.image_shape, *self._size, self._unfolded, widest(picture.classes, style)
        )
        self._edges = [EdgeLayer(self, layout, layer, 1.0) for layer in range(1, len(layout.columns))]
        self._plain = PlainBetween(self, 0.9, 1.5)
        self._veil = Veil(self, layout, 1.6)
        self._highlights = (Highlight(self, 3.0, 1.6), Highlight(self, 2.0, 2.4))
        self._columns = [self._column(layer) for layer in range(len(layout.columns))]
        self._labels = Labels(self, self._typesetter, layout)
        self._loss = LossNode(self, self._typesetter, layout)
        for part in (*self._columns, self._labels, self._loss):
            part.restyle(style)
        self._veil.restyle(style)
        self._pulses = Pulses(self, 4.0, style)
        count = sum(edges.pairs for edges in self._edges)
        for edges in self._edges:
            edges.restyle(count, style)
        for highlight in self._highlights:
            highlight.restyle(count, style)

    def _column(self, layer: int) -> UnitColumn | StripColumn:
        column = self.layout.columns[layer]
        if column.kind is Kind.STRIP:
            return StripColumn(self, column, layer)
        return UnitColumn(self, column, layer, self.layout.named)

    def _show_words(self) -> None:
        if self._picture is not None:
            self._labels.update(self._picture, self._sharpness, self._changed)
            self._loss.update(self._picture, self._sharpness)

    def _show_edges(self, picture: Picture) -> None:
        pairs = [edges.pairs for edges in self._edges]
        changed = False
        for edges, shown, rest, moving in zip(
            self._edges, picture.edges, at_rest(pairs), dealt(pairs, MOST_MOVING), strict=True
        ):
            changed |= edges.show(shown, rest, moving)
        if changed:
            self._plain.set_plain(not all(edges.rests for edges in self._edges))
            self.rest.disturb()

    def _show_lit(self) -> None:
        if self._picture is None:
            return
        for highlight, place in zip(self._highlights, self._lit, strict=True):
            highlight.show(self.layout, self._picture, place)
        self._veil.show(self._lit[1])

    def _settling(self) -> Iterator[None]:
        """Make what takes longer than a frame: sharp symbols, and all edges, smooth."""
        if self._built is None:
            return
        self._show_words()
        for edges in self._edges:
            if not edges.is_sharp(self._sharpness):
                yield from self._painting(edges)
        self._plain.set_plain(False)

    def _painting(self, edges: EdgeLayer) -> Iterator[None]:
        """Paint all edges into a layer, and tell as more of them are to be seen."""
        seen = edges.seen
        for _ in edges.painting(self._sharpness):
            if edges.seen != seen:
                seen = edges.seen
                self.more_seen.emit()
            yield

    @Slot()
    def _typeset(self) -> None:
        if self._built is not None:
            self._labels.refresh()
            self._loss.refresh()


def at_rest(pairs: list[int]) -> list[int]:
    """Return how many edges each layer has as lines: all, or where that is too many, the strongest, over a haze."""
    return pairs if sum(pairs) <= MOST_AT_REST else [min(count, MOST_OF_MORE) for count in pairs]


def dealt(pairs: list[int], most: int) -> list[int]:
    """Return how many edges each layer may draw: ``most`` in all, equally many where they have more than that."""
    granted, left = [0] * len(pairs), most
    for rank, layer in enumerate(sorted(range(len(pairs)), key=pairs.__getitem__)):
        granted[layer] = min(pairs[layer], left // (len(pairs) - rank))
        left -= granted[layer]
    return granted
