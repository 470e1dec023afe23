"""One number of a pass nudged by hand: what the loss does, beside what the gradient foretold.

A derivative is a promise about small nudges; a hand nudges as far as it likes, and sees how long the promise holds.
"""

import math
from typing import NamedTuple

import numpy as np

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape import checking
from explorer.tape.names import Role, parse
from explorer.tape.record import record
from explorer.tape.step import Tape
from explorer.tape.symbols import plain

NUDGED = "xWbzh"
"""The symbols of what can be nudged; where z or h is, what lies before it stays."""


class Nudge(NamedTuple):
    """What a nudge did.

    Attributes
    ----------
    change
        J after the nudge minus J before it.
    ratio
        change / delta: the slope of the secant.
    gradient
        What the tape says of the slope: the tangent's.
    """

    change: float
    ratio: float
    gradient: float


def nudged(problem: Problem, name: str, index: tuple[int, ...], delta: float, tape: Tape | None = None) -> Nudge:
    """Return what J does when one entry of x, W, b, z or h is raised by ``delta``, penalty included, in float64.

    Parameters
    ----------
    name, index
        The quantity, "W1" or "z2", and the entry, counted from 0.
    tape
        The tape of the problem's pass, for its gradient; recorded if left out.

    Raises
    ------
    ExplorerError
        If there is no such entry, its gradient has another shape, or delta is 0 or not finite.
    """
    if not (math.isfinite(delta) and delta):
        raise ExplorerError(f"a nudge by {delta:g}: expected a finite number other than 0")
    tape, gradient_name = tape or record(problem), f"dJ/d{name}"
    if not is_nudgeable(tape, name):
        raise ExplorerError(f"{plain(name)} cannot be nudged: choose an entry of x, W, b, z or h with a gradient")
    if misfit := checking.wrong_shape(tape, gradient_name):
        raise ExplorerError(f"{misfit}: no entry can be nudged")
    gradient = checking.gradient_of(tape, gradient_name)
    inside = len(index) == gradient.ndim and all(0 <= k < n for k, n in zip(index, gradient.shape, strict=False))
    if not inside:
        raise ExplorerError(f"{name} has no entry {index}: its shape is {gradient.shape}, count from 0")
    change = change_of_loss(problem, name, index, delta)
    return Nudge(change, change / delta, float(gradient[index]))


def is_nudgeable(tape: Tape, name: str) -> bool:
    """Tell whether ``nudged`` knows that quantity of the tape."""
    try:
        parsed = parse(name)
    except ValueError:
        return False
    return parsed.symbol in NUDGED and parsed.role is Role.VALUE and f"dJ/d{name}" in tape


def change_of_loss(problem: Problem, name: str, index: tuple[int, ...], delta: float) -> float:
    """Return J(q + delta) - J(q): the samples' losses are subtracted one by one, and R(q) only where q changes it."""
    quantity, nudger = parse(name), checking.nudger_of(problem)
    indices = np.array([index], np.intp).reshape(1, len(index))
    before = nudger.arrays[quantity.quantity][tuple(indices.T)]
    after = before + delta
    with np.errstate(all="ignore"):  # a pass may have left the finite numbers
        change, _kinks = nudger.sweep(quantity, indices, after, before)
        if quantity.symbol == "W":
            change = change + 0.5 * nudger.decay * (after - before) * (after + before)
    return float(change[0])
