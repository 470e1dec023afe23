"""The samples of a plane as marks, painted once and kept: they stay while the picture below them changes."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from explorer.graph.colors import coloured, scale_of
from explorer.panels.pictures.plane import class_colour, mark, paint_mark, paint_valued_mark, place_of
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
    """Points (N, 2) with the class of each (N,), filled or hollow.

    Attributes
    ----------
    shares
        Where the colour is of a number and not of the class: it, as a share of the largest, (N,), -1 to 1.
    """

    points: Array
    classes: NDArray[np.intp]
    filled: bool
    shares: Array | None = None

    def colours(self, look: Palette) -> list[QColor]:
        """Return the colour of each mark."""
        if self.shares is None:
            return [class_colour(number, look) for number in self.classes.tolist()]
        return [QColor(*channels) for channels in coloured(look.values, self.shares).tolist()]


def marks_of(subject: Subject, planes: tuple[Array, Array] | None = None) -> tuple[Marks, ...]:
    """Return the samples to train on and those held out, at ``planes`` or, if left out, at their two inputs.

    Where numbers are predicted, they are of class 1 where the first target lies below 0; elsewhere than at their
    inputs, where no colour lies behind them, they are of that number's own colour.
    """
    made, most = [], MOST_DRAWN if POINTS in subject.edited and planes is None else MOST_MARKS
    valued = planes is not None and not has_classes(subject)
    largest = max((scale_of(Y[:, 0]) for _, Y in subject.parts if len(Y)), default=1.0) if valued else 1.0
    for number, (X, Y) in enumerate(subject.parts):
        chosen = evenly(len(X), most)
        kinds = classes_of(Y[chosen]) if has_classes(subject) else (Y[chosen, 0] < 0).astype(np.intp)
        points = X[chosen] if planes is None else planes[number]
        made.append(Marks(points, kinds, number == 0, Y[chosen, 0] / largest if valued else None))
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
        paint = paint_mark if group.shares is None else paint_valued_mark
        for (x, y), number, colour in zip(
            group.points.tolist(), group.classes.tolist(), group.colours(look), strict=True
        ):
            paint(painter, paths[number], place_of(x, y, frame, plane), colour, look, filled=group.filled)
    painter.end()
    return kept
