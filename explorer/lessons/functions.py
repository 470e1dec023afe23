"""What the expressions of a lesson's page may call: the engine's functions, numbers of a tape, a few of NumPy's."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import ArrayLike, NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import log_softmax, softmax, softmax_cross_entropy
from explorer.engine.problem import Problem
from explorer.lessons.nudges import error_of
from explorer.lessons.page_problems import page_problem
from explorer.tape.jacobians.matrices import kronecker, softmax_jacobian, softmax_pull, times
from explorer.tape.record import record
from explorer.tape.step import Tape

Array = NDArray[np.floating]


def row(values: ArrayLike) -> Array:
    """Return numbers as a table of one sample, (1, C)."""
    return np.atleast_2d(np.asarray(values, np.float64))


def naive_softmax(x: ArrayLike) -> Array:
    """Return e^x / sum e^x as it is written: NaN where that overflows, or where all of it vanishes; 000.1."""
    powers = np.exp(np.asarray(x, np.float64))
    result: Array = powers / powers.sum()
    return result


def activated(name: str, z: ArrayLike) -> Array:
    """Return an activation's value at z."""
    at = np.array(z, np.float64)
    ACTIVATIONS[name].value(at, at)
    return at


def slope(name: str, z: ArrayLike) -> Array:
    """Return an activation's derivative at z."""
    at = np.array(z, np.float64)
    found = np.empty_like(at)
    ACTIVATIONS[name].derivative(at, activated(name, at), found)
    return found


def parameters(sizes: Sequence[int]) -> int:
    """Return how many weights and biases a network has: D_y (H + 1) + H (D_x + 1) of one hidden layer; 000.19."""
    return int(sum((int(d) + 1) * int(h) for d, h in pairwise(sizes)))


def long_way(p: ArrayLike, y: ArrayLike) -> Array:
    """Return (-y/p) dp/dz, as it is written: NaN where a p is 0; 003.10, 004.(12)."""
    shares, wanted = np.asarray(p, np.float64), np.asarray(y, np.float64)
    found: Array = times(softmax_pull(shares, wanted)[None], softmax_jacobian(shares))[0]
    return found


def shifted_rows(x: ArrayLike, units: float) -> Array:
    """Return the Jacobian as write-up 001 prints it: each row moved by one column, the last one right; erratum E2."""
    inputs, rows = np.asarray(x, np.float64), int(units)
    found = np.zeros((rows, rows * len(inputs)))
    for row_number in range(rows):
        start = row_number if row_number < rows - 1 or rows == 1 else (rows - 1) * len(inputs)
        found[row_number, start : start + len(inputs)] = inputs
    return found


def one_hot(k: float, classes: float) -> Array:
    """Return a row of zeros with a 1 at k, counted from 0."""
    found: Array = np.eye(int(classes))[int(k)]
    return found


@lru_cache(maxsize=256)
def tape_of(problem: str, mistakes: tuple[str, ...] | None, after: int, rate: float | None = None) -> Tape:
    """Return the pass of a problem on the shelf, with its own mistakes or others, after some updates."""
    found = with_mistakes(page_problem(problem), mistakes)
    if rate is not None:
        found = replace(found, update=replace(found.update, learning_rate=rate))
    return record(found, after)


def losses(problem: str, most: float, mistakes: Sequence[str], rate: float) -> Array:
    """Return J after 0, 1, ..., that many updates."""
    passes = (tape_of(problem, tuple(mistakes), after, float(rate)) for after in range(int(most) + 1))
    return np.array([tape.loss for tape in passes])


def chosen(names: Sequence[str], switches: Sequence[float]) -> list[str]:
    """Return those of some names whose switch is on."""
    return [name for name, on in zip(names, switches, strict=True) if on]


def with_mistakes(problem: Problem, mistakes: Sequence[str] | None) -> Problem:
    """Return a problem with other mistakes than its own, if any are given."""
    return problem if mistakes is None else replace(problem, mistakes=tuple(mistakes))


def step(
    problem: str,
    name: str,
    mistakes: Sequence[str] | None = None,
    after: float = 0,
    x: ArrayLike | None = None,
    label: float | None = None,
    rate: float | None = None,
) -> Array:
    """Return an array of a problem's pass: a step's, or x, y and the parameters.

    Parameters
    ----------
    mistakes
        Names of the mistake lab, in place of those that the problem makes.
    after
        Updates before it.
    x, label
        Another sample in place of the problem's.
    rate
        Another learning rate.
    """
    if x is None and label is None:
        made = None if mistakes is None else tuple(mistakes)
        return tape_of(problem, made, int(after), None if rate is None else float(rate)).value(name)
    given = with_mistakes(sampled(page_problem(problem), x, label), mistakes)
    return record(given, int(after)).value(name)


def sampled(problem: Problem, x: ArrayLike | None, label: float | None) -> Problem:
    """Return a problem with one sample of its own."""
    X = problem.X[:1] if x is None else row(x)
    if label is None:
        return replace(problem, X=X, Y=problem.Y[:1], labels=None)
    return replace(problem, X=X, Y=row(one_hot(label, problem.Y.shape[1])), labels=None)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "softmax": lambda x, beta=1.0: softmax(row(x), beta)[0],
    "log_softmax": lambda x, beta=1.0: log_softmax(row(x), beta)[0],
    "naive_softmax": naive_softmax,
    "softmax_jacobian": softmax_jacobian,
    "long_way": long_way,
    "cross_entropy": lambda z, y: softmax_cross_entropy(row(z), row(y), 1.0)[0],
    "shifted_rows": shifted_rows,
    "shaped": lambda values, *shape: np.reshape(values, tuple(map(int, shape))),
    "size": np.size,
    "kronecker": lambda x, units: kronecker(np.asarray(x, np.float64), int(units), "F"),
    "sigmoid": lambda z: activated("sigmoid", z),
    "slope": slope,
    "parameters": parameters,
    "one_hot": one_hot,
    "step": step,
    "losses": losses,
    "chosen": chosen,
    "error_of": error_of,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "round": lambda value, places=0: np.round(value, int(places)),
    "sum": np.sum,
    "rows": lambda matrix: np.sum(matrix, axis=1),
    "max": np.max,
    "diag": np.diag,
    "eye": lambda n: np.eye(int(n)),
    "outer": np.outer,
    "transpose": np.transpose,
    "shape": np.shape,
    "nonzeros": np.count_nonzero,
    "isnan": lambda x: np.isnan(x).any(),
    "where": np.where,
    "count": lambda n: np.arange(1, int(n) + 1, dtype=np.float64),
}
"""By the names by which a page calls them."""

CONSTANTS: Mapping[str, Any] = {"pi": np.pi, "e": np.e, "largest": float(np.finfo(np.float64).max)}

DRAWS: Mapping[str, Callable[..., Any]] = {
    "whole": lambda rng, least, most, *shape: rng.integers(int(least), int(most) + 1, whole_shape(shape)),
    "number": lambda rng, least, most, *shape: np.round(rng.uniform(least, most, whole_shape(shape)), 1),
    "one_of": lambda rng, choices: choices[int(rng.integers(len(choices)))],
}
"""What draws a question anew: whole numbers, numbers of one decimal, one of a list; each from a seed."""


def whole_shape(shape: Sequence[float]) -> tuple[int, ...] | None:
    """Return the shape of what is drawn; None for a single number."""
    return tuple(map(int, shape)) or None
