"""Collects cyclic garbage on the window's thread alone, as long as another thread of ours runs.

Python collects on whichever thread happens to allocate. Where that is the training's, it takes apart widgets, which
belong to the window's thread, and the process crashes sooner or later. So automatic collection is held while such a
thread runs, and a timer of the window's thread collects in its place, each time little enough for a frame.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 500
YOUNG = 700
"""Objects made since the last collection for which one pays; Python's own bound."""
OLDER_EVERY = 10
"""Collections of a generation for each of the next older one; Python's own ratio."""
WHOLE_SHARE = 0.005
"""Share of the time that collections of everything may take: each holds the window up."""


class Garbage(QObject):
    """Counts who holds automatic collection, and collects by a timer meanwhile; lives on the window's thread."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect_some)
        self._held, self._was_on = 0, False
        self._times, self._whole_due = 0, 0.0

    def hold(self) -> None:
        """Collect here only, until ``release`` was called as often."""
        self._held += 1
        if self._held == 1:
            self._was_on = gc.isenabled()
            gc.disable()
            self._timer.start()

    def release(self) -> None:
        """Leave collecting to Python again, if it was and nobody else holds it."""
        self._held -= 1
        if not self._held:
            self._timer.stop()
            if self._was_on:
                gc.enable()

    @Slot()
    def collect_some(self) -> None:
        """Collect what is young, from time to time what is older, seldom everything."""
        if gc.get_count()[0] < YOUNG:
            return
        self._times += 1
        began = time.perf_counter()
        if self._times % OLDER_EVERY:
            gc.collect(0)
        elif self._times % OLDER_EVERY**2 or began < self._whole_due:
            gc.collect(1)
        else:
            gc.collect()
            took = time.perf_counter() - began
            self._whole_due = began + took / WHOLE_SHARE


_garbage: list[Garbage] = []


def garbage() -> Garbage:
    """Return the only one; made on first use, by the window's thread."""
    if not _garbage:
        _garbage.append(Garbage())
    return _garbage[0]
