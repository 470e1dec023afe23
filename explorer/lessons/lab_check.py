"""What the gradient check says of a pass with mistakes on purpose: the first wrong gradient, and what it looks like."""

from msgspec import Struct

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape import checking

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
