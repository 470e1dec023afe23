"""The ground of a plot: hairlines, tick numbers and the words of an empty plot; the curves lie on it as a pane."""

from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.panels.theme import LIGHT, SMALL, Palette, number_font, text_font
from explorer.panels.training.axis import AnyAxis, Frame, round_axis
from explorer.panels.training.curves import Curves, Points
from explorer.panels.training.cuts import Cut, cuts, paint_cuts
from explorer.panels.training.step_scale import EVEN, StepScale
from explorer.panels.training.step_ticks import step_ticks

if TYPE_CHECKING:
    from collections.abc import Mapping

GUTTER, GUTTER_STEP = 34, 6
"""Pixels left of the hairlines: at least, and by how many it grows where the tick numbers are longer."""
TICK_GAP = 8
"""Pixels between a tick number and its hairline."""
EDGE = 7
"""Pixels above the highest and below the lowest hairline: half a line of tick numbers."""
STEPS_LINE, STEPS_FROM = 15, 88
"""Pixels below the lowest hairline where numbers of steps stand, and from which height of the whole on they do."""
STEPS_GAP, MOST_STEPS = 22, 4
"""Pixels between two numbers of steps, and how many there are at most."""
NOTCH = 3
"""Pixels of the line that leads from a step to its number."""
COLUMNS = 12
"""Places across a box at which is looked whether a curve lies there."""
PANE_MARGIN = 3
"""Pixels by which the pane of curves reaches beyond the axes, so that a line on the edge is not cut."""


class PlotArea(QWidget):
    """Paints the axis, once for many frames, and carries the curves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 72)
        self.axis: AnyAxis = round_axis(1.0)
        self.left, self.right, self.words = 0.0, 1.0, ""
        self._gutter = gutter_for(self.axis)
        self._palette = LIGHT
        self._points: Mapping[str, Points] = {}
        self.scale = EVEN
        self.curves = Curves(self)
        self._ground = QPixmap()
        self._steps: tuple[tuple[int, str], ...] = ()
        self.cuts: tuple[Cut, ...] = ()
        self._focused = False

    def set_focused(self, focused: bool) -> None:
        """Frame the plane, or not, as what has the keys."""
        self._focused = focused
        self._repaint()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._palette = palette
        self._repaint()

    def set_curves(
        self,
        points: "Mapping[str, Points]",
        axis: AnyAxis,
        ends: tuple[float, float],
        words: str,
        scale: StepScale = EVEN,
    ) -> None:
        """Show the curves between two steps on an axis; ``words`` stand in the middle of an empty plot."""
        gutter = self._gutter
        if (axis, words) != (self.axis, self.words):
            self._gutter = gutter_for(axis)
            self._repaint()
        self._points, self.axis, self.words = points, axis, words
        if (self.left, self.right, self.scale) != (*ends, scale):
            (self.left, self.right), self.scale = ends, scale
            self._choose_steps()
        if gutter == self._gutter:
            self._draw()
        else:
            self._place()
            self._choose_steps()
        self._mark_cuts()

    def _mark_cuts(self) -> None:
        """Mark where curves leave the axis, beyond the pane."""
        found = cuts(self._points, Frame(self.left, self.right, self.axis, scale=self.scale), self.plane.width())
        if found != self.cuts:
            self.cuts = found
            self.update()

    @property
    def plane(self) -> QRectF:
        """The rectangle between the axes' ends."""
        below = STEPS_LINE if self.height() >= STEPS_FROM else EDGE
        return QRectF(self.rect()).adjusted(self._gutter, EDGE, -PANE_MARGIN, -below)

    @property
    def steps(self) -> tuple[tuple[int, str], ...]:
        """The steps that are numbered along the horizontal axis, with their words; none where it is too low."""
        return () if self.words or self.height() < STEPS_FROM else self._steps

    def _choose_steps(self) -> None:
        """Choose as many round steps as stand apart, and paint them: they lie beyond the pane, which brings its own."""
        metrics = QFontMetricsF(number_font(SMALL))
        for most in range(MOST_STEPS, 0, -1):
            self._steps = step_ticks(self.left, self.right, most, self.scale)
            room = sum(metrics.horizontalAdvance(words) + STEPS_GAP for _, words in self._steps)
            if room <= self.plane.width() + STEPS_GAP:
                break
        self.update()  # all of it: where the clip is no rectangle, painting takes twice as long

    def height_of(self, value: float) -> float:
        """Return the y coordinate of a value."""
        low, high = self.axis.ends
        share = (float(self.axis.place(np.array([value]))[0]) - low) / (high - low)
        return self.plane.bottom() - self.plane.height() * share

    def crowding(self, box: QRectF) -> int:
        """Return at how many of some columns of a box a curve lies in it."""
        steps = np.array([self.step_at(x) for x in np.linspace(box.left(), box.right(), COLUMNS).tolist()])
        top, bottom = (self._value_place(y) for y in (box.top(), box.bottom()))
        count = 0
        for x, y in self._points.values():
            if len(x):
                heights = self.axis.place(np.interp(steps, x, y, left=np.nan, right=np.nan))
                count += int(np.count_nonzero((heights <= top) & (heights >= bottom)))
        return count

    def _value_place(self, y: float) -> float:
        """Return what lies at a y coordinate, in the axis's own measure."""
        low, high = self.axis.ends
        return low + (high - low) * (self.plane.bottom() - y) / max(self.plane.height(), 1.0)

    def place_of(self, step: float) -> float:
        """Return the x coordinate of a step."""
        low, high = self._ends
        return self.plane.left() + self.plane.width() * (self.scale.place(step) - low) / (high - low)

    def step_at(self, x: float) -> float:
        """Return the step at an x coordinate; beyond the ends, the first or the last."""
        share = (x - self.plane.left()) / max(self.plane.width(), 1.0)
        low, high = self._ends
        return self.scale.step(low + min(max(share, 0.0), 1.0) * (high - low))

    @property
    def _ends(self) -> tuple[float, float]:
        """Where the first and the last step lie on their scale."""
        return self.scale.place(self.left), self.scale.place(self.right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pane on the axes."""
        super().resizeEvent(event)
        self._repaint()
        self._place()
        self._choose_steps()
        self._mark_cuts()

    def _place(self) -> None:
        margin = PANE_MARGIN
        self.curves.setGeometry(self.plane.adjusted(-margin, -margin, margin, margin).toRect())
        self._draw()

    def _draw(self) -> None:
        beside, above = (PANE_MARGIN / max(size, 1.0) for size in (self.plane.width(), self.plane.height()))
        self.curves.draw(self._points, Frame(self.left, self.right, self.axis, beside, above, self.scale))

    def _repaint(self) -> None:
        self._ground = QPixmap()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Show hairlines, tick numbers, and the words of an empty plot; whenever a curve is drawn, this is too."""
        ratio = self.devicePixelRatioF()
        if self._ground.isNull() or self._ground.devicePixelRatioF() != ratio:
            self._ground = self._painted(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        self._paint_steps(painter)  # not on the ground: they move with each frame of a run that is followed
        if self.cuts:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_cuts(painter, self.cuts, self.curves.strokes, self.plane)
        painter.end()

    def _paint_steps(self, painter: QPainter) -> None:
        if not self.steps:
            return
        plane, font = self.plane, number_font(SMALL)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        below = plane.bottom() + STEPS_LINE - 2
        for step, words in self.steps:
            x, wide = round(self.place_of(step)) + 0.5, metrics.horizontalAdvance(words)
            painter.setPen(self._palette.colour("hairline"))
            painter.drawLine(QPointF(x, plane.bottom()), QPointF(x, plane.bottom() + NOTCH))
            painter.setPen(self._palette.colour("muted"))
            left = min(max(x - wide / 2, plane.left()), self.width() - wide)
            painter.drawText(QPointF(left, below), words)

    def _painted(self, ratio: float) -> QPixmap:
        made = QPixmap(QSize(ceil(self.width() * ratio), ceil(self.height() * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self._paint_axis(painter)
        if self._focused:
            painter.setPen(QPen(self._palette.colour("accent"), 1))
            painter.drawRect(self.plane.toRect())
        if self.words:
            self._paint_words(painter)
        painter.end()
        return made

    def _paint_axis(self, painter: QPainter) -> None:
        plane, font = self.plane, number_font(SMALL)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for value, words in self.axis.ticks:
            y = round(self.height_of(value)) + 0.5
            painter.setPen(QPen(self._palette.colour("hairline"), 1))
            painter.drawLine(QPointF(plane.left(), y), QPointF(plane.right(), y))
            painter.setPen(self._palette.colour("muted"))
            left = plane.left() - TICK_GAP - metrics.horizontalAdvance(words)
            painter.drawText(QPointF(left, y + metrics.capHeight() / 2), words)

    def _paint_words(self, painter: QPainter) -> None:
        font = text_font()
        painter.setFont(font)
        room = QFontMetricsF(font).boundingRect(self.words).adjusted(-8, -4, 8, 4)
        room.moveCenter(self.plane.center())
        painter.fillRect(room, self._palette.colour("card"))
        painter.setPen(self._palette.colour("muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.words)


def gutter_for(axis: AnyAxis) -> int:
    """Return the pixels left of the hairlines in which every tick number stands whole."""
    metrics = QFontMetricsF(number_font(SMALL))
    widest = max(metrics.horizontalAdvance(words) for _, words in axis.ticks)
    return max(GUTTER, GUTTER_STEP * ceil((widest + TICK_GAP) / GUTTER_STEP))
