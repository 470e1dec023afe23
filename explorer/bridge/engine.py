"""The engine as the window sees it: verbs to train by, and a session kept truthful while it trains."""

import sys
import time

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot

from explorer.bridge.gate import Gate
from explorer.bridge.mailbox import Mailbox
from explorer.bridge.messages import (
    Command,
    Failure,
    Load,
    Pause,
    Quit,
    Report,
    SetRate,
    SetStops,
    StepEpoch,
    StepOnce,
    Stops,
    Train,
)
from explorer.bridge.pace import PULL_INTERVAL_MS, pull_interval
from explorer.bridge.thread import WorkerThread
from explorer.bridge.thread_limit import ThreadLimit
from explorer.bridge.worker import TrainingWorker
from explorer.session import RunStatus, Session, Settings, State
from explorer.session.checkpoints import Pass
from explorer.session.rightness import targets_kind

PAINTED, AFTER_PAINTING = QEvent.Type.User, Qt.EventPriority.LowEventPriority.value - 1
"""An event that a widget's painting, once it is asked for, comes before."""
SHUTDOWN_MS = 10_000
SWITCH_INTERVAL = 0.0005
"""Seconds until a thread that waits for the interpreter gets it; at Python's own 5 ms, frames come up to 95 ms late."""


class TrainingEngine(QObject):
    """Trains the session's subject on a thread of its own.

    It listens to the session: a new run is loaded, settings with which a run goes on are passed on. Everything here
    belongs to the GUI thread.

    Parameters
    ----------
    session
        Told of the status, the measurements and failures.
    """

    _command = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._mailbox, self._gate = session, Mailbox(), Gate()
        self._number, self._going, self._closed = 0, False, False
        self._kind: type[Command] = Train
        self._loading, self._outdated = 0, False
        self._threads = ThreadLimit()
        self._switch_interval = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL)
        self._pump = QTimer(self, interval=PULL_INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._pump.timeout.connect(self._pump_once)
        self._worked = 0.0
        self._start_thread()
        self._unsubscribe = session.subscribe(self._session_changed)
        self._load()

    def _start_thread(self) -> None:
        worker = TrainingWorker(self._mailbox, self._gate)
        self._thread = WorkerThread(worker, "training")
        queued = Qt.ConnectionType.QueuedConnection
        self._command.connect(worker.handle, queued)
        worker.reported.connect(self._reported, queued)
        self._thread.start()

    # Verbs

    @property
    def running(self) -> bool:
        """True from ``train`` or ``epoch`` on, until training is told to pause or comes to rest."""
        return self._going

    @Slot()
    def train(self) -> None:
        """Start training, or go on with it."""
        self._go(Train)

    @Slot()
    def epoch(self) -> None:
        """Train to the end of the current epoch."""
        self._go(StepEpoch)

    def _go(self, kind: type[Command]) -> None:
        if self._usable and not self._going:
            self._kind = kind
            self._session.set_status(RunStatus.RUNNING)
            self._go_on()

    def _go_on(self) -> None:
        """Let the worker train: to the end of the epoch, or until it is paused, as it was asked to last."""
        self._going = True
        self._worked = time.thread_time()
        self._pump.start(PULL_INTERVAL_MS)
        self._order(self._kind)

    @Slot()
    def pause(self) -> None:
        """Stop training; the session says so once the last numbers are in."""
        if self._going:
            self._going = False
            self._order(Pause)

    @Slot()
    def toggle(self) -> None:
        """Pause if training runs, else start."""
        if self._going:
            self.pause()
        else:
            self.train()

    @Slot()
    def step(self) -> None:
        """Make one update and rest."""
        if self._usable:
            self._going = False
            self._order(StepOnce)

    @Slot()
    def reset(self) -> None:
        """Go back to the initial weights."""
        self._session.reset()

    @Slot()
    def shutdown(self) -> None:
        """End the thread, whatever it does at the moment; does nothing the second time."""
        if self._closed:
            return
        self._closed, self._going = True, False
        self._gate.open()
        self._pump.stop()
        self._unsubscribe()
        self._order(Quit)
        self._thread.wait(SHUTDOWN_MS)
        self._threads.restore()
        sys.setswitchinterval(self._switch_interval)

    # Down

    @property
    def _usable(self) -> bool:
        return not self._closed and self._session.state.run.status is not RunStatus.FAILED

    def _order(self, kind: type[Command]) -> None:
        if self._outdated and kind is not Quit:
            self._load()
        if kind not in {Pause, Quit}:
            self._threads.take()
        self._number += 1
        self._command.emit(kind(self._session.state.run.id, self._number))

    def _session_changed(self, old: State, new: State) -> None:
        if self._going and looked_at(old) != looked_at(new):
            self._let_window_go_first()
        if old.run.id != new.run.id:
            self._begin()
            if new.run.status is RunStatus.RUNNING:
                self._go_on()
            return
        rate, stops = new.settings.scheduled_rate, stops_of(new.settings)
        if old.settings.scheduled_rate != rate:
            self._command.emit(SetRate(new.run.id, self._number, *rate))
        if stops_of(old.settings) != stops:
            self._command.emit(SetStops(new.run.id, self._number, stops))

    def _let_window_go_first(self) -> None:
        """Let training stand aside until the window has painted what a person asked for."""
        if not self._gate.is_shut:
            self._gate.shut()
            QCoreApplication.postEvent(self, QEvent(PAINTED), AFTER_PAINTING)

    def customEvent(self, event: QEvent) -> None:
        """Let training go on: what was due before this event has been painted."""
        if event.type() == PAINTED:
            self._gate.open()

    def _begin(self) -> None:
        """Let a new run be loaded: now, or once the load that is under way is done, as when a weight is dragged."""
        self._going = False
        self._pump.stop()
        if self._loading:
            self._outdated = True
        else:
            self._load()

    def _load(self) -> None:
        """Hand a copy of the shown network, with its data and settings, to the worker."""
        state = self._session.state
        self._number += 1
        self._loading, self._outdated = self._number, False
        subject, settings = state.subject, state.settings
        update = replace(subject.problem.update, learning_rate=settings.learning_rate)
        problem = replace(subject.problem, network=state.network.copy(), memory=state.memory, update=update)
        batch, seed = settings.batch_size, settings.seed
        number, run = self._number, state.run
        samples = problem.samples
        self._threads.prepare(problem.network, min(batch, samples), max(samples, len(subject.test_X)))
        stops, kind = stops_of(settings), targets_kind(subject)
        load = Load(run.id, number, problem, subject.test_X, subject.test_Y, batch, seed, stops, run.step, kind)
        self._command.emit(load)

    # Up

    @Slot(object)
    def _reported(self, report: Report) -> None:
        if self._closed:
            return
        loaded = report.number == self._loading
        if loaded:
            self._loading = 0
        if report.run_id == self._session.state.run.id:
            self._pull()
            self._follow(report, loaded=loaded)
        if loaded and self._outdated:
            self._load()

    def _follow(self, report: Report, *, loaded: bool) -> None:
        """Let the session stand as the worker does; of a run that was loaded, the session knows how it stands."""
        if isinstance(report, Failure):
            self._come_to_rest()
            if report.diverged_at is not None:
                self._session.diverge(report.diverged_at, report.diverged_in)
            else:
                self._session.fail(report.sentence, report.details)
        elif report.number == self._number and not loaded:
            step = self._session.state.run.step
            self._come_to_rest()
            status = RunStatus.PAUSED if step else RunStatus.READY
            self._session.set_status(status, report.stopped, report.kept_step)

    def _come_to_rest(self) -> None:
        self._going = False
        self._pump.stop()

    @Slot()
    def _pump_once(self) -> None:
        """Pull, and let the next pull wait for as long as the work since the last one asks for."""
        if self._gate.is_shut:
            return
        worked = time.thread_time()
        self._pump.setInterval(pull_interval(worked - self._worked))
        self._worked = worked
        self._pull()

    def _pull(self) -> None:
        """Give the session what has come up since the last pull; drop what belongs to another run."""
        run_id = self._session.state.run.id
        taken, snapshot = self._mailbox.take()
        parcels = [parcel for parcel in taken if parcel.run_id == run_id]
        shown = snapshot if snapshot is not None and snapshot.run_id == run_id else None
        newest = parcels[-1] if parcels else shown
        if newest is None:
            return
        losses = np.concatenate([np.empty(0, np.float32), *(parcel.losses for parcel in parcels)])
        evaluations = tuple(parcel.evaluation for parcel in parcels if parcel.evaluation is not None)
        measured = (run_id, newest.step, newest.epoch, losses, evaluations)
        picture = (None,) if shown is None else (shown.network, shown.memory, shown.step)
        self._session.receive(*measured, *picture)
        if shown is not None:
            early = self._mailbox.take_kept(shown)
            self._session.keep(run_id, tuple(Pass(each.network, each.memory, each.step, each.epoch) for each in early))


def looked_at(state: State) -> tuple[object, ...]:
    """Return what a person looks at: where in the pass, and how it is written."""
    shown = state.sample, state.whole, state.guest, state.drawing
    return state.position, shown, state.selected, state.hovered, state.notation, state.layout


def stops_of(settings: Settings) -> Stops:
    """Return when the settings let a run come to rest by itself."""
    return Stops(settings.epochs, settings.patience)
