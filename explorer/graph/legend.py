"""The strip below the drawing: what the edges show, what colours and widths mean, read and written, and the marks."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from explorer.graph.colors import coloured
from explorer.graph.idle import Idle, sample_strokes
from explorer.graph.parts import light_pen
from explorer.graph.picture import Light
from explorer.graph.raising import draw_raised, rich
from explorer.graph.strokes import path_of
from explorer.graph.style import GraphStyle
from explorer.graph.wrapping import wrapped

HEIGHT, SIDE, BAR = 40, 16, 96
THIN, THICK = 0.7, 4.5
"""Half the height of the bar where values are 0, and at its ends: edges are as wide as their values are large."""
RIGHT = 284
"""Room for the bar and the two rings."""
FIRST, SECOND = 12.0, 29.0
"""Middles of the two lines at the right."""
LEADING, MOST_LINES = 13, 3
"""From one line of words to the next, and how many the strip has room for."""
LEAST_ROOM, BELOW = 150, 2
"""With less room for words beside the bar, they take the whole width below it, on so many lines."""
TOP = 8.0
"""Middle of the bar and the rings there."""
MARK, MARK_GAP = 18, 12
"""What a mark takes beside its words, and before it."""
SCALE = "colour and width: value"
TIP = (
    "The fill of a unit and the colour and width of an edge show its value:\n"
    "orange is negative, blue positive; the stronger and wider, the larger.\n"
    "A dotted outline: the step reads it. A solid one: the step writes it.\n"
    "Hollow: not computed yet at this step."
)
MARKS = {
    Idle.OFF: "struck out — off: value and slope 0 on the shown sample",
    Idle.DEAD: "crossed out — dead: value and slope 0 on every sample looked at",
    Idle.DEAD_OUTPUT: "crossed out — dead as output: its logit is 0 on every sample looked at; p cannot rise by it",
    Idle.SATURATED: "flat bars — saturated: hardly any slope on 95 % of the samples looked at",
}


class Legend(QWidget):
    """Painted anew only when its words or its style change."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._style: GraphStyle | None = None
        self._lines: tuple[str, ...] = ()
        self._marks: dict[Idle, int] = {}
        self.setFixedHeight(HEIGHT)
        self.setToolTip(TIP)

    def sizeHint(self) -> QSize:
        """Return the room that it takes."""
        return QSize(2 * RIGHT, HEIGHT)

    def set_style(self, style: GraphStyle) -> None:
        """Take other colours and fonts."""
        self._style = style
        self.update()

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show the caption, and below it what there is to remark."""
        if lines != self._lines:
            self._lines = lines
            self._tell()

    def show_marks(self, marks: Mapping[Idle, int]) -> None:
        """Show which marks there are, and how many units carry each."""
        if marks != self._marks:
            self._marks = dict(marks)
            self._tell()

    def _tell(self) -> None:
        counted = (f"{number} {kind.value}" for kind, number in self._marks.items())
        self.setAccessibleName("; ".join((*self._lines, *counted)))
        told = (f"{number} × {MARKS[kind]}" for kind, number in self._marks.items())
        self.setToolTip(rich("\n".join((*self._lines, TIP, *told))))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint captions left, the bar, the rings and the marks right."""
        if self._style is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._style.text_font(self._style.small))
        painter.setPen(self._style.colour("muted"))
        self._paint_lines(painter)
        first, begin = (TOP, SIDE) if self.is_narrow else (FIRST, self.width() - RIGHT)
        self._paint_bar(painter, QPointF(begin, first), self._style)
        self._paint_rings(painter, QPointF(begin + BAR + 50, first), self._style)
        left = self._paint_marks(painter, self._style)
        scale = QFontMetricsF(painter.font()).horizontalAdvance(SCALE)
        if not self.is_narrow and left > self.width() - RIGHT + 14 + scale:
            painter.setPen(self._style.colour("muted"))
            painter.drawText(QPointF(self.width() - RIGHT, SECOND + 4), SCALE)
        painter.end()

    def _paint_lines(self, painter: QPainter) -> None:
        lines = self.shown_lines(QFontMetricsF(painter.font()))
        middle = TOP + LEADING * (1 + BELOW / 2) - LEADING / 2 if self.is_narrow else self.height() / 2
        first = middle + 4 - LEADING / 2 * (len(lines) - 1)
        for k, text in enumerate(lines):
            draw_raised(painter, QPointF(SIDE, first + LEADING * k), text)

    def shown_lines(self, metrics: QFontMetricsF) -> list[str]:
        """Return the lines as they are painted: whole, on more lines where the strip is narrow, three at most."""
        most, width = BELOW if self.is_narrow else MOST_LINES, metrics.horizontalAdvance
        room = float(self.width() - 2 * SIDE if self.is_narrow else self._room)
        beside = room - self._marks_width(metrics) if self.is_narrow else room
        lines = wrapped(self._lines, room, width, most)
        closer = wrapped(self._lines, beside, width, most)
        if lines and width(lines[-1]) > beside >= max(map(width, closer)):
            lines = closer
        return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines[:-1]] + [
            metrics.elidedText(line, Qt.TextElideMode.ElideRight, beside) for line in lines[-1:]
        ]

    @property
    def _painted(self) -> dict[Idle, int]:
        """How many units carry each mark: what is dead is crossed out, be it an output or not."""
        outputs = self._marks.get(Idle.DEAD_OUTPUT, 0)
        dead = {Idle.DEAD: self._marks.get(Idle.DEAD, 0) + outputs} if outputs else {}
        merged = {**self._marks, **dead}
        return {kind: merged[kind] for kind in Idle if kind in merged and kind is not Idle.DEAD_OUTPUT}

    def _marks_width(self, metrics: QFontMetricsF) -> float:
        """Return the pixels that the marks take beside the last line below the bar."""
        words = (f"{kind.value} {number}" for kind, number in self._painted.items())
        return sum(metrics.horizontalAdvance(each) + MARK + MARK_GAP for each in words)

    @property
    def _room(self) -> int:
        """Pixels for words beside the bar."""
        return self.width() - RIGHT - SIDE - 12

    @property
    def is_narrow(self) -> bool:
        """Whether the words stand below the bar and the rings."""
        return self._room < LEAST_ROOM

    def _paint_bar(self, painter: QPainter, at: QPointF, style: GraphStyle) -> None:
        left, middle = at.x(), at.y()
        gradient = QLinearGradient(left + 14, 0, left + 14 + BAR, 0)
        for share in range(-4, 5):
            red, green, blue = coloured(style.values, share / 4).tolist()
            gradient.setColorAt((share + 4) / 8, QColor(red, green, blue))
        painter.drawText(QPointF(left, middle + 4), "−")
        painter.drawText(QPointF(left + BAR + 21, middle + 4), "+")
        halves = ((0.0, THICK), (0.5, THIN), (1.0, THICK))
        upper = [QPointF(left + 14 + share * BAR, middle - half) for share, half in halves]
        lower = [QPointF(point.x(), 2 * middle - point.y()) for point in reversed(upper)]
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawPolygon(QPolygonF(upper + lower))
        painter.restore()

    def _paint_rings(self, painter: QPainter, at: QPointF, style: GraphStyle) -> None:
        left, middle = at.x(), at.y()
        for light, name, offset in ((Light.READ, "read", 0), (Light.WRITTEN, "written", 62)):
            painter.setPen(light_pen(light, style, 2.2))
            painter.drawEllipse(QPointF(left + offset + 6, middle), 6, 6)
            painter.setPen(QPen(style.colour("muted")))
            painter.drawText(QPointF(left + offset + 18, middle + 4), name)

    def _paint_marks(self, painter: QPainter, style: GraphStyle) -> float:
        """Paint the marks that there are, each with its word and count, at the right; return where they begin."""
        metrics, right = QFontMetricsF(painter.font()), float(self.width() - SIDE)
        second = TOP + LEADING * BELOW if self.is_narrow else SECOND
        for kind, number in reversed(self._painted.items()):
            words = f"{kind.value} {number}"
            left = right - metrics.horizontalAdvance(words) - MARK
            painter.setPen(QPen(style.colour("muted")))
            painter.drawText(QPointF(left + 18, second + 4), words)
            painter.drawEllipse(QPointF(left + 6, second), 6, 6)
            painter.setPen(QPen(style.colour("ink"), 1.4))
            painter.drawPath(path_of(sample_strokes(kind, left + 6, second, 6)))
            right = left - MARK_GAP
        return right
