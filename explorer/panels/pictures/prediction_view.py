"""Predictions over their targets: on the diagonal, a prediction is right; a mark leads to the pass of its sample."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.graph.key_sets import ARROWS, ENTER
from explorer.panels.picker import Picker
from explorer.panels.pictures.plane import paint_ticks, place_of, plane_in
from explorer.panels.pictures.pointed_view import PointedView
from explorer.panels.pictures.prediction_words import PARTS, sample_words, words_of
from explorer.panels.pictures.samples import MOST_MARKS, radius_for
from explorer.panels.pictures.stamps import Stamps
from explorer.panels.theme import SMALL, text_font
from explorer.session import State, Subject
from explorer.session.guests import Part
from explorer.session.pictures.prediction import Prediction, predicted_names, prediction, shown_sample
from explorer.session.pictures.signals import Work, evenly

LIVE_SAMPLES, SAMPLES = 1000, 10_000
"""Samples of a part that are measured at most, while training runs and at rest."""
REACH = 10.0
"""Pixels within which a mark is pointed at."""
RING = 6.0
ROOMY = 560
"""Pixels of width from which errors are called by their whole names."""
AIR = 4
NARROWEST, WIDEST = 60, 150
"""Pixels of the switch between outputs, whose names may be long: its list shows them whole."""


class Marked(NamedTuple):
    """A mark that is drawn: of which part, and which of the part's samples that are measured."""

    part: Part
    place: int


class PredictionView(PointedView):
    """Paints a ``Prediction``; where there are several outputs, a switch chooses one.

    Signals
    -------
    chosen
        A sample whose pass is to be shown: its part, and its index there.
    """

    chosen = Signal(str, int)
    own_keys = frozenset((*ARROWS, *ENTER))

    def __init__(self) -> None:
        super().__init__("Predictions over targets")
        self.found: Prediction | None = None
        self.state: State | None = None
        self.column = 0
        self._subject: Subject | None = None
        self._drawn: tuple[Marked, ...] = ()
        self._points = np.empty((0, 2))
        self._stamps = Stamps()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # who has clicked a mark goes on to step its pass
        self._make_switch()

    def _make_switch(self) -> None:
        self.picker = Picker()
        self.picker.setAccessibleName("Predicted number")
        self.picker.setToolTip("Which of the predicted numbers is shown")
        self.picker.setMinimumWidth(NARROWEST)
        self.picker.setMaximumWidth(WIDEST)
        self.picker.activated.connect(self._pick)
        self.switch = QWidget()  # hides with the picture; the picker in it where there is nothing to choose
        line = QHBoxLayout(self.switch)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.picker)

    @Slot(int)
    def _pick(self, column: int) -> None:
        self.column = column
        self.changed.emit()

    def show_samples(self, state: State) -> None:
        """Offer what is predicted of these samples."""
        if self._subject is state.subject:
            return
        if self._subject is None or are_others(self._subject, state.subject):
            self.found = None
        self._subject, names = state.subject, predicted_names(state.subject)
        self.column = self.column if self.column < len(names) else 0
        if names != tuple(self.picker.itemText(row) for row in range(self.picker.count())):
            self.picker.clear()
            self.picker.addItems(names)
            self.picker.setCurrentIndex(self.column)
        self.picker.setVisible(len(names) > 1)

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Predict the chosen number for some samples of each part."""
        self.show_samples(state)
        found = yield from prediction(state.subject, state.network, self.column, LIVE_SAMPLES if live else SAMPLES)
        self.state, self.found = state, found
        self._lay_marks(found)
        self._say()
        self.say_pointed()

    def _lay_marks(self, found: Prediction) -> None:
        """Choose the samples that are drawn; a prediction beyond the frame is drawn at its edge."""
        drawn, points = [], []
        for name, part in zip(PARTS, found.parts, strict=True):
            chosen = evenly(len(part.samples), MOST_MARKS)
            outputs = np.clip(np.nan_to_num(part.outputs[chosen]), found.frame.bottom, found.frame.top)
            points.append(np.column_stack([part.targets[chosen], outputs]))
            drawn += [Marked(name, place) for place in chosen.tolist()]
        self._drawn, self._points = tuple(drawn), np.concatenate(points)

    def _say(self) -> None:
        if self.found is not None and self._subject is not None:
            self.tell(*words_of(self.found, self._subject, roomy=self.width() >= ROOMY))

    def follow(self, state: State) -> None:
        """Ring the sample that the pass shows."""
        self.state = state
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        if (event.size().width() >= ROOMY) != (event.oldSize().width() >= ROOMY):
            self._say()

    # Pointing

    def ground(self) -> QRectF:
        """Return the rectangle of the plane."""
        return plane_in(QRectF(self.rect()))

    def mark_at(self, at: QPointF) -> Marked | None:
        """Return the mark that lies nearest to a place, within reach."""
        found, plane = self.found, self.ground()
        if found is None or not len(self._points):
            return None
        far = np.hypot(*(self._places(found, plane) - (at.x(), at.y())).T)
        nearest = int(far.argmin())
        return self._drawn[nearest] if far[nearest] <= REACH else None

    def _places(self, found: Prediction, plane: QRectF) -> NDArray[np.float64]:
        """Return where the marks lie, (n, 2), in pixels."""
        frame = found.frame
        shares = (self._points - (frame.left, frame.top)) / (frame.right - frame.left, frame.bottom - frame.top)
        return shares * (plane.width(), plane.height()) + (plane.left(), plane.top())

    def words_at(self, at: QPointF) -> str:
        """Say which sample a mark is, and its numbers."""
        marked = self.mark_at(at)
        if marked is None or self.found is None or self._subject is None:
            return ""
        return sample_words(self.found, self._subject, *marked)

    def choose_at(self, at: QPointF) -> None:
        """Ask for the pass of the sample whose mark lies there."""
        marked = self.mark_at(at)
        if marked is not None and self.found is not None:
            part = self.found.parts[marked.part == "test"]
            self.chosen.emit(marked.part, int(part.samples[marked.place]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point with another mouse cursor at what can be clicked."""
        super().mouseMoveEvent(event)
        hand = self.mark_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the pass of the sample below the mouse."""
        self.choose_at(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the pass of the sample that the arrow keys have led to."""
        if self.keeps(event) and event.key() in ENTER:
            if self.at is not None:
                self.choose_at(self.at)
        else:
            super().keyPressEvent(event)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the diagonal, the samples, and a ring around the one that the pass shows."""
        found = self.found
        if found is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plane = self.ground()
        paint_ticks(painter, found.frame, plane, self.look)
        painter.setPen(QPen(self.look.colour("muted"), 1))
        painter.drawLine(plane.bottomLeft(), plane.topRight())
        self._paint_names(painter, plane)
        self._paint_marks(painter, found, plane)
        self._paint_ring(painter, found, plane)
        self.paint_cross(painter, plane)
        painter.end()

    def _paint_names(self, painter: QPainter, plane: QRectF) -> None:
        """Name both axes in the corners that lie farthest from what is right."""
        painter.setFont(text_font(SMALL))
        inner = plane.adjusted(AIR, AIR - 2, -AIR, 2 - AIR)
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, "↑ prediction")
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, "target →")

    def _paint_marks(self, painter: QPainter, found: Prediction, plane: QRectF) -> None:
        places, radius = self._places(found, plane), radius_for(plane.size())
        held_out = np.array([marked.part == "test" for marked in self._drawn], bool)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._stamps.paint(painter, places[~held_out], self.look, radius, filled=True)
        self._stamps.paint(painter, places[held_out], self.look, radius, filled=False)

    def _paint_ring(self, painter: QPainter, found: Prediction, plane: QRectF) -> None:
        state = self.state
        if state is None or state.subject is not self._subject:
            return
        frame, (target, output) = found.frame, shown_sample(state, found.column)
        if np.isfinite(output):
            at = place_of(target, min(max(output, frame.bottom), frame.top), frame, plane)
            painter.setPen(QPen(self.look.colour("ink"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, RING, RING)


def are_others(old: Subject, new: Subject) -> bool:
    """Tell whether the samples are not those of before, changed at most, whose picture may stay until the next one."""
    lengths = ([len(X) for X, _ in subject.parts] for subject in (old, new))
    return old.key != new.key or next(lengths) != next(lengths)
