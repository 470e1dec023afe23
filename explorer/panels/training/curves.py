"""The curves themselves: a pane of path items, which Qt paints without Python while a network trains.

Points are placed in pixels here and nowhere transformed: ticks and words are painted by ``plot_area``, below the pane.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QFrame, QGraphicsPathItem, QGraphicsScene, QGraphicsView, QWidget

from explorer.graph.strokes import curve_of
from explorer.panels.training.axis import AnyAxis, Frame, Values, round_axis
from explorer.panels.training.strokes import Stroke

Points = tuple[NDArray[np.float64], NDArray[np.float64]]
STRONG = 1.5
THIN = 0
"""A pen of no width is a pixel wide, and an item's bounds are then those of its points, which cost nothing."""


class Curves(QGraphicsView):
    """A transparent pane of named curves, in the order of their strokes from the lowest to the topmost.

    Qt paints lines wider than a pixel several times slower: they are that only at rest.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for part in (self.viewport(), self):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self._strokes: dict[str, Stroke] = {}
        self._items: dict[str, QGraphicsPathItem] = {}
        self._drawn: dict[str, Points] = {}
        self._axis: AnyAxis = round_axis(1.0)
        self._resting = True

    def set_strokes(self, strokes: Mapping[str, Stroke]) -> None:
        """Draw these curves so, and no others; a curve that is new is empty at first."""
        if strokes == self._strokes and list(strokes) == list(self._strokes):
            return
        for name in self._items.keys() - strokes.keys():
            self.scene().removeItem(self._items.pop(name))
            self._drawn.pop(name, None)
        for place, name in enumerate(strokes):
            if name not in self._items:
                self._items[name] = self.scene().addPath(QPainterPath())
            self._items[name].setZValue(place)
        self._strokes = dict(strokes)
        self._set_pens()

    @property
    def strokes(self) -> Mapping[str, Stroke]:
        """How each curve is drawn."""
        return self._strokes

    def set_resting(self, resting: bool) -> None:
        """Draw the topmost curves stronger at rest, and as fast as can be while training runs."""
        if resting != self._resting:
            self._resting = resting
            self._set_pens()

    def _set_pens(self) -> None:
        for name, stroke in self._strokes.items():
            width = STRONG if self._resting and stroke.strong else THIN
            style = Qt.PenStyle.DashLine if stroke.dashed else Qt.PenStyle.SolidLine
            self._items[name].setPen(QPen(QColor(stroke.colour), width, style))

    def draw(self, points: Mapping[str, Points], frame: Frame) -> None:
        """Show each curve's steps and values within a frame, which reaches beyond the axes at all four edges."""
        across, high = self.width(), self.height()
        self.setSceneRect(0, 0, across, high)
        self._axis = frame.axis
        for name, item in self._items.items():
            if name in points:
                x, y = points[name][0].copy(), frame.axis.place(points[name][1])
                self._drawn[name] = x, y
                ends = frame.scale.place(frame.left), frame.scale.place(frame.right)
                beside = share(frame.scale.places(x), *ends, frame.beside)
                above = share(y, *frame.axis.ends, frame.above)
                item.setPath(curve_of(across * beside, high * (1 - above)))
            elif self._drawn.pop(name, None) is not None:
                item.setPath(QPainterPath())

    def points(self, name: str) -> Points:
        """Return what is drawn."""
        x, y = self._drawn.get(name, (np.empty(0), np.empty(0)))
        return x, self._axis.value(y)


def share(numbers: Values, low: float, high: float, beyond: float) -> Values:
    """Return where numbers lie between two, with a share ``beyond`` of that added at each end: 0 to 1."""
    return ((numbers - low) / (high - low) + beyond) / (1 + 2 * beyond)
