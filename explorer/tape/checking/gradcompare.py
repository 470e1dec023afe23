"""One gradient of a tape against differences of the loss, judged by a criterion."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.tape.checking.criteria import Criterion
from explorer.tape.checking.differences import Differences, Indices, Nudger
from explorer.tape.checking.gradblocks import BlockCheck, EntryCheck, severity
from explorer.tape.names import parse
from explorer.tape.step import Tape

Array = NDArray[np.floating]
Measure = Callable[[], Differences]
MeasureAgain = Callable[[NDArray[np.bool_]], Differences]

MOST_ENTRIES = 5000
"""Entries of a block that are checked; of a larger block, so many are picked by a fixed seed."""
ZERO = "every entry is 0 on both sides"
TINY = "every entry is smaller than what rounding makes"
ZERO_ELSEWHERE = "every entry away from the kinks is 0 on both sides"
KINKS = "every entry stands at a kink"


def is_checkable(tape: Tape, name: str) -> bool:
    """Tell whether the step is a gradient of the loss, which ``check_entry`` can check."""
    return name in tape and name.startswith("dJ/d") and parse(name).symbol in "xzhWb"


def gradient_of(tape: Tape, name: str) -> Array:
    """Return the value of a gradient of the tape."""
    if not is_checkable(tape, name):
        known = [step.id for step in tape.steps if is_checkable(tape, step.id)]
        raise ExplorerError(f"{name!r} is no gradient of this tape: use one of {', '.join(known)}")
    return tape[name].value


def check_block(nudger: Nudger, tape: Tape, name: str, how: Criterion, most: int = MOST_ENTRIES) -> BlockCheck:
    """Check the entries of one gradient, or ``most`` of them; one of a wrong shape, or missing, fails."""
    expected = nudger.arrays[parse(name).quantity].shape
    shape = tape[name].shape if name in tape else ()
    if shape != expected:
        return misfitting(nudger, name, shape, how)
    entries = compare(nudger, tape[name].value, name, picked(shape, most), how)
    error = how.together(np.array([entry.relative_error for entry in entries if entry.compared]))
    passed = how.passes(error) or not any(entry.compared for entry in entries)
    worst, skipped = max(entries, key=severity), sum(entry.skipped for entry in entries)
    unproven = unproven_by(entries) if passed else ""
    return BlockCheck(name, shape, len(entries), skipped, worst, passed, error, expected, unproven, entries=entries)


def misfitting(nudger: Nudger, name: str, shape: tuple[int, ...], how: Criterion) -> BlockCheck:
    """Return the failure of a gradient whose shape is not that of what it belongs to."""
    expected = nudger.arrays[parse(name).quantity].shape
    first = np.zeros((1, len(expected)), np.intp)
    (worst,) = compare(nudger, np.full(expected, np.nan), name, first, how)
    return BlockCheck(name, shape, 0, 0, worst, passed=False, error=worst.relative_error, expected=expected)


def picked(shape: tuple[int, ...], most: int) -> Indices:
    """Return the indices of all entries, (E, dimensions), or of ``most`` of them."""
    flat = np.arange(int(np.prod(shape)), dtype=np.intp)
    if len(flat) > most:
        flat = np.sort(np.random.default_rng(0).choice(flat, most, replace=False))
    return np.stack(np.unravel_index(flat, shape), axis=1)


def compare(nudger: Nudger, gradient: Array, name: str, indices: Indices, how: Criterion) -> tuple[EntryCheck, ...]:
    """Compare those entries of a gradient, (E, dimensions), with their differences."""
    quantity, analytic = parse(name), gradient[tuple(indices.T)]
    return judged(
        name,
        indices,
        analytic,
        lambda: nudger.measured(quantity, indices, how),
        lambda noisy: nudger.complex_steps(quantity, indices[noisy]),
        how,
    )


def judged(
    name: str, indices: Indices, analytic: Array, measure: Measure, measure_again: MeasureAgain, how: Criterion
) -> tuple[EntryCheck, ...]:
    """Judge E entries by what is measured, those that rounding hides by what is measured again, by complex steps.

    Parameters
    ----------
    indices, analytic
        (E, dimensions); what the tape says, (E,).
    measure_again
        Is asked for some of the entries: (E,), true where one is meant.
    """
    methods = np.full(len(indices), how.method, "U7")
    with np.errstate(all="ignore"):
        measured = measure()
        noisy = how.is_too_noisy(measured.numeric, analytic, measured.noise) & ~measured.kinks
        if how.method == "central" and noisy.any():
            measured = measured.with_others(noisy, measure_again(noisy))
            methods[noisy] = "complex"
            noisy = how.is_too_noisy(measured.numeric, analytic, measured.noise) & ~measured.kinks
        apart = abs(measured.numeric - analytic)
    hidden = noisy & (apart <= measured.noise) & ((analytic != 0) | (measured.numeric != 0))
    kept, errors = ~(measured.kinks | hidden), np.zeros(len(indices))
    errors[kept] = how.errors(measured.numeric[kept], analytic[kept])
    passed = ~kept | [how.passes(error) for error in errors]
    if how.by_norm:
        passed = ~kept | how.passes(how.together(errors))
    columns = (analytic, measured.numeric, errors, measured.steps, measured.kinks, passed, measured.noise, hidden)
    rows = zip(indices.tolist(), *(column.tolist() for column in (*columns, methods)), strict=True)
    return tuple(EntryCheck(name, tuple(index), *values) for index, *values in rows)


def unproven_by(checked: tuple[EntryCheck, ...]) -> str:
    """Return why the agreement of the entries off the kinks says nothing, or nothing where it says something."""
    entries = [entry for entry in checked if not entry.skipped]
    if not entries:
        return KINKS
    if not any(e.analytic or e.numeric for e in entries):
        return ZERO if len(entries) == len(checked) else ZERO_ELSEWHERE
    silent = all(e.hidden or (abs(e.analytic) <= e.noise and abs(e.numeric) <= e.noise) for e in entries)
    return TINY if silent else ""
