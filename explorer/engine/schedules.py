"""Schedules: how the learning rate changes from update to update. One function a rule, in a table."""

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


SCHEDULES: dict[str, Callable[[int, int, float], float]] = {"constant": constant, "step": step, "cosine": cosine}
"""By name: ``rule(t, steps, factor)`` gives the share s(t) of the learning rate after t updates."""


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
    steps: int = 1000
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
    def varies(self) -> bool:
        """True where the rate does not stay the same all along."""
        return self.kind != "constant" or self.warmup > 0

    def share(self, update: int) -> float:
        """Return s(t), the factor of the learning rate after t updates: (t + 1) / warmup while t < warmup."""
        if update < self.warmup:
            return (update + 1) / self.warmup
        return SCHEDULES[self.kind](update - self.warmup, self.steps, self.factor)
