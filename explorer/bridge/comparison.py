"""A comparison as the window sees it: begun, followed, stopped; its runs are trained on a thread of their own."""

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot

from explorer.bridge.comparison_worker import ComparisonWorker
from explorer.bridge.engine import AFTER_PAINTING, PAINTED
from explorer.bridge.gate import Gate
from explorer.bridge.mailbox import Mailbox
from explorer.bridge.messages import Failure, Load, Report, Stops
from explorer.bridge.thread import WorkerThread
from explorer.session import State
from explorer.session.checkpoints import Pass
from explorer.session.moment import Moment
from explorer.session.rightness import targets_kind
from explorer.session.runs_comparing import Comparison, Lane, WithAndWithout, lane_moment

PULL_MS = 250
SHUTDOWN_MS = 10_000


class ComparisonEngine(QObject):
    """Makes the runs of one comparison at a time; everything here belongs to the GUI thread.

    Attributes
    ----------
    lanes
        The runs of the comparison that goes on, or of the last one.
    epochs
        How many each of them makes.

    Signals
    -------
    progressed
        The lanes have gone on.
    ended
        They are over: the sentences of those that failed by a fault, not by their numbers.
    """

    progressed = Signal()
    ended = Signal(object)
    _begin, _stop = Signal(), Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lanes: tuple[Lane, ...] = ()
        self.epochs = 0
        self._state: State | None = None
        self._mailboxes: tuple[Mailbox, ...] = ()
        self._thread: WorkerThread | None = None
        self._worker: ComparisonWorker | None = None
        self._failures: list[str] = []
        self._gate = Gate()
        self._pump = QTimer(self, interval=PULL_MS)
        self._pump.timeout.connect(self._pull)

    @property
    def running(self) -> bool:
        """True from ``start`` until ``ended``."""
        return self._thread is not None

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1."""
        if self._state is None or not self.lanes:
            return 0.0
        whole = self.epochs * self._state.steps_per_epoch
        return sum(1.0 if lane.done else lane.run.step / whole for lane in self.lanes) / len(self.lanes)

    def start(self, comparison: Comparison | WithAndWithout, state: State) -> None:
        """Begin with the initial weights of the state's subject; does nothing while another comparison goes on.

        Raises
        ------
        ExplorerError
            If it asks for nothing, too much, or for absurd numbers.
        """
        if self.running:
            return
        self.lanes, self._state = comparison.lanes(state), state
        self.epochs, self._failures = comparison.epochs, []
        self._mailboxes = tuple(Mailbox() for _ in self.lanes)
        loads = tuple(load_of(place, lane, state, self.epochs) for place, lane in enumerate(self.lanes))
        self._run(ComparisonWorker(loads, self._mailboxes, self._gate))

    def _run(self, worker: ComparisonWorker) -> None:
        self._worker, self._thread = worker, WorkerThread(worker, "comparison")
        queued = Qt.ConnectionType.QueuedConnection
        self._begin.connect(worker.begin, queued)
        self._stop.connect(worker.stop, queued)
        worker.reported.connect(self._reported, queued)
        worker.rested.connect(self._rested, queued)
        self._thread.start()
        self._pump.start()
        self._begin.emit()

    @Slot()
    def stop(self) -> None:
        """Let the runs rest where they are; ``ended`` follows."""
        if self.running:
            self._stop.emit()

    def let_window_go_first(self) -> None:
        """Let the runs stand aside until the window has done, and painted, what it is about to do."""
        if self.running and not self._gate.is_shut:
            self._gate.shut()
            QCoreApplication.postEvent(self, QEvent(PAINTED), AFTER_PAINTING)

    def customEvent(self, event: QEvent) -> None:
        """Let the runs go on: what was due before this event has been painted."""
        if event.type() == PAINTED:
            self._gate.open()

    @Slot()
    def shutdown(self) -> None:
        """End the thread without waiting for the runs; nothing is told any more."""
        if self.running:
            self._stop.emit()
            self._end()

    def moments(self) -> tuple[tuple[str, Moment], ...]:
        """Return the runs that have made an update, each by its name, as moments of the session."""
        state = self._state
        if state is None:
            return ()
        return tuple((lane.name, lane_moment(state, lane)) for lane in self.lanes if lane.run.step)

    @Slot(object)
    def _reported(self, report: Report) -> None:
        if not self.running:
            return
        self._pull()
        lane = self.lanes[report.run_id]
        lane.done = True
        if isinstance(report, Failure):
            lane.diverge(report.diverged_at)
            if report.diverged_at is None:
                self._failures.append(f"{lane.name}: {report.sentence}")

    @Slot()
    def _rested(self) -> None:
        if self.running:
            self._pull()
            self._end()
            self.ended.emit(tuple(self._failures))

    def _end(self) -> None:
        self._pump.stop()
        self._gate.open()
        if self._thread is not None and self._worker is not None:
            self._thread.wait(SHUTDOWN_MS)
            self._begin.disconnect(self._worker.begin)
            self._stop.disconnect(self._worker.stop)
        self._thread = self._worker = None

    @Slot()
    def _pull(self) -> None:
        """Give the lanes what has come up since the last pull."""
        for lane, mailbox in zip(self.lanes, self._mailboxes, strict=True):
            parcels, snapshot = mailbox.take()
            for parcel in parcels:
                lane.history.extend(parcel.losses)
                if parcel.evaluation is not None:
                    lane.note(parcel.evaluation)
            if snapshot is not None:
                lane.stand_at(snapshot.network, snapshot.memory, snapshot.step, snapshot.epoch)
                early = mailbox.take_kept(snapshot)
                lane.history.checkpoints.insert(Pass(at.network, at.memory, at.step, at.epoch) for at in early)
        self.progressed.emit()


def load_of(place: int, lane: Lane, state: State, epochs: int) -> Load:
    """Return what the worker needs of a lane; its network is the worker's own."""
    problem = replace(lane.problem, network=lane.problem.network.copy())
    subject, settings = state.subject, lane.settings
    stops, held_out = Stops(epochs), (subject.test_X, subject.test_Y)
    kind = targets_kind(subject)
    return Load(place, 0, problem, *held_out, settings.batch_size, settings.seed, stops, kind=kind)
