"""When the drawing has come to rest: what takes longer than a frame is then done, in slices."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Slot

WAIT_MS = 180
"""Without a change for so long, the drawing rests."""
TURN_SECONDS = 0.006
Work = Callable[[], Iterator[None]]
"""Begins the work; it is left off where it stands when something changes."""


class Rest(QObject):
    """Waits for rest, then works a few milliseconds a turn of the event loop."""

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._open = work, False
        self._slices: Iterator[None] = iter(())
        self._wait, self._turn = QTimer(self), QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._begin)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    def is_waiting(self) -> bool:
        """Tell whether it waits for rest, or works."""
        return self._wait.isActive() or self._turn.isActive()

    def allow(self, allowed: bool) -> None:
        """Wait for rest from now on, or do not: while things move for long, or nobody looks."""
        self._open = allowed
        if allowed:
            self.disturb()
        else:
            self._stop()

    def disturb(self) -> None:
        """Begin to wait anew: something has changed."""
        self._stop()
        if self._open:
            self._wait.start()

    def finish(self) -> None:
        """Do all of it at once: for pictures that must be complete."""
        self._stop()
        for _ in self._work():
            pass

    def _stop(self) -> None:
        self._wait.stop()
        self._turn.stop()
        self._slices = iter(())

    @Slot()
    def _begin(self) -> None:
        self._slices = self._work()
        self._turn.start()

    @Slot()
    def _go_on(self) -> None:
        end = perf_counter() + TURN_SECONDS
        while perf_counter() < end:
            try:
                next(self._slices)
            except StopIteration:
                self._turn.stop()
                return
