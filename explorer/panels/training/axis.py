"""The vertical axis of a curve plot: round numbers that keep a spike from flattening all else. No Qt."""

from collections.abc import Sequence
from math import ceil, floor, log10

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.panels.tick_words import tick_words
from explorer.panels.training.step_scale import EVEN, StepScale

Values = NDArray[np.float64]
INTERVALS = 4
HIGHEST, LOWEST = 1e300, 1e-300
"""No axis reaches further: beyond lie the numbers that a painter cannot scale."""
ROUND_STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0)
FITTED_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
ONE_TWO_FIVE = (1.0, 2.0, 5.0)
CEILING = 4.0
"""Points far from the axis are drawn at that many times its height: beyond the edge, within a painter's numbers."""
FLAT = 1e-5
"""A curve whose values differ by a smaller share is drawn as a level line, not as its rounding."""
DECADES = 10
"""A logarithmic axis has no more: what is below its lower end is left out."""
MOST_MARKS, MOST_DECADES = 6, 5
"""Ticks of a logarithmic axis: at 1, 2 and 5 where they are few, else at decades."""


class Axis(Struct, frozen=True):
    """Ticks at ``first``, ``first + 1``, ... up to ``first + INTERVALS`` steps.

    A value is painted at ``place``: divided by a power of two, exactly, so that a painter can scale any number.
    """

    step: float
    first: int = 0

    @property
    def bottom(self) -> float:
        """The value at the lower end."""
        return self.first * self.step

    @property
    def top(self) -> float:
        """The value at the upper end."""
        return (self.first + INTERVALS) * self.step

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Each tick's value and its words."""
        values = [(self.first + number) * self.step for number in range(INTERVALS + 1)]
        return tuple(zip(values, distinct_words(values), strict=True))

    @property
    def _power(self) -> int:
        return int(np.frexp(max(abs(self.top), abs(self.bottom)))[1])

    def place(self, values: Values) -> Values:
        """Return where values are painted, in the unit of ``ends``."""
        height = INTERVALS * self.step
        return np.ldexp(np.clip(values, self.bottom - CEILING * height, CEILING * self.top), -self._power)

    def value(self, places: Values) -> Values:
        """Return the values that are painted there."""
        return np.ldexp(places, self._power)

    @property
    def ends(self) -> tuple[float, float]:
        """Where the lower and the upper end are painted."""
        return float(np.ldexp(self.bottom, -self._power)), float(np.ldexp(self.top, -self._power))


class LogAxis(Struct, frozen=True):
    """An axis on which equal factors are equally far apart, with ticks at round numbers."""

    ticks: tuple[tuple[float, str], ...]
    bottom: float
    top: float

    def place(self, values: Values) -> Values:
        """Return where values are painted, in the unit of ``ends``: what has no logarithm, below the lower end."""
        low, high = self.ends
        beyond = CEILING * (high - low)
        return np.clip(np.log10(np.maximum(values, LOWEST)), low - beyond, high + beyond)

    def value(self, places: Values) -> Values:
        """Return the values that are painted there."""
        return np.power(10.0, places)

    @property
    def ends(self) -> tuple[float, float]:
        """Where the lower and the upper end are painted."""
        return log10(self.bottom), log10(self.top)


AnyAxis = Axis | LogAxis


class Frame(Struct, frozen=True):
    """What lies between the ends of the axes, steps as on their ``scale``, and shares of that beyond each end."""

    left: float
    right: float
    axis: AnyAxis
    beside: float = 0.0
    above: float = 0.0
    scale: StepScale = EVEN


def distinct_words(values: Sequence[float]) -> list[str]:
    """Return each tick's words, with as many digits as tell one from the other."""
    for digits in range(4, 9):
        words = [tick_words(value, digits) for value in values]
        if len(set(words)) == len(words):
            break
    return words


def share_axis() -> Axis:
    """Return the axis of a share: 0 to 1."""
    return Axis(1 / INTERVALS)


def round_axis(top: float) -> Axis:
    """Return the smallest axis from 0 with a round step that reaches ``top``."""
    return Axis(round_up(min(max(top, 1e-12), HIGHEST) / INTERVALS, ROUND_STEPS))


def fitted_axis(low: float, high: float, most: float = np.inf) -> Axis:
    """Return the smallest axis with a round step that reaches from ``low`` to ``high``, and not beyond ``most``."""
    low, high = max(low, -HIGHEST), min(high, HIGHEST)
    step = round_up(max(high - low, FLAT * max(abs(low), abs(high)), 1e-12) / INTERVALS, FITTED_STEPS)
    while floor(low / step + 1e-9) + INTERVALS < ceil(high / step - 1e-9):
        step = round_up(step * 1.01, FITTED_STEPS)
    first = floor(low / step + 1e-9)
    return Axis(step, first if most == np.inf else min(first, floor(most / step + 1e-9) - INTERVALS))


def round_up(wanted: float, steps: Sequence[float]) -> float:
    """Return the smallest of the steps, times a power of ten, that is not below."""
    power = 10.0 ** np.floor(np.log10(wanted))
    factor = next(step for step in (*steps, 10.0) if step * power >= wanted * (1 - 1e-9))
    return float(f"{factor * power:.6g}")


def log_axis(low: float, high: float, least: float = np.inf) -> LogAxis:
    """Return a logarithmic axis from ``low`` to ``high``, which are positive, both ends at 1, 2 or 5 of a decade.

    What is below ``DECADES`` under ``high`` is left out, or under ``least`` where that is lower: that never is.
    """
    high = min(max(high, 10 * LOWEST), HIGHEST)
    low = min(max(low, min(high, least) / 10.0**DECADES, LOWEST), high)
    first, last = 3 * floor(log10(low)), 3 * ceil(log10(high))
    while round_mark(first + 1) <= low * (1 + 1e-9):
        first += 1
    while round_mark(last - 1) >= high * (1 - 1e-9):
        last -= 1
    last = max(last, first + 1)
    marks = range(first, last + 1)
    if len(marks) > MOST_MARKS:
        decades = [mark for mark in marks if mark % len(ONE_TWO_FIVE) == 0]
        marks = range(decades[0], decades[-1] + 1, len(ONE_TWO_FIVE) * ceil(len(decades) / MOST_DECADES))
    values = [round_mark(mark) for mark in marks]
    ticks = tuple((value, tick_words(value)) for value in values)
    return LogAxis(ticks, round_mark(first), round_mark(last))


def round_mark(number: int) -> float:
    """Return ..., 0.5, 1, 2, 5, 10, ... with 1 at number 0."""
    decade, place = divmod(number, len(ONE_TWO_FIVE))
    return float(f"{ONE_TWO_FIVE[place]:g}e{decade}")
