"""Where curves leave the axis: a small arrow beyond the edge says that there is more, above or below."""

from collections.abc import Mapping

import numpy as np
from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from explorer.panels.training.axis import Frame
from explorer.panels.training.curves import Points
from explorer.panels.training.strokes import Stroke

APART = 14
"""Pixels between two arrows of a curve."""
WIDE, HIGH = 3.5, 4.0
"""Pixels of an arrow: half of its width, and its height."""
ROUNDING = 1e-6
"""Share of the axis by which a value on its end may seem to lie beyond."""


class Cut(Struct, frozen=True):
    """A place at which a curve lies beyond the axis: its share of the way from left to right, and at which end."""

    name: str
    across: float
    above: bool


def cuts(points: Mapping[str, Points], frame: Frame, width: float) -> tuple[Cut, ...]:
    """Return where curves lie beyond the axis of a frame, so far apart on so many pixels that arrows stand."""
    found = []
    low, high = frame.axis.ends
    spare = ROUNDING * (high - low)
    first, last = frame.scale.place(frame.left), frame.scale.place(frame.right)
    for name, (x, y) in points.items():
        if not len(y) or frame.axis.bottom <= y.min() <= y.max() <= frame.axis.top:
            continue
        inside = (x >= frame.left) & (x <= frame.right)
        places = frame.axis.place(y[inside])
        across = (frame.scale.places(x[inside]) - first) / (last - first)
        for above, beyond in ((True, places > high + spare), (False, places < low - spare)):
            columns = np.unique(np.round(across[beyond] * width / APART)) * APART / max(width, 1)
            found += [Cut(name, min(column, 1.0), above) for column in columns.tolist()]
    return tuple(found)


def paint_cuts(painter: QPainter, found: tuple[Cut, ...], strokes: Mapping[str, Stroke], plane: QRectF) -> None:
    """Paint an arrow beyond the edge at each place, in the colour of its curve."""
    painter.setPen(Qt.PenStyle.NoPen)
    for cut in found:
        x = plane.left() + cut.across * plane.width()
        foot, tip = (plane.top() - 1, -HIGH) if cut.above else (plane.bottom() + 1, HIGH)
        painter.setBrush(QColor(strokes[cut.name].colour))
        painter.drawPolygon(QPolygonF([QPointF(x - WIDE, foot), QPointF(x + WIDE, foot), QPointF(x, foot + tip)]))
