"""The gradient norms of each layer over time, on a logarithmic axis: one colour and one dash a layer."""

import itertools
from math import ceil, floor

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolButton

from explorer.panels.pictures.plane import LEFT, class_colour, place_of
from explorer.panels.pictures.view import PictureView
from explorer.panels.theme import SMALL, number_font
from explorer.session import State, Subject
from explorer.session.pictures.flow import Flow, FlowLog, Norms, flow, idle_units, verdict
from explorer.session.pictures.regions import Frame
from explorer.session.pictures.signals import Work
from explorer.tape.numbers import shown

KINDS = {"weights": "W", "deltas": "z"}
"""What a curve is of: the norm of dJ/dW_l, or of dJ/dz_l."""
LEAST = 1e-12
"""Smaller norms are drawn at the lower end."""
NAMES = 30
"""Pixels right of the curves for the layers' names."""
FLOOR, BELOW = 6, 6
DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


class FlowView(PictureView):
    """Paints a ``FlowLog``, which it keeps, and says which factor shrank the gradient.

    Signals
    -------
    measured
        The newest ``Flow``.
    """

    measured = Signal(object)

    def __init__(self) -> None:
        super().__init__("Gradient norms")
        self.log = FlowLog()
        self._kind = "weights"
        self.switch = QToolButton()
        self.switch.setText("∂J/∂W")
        self.switch.setProperty("quiet", True)
        self.switch.setAccessibleName("gradients whose norms are drawn")
        self.switch.setToolTip("Draw the norms of the weights' gradients, or of the pre-activations'")
        self.switch.clicked.connect(self._change_kind)

    @staticmethod
    def applies(_subject: Subject) -> bool:
        """Tell that every network has gradients."""
        return True

    def _change_kind(self) -> None:
        self._kind = next(kind for kind in KINDS if kind != self._kind)
        if isinstance(self.switch, QToolButton):
            self.switch.setText(f"∂J/∂{KINDS[self._kind]}")
        self.update()

    def measure(self, state: State) -> Flow:
        """Measure the gradient's flow at a state and note it."""
        problem = state.subject.problem
        measured = flow(state.network, problem.X, problem.Y, state.network_step)
        self.log.add(state.run.id, measured)
        self.measured.emit(measured)
        return measured

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Measure, and say how the gradient fares."""
        measured = self.measure(state)
        yield
        idle = idle_units(measured)
        said = verdict(measured)
        self.tell("" if live else sizes(measured), f"{said} {idle.capitalize()}." if idle else said)

    def curves(self) -> list[tuple[Norms, Norms]]:
        """Return steps and log10 of the norms of each layer."""
        if not self.log.measured:
            return []
        layers = range(1, len(self.log.measured[-1].deltas) + 1)
        drawn = (self.log.curve(self._kind, layer) for layer in layers)
        return [(x, np.log10(np.maximum(np.nan_to_num(y, nan=LEAST), LEAST))) for x, y in drawn]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the curves."""
        curves = self.curves()
        if not curves:
            return
        frame = frame_of_curves(curves)
        room = QRectF(self.rect()).adjusted(LEFT, FLOOR, -NAMES, -BELOW)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_decades(painter, frame, room)
        ends = []
        for number, (x, y) in enumerate(curves):
            painter.setPen(QPen(class_colour(number, self.look), 1.6, DASHES[number % len(DASHES)]))
            points = [place_of(step, value, frame, room) for step, value in zip(x.tolist(), y.tolist(), strict=True)]
            painter.drawPolyline(QPolygonF(points))
            painter.drawEllipse(points[-1], 1.5, 1.5)
            ends.append(points[-1].y())
        self._paint_names(painter, apart(ends, 12), room)
        painter.end()

    def _paint_decades(self, painter: QPainter, frame: Frame, room: QRectF) -> None:
        painter.setFont(number_font(SMALL))
        decades = range(round(frame.bottom), round(frame.top) + 1)
        stride = max(1, ceil(len(decades) * 16 / max(room.height(), 1)))
        for decade in decades[::stride]:
            y = round(place_of(0, decade, frame, room).y()) + 0.5
            painter.setPen(QPen(self.look.colour("hairline"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(self.look.colour("muted"))
            words = f"1e{decade}".replace("-", "−")
            left = QRectF(0, y - 8, LEFT - 6, 16)
            painter.drawText(left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_names(self, painter: QPainter, heights: list[float], room: QRectF) -> None:
        for number, y in enumerate(heights):
            painter.setPen(class_colour(number, self.look))
            painter.drawText(QPointF(room.right() + 6, y + 4), f"{KINDS[self._kind]}{number + 1}")


def sizes(measured: Flow) -> str:
    """Return the norm at the first layer and at the last."""
    ends = (measured.weights[0], measured.weights[-1])
    return " … ".join(shown(float(value), 2) for value in ends)


def frame_of_curves(curves: list[tuple[Norms, Norms]]) -> Frame:
    """Return the steps and the whole decades in which the curves lie."""
    values = np.concatenate([y for _, y in curves])
    low, high = floor(values.min()), ceil(values.max())
    right = max(float(curves[0][0][-1]), 1.0)
    return Frame(min(float(curves[0][0][0]), right - 1), right, low, max(high, low + 1))


def apart(heights: list[float], least: float) -> list[float]:
    """Return the heights moved down so far that each is ``least`` below the one above."""
    moved, order = list(heights), sorted(range(len(heights)), key=heights.__getitem__)
    for above, below in itertools.pairwise(order):
        moved[below] = max(moved[below], moved[above] + least)
    return moved
