"""The curve of a schedule: the share of the learning rate over the updates, and where training stands on it."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from explorer.engine.schedules import Schedule
from explorer.panels.theme import LIGHT, Palette

BEYOND = 1.12
"""How far the curve goes on after the end of the schedule, as a share of it."""
MARK, MARGIN = 3.0, 4.0
"""The radius of the mark, and the pixels around the curve."""


class ScheduleCurve(QWidget):
    """Draws a schedule as a line, from the first update to somewhat beyond its end.

    Parameters
    ----------
    points
        Places at which it is drawn; a fall in steps is as steep as they are close.
    """

    def __init__(self, points: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._points, self._palette = points, LIGHT
        self._schedule, self._step = Schedule(), -1

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._palette = palette
        self.update()

    def show_schedule(self, schedule: Schedule, step: int = -1) -> None:
        """Draw that schedule, with a mark after so many updates; a negative number is none."""
        if (schedule, step) != (self._schedule, self._step):
            self._schedule, self._step = schedule, step
            self.update()

    def line(self) -> list[tuple[float, float]]:
        """Return the curve in the widget's pixels."""
        last = last_shown(self._schedule, self._step)
        steps = np.unique(np.linspace(0, last, self._points).astype(int))
        return [self._place(int(step), last) for step in steps]

    def _place(self, step: int, last: int) -> tuple[float, float]:
        width, height = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        return MARGIN + width * step / last, MARGIN + height * (1 - self._schedule.share(step))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line, and the mark upon it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self._palette.accent if self._schedule.varies else self._palette.muted)
        painter.setPen(QPen(colour, 1.5))
        painter.drawPolyline(QPolygonF([QPointF(*place) for place in self.line()]))
        if self._step >= 0:
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(*self._place(self._step, last_shown(self._schedule, self._step))), MARK, MARK)
        painter.end()


def last_shown(schedule: Schedule, step: int = 0) -> int:
    """Return the update up to which a schedule is drawn: somewhat beyond its end, and beyond the step."""
    ahead = schedule.rule.falls * schedule.steps or schedule.warmup
    return max(round(BEYOND * max(schedule.warmup + ahead, step)), 10)
