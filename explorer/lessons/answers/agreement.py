"""Whether numbers that were written agree with others, as far as they were written: 0.36 agrees with 0.355624."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.lessons.answers.answer import Answer, Shape

Array = NDArray[np.floating]
Mask = NDArray[np.bool_]
SLACK = 1e-9
"""Relative difference that float64 leaves between two orders of the same sums, with room to spare."""
SINGLE = 2e-6
"""Relative difference that float32 leaves, with room to spare."""
NOTHING = 1e-15
"""Size up to which a number counts as the 0 that a sum of other numbers should have come to."""
NEARBY = 0.02
"""Relative difference below which rounding on the way explains an entry."""


class Agreement(Struct, frozen=True, eq=False):
    """Entry by entry, of one shape: where an answer says what is true.

    Attributes
    ----------
    rounded
        Right as it is written, or left open.
    cut
        Right but that the last digit was cut off in place of rounded.
    single
        Right as far as float32 goes.
    near
        Not right, but so near that something was rounded on the way.
    """

    rounded: Mask
    cut: Mask
    single: Mask
    near: Mask

    @property
    def right(self) -> Mask:
        """Which entries count as right."""
        found: Mask = self.rounded | self.cut | self.single
        return found


def agreement(answer: Answer, true: Array) -> Agreement:
    """Compare an answer with an array of its shape."""
    v, t = answer.values, true
    with np.errstate(all="ignore"):
        scale = np.abs(t[np.isfinite(t)]).max(initial=0.0)
        off, size = np.abs(v - t), np.abs(t)
        slack = np.where(np.isfinite(t), SLACK * size + 1e-13 * scale, 0.0)
        rounded = (
            answer.open | (off <= 0.5 * answer.units * (1 + SLACK) + slack) | (v == t) | (np.isnan(v) & np.isnan(t))
        )
        rounded |= (np.abs(v) <= NOTHING) & (size <= NOTHING)
        short = np.isfinite(t) & (v * t > 0) & (np.abs(v) <= size) & (off < answer.units)
        single = np.isfinite(t) & (off <= SINGLE * np.maximum(size, 0.01 * scale))
        near = ~rounded & np.isfinite(t) & (off <= NEARBY * size)
    return Agreement(rounded, short & ~rounded, single & ~rounded & ~short, near)


def digits(answer: Answer, true: Array) -> int:
    """Return how many significant digits are written of the largest entry that is judged; 17 where all are exact."""
    with np.errstate(all="ignore"):
        told = ~answer.open & np.isfinite(true) & (np.abs(true) > NOTHING) & (answer.units > 0)
        exact = np.abs(answer.values - true) <= SLACK * np.abs(true)
        if not (told & ~exact).any():
            return 17
        sizes = np.where(told & ~exact, np.abs(true) / np.where(answer.units > 0, answer.units, 1.0), 0.0)
        return min(17, max(0, int(np.floor(np.log10(max(float(sizes.max()), 1e-300)))) + 1))


def placed(answer: Answer, shape: Shape) -> Answer | None:
    """Return an answer in another shape that it can be meant in; None where there is none.

    A vector may lie or stand, and numbers in a single row may be all of a matrix, row by row.
    """
    if answer.shape == shape:
        return answer
    if answer.values.size != shape[0] * shape[1]:
        return None
    vectors = 1 in answer.shape and 1 in shape
    return answer.reshaped(shape) if vectors or answer.shape[0] == 1 else None
