"""The gradient norms of each layer over time, on a logarithmic axis: one colour and one dash a layer."""

import itertools
from functools import partial
from math import ceil, floor

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolButton

from explorer.panels.pictures.flow_meter import FlowMeter
from explorer.panels.pictures.flow_words import samples_words, sizes, told_of
from explorer.panels.pictures.plane import LEFT, class_colour, place_of, point_at
from explorer.panels.pictures.pointed_view import PointedView
from explorer.panels.quiet_button import quiet_button
from explorer.panels.theme import SMALL, number_font
from explorer.panels.training.step_ticks import step_ticks
from explorer.session import State
from explorer.session.pictures.flow import Flow, Norms, Written, idle_units, verdict
from explorer.session.pictures.regions import Frame
from explorer.session.pictures.signals import Work
from explorer.tape.symbols import plain

KINDS = {"weights": "W", "deltas": "z"}
"""What a curve is of: the norm of dJ/dW_l, or of dJ/dz_l."""
LEAST = 1e-12
"""Smaller norms are drawn at the lower end, which says so."""
NAMES = 30
"""Pixels right of the curves for the layers' names."""
NAME_LINE = 12
"""Pixels from one name to the next."""
FLOOR_DECADE, SIGN = -12, 8
"""That of the least norm, and the pixels that the sign before it takes."""
FLOOR, BELOW = 6, 6
STEPS_LINE, STEPS_FROM, STEP_ROOM, MOST_STEPS, NOTCH = 18, 88, 60, 6, 3
"""Pixels below the curves for numbers of steps, from which height on, for each of them; how many; a step's stroke."""
DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


class FlowView(PointedView):
    """Paints a ``FlowLog``, and says which factor shrank the gradient.

    Parameters
    ----------
    meter
        Measures the flow, whether it is looked at or not.
    """

    def __init__(self, meter: FlowMeter) -> None:
        super().__init__("Gradient norms")
        self._meter, self.log = meter, meter.log
        self._kind = "weights"
        self._shown: Flow | None = None
        self._back = False
        self._written: Written = plain
        tip = "Draw the norms of the weights' gradients, or of the pre-activations'"
        self.switch = quiet_button("∂J/∂W", "gradients whose norms are drawn", tip)
        self.switch.clicked.connect(self._change_kind)

    def _change_kind(self) -> None:
        self._kind = next(kind for kind in KINDS if kind != self._kind)
        if isinstance(self.switch, QToolButton):
            self.switch.setText(f"∂J/∂{KINDS[self._kind]}")
        self._say(live=False)

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Measure, and say how the gradient fares; at rest, measure also what went by too fast."""
        self._shown, self._back = self._meter.measure(state), state.front is not None
        self._written = partial(state.script.text, activations=state.network.activations)
        yield
        self._say(live=live)
        self.say_pointed()
        if not live:
            yield from self._meter.fill(state)
            self.update()

    def _say(self, *, live: bool) -> None:
        """Say how the gradient fares, and between which sizes what is drawn lies; not while these change.

        It is said of the step that the window looks back at, by its number, and else of the newest.
        """
        measured = self._shown
        if measured is not None:
            idle, said = idle_units(measured), verdict(measured, self._written)
            norms, when = getattr(measured, self._kind), f"step {measured.step:,}: " if self._back else ""
            known = sizes(norms) if self._back or not live else ""
            self.tell(
                f"{when}‖∂J/∂{KINDS[self._kind]}‖{known} over {samples_words(measured)}",
                f"{said} {idle.capitalize()}." if idle else said,
            )

    @property
    def marked(self) -> Flow | None:
        """The measurement of the step that the window looks back at, if it does."""
        return self._shown if self._back else None

    def curves(self) -> list[tuple[Norms, Norms]]:
        """Return steps and log10 of the norms of each layer."""
        if not self.log.measured:
            return []
        layers = range(1, len(self.log.measured[-1].deltas) + 1)
        drawn = (self.log.curve(self._kind, layer) for layer in layers)
        return [(x, logarithms(y)) for x, y in drawn]

    # Pointing

    def ground(self) -> QRectF:
        """Return the rectangle of the curves."""
        below = BELOW if self.height() < STEPS_FROM else STEPS_LINE
        return QRectF(self.rect()).adjusted(self._left, FLOOR, -NAMES, -below)

    @property
    def _left(self) -> int:
        """Pixels left of the curves for the sizes of the norms."""
        return LEFT + SIGN if any(y.min() <= FLOOR_DECADE for _, y in self.curves()) else LEFT

    @property
    def steps(self) -> tuple[tuple[int, str], ...]:
        """The steps that are numbered below the curves, with their words; none where there is no room for them."""
        curves, room = self.curves(), self.ground()
        if not curves or self.height() < STEPS_FROM:
            return ()
        frame = frame_of_curves(curves)
        return step_ticks(frame.left, frame.right, min(MOST_STEPS, int(room.width() / STEP_ROOM)))

    def paces(self) -> tuple[float, float]:
        """Return a fiftieth of the steps; up and down lead nowhere."""
        return self.ground().width() / 50, 0.0

    def measured_at(self, at: QPointF) -> Flow | None:
        """Return the measurement next to a place, None beside the curves."""
        curves, room = self.curves(), self.ground()
        if not curves or not room.adjusted(-1, -1, 1, 1).contains(at):
            return None
        step = point_at(at, frame_of_curves(curves), room)[0]
        return min(self.log.measured, key=lambda each: abs(each.step - step))

    def words_at(self, at: QPointF) -> str:
        """Say each layer's norm at a step, and by how much each factor changed it."""
        measured = self.measured_at(at)
        return "" if measured is None else told_of(measured, KINDS[self._kind], getattr(measured, self._kind))

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the curves."""
        curves = self.curves()
        if not curves:
            return
        frame = frame_of_curves(curves)
        room = self.ground()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_decades(painter, frame, room)
        self._paint_steps(painter, frame, room)
        ends = []
        for number, (x, y) in enumerate(curves):
            painter.setPen(QPen(class_colour(number, self.look), 1.6, DASHES[number % len(DASHES)]))
            points = [place_of(step, value, frame, room) for step, value in zip(x.tolist(), y.tolist(), strict=True)]
            painter.drawPolyline(QPolygonF(points))
            painter.drawEllipse(points[-1], 1.5, 1.5)
            ends.append(points[-1].y())
        self._paint_names(painter, apart(ends, NAME_LINE, room.bottom()), room)
        self._paint_pointed(painter, frame, room)
        painter.end()

    def _paint_pointed(self, painter: QPainter, frame: Frame, room: QRectF) -> None:
        """Mark the measurement that is pointed at, or else the one of the step that the window looks back at."""
        pointed = self.measured_at(self.at) if self.at is not None else None
        measured = pointed or self.marked
        if measured is not None:
            x = round(place_of(measured.step, 0, frame, room).x()) + 0.5
            painter.setPen(QPen(self.look.colour("muted" if pointed is not None else "ink"), 1))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
            self._paint_dots(painter, measured, frame, room)
        self.paint_focus(painter, room)

    def _paint_dots(self, painter: QPainter, measured: Flow, frame: Frame, room: QRectF) -> None:
        """Paint where each curve is at a measurement."""
        painter.setPen(QPen(self.look.colour("card"), 1))
        for number, value in enumerate(logarithms(getattr(measured, self._kind)).tolist()):
            painter.setBrush(class_colour(number, self.look))
            painter.drawEllipse(place_of(measured.step, value, frame, room), 3.0, 3.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_decades(self, painter: QPainter, frame: Frame, room: QRectF) -> None:
        painter.setFont(number_font(SMALL))
        decades = range(round(frame.bottom), round(frame.top) + 1)
        stride = max(1, ceil(len(decades) * 16 / max(room.height(), 1)))
        for decade in decades[::stride]:
            y = round(place_of(0, decade, frame, room).y()) + 0.5
            painter.setPen(QPen(self.look.colour("hairline"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(self.look.colour("muted"))
            words = decade_words(decade)
            left = QRectF(0, y - 8, room.left() - 6, 16)
            painter.drawText(left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_steps(self, painter: QPainter, frame: Frame, room: QRectF) -> None:
        for step, words in self.steps:
            x = round(place_of(step, frame.bottom, frame, room).x()) + 0.5
            painter.setPen(QPen(self.look.colour("hairline"), 1))
            painter.drawLine(QPointF(x, room.bottom()), QPointF(x, room.bottom() + NOTCH))
            painter.setPen(self.look.colour("muted"))
            box = QRectF(x - STEP_ROOM / 2, room.bottom() + NOTCH, STEP_ROOM, STEPS_LINE - NOTCH)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_names(self, painter: QPainter, heights: list[float], room: QRectF) -> None:
        for number, y in enumerate(heights):
            painter.setPen(class_colour(number, self.look))
            painter.drawText(QPointF(room.right() + 6, y + 4), f"{KINDS[self._kind]}{number + 1}")


def decade_words(decade: int) -> str:
    """Return what stands beside a decade; that of the least norm says that smaller ones are drawn there, too."""
    words = f"1e{decade}".replace("-", "−")
    return f"≤{words}" if decade <= FLOOR_DECADE else words


def logarithms(norms: Norms) -> Norms:
    """Return log10 of norms, where there is none that of the least."""
    found: Norms = np.log10(np.maximum(np.nan_to_num(norms, nan=LEAST), LEAST))
    return found


def frame_of_curves(curves: list[tuple[Norms, Norms]]) -> Frame:
    """Return the steps and the whole decades in which the curves lie."""
    values = np.concatenate([y for _, y in curves])
    low, high = floor(values.min()), ceil(values.max())
    right = max(float(curves[0][0][-1]), 1.0)
    return Frame(min(float(curves[0][0][0]), right - 1), right, low, max(high, low + 1))


def apart(heights: list[float], least: float, lowest: float) -> list[float]:
    """Return the heights moved so far that each is ``least`` below the one above, and none below ``lowest``.

    Where they are too many for that, the uppermost are nearer to each other than ``least``.
    """
    moved, order = list(heights), sorted(range(len(heights)), key=heights.__getitem__)
    for above, below in itertools.pairwise(order):
        moved[below] = max(moved[below], moved[above] + least)
    for place, number in enumerate(reversed(order)):
        moved[number] = min(moved[number], lowest - place * least)
    return moved
