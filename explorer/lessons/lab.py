"""The mistake lab: which known mistakes a problem can make, what each changes in a pass, and what the check says of it.

A wrong pass has the steps of the right one, with other instructions; so both are recorded, and compared step by step.
"""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape import checking
from explorer.tape.checked_mistakes import needless
from explorer.tape.entries import Index
from explorer.tape.mistakes import MISTAKES, Mistake, mistakes_of
from explorer.tape.record import record
from explorer.tape.step import Tape

Array = NDArray[np.floating]
ROUNDING = 1e-12
"""Of the largest number of a step: a difference up to that is rounding's."""
CHECKABLE = 2_000_000
"""Parameters times samples up to which the gradients are checked: about a second."""
WHOLE = 200_000
"""Parameters times samples up to which all entries are looked at, so that the check can say what is wrong with them."""
MANY, FEW = 5000, 200
"""Entries of each gradient that are checked: up to there, and beyond."""


class Choice(Struct, frozen=True):
    """One mistake of the lab as a problem has it.

    Attributes
    ----------
    on
        Whether the problem makes it.
    reason
        Why it cannot be switched on, for it would change nothing; empty where it can.
    absent
        Why it changes nothing in the pass that is shown, where the problem could make it; empty where it may.
    """

    mistake: Mistake
    on: bool
    reason: str = ""
    absent: str = ""

    @property
    def possible(self) -> bool:
        """Whether it can be switched: off in any case, on where it would change something."""
        return self.on or not self.reason


def choices(problem: Problem, shown: Problem) -> tuple[Choice, ...]:
    """Return every mistake of the lab, in its order.

    Parameters
    ----------
    problem
        With the mistakes that are on.
    shown
        The problem of the pass that is looked at: the same on fewer samples.
    """
    return tuple(choice(mistake, problem, shown) for mistake in MISTAKES.values())


def choice(mistake: Mistake, problem: Problem, shown: Problem) -> Choice:
    """Return what can be said of one mistake."""
    reason, on = mistake.needs(problem), mistake.name in problem.mistakes
    if not reason and not on and problem.mistakes:
        reason = beside(mistake, problem)
    return Choice(mistake, on, reason, "" if reason else mistake.needs(shown))


def beside(mistake: Mistake, problem: Problem) -> str:
    """Return why a mistake cannot be made beside those that the problem makes; empty where it can."""
    found = needless(replace(problem, mistakes=(*problem.mistakes, mistake.name)))
    if found is None:
        return ""
    name, others = found
    if name == mistake.name:
        return f"the pass is the same without it beside {told(others)}"
    return f"{MISTAKES[name].title} would change nothing beside it"


def told(names: tuple[str, ...]) -> str:
    """Return the titles of mistakes in words."""
    return " and ".join(MISTAKES[name].title for name in names)


class Contrast(Struct, frozen=True, eq=False):
    """What a step should have written, and what it wrote.

    Attributes
    ----------
    differing
        The entries that differ by more than rounding; none where the shapes differ.
    refusal
        What NumPy makes of another shape, in the words of the step that meets it; may be empty.
    """

    name: str
    right: Array
    wrong: Array
    differing: tuple[Index, ...] = ()
    refusal: str = ""

    @property
    def same_shape(self) -> bool:
        """Whether the entries can be compared."""
        return self.right.shape == self.wrong.shape

    @property
    def is_same(self) -> bool:
        """Whether the step is as it should be."""
        return self.same_shape and not self.differing

    @property
    def difference(self) -> Array | None:
        """Wrong minus right; None where the shapes differ."""
        return np.asarray(self.wrong - self.right) if self.same_shape else None

    @property
    def worst(self) -> Index | None:
        """The entry that differs most; of those that are no numbers, the first."""
        if not self.differing or self.difference is None:
            return None
        sizes = np.abs(self.difference)
        lost = np.isnan(sizes)
        place = int(np.argmax(lost if lost.any() else sizes))
        return tuple(int(k) for k in np.unravel_index(place, sizes.shape))


class Effect(Struct, frozen=True, eq=False, dict=True):
    """A wrong pass beside the right one.

    Attributes
    ----------
    changed
        The ids of the steps whose arrays differ, in order.
    """

    right: Tape
    wrong: Tape
    changed: tuple[str, ...]

    @property
    def first(self) -> str:
        """The first step that differs; empty where none does."""
        return self.changed[0] if self.changed else ""

    def contrast(self, step_id: str) -> Contrast:
        """Return one step of both passes."""
        right, wrong = self.right[step_id].value, self.wrong[step_id].value
        if right.shape == wrong.shape:
            places = np.argwhere(differs(right, wrong)).tolist()
            return Contrast(step_id, right, wrong, tuple(tuple(place) for place in places))
        return Contrast(step_id, right, wrong, refusal=self._refusal(step_id))

    def _refusal(self, step_id: str) -> str:
        """Return the words of the update that meets a gradient's shape; of another step, its own."""
        update = f"{step_id.removeprefix('dJ/d')}+"
        return self.wrong[update if update in self.wrong else step_id].text


def effect_of(shown: Problem, wrong: Tape | None = None) -> Effect:
    """Return what the mistakes of a problem change in its pass.

    Parameters
    ----------
    wrong
        The pass with them; recorded if left out.
    """
    wrong = wrong or record(shown)
    right = record(replace(shown, mistakes=())) if mistakes_of(shown) else wrong
    pairs = ((one, right[one.id]) for one in wrong.steps)
    return Effect(right, wrong, tuple(one.id for one, other in pairs if is_changed(other.value, one.value)))


def is_changed(right: Array, wrong: Array) -> bool:
    """Tell whether an array has another shape, or numbers that rounding alone does not make."""
    if right is wrong:
        return False
    return right.shape != wrong.shape or bool(differs(right, wrong).any())


def differs(right: Array, wrong: Array) -> NDArray[np.bool_]:
    """Tell of each entry whether it is another one: by more than rounding, or a number where the other is none."""
    with np.errstate(all="ignore"):
        finite = np.isfinite(right) & np.isfinite(wrong)
        largest = float(np.max(np.abs(np.where(finite, right, 0.0)), initial=0.0))
        apart = np.abs(wrong - right) > ROUNDING * largest
    other = ~finite & ~((right == wrong) | (np.isnan(right) & np.isnan(wrong)))
    return np.asarray(np.where(finite, apart, other))


class Verdict(Struct, frozen=True):
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


def verdict_of(shown: Problem) -> Verdict:
    """Check every gradient of a problem's pass, a few entries of each where there are many."""
    size, samples = shown.network.theta.size, shown.samples
    if size * samples > CHECKABLE:
        these = f"{size:,} parameters" + f" with {samples:,} samples" * (samples > 1)
        return Verdict(None, f"{these} are too many to check at once: the step card checks an entry.")
    try:
        report = checking.check_gradients(shown, most=MANY if size * samples <= WHOLE else FEW)
    except ExplorerError as error:
        return Verdict(None, str(error))
    if report.first_wrong is None or report.not_finite:
        return Verdict(report.passed, report.sentence)
    first = report.first_wrong
    return Verdict(False, first.diagnosis, first.name, report.named("FAILED"))
