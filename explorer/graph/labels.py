"""Symbols and shapes: above each column of units, and below each set of edges, with an outline for read and written."""

from collections.abc import Set as AbstractSet
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsScene

from explorer.graph.formulas import FormulaItem
from explorer.graph.geometry import FOOT, Box, Layout
from explorer.graph.parts import Ring, TextItem, add_round
from explorer.graph.picture import Light, Picture, Shown
from explorer.graph.style import GraphStyle
from explorer.graph.typeset import Typesetter

LABELS = 16.0
HEAD_BASELINE, HEAD_SHAPE = 28.0, 47.0
WEIGHT_SIZE, HEAD_SIZE, SMALLEST = 14.0, 17.0, 10.0
ROOM = 5.2
"""Room of a derivative's symbol, in font sizes."""
CHANGED = "≠ "
"""Stands before the shape of an array that is not what it should be, on purpose."""
SHAPE_ROOM = 48.0
"""Room of a shape, in pixels; in deeper networks only what the step reads and writes is labelled."""


class Label:
    """A symbol, its shape below it, and an outline when the current step reads or writes it."""

    def __init__(
        self, scene: QGraphicsScene, typesetter: Typesetter, spot: tuple[float, float], *, crowded: bool
    ) -> None:
        self._middle, self._baseline = middle, baseline = spot
        self._crowded = crowded
        self._symbol = FormulaItem(scene, typesetter, LABELS)
        self._symbol.place(middle, baseline)
        self._shape = TextItem(scene, LABELS)
        self._shape.place(middle, baseline + 18)
        self._outline = Ring(scene, LABELS - 1)
        self._framed = False
        self._shown: tuple[object, ...] = ()

    def restyle(self, style: GraphStyle) -> None:
        """Take fonts and colours."""
        self._shape.restyle(style.number_font(style.small), style.muted)
        self._outline.fill(QBrush(Qt.BrushStyle.NoBrush))

    def show(
        self, shown: Shown, pixels: float, style: GraphStyle, sharpness: float, *, quiet: bool, changed: bool = False
    ) -> None:
        """Show the array's symbol and shape; a quiet one is muted until it is lit, a crowded one is not there.

        ``changed`` says that a mistake on purpose changes what stands in the array.
        """
        wanted = shown.latex, shown.light, shown.written_shape, pixels, style, sharpness, quiet, changed
        if wanted == self._shown:
            return
        self._shown = wanted
        lit = shown.light is not Light.NONE
        role = style.muted if quiet and not lit else style.ink
        visible = lit or not self._crowded
        self._symbol.show(shown.latex if visible else "", pixels, role, sharpness)
        mark = CHANGED if changed else ""
        self._shape.show_text(mark + shape_text(shown.written_shape) if visible else "")
        self._outline.light(shown.light, style, 1.8)
        if lit and quiet:
            self._outline.fill(QBrush(QColor(style.card)))
        self._framed = lit and quiet
        self._draw_frame()

    def refresh(self) -> None:
        """Draw the symbol if it has been typeset meanwhile."""
        self._symbol.refresh()
        self._draw_frame()

    def _draw_frame(self) -> None:
        self._outline.set_path(self._frame() if self._framed else QPainterPath())

    def _frame(self) -> QPainterPath:
        path = QPainterPath()
        wide = max(self._symbol.width, self._shape.boundingRect().width()) + 18
        add_round(path, Box(self._middle - wide / 2, self._baseline - 18, wide, 46), 0.0, 6.0)
        return path


class Labels:
    """All labels of a layout."""

    def __init__(self, scene: QGraphicsScene, typesetter: Typesetter, layout: Layout) -> None:
        columns = layout.columns
        crowded, baseline = layout.pitch < SHAPE_ROOM, layout.height - FOOT + 18
        spots = [((left.x + right.x) / 2, baseline) for left, right in pairwise(columns)]
        self._heads = [Label(scene, typesetter, (column.x, HEAD_BASELINE), crowded=crowded) for column in columns]
        self._weights = [Label(scene, typesetter, spot, crowded=crowded) for spot in spots]
        fits = HEAD_SIZE if crowded else max(layout.pitch / ROOM, SMALLEST)
        self._head_size, self._weight_size = min(HEAD_SIZE, fits), min(WEIGHT_SIZE, fits)
        self._style: GraphStyle | None = None

    def restyle(self, style: GraphStyle) -> None:
        """Take fonts and colours."""
        self._style = style
        for label in (*self._heads, *self._weights):
            label.restyle(style)

    def update(self, picture: Picture, sharpness: float, changed: AbstractSet[str] = frozenset()) -> None:
        """Show the picture's symbols and shapes; the arrays of some names are marked as changed by a mistake."""
        if self._style is None:
            return
        rows = ((self._heads, picture.columns, self._head_size), (self._weights, picture.edges, self._weight_size))
        for labels, arrays, size in rows:
            for label, shown in zip(labels, arrays, strict=True):
                marked = shown.name in changed and shown.values is not None
                quiet = labels is self._weights
                label.show(shown, size, self._style, sharpness, quiet=quiet, changed=marked)

    def refresh(self) -> None:
        """Draw what has been typeset meanwhile."""
        for label in (*self._heads, *self._weights):
            label.refresh()


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape as people write it: 2×3, 5, and 1 for a scalar."""
    return "×".join(map(str, shape)) or "1"
