"""What a plot shows: the points of each curve of a history, as a person looks at them, and the axis for them."""

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from explorer.panels.training.axis import (
    AnyAxis,
    Values,
    fitted_axis,
    log_axis,
    round_axis,
    share_axis,
)
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.range_words import Spread
from explorer.panels.training.step_scale import EVEN, StepScale
from explorer.panels.training.strokes import MINIBATCH, TEST, TRAIN, raw
from explorer.panels.training.tops import TALL_LOG, top_of
from explorer.session import Evaluation, History, log_pieces
from explorer.session.series import BUCKETS
from explorer.session.smoothing import moving_average, smoothed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explorer.panels.training.curves import Points

MOST_POINTS = 400
"""Points of a measured curve that are drawn: about one a pixel."""
LEAST_GAP = 1e-9
RARE = 0.02
"""Share of the minibatches' losses that may lie below a logarithmic axis."""


class PlotKind(Struct, frozen=True):
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

    def points(self, history: History, view: PlotView) -> "dict[str, Points]":
        """Return the finite points of each curve; where they are smoothed, the raw ones too."""
        curves = self._minibatches(history, view) if self.minibatches else {}
        curves |= self.measured(history, view)
        return {name: finite(points) for name, points in curves.items()}

    def _minibatches(self, history: History, view: PlotView) -> "dict[str, Points]":
        low, high = view.ends(len(history.losses))
        start, losses = max(low - 1, 0), history.losses
        line = log_pieces.polyline(losses, start, high) if view.log_steps else losses.polyline(start, high)
        if not view.smoothing:
            return {MINIBATCH: line}
        smooth = log_pieces.smoothed if view.log_steps else smoothed
        return {raw(MINIBATCH): line, MINIBATCH: smooth(losses, view.smoothing, start, high)}

    def measured(self, history: History, view: PlotView) -> "dict[str, Points]":
        """Return the curves of what is measured on all samples now and then, smoothed over the minibatches' time."""
        curves: dict[str, Points] = {}
        low, high = (0.0, np.inf) if view.span is None else view.span
        for series in (TRAIN, TEST):
            field = f"{series}_{self.quantity}"
            if not (view.smoothing or view.log_steps):
                curves[series] = history.curve(field, MOST_POINTS, low, high)
                continue
            x, y = finite(history.curve(field))
            curves[series] = thinned((x, y), low, high, view.scale)
            if view.smoothing:
                curves[raw(series)] = curves[series]
                average = moving_average(y, view.smoothing, gaps(x, history, view))
                curves[series] = thinned((x, average), low, high, view.scale)
        return curves

    def axis(self, points: "Mapping[str, Points]", view: PlotView) -> AnyAxis:
        """Return the vertical axis for the points."""
        if self.minibatches and view.logarithmic:
            return log_axis(*log_ends(seen(points, view)))
        values = {name: y for name, y in seen(points, view).items() if len(y)}
        if view.span is None or not values:
            return round_axis(top_of(values) if values else 1.0) if self.minibatches else share_axis()
        low = min(float(y.min()) for y in values.values())
        return fitted_axis(low, top_of(values, chosen=True), np.inf if self.minibatches else 1.0)

    def spreads(self, history: History, span: tuple[int, int]) -> tuple[Spread, ...]:
        """Return what each curve holds within the steps, none of those of which nothing was measured there.

        The one that tells most comes first: that of every minibatch, else that of the test samples.
        """
        low, high = max(span[0], 1), min(span[1], len(history.losses))
        made = []
        if self.minibatches and low <= high:
            made.append(Spread(MINIBATCH, *history.losses.spread(low - 1, high)))
        for series in (TEST, TRAIN):
            x, y = finite(history.curve(f"{series}_{self.quantity}"))
            there = (x >= span[0]) & (x <= span[1])
            if there.any():
                within = y[there]
                made.append(Spread(series, float(within.min()), mean_of_steps(x, y, span), float(within.max())))
        return tuple(made)


LOSS = PlotKind("Loss", "loss", minibatches=True)
ACCURACY = PlotKind("Accuracy", "accuracy", minibatches=False, absent="no classes to be right about")


def mean_of_steps(x: Values, y: Values, span: tuple[int, int]) -> float:
    """Return the mean of a curve over the steps of a range as far as it goes: its points lie denser here than there."""
    low, high = max(span[0], float(x[0])), min(span[1], float(x[-1]))
    steps = np.concatenate(([low], x[(x > low) & (x < high)], [high]))
    values = np.interp(steps, x, y)
    return float(np.trapezoid(values, steps) / (high - low)) if high > low else float(values[0])


def finite(points: "Points") -> "Points":
    """Return the points whose value is finite."""
    x, y = points
    kept = np.isfinite(y)
    return x[kept], y[kept]


def inside(x: Values, low: float, high: float) -> slice:
    """Return which of the ascending steps lie between two, with the nearest beyond either end."""
    begin, end = np.searchsorted(x, low, "right"), np.searchsorted(x, high, "left")
    return slice(max(int(begin) - 1, 0), int(end) + 1)


def seen(points: "Mapping[str, Points]", view: PlotView) -> dict[str, Values]:
    """Return the values of each curve between the ends of the view."""
    if view.span is None:
        return {name: y for name, (_, y) in points.items()}
    return {name: y[inside(x, *view.span)] for name, (x, y) in points.items()}


def gaps(x: Values, history: History, view: PlotView) -> Values:
    """Return how far each of the ascending steps lies from the one before, in points that the minibatches are drawn in.

    On a logarithmic axis they are as far apart as they are painted.
    """
    low, high = view.ends(len(history.losses))
    if not view.log_steps:
        return np.diff(x, prepend=x[:1] - 1) / history.losses.width(low, high)
    places = view.scale.places(x)
    apart = (view.scale.place(high) - view.scale.place(low)) / BUCKETS
    return np.maximum(np.diff(places, prepend=places[:1] - apart) / max(apart, LEAST_GAP), LEAST_GAP)


def thinned(points: "Points", low: float, high: float, scale: StepScale = EVEN, most: int = MOST_POINTS) -> "Points":
    """Return what lies between two steps: all points, or ``most`` of them with the first and the last."""
    x, y = (part[inside(points[0], low, high)] for part in points)
    if len(x) <= most:
        return x, y
    if not scale.logarithmic:
        kept = np.linspace(0, len(x) - 1, most).round().astype(int)
        return x[kept], y[kept]
    places = scale.places(x)
    kept = np.unique(np.searchsorted(places, np.linspace(places[0], places[-1], most)))
    return x[kept], y[kept]


def log_ends(drawn: "Mapping[str, Values]") -> tuple[float, float, float]:
    """Return the least and the largest positive value to be seen, and a value of the start that is not left out.

    Of the minibatches', few may lie below.
    """
    positive = {name: y[y > 0] for name, y in drawn.items() if (y > 0).any()}
    if not positive:
        return 0.1, 1.0, 1.0
    lows = [float(np.quantile(y, RARE if name.startswith(MINIBATCH) else 0)) for name, y in positive.items()]
    return min(lows), top_of(positive, TALL_LOG), min(float(y[0]) for y in positive.values())
