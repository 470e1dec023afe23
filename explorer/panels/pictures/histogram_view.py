"""Histograms of each layer's weights, values and gradients: one row a layer, one column a kind."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from explorer.panels.pictures.pointed_view import PointedView
from explorer.panels.theme import SMALL, number_font
from explorer.session import State
from explorer.session.pictures.insides import Histogram, LayerHistograms, histograms
from explorer.session.pictures.signals import Work
from explorer.tape.numbers import shown

HEADS = {"weights": "W", "values": "h", "gradients": "∂J/∂W"}
HEAD, LEFT, GAP = 15, 16, 10
LEAST_WORDED = 30
"""Height of a row from which the ends of its ranges are written."""


class HistogramView(PointedView):
    """Paints the ``LayerHistograms`` of a network."""

    def __init__(self) -> None:
        super().__init__("Histograms")
        self.found: tuple[LayerHistograms, ...] = ()
        self._ends_in_z = False

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Count the numbers of every layer."""
        self.found = yield from histograms(state.subject, state.network)
        self._ends_in_z = state.network.activations[-1] == "identity"
        lost = sum(each.lost for layer in self.found for each in (layer.weights, layer.values, layer.gradients))
        words = f"{lost:,} not finite" if lost else ""
        self.tell(words, "each layer's numbers from the least to the largest; the line is 0" if not live else "")

        self.say_pointed()

    # Pointing

    def boxes(self) -> list[tuple[int, str, QRectF]]:
        """Return the place of each histogram, with its row and its kind."""
        width = (self.width() - LEFT) / len(HEADS)
        height = (self.height() - HEAD) / max(len(self.found), 1)
        return [
            (row, kind, QRectF(LEFT + column * width, HEAD + row * height, width - GAP, height - 3))
            for row in range(len(self.found))
            for column, kind in enumerate(HEADS)
        ]

    def ground(self) -> QRectF:
        """Return the rectangle of all histograms."""
        return QRectF(self.rect()).adjusted(LEFT, HEAD, -GAP, -3)

    def paces(self) -> tuple[float, float]:
        """Return a bin of many, and a row."""
        return self.ground().width() / 90, (self.height() - HEAD) / max(len(self.found), 1)

    def words_at(self, at: QPointF) -> str:
        """Say how many numbers lie in a bin."""
        for row, kind, box in self.boxes():
            if box.contains(at):
                found: Histogram = getattr(self.found[row], kind)
                place = min(int((at.x() - box.left()) / box.width() * len(found.counts)), len(found.counts) - 1)
                return bin_words(f"{self.symbol(kind, row)} of layer {row + 1}", found, place)
        return ""

    def symbol(self, kind: str, row: int) -> str:
        """Return what the numbers of a row are: an output layer without an activation has z for h."""
        last = kind == "values" and row == len(self.found) - 1
        return "z" if last and self._ends_in_z else HEADS[kind]

    def head(self, kind: str) -> str:
        """Return what stands above a column: "h, z3"."""
        last = len(self.found) - 1
        other = self.symbol(kind, last)
        return HEADS[kind] if other == HEADS[kind] else f"{HEADS[kind]}, {other}{last + 1}"

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the table of histograms."""
        painter = QPainter(self)
        painter.setFont(number_font(SMALL))
        width = (self.width() - LEFT) / len(HEADS)
        height = (self.height() - HEAD) / max(len(self.found), 1)
        painter.setPen(self.look.colour("muted"))
        for column, kind in enumerate(HEADS):
            painter.drawText(QPointF(LEFT + column * width, 11), self.head(kind))
        for row, layer in enumerate(self.found):
            painter.setPen(self.look.colour("muted"))
            painter.drawText(QPointF(0, HEAD + (row + 0.5) * height + 4), str(layer.layer))
        for row, kind, box in self.boxes():
            self._paint_one(painter, getattr(self.found[row], kind), box)
        self.paint_cross(painter, self.ground())
        painter.end()

    def _paint_one(self, painter: QPainter, found: Histogram, box: QRectF) -> None:
        worded = box.height() >= LEAST_WORDED
        bars = box.adjusted(0, 0, 0, -13) if worded else box
        most, width = max(int(found.counts.max()), 1), box.width() / len(found.counts)
        for number, count in enumerate(found.counts.tolist()):
            height = bars.height() * count / most
            bar = QRectF(bars.left() + number * width, bars.bottom() - height, max(width - 0.5, 0.5), height)
            painter.fillRect(bar, self.look.colour("train"))
        painter.setPen(QPen(self.look.colour("hairline"), 1))
        painter.drawLine(bars.bottomLeft(), bars.bottomRight())
        if found.low < 0 < found.high:
            x = bars.left() - bars.width() * found.low / (found.high - found.low)
            painter.setPen(QPen(self.look.colour("muted"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, bars.top()), QPointF(x, bars.bottom()))
        if worded:
            painter.setPen(self.look.colour("muted"))
            low, high = shown(found.low, 2), shown(found.high, 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, low)
            if painter.fontMetrics().horizontalAdvance(f"{low} {high}") <= box.width():
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, high)


def bin_words(name: str, found: Histogram, place: int) -> str:
    """Return what a bin holds, in lines."""
    width = (found.high - found.low) / len(found.counts)
    low, high = found.low + place * width, found.low + (place + 1) * width
    total = int(found.counts.sum())
    return f"{name}\n{shown(low, 3)} … {shown(high, 3)}\n{int(found.counts[place]):,} of {total:,} counted"
