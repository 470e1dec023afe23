"""How entries of a matrix are marked that a person has otherwise: outlined, and by a corner that needs no colour."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.panels.step.blocks import Block
from explorer.panels.step.matrix_frame import Frame
from explorer.panels.step.matrix_paint import Cell, cell_rect, paint_outline
from explorer.panels.theme import Palette

CORNER = 6
"""Pixels of the filled corner."""
MOST_PIXELS = 100
"""Cells of a heat map that are outlined one by one: of more, the whole is."""


def paint_wrong(
    painter: QPainter, frame: Frame, area: QRectF, block: Block, cells: Iterable[Cell], palette: Palette
) -> None:
    """Mark cells as wrong, each by itself; those of a heat map have no corner."""
    found, colour = frozenset(cells), palette.colour("bad")
    if frame.level is None:
        many = len(found) > MOST_PIXELS
        corners = ((0, 0), (block.rows - 1, block.columns - 1))
        paint_outline(painter, frame, area, block, corners if many else found, colour, whole=many)
        return
    painter.save()
    painter.setPen(QPen(colour, 1.6))
    for cell in found:
        rect = cell_rect(frame, area, block, cell).adjusted(1, 1, -1, -1)
        corner = rect.topRight()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        painter.setBrush(colour)
        painter.drawPolygon([corner, corner - QPointF(CORNER, 0), corner + QPointF(0, CORNER)])
    painter.restore()
