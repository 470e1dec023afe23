"""A plane with its ranges: where a point lies in pixels, tick numbers beside it, marks of classes on it."""

from math import floor, log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from explorer.panels.theme import SMALL, Palette, number_font
from explorer.panels.tick_words import tick_words
from explorer.session.pictures.regions import Frame

LEFT, BOTTOM, EDGE = 38, 18, 6
"""Pixels for the tick numbers, and around the rest."""
WIDEST = 2.0
"""A plane is at most that many times as wide as high."""
LEAST, CLOSEST = 2, 8
"""Numbers above each other, without which a scale cannot be read, and into how many parts it is cut for them."""
HOLLOW_PEN = 1.4
VALUED_PEN, HOLE = 0.7, 1.5


def plane_in(room: QRectF, *, widest: float = WIDEST) -> QRectF:
    """Return the rectangle of the plane within its room, in the middle where the room is wider."""
    inner = room.adjusted(LEFT, EDGE, -EDGE, -BOTTOM)
    width = min(inner.width(), widest * inner.height())
    return QRectF(inner.left() + (inner.width() - width) / 2, inner.top(), width, inner.height())


def place_of(x: float, y: float, frame: Frame, plane: QRectF) -> QPointF:
    """Return where a point of the frame lies on the plane."""
    across = (x - frame.left) / (frame.right - frame.left)
    up = (y - frame.bottom) / (frame.top - frame.bottom)
    return QPointF(plane.left() + across * plane.width(), plane.bottom() - up * plane.height())


def point_at(at: QPointF, frame: Frame, plane: QRectF) -> tuple[float, float]:
    """Return which point of the frame lies at a place on the plane."""
    across, up = (at.x() - plane.left()) / plane.width(), (plane.bottom() - at.y()) / plane.height()
    return frame.left + across * (frame.right - frame.left), frame.bottom + up * (frame.top - frame.bottom)


def round_ticks(low: float, high: float, intervals: int, least: int = 0) -> list[float]:
    """Return round numbers from low to high, in about so many parts; in more where they were fewer than ``least``."""
    rough = (high - low) / max(intervals, 1)
    power = 10.0 ** floor(log10(rough)) if rough > 0 else 1.0
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first = -floor(-low / step + 1e-9)
    ticks = [number * step for number in range(first, floor(high / step + 1e-9) + 1)]
    closer = len(ticks) < least and rough > 0 and intervals < CLOSEST
    return round_ticks(low, high, intervals + 1, least) if closer else ticks


def paint_ticks(painter: QPainter, frame: Frame, plane: QRectF, look: Palette) -> None:
    """Paint the numbers beside the plane, and its edge."""
    font = number_font(SMALL)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(look.colour("muted"))
    for value in round_ticks(frame.left, frame.right, int(plane.width() / 60)):
        x, words = place_of(value, frame.bottom, frame, plane).x(), tick_words(value)
        painter.drawText(QPointF(x - metrics.horizontalAdvance(words) / 2, plane.bottom() + 13), words)
    for value in round_ticks(frame.bottom, frame.top, int(plane.height() / 30), LEAST):
        y, words = place_of(frame.left, value, frame, plane).y(), tick_words(value)
        left = plane.left() - 6 - metrics.horizontalAdvance(words)
        painter.drawText(QPointF(left, y + metrics.capHeight() / 2), words)
    painter.setPen(QPen(look.colour("hairline"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(plane)


CORNERS = (
    (),
    ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
    ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    ((0, 1.2), (1.15, -0.9), (-1.15, -0.9)),
    (
        (-1.3, -0.45),
        (-0.45, -0.45),
        (-0.45, -1.3),
        (0.45, -1.3),
        (0.45, -0.45),
        (1.3, -0.45),
        (1.3, 0.45),
        (0.45, 0.45),
        (0.45, 1.3),
        (-0.45, 1.3),
        (-0.45, 0.45),
        (-1.3, 0.45),
    ),
)
"""Marks of the classes, in radii around their middle: a circle, a square, triangles, a diamond, a cross."""


def mark(number: int, size: float) -> QPainterPath:
    """Return the mark of a class around (0, 0): another shape for each of six, so that colour is not alone."""
    path, corners = QPainterPath(), CORNERS[number % len(CORNERS)]
    if corners:
        path.addPolygon(QPolygonF([QPointF(size * x, size * y) for x, y in corners]))
        path.closeSubpath()
    else:
        path.addEllipse(QPointF(0, 0), 1.1 * size, 1.1 * size)
    return path


def paint_mark(
    painter: QPainter, path: QPainterPath, at: QPointF, colour: QColor, look: Palette, *, filled: bool
) -> None:
    """Paint a mark: filled for a sample to train on, hollow for one that is held out."""
    painter.setPen(QPen(look.colour("card") if filled else colour, 0.8 if filled else HOLLOW_PEN))
    painter.setBrush(colour if filled else look.colour("card"))
    painter.drawPath(path.translated(at))


def paint_valued_mark(
    painter: QPainter, path: QPainterPath, at: QPointF, colour: QColor, look: Palette, *, filled: bool
) -> None:
    """Paint a mark of a value's colour, with an edge that is seen around neutral ones; hollow by its middle."""
    painter.setPen(QPen(look.colour("muted"), VALUED_PEN))
    painter.setBrush(colour)
    painter.drawPath(path.translated(at))
    if not filled:
        painter.setBrush(look.colour("card"))
        painter.drawEllipse(at, HOLE, HOLE)


def class_colour(number: int, look: Palette) -> QColor:
    """Return the colour of a class."""
    return QColor(look.classes[number % len(look.classes)])
