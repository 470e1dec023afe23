"""Round steps along the horizontal axis of a plot, in the few characters that stand there. No Qt."""

from collections.abc import Sequence
from math import ceil, floor

from explorer.panels.training.axis import ONE_TWO_FIVE, round_up

UNITS = ((1_000_000, 10_000, "M"), (1_000, 100, "k"))
"""A unit, the least part of it that is written with it, and its letter."""


def step_ticks(low: float, high: float, most: int) -> tuple[tuple[int, str], ...]:
    """Return round steps from ``low`` to ``high``, at most so many and at least one step apart, each with its words."""
    if most < 1 or high <= low:
        return ()
    apart = max(round_up((high - low) / most, ONE_TWO_FIVE), 1.0)
    while floor(high / apart) - ceil(low / apart) >= most:
        apart = round_up(apart * 1.01, ONE_TWO_FIVE)
    steps = [round(number * apart) for number in range(ceil(low / apart), floor(high / apart) + 1)]
    return tuple(zip(steps, step_words(steps), strict=True))


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
