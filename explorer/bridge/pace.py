"""How often something may happen, and how much of the time it may take."""

from collections.abc import Callable

Clock = Callable[[], float]


class Pace:
    """Lets through at most ``rate`` calls a second, and fewer where they would take more than ``share`` of the time."""

    def __init__(self, rate: float, share: float, clock: Clock) -> None:
        self._interval, self._rest, self._clock = 1 / rate, 1 / share - 1, clock
        self._due = -float("inf")

    def due(self) -> bool:
        """Tell whether it is time again."""
        return self._clock() >= self._due

    def do(self, action: Callable[[], None]) -> None:
        """Call it, and see from its cost when it is time again."""
        start = self._clock()
        action()
        end = self._clock()
        self._due = max(start + self._interval, end + self._rest * (end - start))
