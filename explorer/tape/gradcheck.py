"""The gradient check: every gradient of a tape against central differences of the loss, entry by entry."""

from collections.abc import Iterator
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape.differences import Differences, Indices, Nudger
from explorer.tape.finite import PASS, first_not_finite
from explorer.tape.gradreport import BlockCheck, EntryCheck, GradientReport, severity
from explorer.tape.names import parse
from explorer.tape.record import record
from explorer.tape.step import Tape

Array = NDArray[np.floating]

STEP = 1e-5
"""Near the cube root of float64's epsilon, where truncation (as h^2) and rounding (as 1/h) meet."""
TOLERANCE = 1e-5
"""Largest relative error that passes."""
MOST_ENTRIES = 5000
"""Entries of a block that are checked; of a larger block, so many are picked by a fixed seed."""


def check_gradients(
    problem: Problem,
    h: float = STEP,
    *,
    tolerance: float = TOLERANCE,
    most: int = MOST_ENTRIES,
    tape: Tape | None = None,
) -> GradientReport:
    """Compare the gradients of every parameter and of the input with central differences, in float64.

    Parameters
    ----------
    h
        How far an entry is nudged, or less where it acts through a large factor.
    tolerance
        Largest relative error that passes.
    most
        Entries of a block that are checked; larger blocks are sampled.
    tape
        The tape whose gradients are checked; recorded from the problem if left out.

    Raises
    ------
    ExplorerError
        If h is not usable.
    """
    check_step(h)
    recorded, nudger = record(problem), Nudger(problem)
    tape = tape or recorded
    names = [f"dJ/d{name}" for name in (*problem.network.parameters, "x")]
    blocks = tuple(check_block(nudger, tape, name, h, tolerance, most) for name in names)
    return GradientReport(blocks, h, tolerance, first_not_finite(recorded, PASS))


def check_entry(
    problem: Problem, name: str, index: tuple[int, ...], h: float = STEP, *, tape: Tape | None = None
) -> EntryCheck:
    """Compare one entry of any gradient dJ/dW, dJ/db, dJ/dx, dJ/dz, dJ/dh with its central difference.

    Where z or h is nudged, the pass goes on from there: what lies before it stays.

    Parameters
    ----------
    tape
        The tape whose gradient is checked; recorded from the problem if left out.

    Raises
    ------
    ExplorerError
        If the tape has no such gradient or entry, or h is not usable.
    """
    check_step(h)
    tape = tape or record(problem)
    gradient = gradient_of(tape, name)
    inside = len(index) == gradient.ndim and all(0 <= k < n for k, n in zip(index, gradient.shape, strict=False))
    if not inside:
        raise ExplorerError(f"{name} has no entry {index}: its shape is {gradient.shape}, count from 0")
    indices = np.array([index], np.intp)
    return next(compare(Nudger(problem), gradient, name, indices, h, TOLERANCE))


def is_checkable(tape: Tape, name: str) -> bool:
    """Tell whether the step is a gradient of the loss, which ``check_entry`` can check."""
    return name.startswith("dJ/d") and name in tape


def gradient_of(tape: Tape, name: str) -> Array:
    """Return the value of a gradient of the tape."""
    if not is_checkable(tape, name):
        known = [step.id for step in tape.steps if is_checkable(tape, step.id)]
        raise ExplorerError(f"{name!r} is no gradient of this tape: use one of {', '.join(known)}")
    return tape[name].value


def check_step(h: float) -> None:
    """Refuse a step that is no positive number."""
    if not (isfinite(h) and h > 0):
        raise ExplorerError(f"h is {h}: expected a positive number, such as {STEP}")


def check_block(nudger: Nudger, tape: Tape, name: str, h: float, tolerance: float, most: int) -> BlockCheck:
    """Check the entries of one gradient."""
    gradient = gradient_of(tape, name)
    checks = list(compare(nudger, gradient, name, picked(gradient.shape, most), h, tolerance))
    worst = max(checks, key=severity)
    skipped = sum(check.skipped for check in checks)
    return BlockCheck(name, gradient.shape, len(checks), skipped, worst, worst.passed)


def picked(shape: tuple[int, ...], most: int) -> Indices:
    """Return the indices of all entries, (E, dimensions), or of ``most`` of them."""
    flat = np.arange(int(np.prod(shape)), dtype=np.intp)
    if len(flat) > most:
        flat = np.sort(np.random.default_rng(0).choice(flat, most, replace=False))
    return np.stack(np.unravel_index(flat, shape), axis=1)


def compare(
    nudger: Nudger, gradient: Array, name: str, indices: Indices, h: float, tolerance: float
) -> Iterator[EntryCheck]:
    """Compare those entries of a gradient with their central differences."""
    with np.errstate(all="ignore"):
        numeric = nudger.differences(parse(name), indices, h)
        analytic = gradient[tuple(indices.T)]
        errors = relative_errors(numeric, analytic, tolerance)
    for k, index in enumerate(indices.tolist()):
        skipped, error = bool(numeric.kinks[k]), float(errors[k])
        numbers = float(analytic[k]), float(numeric.numeric[k]), error, float(numeric.steps[k])
        yield EntryCheck(name, tuple(index), *numbers, skipped, skipped or error <= tolerance)


def relative_errors(found: Differences, analytic: Array, tolerance: float) -> Array:
    """Return |n - a| / max(|n| + |a|, noise / tolerance), (E,); infinite where either is not finite."""
    scale = np.maximum(abs(found.numeric) + abs(analytic), found.noise / tolerance)
    errors: Array = abs(found.numeric - analytic) / scale
    return np.where(np.isfinite(errors), errors, np.inf)
