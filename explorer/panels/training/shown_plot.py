"""What a curve plot shows: title, step, curves on hairlines, newest values."""

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from explorer.panels.labelled import labelled
from explorer.panels.theme import LIGHT, Palette
from explorer.panels.training.floating import SWATCH, CornerNote, overlay_forms
from explorer.panels.training.overlay_curves import OverlayCurves
from explorer.panels.training.overlays import Overlay
from explorer.panels.training.plot_kind import PlotKind
from explorer.panels.training.plot_view import PlotView, span_words
from explorer.panels.training.pointed_area import PointedArea
from explorer.panels.training.range_words import FORMS, Spread, range_texts
from explorer.panels.training.step_label import StepLabel
from explorer.panels.training.strokes import MINIBATCH, TEST, TRAIN, Stroke, strokes
from explorer.panels.training.switches import Switches
from explorer.session import History, Run, RunStatus
from explorer.tape.numbers import exact, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explorer.panels.training.curves import Points

EMPTY = "no training yet"
RANGE = "steps "
BATCH_TIP = "The loss of each minibatch, before its update"
SPACE, SWATCH_GAP = 10, 4
"""Pixels between the names of curves, and between a name and its colour."""
NAMES, LEAST_NAME = 0.6, 96
"""The share of the plot's width that a further run's name may take, and the pixels that it may at least."""
SHORTEST = 10
"""Steps that the horizontal axis covers at least."""
DWARFED = 2
"""A run behind that has so many times the steps, or more, leaves this one little of the width."""
HINT = (
    "Point for the values; drag for a range of steps, or turn the wheel; a double click (or W) shows all of them. "
    "An arrow at the edge: the curve goes on beyond it"
)


class ShownPlot(QWidget):
    """A run's history as ``PlotKind`` has it, looked at as ``view`` says, with further runs behind it."""

    def __init__(self, kind: PlotKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.view = kind, PlotView()
        self.setObjectName(f"{kind.quantity}_plot")
        self.setAccessibleName(kind.title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._palette = LIGHT
        self._history, self._run = History(), Run(0)
        self._told: int | None = None
        self._points: Mapping[str, Points] = {}
        self._overlays: tuple[Overlay, ...] = ()
        self._behind = OverlayCurves(kind)
        self._make_parts()
        self.curves.set_strokes(self.strokes)
        self._arrange()

    # Building

    def _make_parts(self) -> None:
        self.area = PointedArea()
        self.curves = self.area.curves
        self.readouts = {series: QLabel() for series in (TRAIN, TEST)}
        self.batch, self.sign = QLabel(), QLabel(SWATCH)
        self.batch.setProperty("role", "small")
        self.step_label = StepLabel()
        self.switches = Switches(self.kind.title.lower(), scales=self.kind.minibatches)
        self.switches.show_view(self.view)
        self.corner = CornerNote(self.area, bottom=not self.kind.minibatches)
        self.area.resized.connect(self._show_names)

    def _arrange(self) -> None:
        title = labelled(self.kind.title, "title")
        title.setToolTip(HINT)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(title)
        head.addWidget(self.switches)
        head.addWidget(self.step_label, 1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addStretch(1)
        for series, label in self.readouts.items():
            label.setProperty("series", series)
            foot.addWidget(label)
        named = QHBoxLayout()
        named.setSpacing(SWATCH_GAP)
        for label in (self.sign, self.batch):
            named.addWidget(label)
            label.setVisible(self.kind.minibatches)
        foot.addLayout(named)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(unasking(head))
        column.addWidget(self.area, 1)
        column.addWidget(unasking(foot))

    # What is shown

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._palette = palette
        self.area.set_palette(palette)
        self._stroke_curves()

    def set_view(self, view: PlotView) -> None:
        """Look at the curves in another way."""
        if view != self.view:
            self.view = view
            self.switches.show_view(view)
            self._stroke_curves()
            self._draw()

    def set_overlays(self, overlays: tuple[Overlay, ...]) -> None:
        """Draw further runs behind this one: what they measured on all samples, thin, the test samples' dashed.

        They stand in a legend and beside the values at the pointer, by name, in the order given. Their histories may
        grow: each is read again when the plot is drawn. An empty tuple draws none.
        """
        if overlays != self._overlays:
            self._overlays = overlays
            self._stroke_curves()
            self._draw()

    @property
    def strokes(self) -> dict[str, Stroke]:
        """How each curve is drawn."""
        return strokes(
            self._palette,
            minibatches=self.kind.minibatches,
            smoothing=self.view.smoothing > 0,
            overlays=self._overlays,
        )

    def _stroke_curves(self) -> None:
        drawn = self.strokes
        if MINIBATCH in drawn:
            self.sign.setStyleSheet(f"color: {drawn[MINIBATCH].colour}")
        self.curves.set_strokes(drawn)
        self._show_words()

    def show_history(self, history: History, run: Run) -> None:
        """Draw what has been measured, with the newest values in words."""
        self._history, self._run = history, run
        self._draw()

    def tell_step(self, step: int) -> None:
        """Say which step is shown, at once: the curves come later, each in its turn."""
        if step != self._told:
            self._told = step
            self._show_step()

    def _show_step(self) -> None:
        step = self._run.step if self._told is None else self._told
        self.tell_steps(span_words(self.view.span) if self.view.span else f"step {step:,}")

    @property
    def newest(self) -> int:
        """The last step that is drawn where the whole run is."""
        return max(SHORTEST, len(self._history.losses), 0 if self.view.own else self._longest)

    @property
    def _longest(self) -> int:
        """The steps of the longest run behind this one."""
        return max((len(each.history.losses) for each in self._overlays), default=0)

    @property
    def is_dwarfed(self) -> bool:
        """Whether a run behind this one is far longer."""
        return self._longest > DWARFED * len(self._history.losses) > 0

    def _draw(self) -> None:
        history, run = self._history, self._run
        points = self.kind.points(history, self.view) if len(history.losses) else {}
        behind = replace(self.view, span=self.view.ends(self.newest)) if self.view.own else self.view
        self._points = points | self._behind.points(self._overlays, behind)
        self.switches.offer_own(offered=self.is_dwarfed)
        words = ""
        if not any(len(y) for _, y in self._points.values()):
            words = self.kind.absent if len(history.losses) else EMPTY
        ends = self.view.ends(self.newest)
        self.area.set_curves(self._points, self.kind.axis(self._points, self.view), ends, words, self.view.scale)
        self.curves.set_resting(run.status is not RunStatus.RUNNING)
        self._show_words()
        if self._overlays or not self.corner.isHidden():
            self._show_names()

    def _show_names(self) -> None:
        plane = self.area.plane
        fitting = partial(self.corner.shortened, room=max(plane.width() * NAMES, LEAST_NAME))
        forms = [] if self.area.words else overlay_forms(self._overlays, plane.height() / 2, fitting)
        self.corner.show_first(forms, plane, self.area.crowding)

    def _show_words(self) -> None:
        """Say which steps are shown, and the newest values, or what the range of steps holds."""
        self._show_step()
        self._show_values()
        found = self.kind.spreads(self._history, self.view.span) if self.view.span else ()
        if found:
            self._show_spreads(found)
            return
        if self.batch.toolTip() != BATCH_TIP:
            self.name_minibatches()
        self._fit_batch()

    def _fit_batch(self) -> None:
        """Name the minibatches' curve where the numbers leave room for it: its colour does not stand alone."""
        numbers = [label.sizeHint().width() + SPACE for label in self.readouts.values() if not label.isHidden()]
        named = self.sign.sizeHint().width() + self.batch.sizeHint().width() + SWATCH_GAP
        self._show_batch(shown=self.kind.minibatches and sum(numbers) + named <= self.width())

    def _show_batch(self, *, shown: bool) -> None:
        self.batch.setVisible(shown)
        self.sign.setVisible(not self.batch.isHidden())  # showing a label may lay out anew, and come here again

    def tell_steps(self, words: str) -> None:
        """Say which steps are meant: with the numbers of a range alone where there is no room for more."""
        if words.startswith(RANGE) and self.step_label.fontMetrics().horizontalAdvance(words) > self.step_label.width():
            words = words.removeprefix(RANGE)
        self.step_label.setText(words)

    def name_minibatches(self) -> None:
        """Name the minibatches' curve."""
        self.sign.setToolTip(BATCH_TIP)
        self.batch.setText("batch")
        self.batch.setToolTip(BATCH_TIP)

    def _show_spreads(self, spreads: tuple[Spread, ...]) -> None:
        """Say what each curve holds in a range of steps, in as many words as fit; all of it to who asks."""
        labels = {**self.readouts, MINIBATCH: self.batch}
        for form in FORMS:
            texts = range_texts(spreads, form)
            wide = sum(labels[name].fontMetrics().horizontalAdvance(text) + SPACE for name, text in texts.items())
            if wide + (self.sign.sizeHint().width() if MINIBATCH in texts else -SPACE) <= self.width():
                break
        for name, label in labels.items():
            label.setText(texts.get(name, ""))
        for label in self.readouts.values():
            label.setVisible(bool(label.text()))
        self._show_batch(shown=bool(self.batch.text()))
        exactly = "\n".join(each.told(exact) for each in spreads)
        for label in (*labels.values(), self.sign):
            label.setToolTip(exactly)
        spoken = "; ".join(each.told(shown) for each in spreads)
        self.setAccessibleDescription(f"{self.step_label.text()}: {self.kind.quantity}, {spoken}")

    def _show_values(self) -> None:
        """Say the newest values; after a divergence, the last finite ones."""
        spoken, run = [], self._run
        for series, label in self.readouts.items():
            value = math.nan if run.evaluation is None else self.kind.value(series, run.evaluation)
            drawn = self._points.get(series, (np.empty(0), np.empty(0)))[1]
            if run.status is RunStatus.FAILED and not math.isfinite(value) and len(drawn):
                value = float(drawn[-1])
            measured = not math.isnan(value)
            label.setVisible(measured)
            label.setText(f"{series} {shown(value, 3)}" if measured else "")
            label.setToolTip(exact(value) if measured else "")
            spoken.append(label.text())
        beyond = sorted({cut.name for cut in self.area.cuts if cut.name in (MINIBATCH, TRAIN, TEST)})
        cut = f"in part beyond the axis: {' and '.join(beyond)}" if beyond else ""
        self.setAccessibleDescription(", ".join(filter(None, (*spoken, self.step_label.text(), cut))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name as much as there is room for."""
        super().resizeEvent(event)
        self.switches.show_width(self.width())
        if self.view.span is None:
            self._fit_batch()
        else:
            self._show_words()


def unasking(line: QHBoxLayout) -> QWidget:
    """Return a widget of a line that asks for no width: words come and go, and the plots stay as wide as they are."""
    made = QWidget()
    line.setContentsMargins(0, 0, 0, 0)
    made.setLayout(line)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made
