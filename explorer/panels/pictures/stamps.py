"""Many marks that are all alike, painted fast enough for a picture in which every mark moves: by stamps."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from explorer.panels.pictures.plane import class_colour, mark, paint_mark
from explorer.panels.theme import Palette

AIR = 2
"""Pixels of a stamp around its mark."""


class Stamps:
    """The mark of one class, filled and hollow, painted once for each look, radius and screen."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._made: dict[bool, QPixmap] = {}

    def paint(
        self, painter: QPainter, places: NDArray[np.float64], look: Palette, radius: float, *, filled: bool
    ) -> None:
        """Paint marks around places, (n, 2), in pixels."""
        key = look.name, radius, painter.device().devicePixelRatioF()
        if key != self._key:
            self._key, self._made = key, {each: stamp(look, radius, key[2], filled=each) for each in (False, True)}
        chosen = self._made[filled]
        for x, y in (places - chosen.deviceIndependentSize().width() / 2).tolist():
            painter.drawPixmap(QPointF(x, y), chosen)


def stamp(look: Palette, radius: float, ratio: float, *, filled: bool) -> QPixmap:
    """Return a mark in the middle of a transparent square."""
    half = radius + AIR
    made = QPixmap(round(2 * half * ratio), round(2 * half * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    middle = made.deviceIndependentSize().width() / 2
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_mark(painter, mark(0, radius), QPointF(middle, middle), class_colour(0, look), look, filled=filled)
    painter.end()
    return made
