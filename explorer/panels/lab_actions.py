"""What the window does with mistakes on purpose: opens the lab when that is asked for, and marks what they change."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from explorer.panels import lab
from explorer.panels.closing import show_closable
from explorer.panels.runs.mistakes_told import is_of_mistakes
from explorer.panels.step_actions import hide_drawing
from explorer.panels.theme import Palette
from explorer.session import Notice, RunStatus, State, shown_problem
from explorer.session.runs_comparing import WithAndWithout, usual_epochs

if TYPE_CHECKING:
    from explorer.panels.lab.lab_sheet import LabSheet
    from explorer.panels.main_window import MainWindow


class LabActions(QObject):
    """Stands between the session's mistakes, the lab's sheet and the list of steps.

    Parameters
    ----------
    holder
        Holds the panels, and the sheets over them.

    Attributes
    ----------
    sheet
        None until it is first opened.
    """

    def __init__(self, window: "MainWindow", holder: QWidget) -> None:
        super().__init__(window)
        self._window, self._session, self._holder = window, window.session, holder
        self.sheet: LabSheet | None = None
        self._marked: object = None
        window.action("mistake_lab").toggled.connect(self._toggle)
        window.top.mistakes.clicked.connect(window.action("mistake_lab").toggle)
        for name in ("chain_view", "enlarge_picture"):
            window.action(name).toggled.connect(self._give_way)
        unsubscribe = self._session.subscribe(self._state_changed)
        self.destroyed.connect(unsubscribe)
        self._mark(self._session.state)

    @property
    def is_open(self) -> bool:
        """Whether the lab is open."""
        return self.sheet is not None and self.sheet.is_open

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        if self.sheet is not None:
            self.sheet.set_palette(palette)

    @Slot()
    def close(self) -> None:
        """Close the lab."""
        self._window.action("mistake_lab").setChecked(False)

    @Slot(bool)
    def _toggle(self, wanted: bool) -> None:
        """Open the lab, or close it; the steps and the card have to be seen beside it."""
        window = self._window
        if wanted:
            for name in ("chain_view", "enlarge_picture"):
                window.action(name).setChecked(False)
            if window.places.is_train:
                window.set_workspace("Explore")
            self._made().open_sheet()
        elif self.sheet is not None:
            self.sheet.close_sheet()
        hide_drawing(window, hidden=wanted)
        window.order_tabs()
        show_closable(window)

    @Slot(bool)
    def _give_way(self, wanted: bool) -> None:
        """Close the lab where another sheet would lie over it."""
        if wanted:
            self.close()

    def _made(self) -> "LabSheet":
        if self.sheet is None:
            window = self._window
            self.sheet = lab.LabSheet(self._session, window.typesetter, (window.network,), self._holder)
            self.sheet.set_palette(window.look)
            self.sheet.homeless.connect(window.take_keys)
            self.sheet.opened.connect(window.banner.raise_)
            self.sheet.closed.connect(self.close)
            self.sheet.training_wanted.connect(self._train_both)
            window.runs.comparing.tell = self._tell_training
            window.runs.engine.progressed.connect(self._follow_training)
            window.runs.engine.ended.connect(self._follow_training)
        return self.sheet

    @Slot()
    def _train_both(self) -> None:
        """Train with the mistakes and without, from the same weights and in the same order of samples; or end that."""
        runs = self._window.runs
        if runs.engine.running:
            runs.stop()
        else:
            runs.compare(WithAndWithout(usual_epochs(self._session.state)))
            self._follow_training()

    @Slot()
    def _follow_training(self) -> None:
        """Say in the lab how far both runs are."""
        engine = self._window.runs.engine
        if self.sheet is not None:
            self.sheet.show_training(engine.share if engine.running else None)

    def _tell_training(self, notice: Notice | None) -> None:
        """Say what a comparison came to: of these mistakes in the lab where that is open, for a notice lies over it."""
        lanes, made = self._window.runs.engine.lanes, self._session.state.subject.problem.mistakes
        own = is_of_mistakes(lanes) and lanes[1].problem.mistakes == made
        if self.sheet is not None and self.is_open and own and notice is not None:
            self.sheet.tell_training(notice.text)
        else:
            self._session.tell(notice)

    def _state_changed(self, _old: State, new: State) -> None:
        """Mark anew what the mistakes change; while a network trains, once it rests."""
        if new.run.status is not RunStatus.RUNNING:
            self._mark(new)

    def _mark(self, state: State) -> None:
        """Let the list of steps, and the drawing, mark what the mistakes change."""
        if state.tape is self._marked:
            return
        self._marked = state.tape
        made = state.subject.problem.mistakes and not state.subject.problem.puzzle
        changed = lab.effect_of(shown_problem(state), state.tape).changed if made else ()
        self._window.steps.mark(changed)
        self._window.network.network.mark_changed(frozenset(changed))
