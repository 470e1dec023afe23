"""What the curves of a plot are at a step: exact where every step is drawn, else the extremes of the drawn bucket."""

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from explorer.panels.training.plot_kind import PlotKind
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.strokes import MINIBATCH, TEST, TRAIN
from explorer.session import Evaluation, History
from explorer.session.log_pieces import BUCKETS_EACH, pieces
from explorer.session.series import BUCKETS
from explorer.tape.numbers import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from explorer.panels.training.curves import Points
    from explorer.panels.training.overlays import Overlay

DIGITS = 4
NOTHING = np.empty(0), np.empty(0)


class Row(Struct, frozen=True):
    """A curve's value in words; ``stroke`` names the curve in whose colour it stands, and ``place`` is where it is."""

    name: str
    words: str
    stroke: str
    place: tuple[float, float] | None = None
    smooth: str = ""


class Reading(Struct, frozen=True):
    """What stands beside the pointer: which step, a row for each curve, and at which step rows were measured."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""

    @property
    def spoken(self) -> str:
        """The reading as one line."""
        rows = (" ".join(filter(None, (row.name, row.words, row.smooth))) for row in self.rows)
        return ", ".join(filter(None, (self.title, *rows, self.note)))


def read_at(step: int, kind: PlotKind, history: History, view: PlotView, points: "Mapping[str, Points]") -> Reading:
    """Return the values of the run's own curves at a step; ``points`` are what is drawn of them."""
    rows, low, high = [], step - 1, step
    if 1 <= step <= len(history.losses):
        low, high = bucket_of(step, history, view)
        if kind.minibatches:
            rows.append(minibatch_row(low, high, history, points))
    found = history.nearest(step) if step <= len(history.losses) else None
    measured = [] if found is None else measured_rows(found, kind, view, points)
    if found is None or not measured:
        return Reading(f"step {step:,}", tuple(rows))
    within = low < found.step <= high  # one step is told where one is drawn
    note = "" if within else f"measured at {found.step:,}"
    return Reading(f"step {found.step if within else step:,}", (*rows, *measured), note)


def measured_rows(found: Evaluation, kind: PlotKind, view: PlotView, points: "Mapping[str, Points]") -> list[Row]:
    """Return what was measured on the training and on the test samples."""
    rows = []
    for series in (TRAIN, TEST):
        value = kind.value(series, found)
        if np.isfinite(value):
            smooth = smooth_words(series, found.step, view, points)
            rows.append(Row(series, shown(value, DIGITS), series, (float(found.step), value), smooth))
    return rows


def bucket_of(step: int, history: History, view: PlotView) -> tuple[int, int]:
    """Return the points, from one to before the other, that are drawn as one at a step."""
    low, high = view.ends(len(history.losses))
    start, high = max(low - 1, 0), min(high, len(history.losses))
    buckets = BUCKETS
    if view.log_steps:
        buckets, within = BUCKETS_EACH, (each for each in pieces(start, high) if each[0] < step <= each[1])
        start, high = next(within, (start, high))
    if high - start <= buckets:
        return step - 1, step
    width = history.losses.width(start, high, buckets)
    first = (step - 1) // width * width
    return first, min(first + width, len(history.losses))


def minibatch_row(low: int, high: int, history: History, points: "Mapping[str, Points]") -> Row:
    """Return the loss of a minibatch, or the least and the largest of several."""
    least, mean, most = history.losses.spread(low, high)
    smooth = smooth_at(MINIBATCH, (low + 1 + high) / 2, points) if f"{MINIBATCH} raw" in points else ""
    if high - low == 1:
        return Row("batch", shown(mean, DIGITS), MINIBATCH, (float(high), mean), smooth)
    words = f"{shown(least, DIGITS)}–{shown(most, DIGITS)} of {high - low:,} steps"
    return Row("batch", words, MINIBATCH, None, smooth)


def smooth_words(name: str, step: float, view: PlotView, points: "Mapping[str, Points]") -> str:
    """Return the smoothed value where curves are smoothed."""
    return smooth_at(name, step, points) if view.smoothing else ""


def smooth_at(name: str, step: float, points: "Mapping[str, Points]") -> str:
    """Return the drawn value of a curve at a step, in words; nothing where the curve is not drawn yet."""
    x, y = points.get(name, NOTHING)
    return f"smooth {shown(float(np.interp(step, x, y)), DIGITS)}" if len(x) else ""


def read_overlays(step: int, kind: PlotKind, overlays: "Sequence[Overlay]") -> tuple[Row, ...]:
    """Return train and test of each further run, at its evaluation nearest to a step that it reached."""
    rows = []
    for place, overlay in enumerate(overlays):
        found = overlay.history.nearest(step)
        measured = found is not None and np.isfinite(kind.value(TRAIN, found))
        if found is not None and measured and step <= max(len(overlay.history.losses), found.step):
            rows.append(Row(overlay.name, pair_words(kind, found), f"overlay {place} {TRAIN}"))
    return tuple(rows)


def pair_words(kind: PlotKind, evaluation: Evaluation) -> str:
    """Return "0.1234, test 0.2345", or the training's alone."""
    train, test = (kind.value(series, evaluation) for series in (TRAIN, TEST))
    return f"{shown(train, DIGITS)}, test {shown(test, DIGITS)}" if np.isfinite(test) else shown(train, DIGITS)
