"""Formulas in widgets as kept pictures: a step paints a dozen, most of which were painted a moment ago."""

from collections import OrderedDict
from math import ceil, floor

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from explorer.graph.typeset import Formula

MOST = 512
"""Pictures that are kept, those that were used last; a few kB each."""
FINE = 4
"""Places within a pixel, across and down, that are told apart: a symbol stands where it is laid out."""
AIR = 1
Key = tuple[int, float, int, float, int, int]
_kept: OrderedDict[Key, tuple[Formula, QPixmap]] = OrderedDict()


def stamp(formula: Formula, painter: QPainter, left: float, baseline: float, pixels: float, colour: QColor) -> None:
    """Paint a formula with its left edge and baseline at that point, of a painter that is moved at most.

    Where there is no room for any, nothing is painted.
    """
    if pixels <= 0:
        return
    ratio = painter.device().devicePixelRatioF()
    x, y = round(left * ratio * FINE), round((baseline - formula.ascent(pixels)) * ratio * FINE)
    across, down = x % FINE, y % FINE
    key = (id(formula), round(pixels, 3), colour.rgba(), ratio, across, down)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = formula, _picture(formula, pixels, colour, ratio, (across / FINE, down / FINE))
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    else:
        _kept.move_to_end(key)
    painter.drawPixmap(QPointF(floor(x / FINE) - AIR, floor(y / FINE) - AIR) / ratio, found[1])


def _picture(formula: Formula, pixels: float, colour: QColor, ratio: float, inset: tuple[float, float]) -> QPixmap:
    """Return the formula on nothing, that far (in device pixels) from its corner and the air around it."""
    wide, high = (ceil(side * ratio) + 2 * AIR + 1 for side in (formula.width(pixels), formula.height(pixels)))
    picture = QPixmap(wide, high)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    left, top = ((AIR + part) / ratio for part in inset)
    formula.paint(painter, left, top + formula.ascent(pixels), pixels, colour)
    painter.end()
    return picture
