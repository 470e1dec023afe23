"""Predicted numbers against their targets, in the units of the data, and how far they are off."""

import math

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.data import Scaling
from explorer.engine.losses import LOSSES
from explorer.engine.network import Network
from explorer.session.columns import source_of
from explorer.session.pictures.regions import MOST_LOOKED_AT, Frame, frame_of
from explorer.session.pictures.signals import Array, Work, evenly, in_pieces
from explorer.session.rightness import has_accuracy, lacks_samples
from explorer.session.samples_text import quantities_of
from explorer.session.state import State
from explorer.session.subject import Subject

Numbers = NDArray[np.float64]
LEAST_SAMPLES = 2
"""One sample alone is no relation."""
SQUARED = {"half_squared_error": 2.0, "squared_error": 1.0}
"""By loss, how many times it the squared error is."""


class Errors(Struct, frozen=True):
    """How far predictions are off, in the units of the target.

    Attributes
    ----------
    rmse, mae
        The root of the mean squared error, sqrt(mean (p - t)^2), and the mean absolute error, mean |p - t|.
    r2
        R^2 = 1 - sum (p - t)^2 / sum (t - mean t)^2, 0 for who always says the mean; NaN where all targets are alike.
    """

    rmse: float
    mae: float
    r2: float


class Scatter(Struct, frozen=True, eq=False):
    """Samples of a part: their indices in it, what was to be predicted, and what is; (n,), in its units."""

    samples: NDArray[np.intp]
    targets: Numbers
    outputs: Numbers

    def errors(self) -> Errors | None:
        """Return how far off they are; None where there are none."""
        if not len(self.samples):
            return None
        with np.errstate(all="ignore"):
            off = self.outputs - self.targets
            spread = float(((self.targets - self.targets.mean()) ** 2).sum())
            squares = float((off**2).sum())
        r2 = 1 - squares / spread if spread > 0 else math.nan
        return Errors(math.sqrt(squares / len(off)), float(np.abs(off).mean()), r2)


class Prediction(Struct, frozen=True, eq=False):
    """One output over its target.

    Attributes
    ----------
    name, column
        What is predicted, and which output that is, from 0.
    parts
        Samples to train on, and held out.
    frame
        A square around the targets: predictions may lie beyond it.
    """

    name: str
    column: int
    parts: tuple[Scatter, Scatter]
    frame: Frame

    @property
    def beyond(self) -> int:
        """How many predictions lie outside the frame."""
        low, high = self.frame.bottom, self.frame.top
        return sum(int(((part.outputs < low) | (part.outputs > high)).sum()) for part in self.parts)

    @property
    def is_finite(self) -> bool:
        """Tell whether every prediction is a number."""
        return all(bool(np.isfinite(part.outputs).all()) for part in self.parts)


def can_predict(subject: Subject) -> bool:
    """Tell whether there are samples whose targets are numbers, and a loss that measures the distance from them."""
    distance = LOSSES[subject.problem.network.loss].probabilities is None
    return (
        distance and not (has_accuracy(subject) or lacks_samples(subject)) and subject.problem.samples >= LEAST_SAMPLES
    )


def predicted_names(subject: Subject) -> tuple[str, ...]:
    """Return what each output predicts."""
    return quantities_of(source_of(subject))


def in_target_units(values: Array, scaling: Scaling | None, column: int) -> Numbers:
    """Return numbers of one column of targets, (n,), as they were before scaling: p scale + shift."""
    numbers = np.asarray(values, np.float64)
    if scaling is None:
        return numbers
    with np.errstate(all="ignore"):
        return numbers * entry(scaling.scale, column) + entry(scaling.shift, column)


def entry(numbers: Numbers, column: int) -> float:
    """Return a column's number of a scaling, which may have one for all."""
    return float(numbers[column if len(numbers) > 1 else 0])


def prediction(subject: Subject, network: Network, column: int, most: int) -> Work[Prediction]:
    """Predict one number for at most ``most`` samples of each part."""
    train = yield from scatter(subject, network, 0, column, most)
    test = yield from scatter(subject, network, 1, column, most)
    return Prediction(predicted_names(subject)[column], column, (train, test), target_frame(subject, column))


def scatter(subject: Subject, network: Network, part: int, column: int, most: int) -> Work[Scatter]:
    """Predict one number for at most ``most`` samples of a part: 0 to train on, 1 held out."""
    X, Y = subject.parts[part]
    chosen = evenly(len(X), most)
    if not len(chosen):
        return Scatter(chosen, np.empty(0), np.empty(0))
    with np.errstate(all="ignore"):
        outputs = yield from in_pieces(lambda rows: column_of(network, rows, column), X[chosen], network)
    targets, outputs = (in_target_units(each, subject.targets, column) for each in (Y[chosen, column], outputs))
    return Scatter(chosen, targets, outputs)


def column_of(network: Network, X: Array, column: int) -> Array:
    """Return one output for rows of X, (n,)."""
    return network.predict_proba(X)[:, column]


def target_frame(subject: Subject, column: int) -> Frame:
    """Return a square around the targets of both parts; of very many, around those that are looked at."""
    ends = []
    for _, Y in subject.parts:
        chosen = Y[evenly(len(Y), MOST_LOOKED_AT), column]
        ends += [chosen.min(), chosen.max()] if len(chosen) else []
    low_high = in_target_units(np.array([min(ends), max(ends)]), subject.targets, column)
    return frame_of(np.column_stack([low_high, low_high]))


def shown_sample(state: State, column: int) -> tuple[float, float]:
    """Return target and prediction of the sample that the pass shows, or the drawing does, in the target's units."""
    given, rows = state.tape.given, slice(state.row, state.row + 1)
    with np.errstate(all="ignore"):
        pair = np.array([given["y"][rows, column][0], column_of(state.network, given["x"][rows], column)[0]])
    target, output = in_target_units(pair, state.subject.targets, column).tolist()
    return target, output


def error_of_loss(subject: Subject, loss: float) -> float:
    """Return the root of the mean squared error that a mean loss of the samples means, in the units of the target.

    A mean loss J of half the squared error stands for sqrt(2 J), of the squared error for sqrt(J), times the scale
    of the target. NaN where that is not all that J holds: several outputs, a penalty, a sum, classes.
    """
    problem = subject.problem
    plain = problem.objective.reduction == "mean" and not problem.objective.l2
    times = SQUARED.get(problem.network.loss)
    if times is None or problem.Y.shape[1] != 1 or not plain or loss < 0 or not can_predict(subject):
        return math.nan
    return math.sqrt(times * loss) * (1.0 if subject.targets is None else abs(entry(subject.targets.scale, 0)))
