"""The curves themselves, by pyqtgraph: the one file that imports it, and imported late, for it takes 0.45 s.

Only a bare view box is used, without axes, menus and mouse: ticks and words are painted by ``plot_area``, in the
window's own look, and a hidden axis would still cost as much as a curve.
"""

from collections.abc import Mapping

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from explorer.panels.training.axis import AnyAxis, Frame, round_axis
from explorer.panels.training.strokes import Stroke

Points = tuple[NDArray[np.float64], NDArray[np.float64]]
STRONG = 1.5


class Curves(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """A transparent pane of named curves, in the order of their strokes from the lowest to the topmost.

    Qt paints lines wider than a pixel several times slower: they are that only at rest.
    """

    def __init__(self) -> None:
        super().__init__(background=None)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for part in (self.viewport(), self):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCacheMode(self.CacheModeFlag.CacheNone)  # a cached ground would be opaque
        self.viewport().setAutoFillBackground(False)
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self._box.disableAutoRange()
        self.setCentralItem(self._box)
        self._strokes: dict[str, Stroke] = {}
        self._curves: dict[str, pg.PlotCurveItem] = {}
        self._resting = True
        self._axis: AnyAxis = round_axis(1.0)

    def set_strokes(self, strokes: Mapping[str, Stroke]) -> None:
        """Draw these curves so, and no others; a curve that is new is empty at first."""
        if strokes == self._strokes and list(strokes) == list(self._strokes):
            return
        for name in self._curves.keys() - strokes.keys():
            self._box.removeItem(self._curves.pop(name))
        for name in strokes:
            if name not in self._curves:
                self._curves[name] = pg.PlotCurveItem(antialias=True)
                self._box.addItem(self._curves[name], ignoreBounds=True)
        for place, name in enumerate(strokes):
            self._curves[name].setZValue(place)
        self._strokes = dict(strokes)
        self._set_pens()

    def set_resting(self, resting: bool) -> None:
        """Draw the topmost curves stronger at rest, and as fast as can be while training runs."""
        if resting != self._resting:
            self._resting = resting
            self._set_pens()

    def _set_pens(self) -> None:
        for name, stroke in self._strokes.items():
            width = STRONG if self._resting and stroke.strong else 1
            style = Qt.PenStyle.DashLine if stroke.dashed else Qt.PenStyle.SolidLine
            self._curves[name].setPen(pg.mkPen(stroke.colour, width=width, style=style))

    def draw(self, points: Mapping[str, Points], frame: Frame) -> None:
        """Show each curve's steps and values within a frame; copied, for pyqtgraph keeps what it is given."""
        self._axis = frame.axis
        for name, curve in self._curves.items():
            if name in points:
                x, y = points[name]
                curve.setData(x.copy(), frame.axis.place(y))
            elif curve.xData is not None and len(curve.xData):
                curve.setData(np.empty(0), np.empty(0))
        beside = frame.beside * (frame.right - frame.left)
        low, high = frame.axis.ends
        above = frame.above * (high - low)
        across = (frame.left - beside, frame.right + beside)
        self._box.setRange(xRange=across, yRange=(low - above, high + above), padding=0)
        self.scene().prepareForPaint()  # else the first painting moves the curves, and asks for a second

    def points(self, name: str) -> Points:
        """Return what is drawn."""
        x, y = self._curves[name].getData()
        nothing = np.empty(0)
        return (nothing, nothing) if x is None else (x, self._axis.value(y))
