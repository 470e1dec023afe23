"""The worker of a comparison: trains several runs in turn, the one that is behind first, and tells of each its end."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from explorer.bridge.gate import Gate
from explorer.bridge.mailbox import Mailbox
from explorer.bridge.messages import Failure, Idle, Load
from explorer.bridge.runner import Runner
from explorer.bridge.worker import SLICE, details, sentence
from explorer.engine.errors import NonFiniteError

TOGETHER_BYTES = 2**28
"""Copies of the samples that may be held at once: where they are large, fewer runs are trained side by side."""


class ComparisonWorker(QObject):
    """Trains the runs on the thread that it was moved to, each for a slice before it looks for commands.

    Parameters
    ----------
    loads
        What is to be trained, and when each comes to rest; ``run_id`` is the run's place.
    mailboxes
        One for each.
    gate
        Passed every few milliseconds.

    Signals
    -------
    reported
        An ``Idle`` for a run that is done, a ``Failure`` for one that broke.
    rested
        All of them are over, or were told to stop; their newest numbers are in the mailboxes.
    """

    reported = Signal(object)
    rested = Signal()

    def __init__(self, loads: tuple[Load, ...], mailboxes: tuple[Mailbox, ...], gate: Gate) -> None:
        super().__init__()
        self._gate = gate
        self._waiting = list(zip(loads, mailboxes, strict=True))
        self._together = max(1, TOGETHER_BYTES // max(loads[0].problem.X.nbytes, 1))
        self._runners: dict[int, Runner] = {}
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self.train_slice)

    @Slot()
    def begin(self) -> None:
        """Start to train."""
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Let every run rest where it stands, and end the thread."""
        self._timer.stop()
        for runner in self._runners.values():
            runner.finish()
        self._runners, self._waiting = {}, []
        self.rested.emit()
        self.thread().quit()

    @Slot()
    def train_slice(self) -> None:
        """Train the run that has made the fewest updates; begin the next one where there is room."""
        if self._waiting and len(self._runners) < self._together:
            load, mailbox = self._waiting.pop(0)
            self._begin(load, mailbox)
        elif self._runners:
            self._train(min(self._runners, key=lambda place: self._runners[place].trainer.step))
        else:
            self.stop()

    def _begin(self, load: Load, mailbox: Mailbox) -> None:
        try:
            runner = Runner(load, mailbox, gate=self._gate)
            runner.evaluate()
            runner.show()
            runner.train()
        except Exception as error:  # noqa: BLE001 (an exception must not die unseen on this thread)
            self._fail(load.run_id, error)
        else:
            self._runners[load.run_id] = runner

    def _train(self, place: int) -> None:
        runner = self._runners[place]
        try:
            runner.slice(SLICE)
        except Exception as error:  # noqa: BLE001 (as above)
            del self._runners[place]
            runner.give_up()
            self._fail(place, error)
        else:
            if runner.done:
                del self._runners[place]
                runner.finish()
                self.reported.emit(Idle(place, 0))

    def _fail(self, place: int, error: Exception) -> None:
        where = (error.step, error.tensor) if isinstance(error, NonFiniteError) else ()
        self.reported.emit(Failure(place, 0, sentence(error), details(error), *where))
