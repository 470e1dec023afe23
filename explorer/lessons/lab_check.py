"""What the gradient check says of a pass with mistakes on purpose: the first wrong gradient, and what it looks like."""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape import checking
from explorer.tape.entries import Index
from explorer.tape.record import record
from explorer.tape.step import Tape

CHECKABLE = 2_000_000
"""Parameters times samples up to which the gradients are checked: about a second."""
WHOLE = 200_000
"""Parameters times samples up to which all entries are looked at, so that the check can say what is wrong with them."""
MANY, FEW = 5000, 200
"""Entries of each gradient that are checked: up to there, and beyond."""


class Checked(Struct, frozen=True):
    """What the gradient check says of a wrong pass.

    Attributes
    ----------
    passed
        None where nothing could be checked.
    sentence
        What the first wrong gradient looks like, which may be nothing known; else the check's own words.
    first
        The first wrong gradient on the way back; empty where none is.
    failed
        The names of all that fail, with commas.
    """

    passed: bool | None
    sentence: str
    first: str = ""
    failed: str = ""


def verdict_of(shown: Problem) -> Checked:
    """Check every gradient of a problem's pass, a few entries of each where there are many."""
    size, samples = shown.network.theta.size, shown.samples
    if size * samples > CHECKABLE:
        these = f"{size:,} parameters" + f" with {samples:,} samples" * (samples > 1)
        return Checked(None, f"{these} are too many to check at once: the step card checks an entry.")
    try:
        report = checking.check_gradients(shown, most=MANY if size * samples <= WHOLE else FEW)
    except ExplorerError as error:
        return Checked(None, str(error))
    if report.first_wrong is None or report.not_finite:
        return Checked(report.passed, report.sentence)
    first = report.first_wrong
    return Checked(False, first.diagnosis, first.name, report.named("FAILED"))


def wrong_entry(shown: Problem, tape: Tape, name: str) -> Index | None:
    """Return the entry of a derivative that the mistakes put off most; None where the check finds it right.

    One entry may be right by luck, as on the diagonal of a gradient that is transposed.

    Raises
    ------
    ExplorerError
        If that entry cannot be checked.
    """
    right = record(replace(shown, mistakes=()))
    if name not in right or right[name].shape != tape[name].shape:
        return None
    off = np.nan_to_num(np.abs(tape[name].value - right[name].value), nan=np.inf)
    index = tuple(int(place) for place in np.unravel_index(int(off.argmax()), off.shape))
    return None if checking.check_entry(shown, name, index, tape=tape).passed else index
