"""Long work beside the window: steps that a thread of its own takes, shown as they go, given up at any moment."""

import time
import traceback
from collections.abc import Generator
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from explorer.bridge.thread import WorkerThread
from explorer.engine.errors import ExplorerError

SLICE = 0.008
"""Seconds of work between two looks at the queue of orders."""
TELL = 0.05
"""Seconds between two words on how far it is."""
SHUTDOWN_MS = 10_000
Work = Generator[Any, None, Any]


class Order(Struct, frozen=True):
    """Take up this work, or only give the other up where there is none; ``last`` ends the thread."""

    number: int
    work: Work | None = None
    last: bool = False


class Word(Struct, frozen=True):
    """What is told of the work of that number: how far it is, what came of it, or why nothing did."""

    number: int
    progress: object = None
    result: object = None
    refusal: str = ""
    details: str = ""


class StepsWorker(QObject):
    """Takes the steps of one work at a time, on the thread that it was moved to.

    Signals
    -------
    told
        A ``Word``.
    """

    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._work: Work | None = None
        self._number, self._told_at = 0, 0.0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self.take_steps)

    @Slot(object)
    def obey(self, order: Order) -> None:
        """Leave what is under way, and begin what is ordered."""
        self._leave()
        self._number = order.number
        if order.work is not None:
            self._work = order.work
            self._timer.start()
        if order.last:
            self.thread().quit()

    @Slot()
    def take_steps(self) -> None:
        """Work for a slice; errors become words."""
        try:
            self._slice()
        except Exception as error:  # noqa: BLE001 (an exception must not die unseen on this thread)
            details = "" if isinstance(error, ExplorerError) else "".join(traceback.format_exception(error))
            self._end(Word(self._number, refusal=sentence(error), details=details))

    def _slice(self) -> None:
        end = time.perf_counter() + SLICE
        while self._work is not None and (now := time.perf_counter()) < end:
            try:
                progress = next(self._work)
            except StopIteration as stop:
                self._end(Word(self._number, result=stop.value))
                return
            if now - self._told_at > TELL:
                self._told_at = now
                self.told.emit(Word(self._number, progress=progress))

    def _end(self, word: Word) -> None:
        self._leave()
        self.told.emit(word)

    def _leave(self) -> None:
        self._timer.stop()
        work, self._work = self._work, None
        if work is not None:
            work.close()


class Background(QObject):
    """One work at a time on a thread of its own, which begins with the first; all of it belongs to the GUI thread.

    A work is a generator: it yields how far it is and returns its result. Another one takes its place.

    Signals
    -------
    progressed
        What the work yielded, some twenty times a second.
    done
        What it returned.
    refused
        One sentence: why it returned nothing; and what a person may want to know beyond it.
    """

    progressed = Signal(object)
    done = Signal(object)
    refused = Signal(str, str)
    _order = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: WorkerThread | None = None
        self._number = 0
        self.working = False

    def start(self, work: Work) -> None:
        """Begin a work in place of the one under way."""
        if self._thread is None:
            self._start_thread()
        self._number += 1
        self.working = True
        self._order.emit(Order(self._number, work))

    @Slot()
    def give_up(self) -> None:
        """Hear no more of the work under way; the thread leaves it at its next step."""
        if self.working:
            self._number += 1
            self.working = False
            self._order.emit(Order(self._number))

    @Slot()
    def shutdown(self) -> None:
        """End the thread, whatever it does at the moment."""
        if self._thread is not None:
            self._number += 1
            self.working = False
            self._order.emit(Order(self._number, last=True))
            self._thread.wait(SHUTDOWN_MS)
            self._thread = None

    def _start_thread(self) -> None:
        worker = StepsWorker()
        self._thread = WorkerThread(worker, "reading")
        self._order.connect(worker.obey, Qt.ConnectionType.QueuedConnection)
        worker.told.connect(self._told, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    @Slot(object)
    def _told(self, word: Word) -> None:
        if word.number != self._number:
            return
        if word.progress is not None:
            self.progressed.emit(word.progress)
            return
        self.working = False
        if word.refusal:
            self.refused.emit(word.refusal, word.details)
        else:
            self.done.emit(word.result)


def sentence(error: Exception) -> str:
    """Return what a person reads of an error."""
    if isinstance(error, ExplorerError):
        return str(error)
    if isinstance(error, MemoryError):
        return "it takes more memory than there is: leave out rows or columns"
    return f"reading broke off by a fault of the program ({type(error).__name__}: {error}): report the details"
