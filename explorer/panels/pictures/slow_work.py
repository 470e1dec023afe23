"""Does the work of a picture beside everything else: seldom while training runs, and a few milliseconds a turn."""

from collections.abc import Callable
from time import perf_counter, thread_time

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from explorer.session.pictures.signals import Work

PERIOD_MS, LONGEST_PERIOD_MS = 500, 2500
"""While training runs, a picture is begun twice a second, and one that takes long less often."""
SHARE = 0.01
"""Share of a processor that making pictures may take meanwhile."""
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
        self._worked = 0.0
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
            period = period_for(self._worked)
            passed = self._since.elapsed() if self._since.isValid() else period
            self._wait.start(max(period - passed, 0))

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
        self._work, self._worked = self._begin(), 0.0
        self._turn.start()

    @Slot()
    def _go_on(self) -> None:
        end, before = perf_counter() + TURN_SECONDS, thread_time()
        while self._work is not None and perf_counter() < end:
            try:
                next(self._work)
            except StopIteration:
                self._work = None
        self._worked += thread_time() - before
        if self._work is None:
            self._done()

    def _done(self) -> None:
        self._turn.stop()
        if self._again:
            self._again = False
            self.ask(live=True)


def period_for(worked: float) -> int:
    """Return the milliseconds from one picture to the next, given the seconds that this one took to make."""
    return round(min(max(1e3 * worked / SHARE, PERIOD_MS), LONGEST_PERIOD_MS))
