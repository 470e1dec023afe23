"""The loss on the scene: a box with its symbol and value, and thin lines from the outputs that it is made of."""

import numpy as np
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsScene

from explorer.graph.formulas import FormulaItem
from explorer.graph.geometry import NAME_GAP, Layout
from explorer.graph.parts import Ring, TextItem, add_round, outline_item
from explorer.graph.picture import Picture
from explorer.graph.strokes import path_of
from explorer.graph.style import GraphStyle
from explorer.graph.typeset import Typesetter
from explorer.tape.numbers import shown as shown_number

LOSS = 10.0


class LossNode:
    """The items of the loss."""

    def __init__(self, scene: QGraphicsScene, typesetter: Typesetter, layout: Layout) -> None:
        box = layout.loss
        self._lines = outline_item(scene, 0.5, path_of(loss_lines(layout, layout.named)))
        frame, ring = QPainterPath(), QPainterPath()
        add_round(frame, box, 0.0, 8.0)
        add_round(ring, box, 4.5, 8.0)
        self._box, self._ring = outline_item(scene, LOSS, frame), Ring(scene, LOSS + 2, ring)
        middle = box.left + box.width / 2
        self._symbol = FormulaItem(scene, typesetter, LOSS + 1)
        self._symbol.place(middle, box.top + 19)
        self._value, self._before = TextItem(scene, LOSS + 1), TextItem(scene, LOSS + 1)
        self._value.place(middle, box.top + box.height - 15)
        self._before.place(middle, box.top + box.height + 17)
        self._style: GraphStyle | None = None

    def restyle(self, style: GraphStyle) -> None:
        """Take fonts and colours."""
        self._style = style
        self._lines.setPen(QPen(QColor(style.hairline), 1.2))
        self._value.restyle(style.number_font(style.normal), style.ink)
        self._before.restyle(style.number_font(style.small), style.muted)

    def update(self, picture: Picture, sharpness: float) -> None:
        """Show the value; a hollow box where there is none yet."""
        style, shown = self._style, picture.loss
        if style is None:
            return
        done = shown.values is not None
        self._box.setBrush(QColor(style.soft if done else style.card))
        self._box.setPen(QPen(QColor(style.muted), 1.2))
        self._ring.light(shown.light, style)
        self._symbol.show(shown.latex, 14.0, style.muted, sharpness)
        self._value.show_text("" if shown.values is None else shown_number(float(shown.values[0]), room=8))
        before = shown.notes[0].values if shown.notes else None
        self._before.show_text("" if before is None else f"was {shown_number(float(before[0]), room=8)}")

    def refresh(self) -> None:
        """Draw the symbol if it has been typeset meanwhile."""
        self._symbol.refresh()


def loss_lines(layout: Layout, room: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return a line from each output to the box, (C, 4), past the room of the classes' names."""
    column, box = layout.columns[-1], layout.loss
    start = column.x + column.half_width + 3 + (room + NAME_GAP - 2 if room else 0.0)
    middle = box.top + box.height / 2
    lines = np.empty((len(column.y), 4))
    lines[:, 0], lines[:, 1], lines[:, 2], lines[:, 3] = start, column.y, box.left, middle
    return lines
