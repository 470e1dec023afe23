"""What a gradient check found in one entry, and in one gradient."""

from typing import Literal

import numpy as np
from msgspec import Struct

from explorer.tape.checking.criteria import Method

Verdict = Literal["passed", "unproven", "skipped kinks", "failed by rounding", "failed by step", "FAILED"]
EXCUSED: dict[str, Verdict] = {"rounding": "failed by rounding", "step": "failed by step"}


class EntryCheck(Struct, frozen=True):
    """One entry of a gradient against its difference.

    Attributes
    ----------
    name, index
        The gradient and the entry, e.g. "dJ/dW1", (0, 2).
    analytic, numeric
        What the tape says (NaN where it has no such entry), and the difference.
    relative_error
        The error that the criterion asks for; by default abs(numeric - analytic) / (abs(numeric) + abs(analytic)).
    h
        How far the entry was nudged.
    skipped
        True where a unit changed its side of a kink (ReLU at 0): there is no derivative to compare with.
    passed
        True where the error is small, or the entry was skipped or hidden.
    noise
        How far rounding alone may carry the two numbers apart.
    hidden
        True where they are no further apart than that, but so small that it could hide a wrong gradient: unproven.
    method
        How ``numeric`` was found: "central" or "complex".
    """

    name: str
    index: tuple[int, ...]
    analytic: float
    numeric: float
    relative_error: float
    h: float
    skipped: bool
    passed: bool
    noise: float = 0.0
    hidden: bool = False
    method: Method = "central"

    @property
    def compared(self) -> bool:
        """True where the two numbers tell whether the gradient is right."""
        return not (self.skipped or self.hidden)

    @property
    def difference(self) -> str:
        """What ``numeric`` is, in words."""
        return f"{self.method} step" if self.method == "complex" else f"{self.method} difference"

    @property
    def ratio(self) -> float:
        """Numeric over analytic: 0.05 where a 1/N with N = 20 is missing; NaN where both are 0."""
        with np.errstate(all="ignore"):
            return float(np.float64(self.numeric) / np.float64(self.analytic))


class BlockCheck(Struct, frozen=True):
    """All entries of one gradient.

    Attributes
    ----------
    name, shape
        The gradient, e.g. "dJ/dW1", and its shape on the tape; () where the tape has no such step.
    checked, skipped
        How many entries were looked at, and how many of those were left out because of a kink.
    worst
        The entry of the largest error, of those that tell anything.
    passed
        True where every entry passed; by a criterion of norms, where the gradient as a whole did.
    error
        The largest error, or the ratio of the norms.
    expected
        The shape of what the gradient belongs to.
    unproven
        Why a pass says nothing, e.g. because every entry is 0 on both sides; empty where it says something.
    excuse
        "rounding" or "step" where the criterion fails a gradient that complex steps prove right: the difference
        lies within what rounding makes, or the step h is too coarse.
    diagnosis
        What the error looks like, e.g. "every entry is 20 times too large: is 1/N missing?"; may be empty.
    entries
        The entries that were compared, in the order of the gradient.
    """

    name: str
    shape: tuple[int, ...]
    checked: int
    skipped: int
    worst: EntryCheck
    passed: bool
    error: float
    expected: tuple[int, ...]
    unproven: str = ""
    excuse: str = ""
    diagnosis: str = ""
    entries: tuple[EntryCheck, ...] = ()

    @property
    def analytic(self) -> float:
        """The worst entry on the tape."""
        return self.worst.analytic

    @property
    def numeric(self) -> float:
        """The difference of the worst entry."""
        return self.worst.numeric

    @property
    def ratio(self) -> float:
        """Numeric over analytic of the worst entry."""
        return self.worst.ratio

    @property
    def relative_error(self) -> float:
        """The largest relative error, or the ratio of the norms."""
        return self.error

    @property
    def hidden(self) -> int:
        """How many entries rounding hides."""
        return sum(entry.hidden for entry in self.entries)

    @property
    def decided(self) -> int:
        """How many entries other than 0 a complex step decided in the place of a central difference."""
        return sum(e.compared and e.method == "complex" and e.numeric != 0 for e in self.entries)

    @property
    def verdict(self) -> Verdict:
        """One of six words: a pass that says nothing and a failure that is none have their own."""
        if not self.passed:
            return EXCUSED.get(self.excuse, "FAILED")
        if self.checked and self.skipped == self.checked:
            return "skipped kinks"
        return "unproven" if self.unproven else "passed"


def misfit(block: BlockCheck) -> str:
    """Return the clause about a gradient whose shape is not that of what it belongs to."""
    owner = block.name.removeprefix("dJ/d")
    found = f"shape {block.shape}" if block.shape else "no such step on the tape"
    return f"{found}, {owner} has {block.expected}"


def severity(check: EntryCheck) -> tuple[bool, bool, bool, float]:
    """Return a key that sorts entries: passed before failed, skipped and hidden before compared, small errors first."""
    return not check.passed, not check.skipped, check.compared, check.relative_error


def place(check: EntryCheck) -> str:
    """Return the row and column of an entry, counted from 1 as in a formula."""
    return f"({', '.join(str(k + 1) for k in check.index)})"
