"""Lets the window go first: training stands aside while the window shows what a person has just asked for.

Both threads share one interpreter; each method that Qt calls while it paints would wait for its turn at it.
"""

from threading import Event

LONGEST = 0.05
"""Seconds that training stands aside at most, whatever the window does."""


class Gate:
    """Shut for moments by the window's thread; training passes it every few milliseconds."""

    def __init__(self) -> None:
        self._open = Event()
        self._open.set()

    @property
    def is_shut(self) -> bool:
        """Tell whether training stands aside."""
        return not self._open.is_set()

    def shut(self) -> None:
        """Let training stand aside from its next block of updates on."""
        self._open.clear()

    def open(self) -> None:
        """Let training go on."""
        self._open.set()

    def pass_through(self) -> None:
        """Wait here while it is shut (the training thread)."""
        if not self._open.is_set():
            self._open.wait(LONGEST)
