"""Schedules: how the learning rate changes from update to update. One record a kind, in a table."""

import math
from collections.abc import Callable

from msgspec import Struct

from explorer.engine.errors import ExplorerError


def constant(_update: int, _steps: int, _factor: float) -> float:
    """s(t) = 1."""
    return 1.0


def step(update: int, steps: int, factor: float) -> float:
    """s(t) = factor ** floor(t / steps): falls at once, again and again (StepLR in PyTorch)."""
    return float(factor ** (update // steps))


def cosine(update: int, steps: int, factor: float) -> float:
    """s(t) = factor + (1 - factor) (1 + cos(pi min(t, steps) / steps)) / 2: falls smoothly, and stays at factor.

    Source: Loshchilov and Hutter, SGDR (2017), equation 5, without restarts.
    """
    return factor + (1 - factor) * (1 + math.cos(math.pi * min(update, steps) / steps)) / 2


STEPS = 1000
"""The steps of a schedule to which they mean nothing, and of one for which no run is known."""


class Rule(Struct, frozen=True):
    """What is known of a kind of schedule.

    Attributes
    ----------
    share
        ``share(t, steps, factor)`` gives the share s(t) of the learning rate after t updates.
    words
        What a schedule of this kind is called with its numbers: a template of ``steps`` and ``factor``.
    numbers
        Those of ``NUMBERS`` that mean something to it.
    falls
        Falls, of ``steps`` updates each, by which a run is usually filled: 1 where the rate falls once, along all of
        it, and stays from there on; 0 where it never falls.
    """

    share: Callable[[int, int, float], float]
    words: str
    numbers: tuple[str, ...] = ()
    falls: int = 0

    def usual_steps(self, updates: int) -> int:
        """Return the steps with which so many updates are filled."""
        return max(math.ceil(updates / self.falls), 1) if self.falls else STEPS


NUMBERS = ("steps", "factor")
"""What a schedule can be set with beside its warm-up, by the names of its fields."""
SCHEDULES = {
    "constant": Rule(constant, "constant"),
    "step": Rule(step, "times {factor:g} every {steps:,}", NUMBERS, falls=3),
    "cosine": Rule(cosine, "cosine over {steps:,} to {factor:g}", NUMBERS, falls=1),
}
"""By the name of the kind."""


def kinds_with(number: str) -> str:
    """Return the kinds to which a number means something: "step or cosine"."""
    return " or ".join(kind for kind, rule in SCHEDULES.items() if number in rule.numbers)


class Schedule(Struct, frozen=True):
    """The rate of update t + 1 is ``learning_rate * share(t)``, t updates having been made before it.

    Over the first ``warmup`` updates the rate rises in a straight line to the learning rate; then the rule begins.

    Attributes
    ----------
    kind
        "constant", "step" or "cosine".
    steps
        Updates between two falls (step), or until the end of the fall (cosine).
    factor
        What a fall multiplies the rate with (step), or the share of it that is left at the end (cosine).
    warmup
        Updates over which the rate rises first.

    Raises
    ------
    ExplorerError
        If the kind is unknown or a number is out of range.
    """

    kind: str = "constant"
    steps: int = STEPS
    factor: float = 0.1
    warmup: int = 0

    def __post_init__(self) -> None:
        """Refuse a schedule that means nothing, in one sentence."""
        if self.kind not in SCHEDULES:
            raise ExplorerError(f"schedule {self.kind!r} is unknown: use one of {', '.join(SCHEDULES)}")
        if self.steps < 1:
            raise ExplorerError(f"schedule steps {self.steps}: expected 1 update or more")
        if not 0 <= self.factor <= 1:
            raise ExplorerError(f"schedule factor {self.factor}: expected a number from 0 to 1")
        if self.warmup < 0:
            raise ExplorerError(f"warm-up {self.warmup}: expected 0 updates or more")

    @property
    def rule(self) -> Rule:
        """What is known of its kind."""
        return SCHEDULES[self.kind]

    @property
    def varies(self) -> bool:
        """True where the rate does not stay the same all along."""
        return self.rule.falls > 0 or self.warmup > 0

    def share(self, update: int) -> float:
        """Return s(t), the factor of the learning rate after t updates: (t + 1) / warmup while t < warmup."""
        if update < self.warmup:
            return (update + 1) / self.warmup
        return self.rule.share(update - self.warmup, self.steps, self.factor)
