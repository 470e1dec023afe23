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
    coarse
        Not right, but with no digit that tells it from what is right: 0 or 1 for 0.6.
    """

    rounded: Mask
    cut: Mask
    single: Mask
    near: Mask
    coarse: Mask

    @property
    def right(self) -> Mask:
        """Which entries count as right."""
        found: Mask = self.rounded | self.cut | self.single
        return found


def agreement(answer: Answer, true: Array) -> Agreement:
    """Compare an answer with an array of its shape.

    No entry counts as written more coarsely than to the first digit of the largest: 1 is not right for 0.5.
    """
    v, t = answer.values, true
    with np.errstate(all="ignore"):
        scale = np.abs(t[np.isfinite(t)]).max(initial=0.0)
        off, size = np.abs(v - t), np.abs(t)
        units = np.minimum(answer.units, 10.0 ** power_of(float(scale)) if scale else np.inf)
        slack = np.where(np.isfinite(t), SLACK * size + 1e-13 * scale, 0.0)
        rounded = answer.open | (off <= 0.5 * units * (1 + SLACK) + slack) | (v == t) | (np.isnan(v) & np.isnan(t))
        rounded |= (np.abs(v) <= NOTHING) & (size <= NOTHING)
        short = np.isfinite(t) & (v * t > 0) & (np.abs(v) <= size) & (off < units)
        single = np.isfinite(t) & (off <= SINGLE * np.maximum(size, 0.01 * scale))
        near = ~rounded & np.isfinite(t) & (off <= NEARBY * size)
        begun = (v * t >= 0) & (np.abs(v) <= size) & (off < answer.units)
        coarse = (answer.units > units) & (begun | (off <= 0.5 * answer.units))
    return Agreement(rounded, short & ~rounded, single & ~rounded & ~short, near, coarse & ~rounded & ~short & ~single)


def digits(answer: Answer, true: Array) -> tuple[int, tuple[int, int]]:
    """Return how many significant digits the largest entry has where the least are written, and that place.

    A right entry that is written shorter than its fellows counts as they do where it is right to their last place:
    NumPy prints 0.7000 as 0.7. 17 digits where all are exact.
    """
    with np.errstate(all="ignore"):
        size = np.abs(true)
        told = ~answer.open & np.isfinite(true) & (size > NOTHING) & (answer.units > 0)
        off = np.abs(answer.values - true)
        finest = answer.units[told].min(initial=np.inf)
        units = np.where(off <= 0.5 * finest * (1 + SLACK), finest, answer.units)
        units = np.where(told & (off > SLACK * size), units, 0.0)
        row, column = (int(k) for k in np.unravel_index(int(units.argmax()), units.shape))
        if not units.any():
            return 17, (row, column)
        largest = np.where(told, size, 0.0).max() / units.max()
    return min(17, max(0, power_of(float(largest)) + 1)), (row, column)


def power_of(size: float) -> int:
    """Return the power of ten of the first significant digit of a number; that of the largest for infinity."""
    return int(np.floor(np.log10(min(max(size, 5e-324), 1.7e308))))


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
