"""A veil over all edges, under those of the chosen unit: what belongs to it stands out, the rest is dim."""

from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene

from explorer.graph.geometry import Layout
from explorer.graph.parts import NO_BUTTON
from explorer.graph.places import EdgePlace, Place, UnitPlace
from explorer.graph.style import GraphStyle

DIM = 0.72


class Veil:
    """A sheet of the ground's colour, between the first units and the loss."""

    def __init__(self, scene: QGraphicsScene, layout: Layout, height: float) -> None:
        self._item = QGraphicsRectItem(layout.columns[0].x, 0, layout.loss.left - layout.columns[0].x, layout.height)
        self._item.setPen(QColor(0, 0, 0, 0))
        self._item.setZValue(height)
        self._item.setAcceptedMouseButtons(NO_BUTTON)
        self._item.setVisible(False)
        scene.addItem(self._item)

    def restyle(self, style: GraphStyle) -> None:
        """Take another ground."""
        ground = QColor(style.card)
        ground.setAlphaF(DIM)
        self._item.setBrush(QBrush(ground))

    def show(self, chosen: Place | None) -> None:
        """Dim the edges while a unit or an edge is chosen."""
        self._item.setVisible(isinstance(chosen, UnitPlace | EdgePlace))
