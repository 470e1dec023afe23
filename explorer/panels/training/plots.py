"""A curve plot: title, step, curves on hairlines, newest values. The curves are built after the first frame."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.panels.stylesheet import mixed
from explorer.panels.theme import LIGHT, Palette
from explorer.panels.training.axis import Axis, loss_axis, share_axis
from explorer.panels.training.plot_area import PlotArea
from explorer.session import Evaluation, History, Run, RunStatus
from explorer.tape.numbers import exact, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explorer.panels.training.curves import Curves, Points

MOST_POINTS = 400
"""Points of a measured curve that are drawn: about one a pixel."""
EMPTY = "no training yet"
SHORTEST = 10
"""Steps that the horizontal axis covers at least."""
PALE = 0.55
"""How far the colour of the minibatches' curve lies from the training curve's towards the card's."""


@dataclass(frozen=True, slots=True)
class PlotKind:
    """What a plot shows.

    Attributes
    ----------
    title
        What a person reads.
    quantity
        Stands after ``train_`` and ``test_`` in the fields of an ``Evaluation``.
    minibatches
        True where every minibatch's value is drawn too.
    absent
        What the empty plot says where there is nothing to measure.
    """

    title: str
    quantity: str
    minibatches: bool
    absent: str = ""

    def value(self, series: str, evaluation: Evaluation) -> float:
        """Return the value of "train" or "test"."""
        return float(getattr(evaluation, f"{series}_{self.quantity}"))

    def points(self, history: History) -> "dict[str, Points]":
        """Return the finite points of each curve, from the lowest curve to the topmost."""
        curves = {"minibatch": history.envelope.polyline()} if self.minibatches else {}
        for series in ("train", "test"):
            curves[series] = history.curve(f"{series}_{self.quantity}", MOST_POINTS)
        return {name: finite(points) for name, points in curves.items()}

    def axis(self, points: "Mapping[str, Points]") -> Axis:
        """Return the vertical axis for the points."""
        return loss_axis([y for _, y in points.values()]) if self.minibatches else share_axis()


LOSS = PlotKind("Loss", "loss", minibatches=True)
ACCURACY = PlotKind("Accuracy", "accuracy", minibatches=False, absent="no classes to be right about")


def finite(points: "Points") -> "Points":
    """Return the points whose value is finite."""
    x, y = points
    kept = np.isfinite(y)
    return x[kept], y[kept]


class CurvePlot(QWidget):
    """One plot of a run's history, named ``loss_plot`` or ``accuracy_plot``."""

    def __init__(self, kind: PlotKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.setObjectName(f"{kind.quantity}_plot")
        self.setAccessibleName(kind.title)
        self._palette = LIGHT
        self.curves: Curves | None = None
        self.area = PlotArea()
        self.readouts = {series: QLabel() for series in ("train", "test")}
        self.step_label = QLabel(alignment=Qt.AlignmentFlag.AlignRight)
        self.step_label.setProperty("role", "small")
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self.ensure_plot)
        self._arrange()

    def _arrange(self) -> None:
        title = QLabel(self.kind.title)
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.step_label)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        foot.addStretch(1)
        for series, label in self.readouts.items():
            label.setProperty("series", series)
            foot.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addLayout(foot)

    @Slot()
    def ensure_plot(self) -> None:
        """Build the curves, if they are not there; the first time this takes half a second."""
        if self.curves is None:
            from explorer.panels.training.curves import Curves  # noqa: PLC0415 (0.45 s that no first frame waits for)

            order = ("minibatch", "train", "test") if self.kind.minibatches else ("train", "test")
            self.curves = Curves(order)
            self._colour_curves()
            self.area.carry(self.curves)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._palette = palette
        self.area.set_palette(palette)
        self._colour_curves()

    def _colour_curves(self) -> None:
        if self.curves is None:
            return
        look = self._palette
        colours = {"train": look.train, "test": look.test}
        if self.kind.minibatches:
            colours["minibatch"] = mixed(look.train, look.card, PALE)
        self.curves.set_colours(colours)

    def show_history(self, history: History, run: Run) -> None:
        """Draw what has been measured, with the newest values in words."""
        points = self.kind.points(history)
        words = ""
        if not len(history.losses):
            points, words = {name: (np.empty(0), np.empty(0)) for name in points}, EMPTY
        elif not any(len(y) for _, y in points.values()):
            words = self.kind.absent
        right = float(max(len(history.losses), SHORTEST))
        self.area.set_curves(points, self.kind.axis(points), right, words)
        if self.curves is not None:
            self.curves.set_resting(run.status is not RunStatus.RUNNING)
        self.step_label.setText(f"step {run.step:,}")
        self._show_values(points, run)

    def _show_values(self, points: "Mapping[str, Points]", run: Run) -> None:
        """Say the newest values; after a divergence, the last finite ones."""
        spoken = []
        for series, label in self.readouts.items():
            value = math.nan if run.evaluation is None else self.kind.value(series, run.evaluation)
            if run.status is RunStatus.FAILED and not math.isfinite(value) and len(points[series][1]):
                value = float(points[series][1][-1])
            measured = not math.isnan(value)
            label.setVisible(measured)
            label.setText(f"{series} {shown(value, 3)}" if measured else "")
            label.setToolTip(exact(value) if measured else "")
            spoken.append(label.text())
        self.setAccessibleDescription(", ".join(filter(None, (*spoken, self.step_label.text()))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Build the curves as soon as the first frame is out."""
        super().paintEvent(event)
        if self.curves is None and not self._soon.isActive():
            self._soon.start()
