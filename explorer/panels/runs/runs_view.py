"""The page of runs beside the curves: their list, what can be done with them, and how a comparison goes."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QProgressBar, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from explorer.panels.elided_label import ElidedLabel
from explorer.panels.pictures.view import PictureView
from explorer.panels.runs.chip import chip
from explorer.panels.runs.lines import NOTHING, Line
from explorer.panels.runs.runs_model import RunsModel
from explorer.panels.runs.runs_table_view import RunsTableView
from explorer.panels.theme import RUN_COLOURS, Palette
from explorer.session import State
from explorer.session.pictures.signals import Work
from explorer.session.runs_commands import AskedFor, DeleteRuns, RecolourRun

BEGIN, STOP = "compare_optimizers", "stop_comparison"
BUTTONS = {"keep_run": "Keep", "compare_runs": "Side by side", BEGIN: "Optimisers", STOP: "Stop comparing"}
"""The buttons under the list, in order, by the name of their action, with their words; one of the last two is shown."""
EMPTY = "No run is kept yet. A run is kept by Ctrl+K, and by itself where a reset or other settings begin a new one."


class RunsView(PictureView):
    """Shows the kept runs; what a person wants of them it tells by signals.

    Signals
    -------
    commanded
        A ``RunsCommand``.
    visible_chosen
        A run's id, and whether its curves shall be drawn.
    run_wanted, export_wanted
        The id of a run to be shown again, or whose history is to be written.
    """

    commanded = Signal(object)
    visible_chosen = Signal(int, bool)
    run_wanted = Signal(int)
    export_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Runs", parent)
        self.setObjectName("runs")
        self._words = ""
        self.model = RunsModel(self)
        self.table = RunsTableView(self.model)
        self.empty, self.progress = QLabel(EMPTY), QProgressBar()
        self.switch = self.count = ElidedLabel()  # beside the picker: a line below would be taken from the list
        self.count.setProperty("role", "small")
        self.count.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._buttons = QHBoxLayout()
        self._own: dict[str, QToolButton] = {}
        self._arrange()
        self._connect()
        self.show_lines((), NOTHING, None)

    def _arrange(self) -> None:
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setAccessibleName("Share of the comparison that is done")
        self._buttons.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.progress)
        column.addLayout(self._buttons)

    def _connect(self) -> None:
        self.model.commanded.connect(self.commanded)
        self.model.visible_chosen.connect(self.visible_chosen)
        self.table.wanted.connect(self.run_wanted)
        self.table.unwanted.connect(self._delete)
        self.table.colour_wanted.connect(self._offer_colours)
        self.table.menu_wanted.connect(self._offer_all)

    def carry(self, actions: dict[str, QAction]) -> None:
        """Make buttons of the window's actions."""
        for name, words in BUTTONS.items():
            actions[name].setIconText(words)
            self._own[name] = button_of(actions[name])
            self._buttons.addWidget(self._own[name])
        self._own[STOP].hide()
        self._buttons.addStretch(1)

    # What is shown

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        super().set_palette(palette)
        self.model.set_palette(palette)

    def show_lines(self, lines: Sequence[Line], words: str, share: float | None) -> None:
        """Show the lines, a few words on all of them, and how far a comparison is; None where none goes on."""
        chosen = self.table.chosen()
        self.model.show_lines(tuple(lines))
        if self.table.chosen() != chosen:
            self.table.choose(chosen)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self._show_going(share is not None)
        self.progress.setValue(round(1000 * (share or 0.0)))
        if words != self._words:
            self._words = words
            self._show_count()

    def _show_going(self, going: bool) -> None:
        """Show how far a comparison is, and its stop in the place of the button that begins one: no line is lost."""
        self.progress.setVisible(going)
        for name in (BEGIN, STOP) if self._own else ():
            self._own[name].setVisible(going == (name == STOP))

    def work(self, _state: State, *, live: bool) -> Work[None]:  # noqa: ARG002 (as every picture)
        """Say what is shown: the list itself follows the session."""
        yield None
        self._show_count()

    def _show_count(self) -> None:
        """Say how many runs there are, and nothing below the list."""
        self.count.setText(self._words)
        self.tell("")
        self.summary = self._words
        self.setAccessibleDescription(self._words)

    # What a person does

    @Slot(object)
    def _delete(self, run_ids: tuple[int, ...]) -> None:
        self.commanded.emit(DeleteRuns(run_ids))

    @Slot(int, QPoint)
    def _offer_colours(self, run_id: int, place: QPoint) -> None:
        self._pop_up(self.colours(run_id, self), place)

    @Slot(int, QPoint)
    def _offer_all(self, run_id: int, place: QPoint) -> None:
        self._pop_up(self.menu(run_id), place)

    def _pop_up(self, menu: QMenu, place: QPoint) -> None:
        """Open a menu; it goes as it closes."""
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def colours(self, run_id: int, parent: QWidget) -> QMenu:
        """Return a menu of colours for a run."""
        menu = QMenu("Colour", parent)
        for colour, name in enumerate(RUN_COLOURS):
            action = menu.addAction(chip(self.look.runs[colour]), name.capitalize())
            action.triggered.connect(lambda _=False, colour=colour: self.commanded.emit(RecolourRun(run_id, colour)))
        return menu

    def menu(self, run_id: int) -> QMenu:
        """Return the menu of all that can be done with a run."""
        menu, chosen = QMenu(self), self.table.chosen()
        menu.addAction("Show this run again\tReturn", lambda: self.run_wanted.emit(run_id))
        if any(line.run_id == run_id and line.quiet for line in self.model.lines):
            menu.addAction("Keep for good", lambda: self.commanded.emit(AskedFor(run_id)))
        menu.addAction("Rename\tF2", lambda: self.table.rename(run_id))
        menu.addMenu(self.colours(run_id, menu))
        menu.addAction("Export history…", lambda: self.export_wanted.emit(run_id))
        menu.addSeparator()
        words = "Delete" if len(chosen) < 2 else f"Delete {len(chosen)} runs"
        menu.addAction(f"{words}\tDel", lambda: self._delete(chosen or (run_id,)))
        return menu


def button_of(action: QAction) -> QToolButton:
    """Return a button that Tab reaches, with the action's short words."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName(f"{action.objectName()}_button")
    button.setAccessibleName(action.text().replace("&", ""))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
