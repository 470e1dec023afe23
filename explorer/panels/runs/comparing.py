"""How a comparison of runs goes in the window: begun beside it, followed in turns, ended with runs that are kept."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from explorer.bridge import TrainingEngine
from explorer.bridge.comparison import ComparisonEngine
from explorer.bridge.engine import looked_at
from explorer.panels.runs.attempt import Attempt
from explorer.panels.runs.compared_steps import ComparedSteps
from explorer.panels.runs.telling import ending
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Lasts, Notice, RunStatus, Session, State, Tone
from explorer.session.runs import gone_words
from explorer.session.runs_commands import KeepRuns
from explorer.session.runs_comparing import Comparison, Lane, WithAndWithout

TURN_MS = 14
"""Between two things that follow a comparison."""
TABLE = "compare_runs"
"""The action that lays the compared runs side by side."""


class Comparing(QObject):
    """Stands between the engine that compares runs, the session that keeps them, and the plots that draw them.

    Attributes
    ----------
    tell
        Says what a comparison came to, given a ``Notice``.

    Signals
    -------
    began
        The runs train.
    moved
        They have gone on: what shows them is to follow.
    kept
        They have ended: the ids of those that are kept.
    """

    began, moved = Signal(), Signal()
    kept = Signal(object)

    def __init__(
        self,
        session: Session,
        engines: tuple[TrainingEngine, ComparisonEngine],
        training: TrainingPanel,
        attempt: Attempt,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._training, self._attempt = session, training, attempt
        self._trainer, self._engine = engines
        self.tell = session.tell
        self._steps, self._wanted = ComparedSteps(training), 0
        self._due: list[Callable[[], None]] = []
        self._turn = QTimer(self, interval=TURN_MS, singleShot=True)
        self._turn.timeout.connect(self._take_turn)
        self._engine.progressed.connect(self._progressed)
        self._engine.ended.connect(self._ended)

    def begin(self, comparison: Comparison | WithAndWithout) -> None:
        """Begin a comparison; training that runs is paused, and runs kept before are not drawn, so that it is clear."""

        def work() -> None:
            self._trainer.pause()
            self._engine.start(comparison, self._session.state)
            self._wanted = comparison.epochs * self._session.state.steps_per_epoch
            self._steps.show(self._wanted, len(self._session.history.losses))
            for run in self._session.state.runs:
                self._session.show_curves(run.id, visible=False)
            self.began.emit()

        self._attempt(work)

    def shutdown(self) -> None:
        """End a comparison that goes on; its runs are gone."""
        self._turn.stop()
        self._due = []
        self._engine.shutdown()

    def follow(self, old: State, new: State) -> None:
        """Let the window go first where a person looks elsewhere, and show the whole run where another trains."""
        if self._engine.running and looked_at(old) != looked_at(new):
            self._engine.let_window_go_first()
        running = new.run.status is RunStatus.RUNNING and old.run.status is not RunStatus.RUNNING
        if new.run.id != old.run.id or running:
            self._steps.show_all()

    @Slot()
    def _progressed(self) -> None:
        """Bring list and curves up to date, each in a turn of the event loop of its own, once the last have had it."""
        if not self._due:
            self._due = [self.moved.emit, *self._curves()]
            self._turn.start()

    @Slot()
    def _take_turn(self) -> None:
        """Do the next thing that is due; the comparison stands aside meanwhile, for both share one interpreter."""
        self._engine.let_window_go_first()
        self._due.pop(0)()
        if self._due:
            self._turn.start()

    def _curves(self) -> list[Callable[[], None]]:
        return [partial(self._draw, plot) for plot in (self._training.loss, self._training.accuracy)]

    def _draw(self, plot: CurvePlot) -> None:
        plot.show_history(self._session.history, self._session.state.run)

    @Slot(object)
    def _ended(self, failures: tuple[str, ...]) -> None:
        """Keep the runs of a comparison; then, in turns of their own, draw them and say which came off best."""
        lanes, before = [lane for lane in self._engine.lanes if lane.run.step], self._session.state.runs
        self._attempt(lambda: self._session.do(KeepRuns(self._engine.moments(), f"comparing {len(lanes)} runs")))
        kept = tuple(run.id for run in self._session.state.runs if any(run.history is lane.history for lane in lanes))
        self.kept.emit(kept)
        self._steps.show_made(lanes, self._wanted)
        tell = partial(self._tell_end, lanes, failures, gone_words(before, self._session.state.runs))
        self._due = [*self._curves(), *([tell] if kept or not lanes else [])]
        self._turn.start()

    def _tell_end(self, lanes: Sequence[Lane], failures: tuple[str, ...], gone: str) -> None:
        words = " ".join(filter(None, (ending(self._engine.lanes, failures, self._wanted), gone)))
        tone = Tone.INFORMATION if lanes else Tone.ERROR
        lasts = Lasts.CLOSED if failures or not lanes else Lasts.READ
        self.tell(Notice(words, tone, "\n".join(failures), TABLE if lanes else "", lasts))
