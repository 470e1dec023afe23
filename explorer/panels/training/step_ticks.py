"""Round steps along the horizontal axis of a plot, in the few characters that stand there. No Qt."""

from collections.abc import Sequence
from math import ceil, floor

from explorer.panels.training.axis import ONE_TWO_FIVE, round_up
from explorer.panels.training.step_scale import EVEN, StepScale

TENFOLD = 10
"""Where fewer decades are to be seen on a logarithmic axis, its round steps are those of an even one."""
ROUNDED = 0.1
"""By so much of their share two decades may stand closer."""
UNITS = ((1_000_000, 10_000, "M"), (1_000, 100, "k"))
"""A unit, the least part of it that is written with it, and its letter."""


def step_ticks(low: float, high: float, most: int, scale: StepScale = EVEN) -> tuple[tuple[int, str], ...]:
    """Return round steps from ``low`` to ``high``, at most so many and at least one step apart, each with its words."""
    if most < 1 or high <= low:
        return ()
    if scale.logarithmic and high > TENFOLD * max(low, 1.0):
        return decade_ticks(low, high, most, scale)
    apart = max(round_up((high - low) / most, ONE_TWO_FIVE), 1.0)
    while floor(high / apart) - ceil(low / apart) >= most:
        apart = round_up(apart * 1.01, ONE_TWO_FIVE)
    steps = [round(number * apart) for number in range(ceil(low / apart), floor(high / apart) + 1)]
    return tuple(zip(steps, step_words(steps), strict=True))


def decade_ticks(low: float, high: float, most: int, scale: StepScale) -> tuple[tuple[int, str], ...]:
    """Return 0, 10, 100, ... from ``low`` to ``high``: the largest, and as many more as stand apart by their share."""
    decades = [0, *(10**power for power in range(20))]
    apart = (scale.place(high) - scale.place(low)) / most
    kept: list[int] = []
    for step in reversed([step for step in decades if low <= step <= high]):
        if not kept or scale.place(kept[-1]) - scale.place(step) >= apart * (1 - ROUNDED):
            kept.append(step)
    return tuple(zip(kept[::-1], step_words(kept[::-1]), strict=True))


def step_words(steps: Sequence[int]) -> list[str]:
    """Return 0, 500, 1k, 1.5k, 20M; where one of them cannot be so short, each in full, as 117,565."""
    words = [short_words(step) for step in steps]
    return words if all(words) else [f"{step:,}" for step in steps]


def short_words(step: int) -> str:
    """Return 1.2k of 1,200; nothing for what needs more decimals."""
    for unit, part, letter in UNITS:
        if step >= unit and step % part == 0:
            return f"{step / unit:g}{letter}"
    return f"{step}" if step < UNITS[-1][0] else ""
