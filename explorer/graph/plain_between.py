"""Two items that paint nothing: between them the painter draws without antialiasing, as long as edges move.

Qt knows this hint for a whole view alone; a view that does not protect the painter's state passes it on from item to
item, so that units and outlines stay smooth while thousands of edges are drawn fast.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

EVERYWHERE = QRectF(-1e5, -1e5, 2e5, 2e5)


class Smoothness(QGraphicsItem):
    """Switches antialiasing on or off for what is painted after it."""

    def __init__(self, smooth: bool) -> None:
        super().__init__()
        self._smooth = smooth

    def boundingRect(self) -> QRectF:
        """Return everything: it counts wherever something is painted."""
        return EVERYWHERE

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint nothing, and switch."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._smooth)


class PlainBetween:
    """A band of z values that is painted plainly while ``plain`` is set."""

    def __init__(self, scene: QGraphicsScene, low: float, high: float) -> None:
        self._items = Smoothness(smooth=False), Smoothness(smooth=True)
        for item, height in zip(self._items, (low, high), strict=True):
            item.setZValue(height)
            item.setVisible(False)
            scene.addItem(item)

    def set_plain(self, plain: bool) -> None:
        """Paint plainly, or smoothly like everything else."""
        for item in self._items:
            item.setVisible(plain)
