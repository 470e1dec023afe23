"""The samples of a plane as marks, painted once and kept: they stay while the picture below them changes."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from explorer.panels.pictures.plane import class_colour, mark, paint_mark, place_of
from explorer.panels.theme import Palette
from explorer.session import Subject
from explorer.session.pictures.confusion import classes_of, has_classes
from explorer.session.pictures.regions import Frame
from explorer.session.pictures.signals import Array, evenly
from explorer.session.subject import POINTS

MOST_MARKS = 300
"""Marks of each part: with more, nothing would be seen below them."""
MOST_DRAWN = 1200
"""Of points that a person draws, each is to be seen."""
LARGE, SMALL, MANY = 3.2, 2.4, 160


class Marks(Struct, frozen=True, eq=False):
    """Points (N, 2) with the class of each (N,), filled or hollow."""

    points: Array
    classes: NDArray[np.intp]
    filled: bool


def marks_of(subject: Subject, planes: tuple[Array, Array] | None = None) -> tuple[Marks, ...]:
    """Return the samples to train on and those held out, at ``planes`` or, if left out, at their two inputs.

    Where numbers are predicted, those of the inputs' plane are of class 1 where the first target lies below 0.
    """
    made, most = [], MOST_DRAWN if POINTS in subject.edited and planes is None else MOST_MARKS
    for number, (X, Y) in enumerate(subject.parts):
        chosen = evenly(len(X), most)
        if has_classes(subject):
            kinds = classes_of(Y[chosen])
        else:
            kinds = (Y[chosen, 0] < 0).astype(np.intp) if planes is None else np.zeros(len(chosen), np.intp)
        points = X[chosen] if planes is None else planes[number]
        made.append(Marks(points, kinds, filled=number == 0))
    return tuple(made)


class KeptMarks:
    """A pixmap of marks, painted anew where size, look or samples are others."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._kept = QPixmap()

    def paint(self, painter: QPainter, marks: tuple[Marks, ...], frame: Frame, plane: QRectF, look: Palette) -> None:
        """Paint the marks on the plane."""
        ratio = painter.device().devicePixelRatioF()
        key = id(marks), frame, plane.size().toTuple(), look.name, ratio
        if key != self._key:
            self._key, self._kept = key, drawn(marks, frame, plane.size(), look, ratio)
        painter.drawPixmap(plane.topLeft(), self._kept)


def radius_for(size: QSizeF) -> float:
    """Return the radius of marks on a plane of that size."""
    return SMALL if min(size.width(), size.height()) < MANY else LARGE


def drawn(marks: tuple[Marks, ...], frame: Frame, size: QSizeF, look: Palette, ratio: float) -> QPixmap:
    """Return a transparent pixmap of the marks."""
    kept = QPixmap((size * ratio).toSize())
    kept.setDevicePixelRatio(ratio)
    kept.fill(Qt.GlobalColor.transparent)
    painter = QPainter(kept)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plane = QRectF(0, 0, size.width(), size.height())
    radius = radius_for(size)
    for group in marks:
        paths = [mark(number, radius) for number in range(int(group.classes.max(initial=0)) + 1)]
        for (x, y), number in zip(group.points.tolist(), group.classes.tolist(), strict=True):
            at = place_of(x, y, frame, plane)
            paint_mark(painter, paths[number], at, class_colour(number, look), look, filled=group.filled)
    painter.end()
    return kept
