"""The curves themselves, by pyqtgraph: the one file that imports it, and imported late, for it takes 0.45 s.

Only a bare view box is used, without axes, menus and mouse: ticks and words are painted by ``plot_area``, in the
window's own look, and a hidden axis would still cost as much as a curve.
"""

from collections.abc import Mapping

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt

Points = tuple[NDArray[np.float64], NDArray[np.float64]]
STRONG = 1.5
FAINT = "minibatch"
CEILING = 4.0
"""Points far above the axis are drawn at that many times its height: beyond the edge, within a painter's numbers."""


class Curves(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """A transparent pane of named curves; ``order`` names them from the lowest to the topmost.

    Qt paints lines wider than a pixel several times slower: they are that only at rest.
    """

    def __init__(self, order: tuple[str, ...]) -> None:
        super().__init__(background=None)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for part in (self.viewport(), self):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCacheMode(self.CacheModeFlag.CacheNone)  # a cached ground would be opaque
        self.viewport().setAutoFillBackground(False)
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self._box.disableAutoRange()
        self.setCentralItem(self._box)
        self._colours: dict[str, str] = dict.fromkeys(order, "#000000")
        self._resting = True
        self._power = 0  # values are drawn over two to that power: exact, and of a size that a painter can scale
        self._curves = {name: pg.PlotCurveItem(antialias=True) for name in order}
        for curve in self._curves.values():
            self._box.addItem(curve, ignoreBounds=True)

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Draw each curve in its colour, "#RRGGBB"."""
        self._colours.update(colours)
        self._set_pens()

    def set_resting(self, resting: bool) -> None:
        """Draw the topmost curves stronger at rest, and as fast as can be while training runs."""
        if resting != self._resting:
            self._resting = resting
            self._set_pens()

    def _set_pens(self) -> None:
        for name, curve in self._curves.items():
            width = STRONG if self._resting and name != FAINT else 1
            curve.setPen(pg.mkPen(self._colours[name], width=width))

    def draw(self, points: Mapping[str, Points], right: float, top: float, margin: tuple[float, float]) -> None:
        """Show the points from 0 to ``right`` and from 0 to ``top``.

        Parameters
        ----------
        points
            Steps and values of each curve; copied, because pyqtgraph keeps what it is given.
        margin
            What lies beyond each end, in units of the two axes.
        """
        self._power = int(np.frexp(top)[1])
        for name, (x, y) in points.items():
            self._curves[name].setData(x.copy(), np.ldexp(np.minimum(y, CEILING * top), -self._power))
        beside, low, high = margin[0], -margin[1], top + margin[1]
        heights = np.ldexp((low, high), -self._power).tolist()
        self._box.setRange(xRange=(-beside, right + beside), yRange=heights, padding=0)
        self.scene().prepareForPaint()  # else the first painting moves the curves, and asks for a second

    def points(self, name: str) -> Points:
        """Return what is drawn."""
        x, y = self._curves[name].getData()
        nothing = np.empty(0)
        return (nothing, nothing) if x is None else (x, np.ldexp(y, self._power))
