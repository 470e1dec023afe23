"""What a curve plot shows: title, step, curves on hairlines, newest values."""

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.panels.labelled import labelled
from explorer.panels.theme import LIGHT, Palette
from explorer.panels.training.floating import CornerNote, overlay_forms
from explorer.panels.training.meaning import Meaning
from explorer.panels.training.overlay_curves import OverlayCurves
from explorer.panels.training.overlays import Overlay
from explorer.panels.training.plot_kind import PlotKind
from explorer.panels.training.plot_view import PlotView, span_words
from explorer.panels.training.pointed_area import PointedArea
from explorer.panels.training.readout_line import ReadoutLine, unasking
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
        self._meaning: Meaning | None = None
        self._behind = OverlayCurves(kind)
        self._make_parts()
        self.curves.set_strokes(self.strokes)
        self._arrange()

    # Building

    def _make_parts(self) -> None:
        self.area = PointedArea()
        self.curves = self.area.curves
        self.foot = ReadoutLine(minibatches=self.kind.minibatches)
        self.step_label = StepLabel()
        self.switches = Switches(self.kind.title.lower(), scales=self.kind.minibatches)
        self.switches.show_view(self.view)
        self.corner = CornerNote(self.area, bottom=not self.kind.minibatches)
        self.area.resized.connect(self._show_names)

    def _arrange(self) -> None:
        title = labelled(self.kind.title, "title")
        title.setToolTip(HINT)
        head = QWidget()
        line = unasking(head)
        line.setSpacing(4)
        line.addWidget(title)
        line.addWidget(self.switches)
        line.addWidget(self.step_label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(head)
        column.addWidget(self.area, 1)
        column.addWidget(self.foot)

    # What is shown

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._palette = palette
        self.area.set_palette(palette)
        self._stroke_curves()

    def set_meaning(self, meaning: Meaning | None) -> None:
        """Say beside the newest values what they mean; nothing where they stand for themselves."""
        self._meaning = meaning

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
            self.foot.set_colour(drawn[MINIBATCH].colour)
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
            spoken = self.foot.show_spreads(found, self.width())
            self.setAccessibleDescription(f"{self.step_label.text()}: {self.kind.quantity}, {spoken}")
        else:
            self.foot.name_minibatches(self.width())

    def tell_steps(self, words: str) -> None:
        """Say which steps are meant: with the numbers of a range alone where there is no room for more."""
        if words.startswith(RANGE) and self.step_label.fontMetrics().horizontalAdvance(words) > self.step_label.width():
            words = words.removeprefix(RANGE)
        self.step_label.setText(words)

    def _show_values(self) -> None:
        """Say the newest values, and what the axis cuts off."""
        values = {series: value for series in self.foot.values if not math.isnan(value := self._newest_of(series))}
        told = self._worded(values)
        self.foot.show_values(told, {series: self._tip(value) for series, value in values.items()})
        beyond = sorted({cut.name for cut in self.area.cuts if cut.name in (MINIBATCH, TRAIN, TEST)})
        cut = f"in part beyond the axis: {' and '.join(beyond)}" if beyond else ""
        self.setAccessibleDescription(", ".join(filter(None, (*told.values(), self.step_label.text(), cut))))

    def _worded(self, values: "Mapping[str, float]") -> dict[str, str]:
        """Return the values by their curves' names, with what they mean where there is room for it."""
        told = {series: f"{series} {shown(value, 3)}" for series, value in values.items()}
        if self._meaning is None:
            return told
        longer = {series: f"{told[series]} ({self._meaning.beside(value)})" for series, value in values.items()}
        return longer if self.foot.width_of(longer) <= self.width() else told

    def _tip(self, value: float) -> str:
        """Return a value to its last digit, and what it means."""
        return exact(value) if self._meaning is None else f"{exact(value)}\n{self._meaning.told(value)}"

    def _newest_of(self, series: str) -> float:
        """Return the newest value of a curve; after a divergence, the last finite one; NaN where there is none."""
        run = self._run
        value = math.nan if run.evaluation is None else self.kind.value(series, run.evaluation)
        drawn = self._points.get(series, (np.empty(0), np.empty(0)))[1]
        lost = run.status is RunStatus.FAILED and not math.isfinite(value) and len(drawn) > 0
        return float(drawn[-1]) if lost else value

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name as much as there is room for."""
        super().resizeEvent(event)
        self.switches.show_width(self.width())
        if self._meaning is not None:
            self._show_values()
        if self.view.span is None:
            self.foot.fit(self.width())
        else:
            self._show_words()
