"""How far three ways of nudging miss a derivative: for the plot of lesson 10, over h."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.engine.errors import ExplorerError
from explorer.lessons.page_problems import page_problem
from explorer.tape.checking.climb import Numbers
from explorer.tape.checking.differences import Nudger
from explorer.tape.names import parse
from explorer.tape.record import record

Array = NDArray[np.floating]
Loss = Callable[[Numbers], Any]
"""J at a parameter's entry moved by each of these amounts."""

WAYS: dict[str, Callable[[Loss, Array], Array]] = {
    "forward": lambda loss, h: (loss(h) - loss(0 * h)) / h,
    "central": lambda loss, h: (loss(h) - loss(-h)) / (2 * h),
    "complex": lambda loss, h: loss(1j * h).imag / h,
}
"""(J(q + h) - J(q)) / h, (J(q + h) - J(q - h)) / 2h, Im J(q + ih) / h."""


@cache
def nudger(problem: str) -> tuple[Nudger, dict[str, Array]]:
    """Return the forward pass of a problem on the shelf, to be nudged, and the gradients of its tape."""
    found = page_problem(problem)
    tape = record(found)
    return Nudger(found), {name: tape.value(f"dJ/d{name}") for name in found.network.parameters}


def error_of(way: str, problem: str, name: str, index: Sequence[float], h: ArrayLike) -> Array:
    """Return how far the derivative of J by an entry of a parameter is off, for each h.

    Parameters
    ----------
    way
        A key of ``WAYS``.
    index
        The entry, counted from 0.

    Raises
    ------
    ExplorerError
        If there is no such way or parameter.
    """
    nudging, gradients = nudger(problem)
    if way not in WAYS or name not in gradients:
        raise ExplorerError(f"error_of {way!r}, {name!r}: use one of {', '.join(WAYS)} and of {', '.join(gradients)}")
    place = tuple(int(part) for part in index)
    steps = np.atleast_1d(np.asarray(h, np.float64))
    start = nudging.arrays[name][place]

    def loss(by: Numbers) -> Numbers:
        moved = nudging.nudged(parse(name), np.tile(place, (len(by), 1)), start + by)
        total: Numbers = moved.losses.reshape(len(by), -1).sum(axis=1) / nudging.divisor
        return total

    found: Array = abs(WAYS[way](loss, steps) - gradients[name][place])
    return found if np.ndim(h) else found[0]
