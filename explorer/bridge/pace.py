"""How often something may happen, and how much of the time it may take."""

import time
from collections.abc import Callable

Clock = Callable[[], float]


class Pace:
    """Lets through at most ``rate`` calls a second, and fewer where they would take more than ``share`` of the time.

    Parameters
    ----------
    rate
        Calls a second.
    share
        Of the time, in (0, 1).
    clock
        Seconds.
    effort
        Seconds that this thread worked: those in which it waits for the interpreter do not count.
    """

    def __init__(self, rate: float, share: float, clock: Clock, effort: Clock = time.thread_time) -> None:
        self._interval, self._rest, self._clock, self._effort = 1 / rate, 1 / share - 1, clock, effort
        self._due = -float("inf")

    def due(self) -> bool:
        """Tell whether it is time again."""
        return self._clock() >= self._due

    def do(self, action: Callable[[], None]) -> None:
        """Call it, and see from its cost when it is time again."""
        start, before = self._clock(), self._effort()
        action()
        self._due = max(start + self._interval, self._clock() + self._rest * (self._effort() - before))
