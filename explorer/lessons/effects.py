"""What mistakes on purpose change in a pass: it has the steps of the right one, so both are compared step by step."""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.tape.entries import Index
from explorer.tape.mistakes import mistakes_of
from explorer.tape.record import record
from explorer.tape.step import Tape

Array = NDArray[np.floating]
ROUNDING = 1e-12
"""Of the largest number of a step: a difference up to that is rounding's."""


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
