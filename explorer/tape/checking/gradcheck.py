"""The gradient check: every gradient of a tape against the loss's own word, entry by entry."""

import math

import numpy as np

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape.checking.criteria import DEFAULT, Criterion, chosen
from explorer.tape.checking.differences import Nudger
from explorer.tape.checking.factors import check_factor, factor_shape, is_factor
from explorer.tape.checking.gradblocks import BlockCheck, EntryCheck
from explorer.tape.checking.gradcompare import MOST_ENTRIES, check_block, compare, gradient_of, is_checkable
from explorer.tape.checking.gradreport import GradientReport
from explorer.tape.checking.gradtruth import Inquiry
from explorer.tape.finite import PASS, first_not_finite
from explorer.tape.names import parse
from explorer.tape.record import record
from explorer.tape.step import Tape

__all__ = ["WrongShapeError", "check_entry", "check_gradients", "is_checkable", "is_factor", "wrong_shape"]


class WrongShapeError(ExplorerError):
    """A derivative whose shape is not that of what it belongs to: no entry of it can be compared."""


def check_gradients(
    problem: Problem,
    h: float | None = None,
    *,
    criterion: str = DEFAULT,
    method: str = "central",
    tolerance: float | None = None,
    most: int = MOST_ENTRIES,
    tape: Tape | None = None,
) -> GradientReport:
    """Compare the gradients of every parameter and of the input with differences of the loss, in float64.

    Parameters
    ----------
    h
        How far an entry is nudged; the criterion's own if left out.
    criterion
        What counts as agreement: a name of ``CRITERIA``.
    method
        "central" for central differences, "complex" for complex steps.
    tolerance
        Largest error that passes; the criterion's own if left out.
    most
        Entries of a block that are checked; larger blocks are sampled.
    tape
        The tape whose gradients are checked; recorded from the problem, with its mistakes, if left out.

    Raises
    ------
    ExplorerError
        If h is not usable, or there is no such criterion or method.
    """
    return report_on(problem, tape, chosen(criterion, method, h, tolerance), most)


def report_on(problem: Problem, tape: Tape | None, how: Criterion, most: int) -> GradientReport:
    """Compare every gradient of a tape, or of the problem's own, by a criterion; at most so many entries of a block."""
    recorded, nudger = record(problem), nudger_of(problem)
    tape = tape or recorded
    names = [f"dJ/d{name}" for name in (*problem.network.parameters, "x")]
    inquiry = Inquiry(problem, nudger, tape, most)
    blocks = tuple(inquiry.explained(check_block(nudger, tape, name, how, most)) for name in names)
    wrong = any(block.verdict == "FAILED" for block in blocks)
    return GradientReport(
        blocks,
        how.h,
        how.tolerance,
        first_not_finite(recorded, PASS),
        how,
        inquiry.first_wrong() if wrong else None,
        norm_ratio(blocks[:-1]),
    )


def check_entry(
    problem: Problem,
    name: str,
    index: tuple[int, ...],
    h: float | None = None,
    *,
    criterion: str = DEFAULT,
    method: str = "central",
    tape: Tape | None = None,
) -> EntryCheck:
    """Compare one entry of any gradient dJ/dW, dJ/db, dJ/dx, dJ/dz, dJ/dh, or of a factor dz/dh, dh/dz.

    Where z or h is nudged, the pass goes on from there: what lies before it stays. Of a factor, the forward step alone
    is run: it needs no loss.

    Parameters
    ----------
    tape
        The tape whose gradient or factor is checked; recorded from the problem if left out.

    Raises
    ------
    ExplorerError
        If the tape has no such gradient or entry, its shape is wrong, or h is not usable.
    """
    how = chosen(criterion, method, h)
    tape = tape or record(problem)
    if is_factor(tape, name):
        return factor_entry(problem, tape, name, index, how)
    gradient, nudger = gradient_of(tape, name), nudger_of(problem)
    if misfit := wrong_shape(tape, name):
        raise WrongShapeError(f"{misfit}: no entry can be compared")
    refuse_outside(name, gradient.shape, index)
    (entry,) = compare(nudger, gradient, name, np.array([index], np.intp), how)
    return entry


def factor_entry(problem: Problem, tape: Tape, name: str, index: tuple[int, ...], how: Criterion) -> EntryCheck:
    """Compare one entry of a factor with its difference; refuse one of a wrong shape."""
    nudger, shape = nudger_of(problem), tape[name].shape
    if shape != (wanted := factor_shape(nudger, name)):
        raise WrongShapeError(f"{name} has shape {shape}, the derivative has {wanted}: no entry can be compared")
    refuse_outside(name, shape, index)
    return check_factor(nudger, tape, name, index, how)


def refuse_outside(name: str, shape: tuple[int, ...], index: tuple[int, ...]) -> None:
    """Refuse an index that lies outside the shape."""
    if len(index) != len(shape) or not all(0 <= k < n for k, n in zip(index, shape, strict=True)):
        raise ExplorerError(f"{name} has no entry {index}: its shape is {shape}, count from 0")


def wrong_shape(tape: Tape, name: str) -> str:
    """Return the clause about a gradient that has another shape than what it belongs to; nothing where they agree."""
    owner = parse(name).quantity
    wanted = (tape.given[owner] if owner in tape.given else tape[owner].value).shape
    found = tape[name].shape
    return "" if found == wanted else f"{name} has shape {found}, {owner} has {wanted}"


def nudger_of(problem: Problem) -> Nudger:
    """Return what nudges the numbers of a problem; refuse one whose parameters a mistake has given other shapes."""
    for name, stray in problem.strays.items():
        raise ExplorerError(
            f"{name} has become {' × '.join(map(str, stray.shape))} by a mistake: "
            "no gradient of such a network can be checked, go back to before that update"
        )
    return Nudger(problem)


def norm_ratio(blocks: tuple[BlockCheck, ...]) -> float:
    """Return ||n - a|| / (||n|| + ||a||) over all entries that were compared; NaN where a shape is wrong."""
    if any(block.shape != block.expected for block in blocks):
        return math.nan
    entries = [entry for block in blocks for entry in block.entries if not entry.skipped]
    numeric, analytic = (np.array([getattr(e, side) for e in entries]) for side in ("numeric", "analytic"))
    with np.errstate(all="ignore"):
        norms = np.linalg.norm(numeric) + np.linalg.norm(analytic)
        return float(np.linalg.norm(numeric - analytic) / norms) if norms else 0.0
