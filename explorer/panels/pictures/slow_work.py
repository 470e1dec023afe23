"""Does the work of a picture beside everything else: seldom while training runs, and a few milliseconds a turn."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from explorer.session.pictures.signals import Work

PERIOD_MS = 340
"""While training runs, a picture is begun that often: three a second."""
TURN_SECONDS = 0.003
BREATH_MS = 8
"""Between two turns while training runs, so that the other thread has its time."""


class SlowWork(QObject):
    """Begins the work when it is asked for and due, one turn of the event loop after another."""

    def __init__(self, begin: Callable[[], Work[None]], parent: QObject) -> None:
        super().__init__(parent)
        self._begin = begin
        self._work: Work[None] | None = None
        self._again = False
        self._since = QElapsedTimer()
        self._wait, self._turn = QTimer(self), QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._start)
        self._turn.timeout.connect(self._go_on)

    def is_working(self) -> bool:
        """Tell whether a picture is waited for, or made."""
        return self._wait.isActive() or self._turn.isActive()

    def ask(self, *, live: bool) -> None:
        """Ask for a new picture: at once at rest, in its turn while numbers stream in."""
        self._turn.setInterval(BREATH_MS if live else 0)
        if not live:
            self.stop()
            self._start()
        elif self._work is not None:
            self._again = True
        elif not self._wait.isActive():
            passed = self._since.elapsed() if self._since.isValid() else PERIOD_MS
            self._wait.start(max(PERIOD_MS - passed, 0))

    def finish(self) -> None:
        """Do all of it now: for pictures that must be complete."""
        self.stop()
        for _ in self._begin():
            pass

    def stop(self) -> None:
        """Leave the work off where it stands."""
        self._wait.stop()
        self._turn.stop()
        self._work, self._again = None, False

    @Slot()
    def _start(self) -> None:
        self._since.start()
        self._work = self._begin()
        self._turn.start()

    @Slot()
    def _go_on(self) -> None:
        end = perf_counter() + TURN_SECONDS
        while self._work is not None and perf_counter() < end:
            try:
                next(self._work)
            except StopIteration:
                self._done()

    def _done(self) -> None:
        self._turn.stop()
        self._work = None
        if self._again:
            self._again = False
            self.ask(live=True)
