"""What the window does with runs: keeps, shows, compares and deletes them, and draws their curves behind the plots."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from explorer.bridge import TrainingEngine
from explorer.bridge.comparison import ComparisonEngine
from explorer.engine.errors import ExplorerError
from explorer.panels import dialogs
from explorer.panels.pictures.kinds import PictureKind
from explorer.panels.runs.attempt import Attempt
from explorer.panels.runs.columns import Column, columns_of
from explorer.panels.runs.comparing import Comparing
from explorer.panels.runs.lines import lines_of
from explorer.panels.runs.telling import kept_notice, memory_words, overlays_of
from explorer.panels.theme import LIGHT, Palette
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Lasts, Notice, Session, State, Tone
from explorer.session.runs import gone_words
from explorer.session.runs_commands import DeleteRuns, RunsCommand
from explorer.session.runs_comparing import Comparison, Lane, WithAndWithout

if TYPE_CHECKING:
    from explorer.panels.runs.runs_view import RunsView

UNDO = "undo"
"""The action that brings a deleted run back."""
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
        self._look = LIGHT
        self._attempt = Attempt(session)
        self.engine = ComparisonEngine(self)
        self.comparing = Comparing(session, (engine, self.engine), training, self._attempt, self)
        self.dialog: QDialog | None = None
        self._undoable = ""
        self._here: int | None = None
        self._page: RunsView | None = None
        training.pictures.add(PAGE, PictureKind("Runs", lambda _session, _meter: self._make_page()))
        self._connect()
        self.show()

    def _connect(self) -> None:
        self.comparing.began.connect(self._show_comparison)
        self.comparing.moved.connect(self.show)
        self.comparing.kept.connect(self._choose_kept)
        unsubscribe = self._session.subscribe(self._state_changed)
        self.destroyed.connect(unsubscribe)

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

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._look = palette
        self.show()

    def shutdown(self) -> None:
        """End a comparison that goes on; its runs are gone."""
        self.comparing.shutdown()

    # What a person asks for

    def keep(self) -> None:
        """Keep the run as it stands, and say under which name: the list of runs may be out of sight."""
        listed = self._page is not None and self._page.isVisible()

        def work() -> None:
            before = self._session.state.runs
            name = self._session.keep_run()
            self._session.tell(kept_notice(name, gone_words(before, self._session.state.runs), listed=listed))

        self._attempt(work)

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

        self._attempt(work)

    @Slot(int)
    def show_again(self, run_id: int) -> None:
        """Let the window show a kept run."""
        self._attempt(lambda: self._session.show_run(run_id))

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

        self._attempt(work)

    def columns(self) -> list[Column]:
        """Return what the table compares."""
        return columns_of(self._session, self._page.table.chosen() if self._page is not None else (), self._look)

    def ask_optimizers(self) -> None:
        """Ask which optimisers to compare."""
        if self.engine.running:
            self.show_page()
            return
        dialog = dialogs.OptimizersDialog(self._session.state, self._window)
        dialog.chosen.connect(self.compare)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        """Open a dialog beside the running window."""
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    @Slot(object)
    def compare(self, comparison: Comparison | WithAndWithout) -> None:
        """Begin a comparison."""
        self.comparing.begin(comparison)

    def stop(self) -> None:
        """End the comparison where it stands, and keep its runs."""
        self.engine.stop()

    # What is shown

    @Slot()
    def _show_comparison(self) -> None:
        """Show the page on which a comparison goes on, with nothing chosen in its list."""
        self._training.pictures.choose(PAGE)
        self.page.table.clearSelection()
        self.show()

    @Slot(object)
    def _choose_kept(self, run_ids: tuple[int, ...]) -> None:
        self.show()
        self.page.table.choose(run_ids)

    def _state_changed(self, old: State, new: State) -> None:
        offered = new.notice is not None and new.notice.offer == UNDO
        if offered and self._session.undo_text != self._undoable:
            self._session.tell(None)  # it would take another change back than the one that it speaks of
        self.comparing.follow(old, new)
        before, after = ((each.runs, each.hidden_runs, each.subject) for each in (old, new))
        if before != after or self._session.shown_run() != self._here:
            self.show()

    @Slot()
    def show(self) -> None:
        """Bring the list, the curves and the actions up to date."""
        self._here = self._session.shown_run()
        self._list()
        self._training.set_overlays(overlays_of(self._session.state, self._here, self._lanes, self._look))
        self._actions["compare_optimizers"].setEnabled(not self.engine.running)
        self._actions["stop_comparison"].setEnabled(self.engine.running)

    @property
    def _lanes(self) -> tuple[Lane, ...]:
        return self.engine.lanes if self.engine.running else ()

    def _list(self) -> None:
        """Bring the list up to date, if there is one."""
        if self._page is None:
            return
        state, lanes = self._session.state, self._lanes
        share = self.engine.share if self.engine.running else None
        lines = lines_of(state, self._session.shown_run(), lanes)
        self._page.show_lines(lines, memory_words(state, share, len(lanes)), share)
