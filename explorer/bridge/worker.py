"""The worker: lives on the engine's thread, obeys commands between slices of training, and turns errors into values."""

import traceback
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from explorer.bridge.gate import Gate
from explorer.bridge.mailbox import Mailbox
from explorer.bridge.messages import (
    Command,
    Failure,
    Idle,
    Load,
    Pause,
    Quit,
    SetRate,
    SetStops,
    StepEpoch,
    StepOnce,
    Train,
)
from explorer.bridge.runner import Runner
from explorer.engine.errors import ExplorerError, NonFiniteError

SLICE = 0.008
"""Seconds of training between two looks at the queue of commands."""


class TrainingWorker(QObject):
    """Trains on the thread that it was moved to, by a timer of 0 ms, so that commands are ordinary queued slots.

    Signals
    -------
    reported
        A ``Report``: an ``Idle`` when training comes to rest, a ``Failure`` when it broke.
    """

    reported = Signal(object)

    def __init__(self, mailbox: Mailbox, gate: Gate) -> None:
        super().__init__()
        self._mailbox, self._gate = mailbox, gate
        self._runner: Runner | None = None
        self._run_id, self._number = 0, 0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self.train_slice)

    @Slot(object)
    def handle(self, command: Command) -> None:
        """Obey a command; those of a run that is over are dropped."""
        self._number = command.number
        self._guarded(lambda: self._obey(command))

    @Slot()
    def train_slice(self) -> None:
        """Train for a slice, and come to rest where the aim is reached."""
        self._guarded(self._slice)

    def _obey(self, command: Command) -> None:
        runner = self._runner
        match command:
            case Load():
                self._load(command)
            case Quit():
                self._quit()
            case _ if runner is None or command.run_id != self._run_id:
                return
            case SetRate(learning_rate=rate, schedule=schedule):
                runner.trainer.learning_rate, runner.trainer.schedule = rate, schedule
            case SetStops(stops=stops):
                runner.set_stops(stops)
            case Pause():
                runner.pause()
                self._rest(runner)
            case Train():
                runner.train()
                self._timer.start()
            case StepOnce():
                runner.aim_at_step()
                self._slice()
            case StepEpoch():
                runner.aim_at_epoch()
                self._timer.start()

    def _load(self, load: Load) -> None:
        self._timer.stop()
        self._runner, self._run_id = None, load.run_id
        self._runner = Runner(load, self._mailbox, gate=self._gate)
        self._runner.evaluate()
        self.reported.emit(Idle(self._run_id, self._number))

    def _quit(self) -> None:
        self._timer.stop()
        self._runner = None
        self.thread().quit()

    def _slice(self) -> None:
        if self._runner is not None:
            self._runner.slice(SLICE)
            if self._runner.done:
                self._rest(self._runner)

    def _rest(self, runner: Runner) -> None:
        self._timer.stop()
        runner.finish()
        self.reported.emit(Idle(self._run_id, self._number, runner.stopped, runner.kept_step))

    def _guarded(self, action: Callable[[], None]) -> None:
        """Call it; whatever it raises ends the run and travels as a value."""
        try:
            action()
        except Exception as error:  # noqa: BLE001 (an exception must not die unseen on this thread)
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self._timer.stop()
        runner, self._runner = self._runner, None
        try:
            if runner is not None:
                runner.give_up()
        finally:
            where = (error.step, error.tensor) if isinstance(error, NonFiniteError) else ()
            self.reported.emit(Failure(self._run_id, self._number, sentence(error), details(error), *where))


def details(error: Exception) -> str:
    """Return the traceback of a fault of the program; nothing of an error whose sentence says it all."""
    told = isinstance(error, ExplorerError | MemoryError)
    return "" if told else "".join(traceback.format_exception(error))


def sentence(error: Exception) -> str:
    """Return what the banner says of an error."""
    if isinstance(error, ExplorerError):
        return str(error)
    if isinstance(error, MemoryError):
        return "Training ran out of memory: make the layers or the batch smaller"
    return (
        f"Training stopped by a fault of the program ({type(error).__name__}: {error}): reset, and report the details"
    )
