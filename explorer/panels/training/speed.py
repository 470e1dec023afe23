"""Updates a second, measured from what has come up while training runs."""

from collections import deque

WINDOW = 1.0
"""Seconds over which the speed is measured."""
SHORTEST = 0.2


class Speed:
    """Measures how fast a counter grows."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def clear(self) -> None:
        """Forget: training stopped."""
        self._seen.clear()

    def note(self, step: int, now: float) -> None:
        """Note the counter at a time in seconds."""
        self._seen.append((now, step))
        while now - self._seen[0][0] > WINDOW:
            self._seen.popleft()

    def value(self) -> float | None:
        """Return updates a second, to two digits; None until there is enough to measure."""
        if not self._seen or (seconds := self._seen[-1][0] - self._seen[0][0]) < SHORTEST:
            return None
        return float(f"{(self._seen[-1][1] - self._seen[0][1]) / seconds:.2g}")
