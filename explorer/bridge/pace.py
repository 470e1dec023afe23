"""How often something may happen, and how much of the time it may take."""

import time
from collections.abc import Callable

Clock = Callable[[], float]
PULL_INTERVAL_MS, LONGEST_PULL_INTERVAL_MS = 83, 330
GUI_SHARE = 0.05
"""Share of one processor that the window may take for following the training; past that it is told less often."""


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

    def do(self, action: Callable[[], object]) -> None:
        """Call it, and see from its cost when it is time again."""
        start, before = self._clock(), self._effort()
        action()
        self._due = max(start + self._interval, self._clock() + self._rest * (self._effort() - before))


class Milestones:
    """Steps at which curves are measured early, while they bend: 1, 2, 3, ..., later each a tenth beyond the last.

    Parameters
    ----------
    budget
        Seconds of work that all of them may take together; after that there are none.
    effort
        Seconds that this thread worked.
    """

    def __init__(self, budget: float, effort: Clock = time.thread_time) -> None:
        self._budget, self._effort, self._next = budget, effort, 1

    def steps_to(self, step: int) -> int | None:
        """Return how many steps after ``step`` the next one is due; None where there are no more."""
        return max(self._next - step, 0) if self._budget > 0 else None

    def do(self, step: int, action: Callable[[], object]) -> None:
        """Call it at a step, if that is a milestone."""
        if self.steps_to(step) == 0:
            before = self._effort()
            action()
            self._budget -= self._effort() - before
            self._next = step + 1 + step // 10


def pull_interval(worked: float) -> int:
    """Return the milliseconds until the next pull, given the seconds that this thread worked for the last one.

    Both threads share one interpreter: a window that takes 25 ms to show a step would leave seven tenths of the time
    to training if it did so 12 times a second.
    """
    return round(min(max(1e3 * worked / GUI_SHARE, PULL_INTERVAL_MS), LONGEST_PULL_INTERVAL_MS))
