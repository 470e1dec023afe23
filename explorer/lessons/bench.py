"""An experiment worked out: where its sliders stand, what its bars, matrices, curves and lines are. No Qt."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.lessons.expressions import evaluate, evaluated
from explorer.lessons.lesson import Curve, Experiment

Array = NDArray[np.float64]
POINTS = 241
"""Places at which a curve is worked out."""


class Traced(Struct, frozen=True, eq=False):
    """Curves as points.

    Attributes
    ----------
    x
        (P,), increasing.
    lines
        By name, (P,).
    mark
        Where the slider stands on the first curve; None without one.
    slope
        The first curve's there; None where no tangent is drawn.
    """

    x: Array
    lines: Mapping[str, Array]
    mark: tuple[float, float] | None = None
    slope: float | None = None


class Seen(Struct, frozen=True, eq=False):
    """What an experiment shows; each in the order of its page."""

    bars: tuple[Array, ...] = ()
    grids: tuple[Array, ...] = ()
    curves: tuple[Traced, ...] = ()
    lines: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()


def start_of(experiment: Experiment) -> dict[str, float]:
    """Return where the sliders stand at first."""
    return {slider.name: slider.start for slider in experiment.slider}


def seen(experiment: Experiment, places: Mapping[str, float]) -> Seen:
    """Work an experiment out.

    Parameters
    ----------
    places
        Where its sliders stand, by name.

    Raises
    ------
    ExplorerError
        If an expression fails, or is not what is drawn of it.
    """
    values = evaluated(experiment.let, places)
    return Seen(
        bars=tuple(shaped(bars.value, values, 1) for bars in experiment.bars),
        grids=tuple(shaped(grid.value, values, 2) for grid in experiment.grid),
        curves=tuple(traced(curve, values) for curve in experiment.curve),
        lines=tuple(float(shaped(line.value, values, 0)) for line in experiment.line),
        notes=tuple(note.text for note in experiment.note if evaluate(note.when, values)),
    )


def shaped(text: str, values: Mapping[str, Any], dimensions: int) -> Array:
    """Return an expression's value as an array of so many dimensions."""
    found = np.asarray(evaluate(text, values), np.float64)
    if found.ndim != dimensions:
        wanted = ("a number", "a vector", "a matrix")[dimensions]
        raise ExplorerError(f"“{text}” has the shape {found.shape}: expected {wanted}")
    return found


def traced(curve: Curve, values: Mapping[str, Any]) -> Traced:
    """Return a page's curves as points."""
    x = np.linspace(curve.least, curve.most, POINTS)
    x = 10**x if curve.logarithmic else x
    along = {**values, curve.over: x}
    lines = {name: np.broadcast_to(evaluate(text, along), x.shape) for name, text in curve.lines.items()}
    if not curve.point:
        return Traced(x, lines)
    at = 10 ** values[curve.point] if curve.logarithmic else values[curve.point]
    here = {**values, curve.over: np.array([at])}
    first = float(np.broadcast_to(evaluate(next(iter(curve.lines.values())), here), 1)[0])
    slope = float(np.broadcast_to(evaluate(curve.slope, here), 1)[0]) if curve.slope else None
    return Traced(x, lines, (at, first), slope)
