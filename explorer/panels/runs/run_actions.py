"""What the window does with runs: keeps, shows, compares and deletes them, and draws their curves behind the plots."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from explorer.bridge import TrainingEngine
from explorer.bridge.comparison import ComparisonEngine
from explorer.bridge.engine import looked_at
from explorer.engine.errors import ExplorerError
from explorer.panels import dialogs
from explorer.panels.pictures.kinds import PictureKind
from explorer.panels.runs.lines import lines_of
from explorer.panels.runs.telling import ending, kept_notice, memory_words, overlays_of
from explorer.panels.theme import LIGHT, Palette
from explorer.panels.training.plot_view import FEWEST
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Lasts, Notice, RunStatus, Session, State, Tone
from explorer.session.moment import Moment
from explorer.session.runs_commands import DeleteRuns, KeepRuns, RunsCommand
from explorer.session.runs_comparing import Comparison, Lane, WithAndWithout
from explorer.session.showing import at_front

if TYPE_CHECKING:
    from explorer.panels.runs.runs_view import RunsView
    from explorer.panels.runs.side_by_side import Column

TURN_MS = 14
"""Between two things that follow a comparison."""
MOST_COLUMNS = 8
"""Runs that are laid side by side at most, if nobody has chosen some."""
FAR = 2
"""How many times longer than a comparison the shown run is for the plots to show the comparison's steps alone."""
UNDO, TABLE = "undo", "compare_runs"
"""The actions that notices offer."""
PAGE = "runs"
"""The key of the page of runs among the pictures."""


class RunActions(QObject):
    """Stands between the session's runs, the engine that compares optimisers, and what shows them.

    Parameters
    ----------
    window
        Above which dialogs open.
    training
        Its plots draw the curves, and beside its pictures stands the page that lists the runs.

    Signals
    -------
    export_wanted
        The id of a run whose history is to be written.
    """

    export_wanted = Signal(int)

    def __init__(
        self,
        window: QWidget,
        session: Session,
        engine: TrainingEngine,
        training: TrainingPanel,
        actions: dict[str, QAction],
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._training, self._actions = window, session, training, actions
        self._trainer, self._look = engine, LIGHT
        self.engine = ComparisonEngine(self)
        self.dialog: QDialog | None = None
        self.tell = session.tell
        self._undoable, self._wanted = "", 0
        self._refusal: Notice | None = None
        self._range: tuple[int, int] | None = None
        self._here: int | None = None
        self._due: list[Callable[[], None]] = []
        self._turn = QTimer(self, interval=TURN_MS, singleShot=True)
        self._turn.timeout.connect(self._take_turn)
        self._page: RunsView | None = None
        training.pictures.add(PAGE, PictureKind("Runs", lambda _session, _meter: self._make_page()))
        self._connect()
        self.show()

    @property
    def page(self) -> "RunsView":
        """The list of runs, made when it is first asked for."""
        self._training.pictures.picture(PAGE)
        return self._page if self._page is not None else self._make_page()

    def _make_page(self) -> "RunsView":
        self._page = page = dialogs.RunsView()
        page.carry(self._actions)
        page.commanded.connect(self.do)
        page.visible_chosen.connect(self._draw)
        page.run_wanted.connect(self.show_again)
        page.export_wanted.connect(self.export_wanted)
        self._list()
        return page

    def _connect(self) -> None:
        self.engine.progressed.connect(self._progressed)
        self.engine.ended.connect(self._ended)
        unsubscribe = self._session.subscribe(self._state_changed)
        self.destroyed.connect(unsubscribe)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._look = palette
        self.show()

    def shutdown(self) -> None:
        """End a comparison that goes on; its runs are gone."""
        self._turn.stop()
        self._due = []
        self.engine.shutdown()

    # What a person asks for

    def keep(self) -> None:
        """Keep the run as it stands, and say under which name: the list of runs may be out of sight."""
        listed = self._page is not None and self._page.isVisible()
        self._try(lambda: self._session.tell(kept_notice(self._session.keep_run(), listed=listed)))

    @Slot(object)
    def do(self, command: RunsCommand) -> None:
        """Carry a change of the list out; what was deleted can be brought back from the banner."""

        def work() -> None:
            text = command.text(self._session.state)
            self._session.do(command)
            if isinstance(command, DeleteRuns):
                self._undoable = self._session.undo_text
                words = f"{text.replace('deleting', 'Deleted', 1)}."
                self._session.tell(Notice(words, Tone.INFORMATION, offer=UNDO, lasts=Lasts.READ))

        self._try(work)

    @Slot(int)
    def show_again(self, run_id: int) -> None:
        """Let the window show a kept run."""
        self._try(lambda: self._session.show_run(run_id))

    @Slot(int, bool)
    def _draw(self, run_id: int, visible: bool) -> None:
        self._session.show_curves(run_id, visible=visible)

    def show_page(self) -> None:
        """Show the page of runs, with the keys in its list."""
        self._training.pictures.choose(PAGE)
        self.page.table.setFocus()

    def lay_side_by_side(self) -> None:
        """Open the table of the chosen runs, or of all that are drawn; the shown one is the first column."""

        def work() -> None:
            columns = self.columns()
            if len(columns) < 2:
                raise ExplorerError(
                    "there is nothing to compare yet: keep a run (Ctrl+K), change a setting, train again"
                )
            self._open(dialogs.SideBySide(columns, self._look, self._window))

        self._try(work)

    def columns(self) -> "list[Column]":
        """Return what the table compares."""
        state, chosen = self._session.state, self._page.table.chosen() if self._page is not None else ()
        many = len(chosen) > 1
        runs = [run for run in state.runs if (run.id in chosen if many else run.id not in state.hidden_runs)]
        columns = [(run.name, self._look.runs[run.colour], run.moment) for run in runs]
        if state.run.step and not many and self._session.shown_run() is None:
            columns.insert(0, ("this run", self._look.train, Moment.of(at_front(state), self._session.history)))
        return columns if many else columns[:1] + columns[1:][-MOST_COLUMNS:]

    def ask_optimizers(self) -> None:
        """Ask which optimisers to compare."""
        if self.engine.running:
            self.show_page()
            return
        dialog = dialogs.OptimizersDialog(self._session.state, self._window)
        dialog.chosen.connect(self.compare)
        self._open(dialog)

    @Slot(object)
    def compare(self, comparison: Comparison | WithAndWithout) -> None:
        """Begin a comparison; training that runs is paused, and runs kept before are not drawn, so that it is clear."""

        def work() -> None:
            self._trainer.pause()
            self.engine.start(comparison, self._session.state)
            self.page.table.clearSelection()
            self._wanted = comparison.epochs * self._session.state.steps_per_epoch
            self._look_at(self._wanted)
            for run in self._session.state.runs:
                self._session.show_curves(run.id, visible=False)
            self._training.pictures.choose(PAGE)
            self.show()

        self._try(work)

    def _look_at(self, steps: int) -> None:
        """Show so many steps of the plots, if the shown run is so much longer that the compared ones were a stroke."""
        if len(self._session.history.losses) > FAR * steps:
            self._range = 0, steps
            self._training.look(replace(self._training.loss.view, span=self._range))

    def _look_at_made(self, lanes: list[Lane]) -> None:
        """Show the steps that were made, where fewer were than asked for and nobody has chosen others since."""
        view, made = self._training.loss.view, max((lane.run.step for lane in lanes), default=0)
        if FEWEST <= made < self._wanted and self._range is not None and view.span == self._range:
            self._range = 0, made
            self._training.look(replace(view, span=self._range))

    def _look_at_all(self) -> None:
        """Show the whole run again, if nobody has chosen other steps since the comparison began."""
        view = self._training.loss.view
        if self._range is not None and view.span == self._range:
            self._training.look(view.whole())
        self._range = None

    def stop(self) -> None:
        """End the comparison where it stands, and keep its runs."""
        self.engine.stop()

    def _open(self, dialog: QDialog) -> None:
        """Open a dialog beside the running window."""
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _try(self, work: Callable[[], None]) -> None:
        """Do it or say why not; what is done ends the banner that said why the last thing could not be."""
        try:
            work()
        except ExplorerError as error:
            self._refusal = Notice(str(error))
            self._session.tell(self._refusal)
        else:
            if self._refusal is not None and self._session.state.notice is self._refusal:
                self._session.tell(None)
            self._refusal = None

    # How it goes

    @Slot()
    def _progressed(self) -> None:
        """Bring list and curves up to date, each in a turn of the event loop of its own, once the last have had it."""
        if not self._due:
            self._due = [self.show, *self._curves()]
            self._turn.start()

    @Slot()
    def _take_turn(self) -> None:
        """Do the next thing that is due; the comparison stands aside meanwhile, for both share one interpreter."""
        self.engine.let_window_go_first()
        self._due.pop(0)()
        if self._due:
            self._turn.start()

    def _curves(self) -> list[Callable[[], None]]:
        return [partial(self._follow, plot) for plot in (self._training.loss, self._training.accuracy)]

    def _follow(self, plot: CurvePlot) -> None:
        plot.show_history(self._session.history, self._session.state.run)

    @Slot(object)
    def _ended(self, failures: tuple[str, ...]) -> None:
        """Keep the runs of a comparison; then, in turns of their own, draw them and say which came off best."""
        lanes = [lane for lane in self.engine.lanes if lane.run.step]
        self._try(lambda: self._session.do(KeepRuns(self.engine.moments(), f"comparing {len(lanes)} runs")))
        self.show()
        kept = tuple(run.id for run in self._session.state.runs if any(run.history is lane.history for lane in lanes))
        self.page.table.choose(kept)
        self._look_at_made(lanes)
        self._due = [*self._curves(), *([partial(self._tell_best, lanes, failures)] if kept or not lanes else [])]
        self._turn.start()

    def _tell_best(self, lanes: list[Lane], failures: tuple[str, ...]) -> None:
        words = ending(self.engine.lanes, failures, self._wanted)
        tone = Tone.INFORMATION if lanes else Tone.ERROR
        lasts = Lasts.CLOSED if failures or not lanes else Lasts.READ
        self.tell(Notice(words, tone, "\n".join(failures), TABLE if lanes else "", lasts))

    # What is shown

    def _state_changed(self, old: State, new: State) -> None:
        offered = new.notice is not None and new.notice.offer == UNDO
        if offered and self._session.undo_text != self._undoable:
            self._session.tell(None)  # it would take another change back than the one that it speaks of
        if self.engine.running and looked_at(old) != looked_at(new):
            self.engine.let_window_go_first()
        if new.run.id != old.run.id or (
            new.run.status is RunStatus.RUNNING and old.run.status is not RunStatus.RUNNING
        ):
            self._look_at_all()
        before, after = ((each.runs, each.hidden_runs, each.subject) for each in (old, new))
        if before != after or self._session.shown_run() != self._here:
            self.show()

    def show(self) -> None:
        """Bring the list, the curves and the actions up to date."""
        state, lanes = self._session.state, self._lanes
        self._here = self._session.shown_run()
        self._list()
        self._training.set_overlays(overlays_of(state, self._here, lanes, self._look))
        self._actions["compare_optimizers"].setEnabled(not self.engine.running)
        self._actions["stop_comparison"].setEnabled(self.engine.running)

    @property
    def _lanes(self) -> tuple[Lane, ...]:
        return self.engine.lanes if self.engine.running else ()

    def _list(self) -> None:
        """Bring the list up to date, if there is one."""
        if self._page is None:
            return
        state, lanes, running = self._session.state, self._lanes, self.engine.running
        share = self.engine.share if running else None
        lines = lines_of(state, self._session.shown_run(), lanes)
        self._page.show_lines(lines, memory_words(state, share, len(lanes)), share)
