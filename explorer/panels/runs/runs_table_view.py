"""The list of runs on the screen: what mouse and keys do in it, and how it is dressed."""

from string import Template

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from explorer.panels.runs.runs_model import Column, RunsModel
from explorer.panels.theme import SMALL, Palette

ROW = 22
WIDTHS = {Column.VISIBLE: 26, Column.COLOUR: 26, Column.LOSS: 58, Column.ACCURACY: 52, Column.STEPS: 58}
NARROW = {Column.STEPS: 300, Column.ACCURACY: 230}
"""Columns that are left out where the list is narrower than that many pixels: their tooltip has the rest."""
RULES = Template("""
QTableView { background: transparent; border: none; selection-background-color: $accent_soft; selection-color: $ink; }
QTableView::item { border: none; padding: 0 4px; }
QTableView::item:focus { border: 1px solid $accent; border-radius: 4px; }
QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; color: $muted; font-size: ${small}px; padding: 0 4px; border: none; }
QTableView QLineEdit { padding: 0 3px; border-radius: 2px; }
""")


class RunsTableView(QTableView):
    """The lines of a ``RunsModel``.

    Signals
    -------
    wanted
        The id of a run to be shown again (Return).
    unwanted
        The ids of runs to be deleted (Del).
    colour_wanted, menu_wanted
        The id of a run and where on the screen: of its colour, or of all that can be done with it.
    """

    wanted = Signal(int)
    unwanted = Signal(object)
    colour_wanted = Signal(int, QPoint)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, model: RunsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setModel(model)
        self.setObjectName("runs_list")
        self.setAccessibleName("Kept runs")
        self.setAccessibleDescription(
            "Return shows a run again, F2 renames it, Space draws its curves, Del deletes it, the menu key has the rest"
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._arrange()
        self.clicked.connect(self._clicked)

    def _arrange(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setMinimumSectionSize(min(WIDTHS.values()))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for column, width in WIDTHS.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, width)
        head.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        roles = ("accent", "accent_soft", "ink", "muted")
        self.setStyleSheet(RULES.substitute({role: getattr(palette, role) for role in roles}, small=SMALL))

    # The runs

    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the chosen runs, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        ids = (self._lines.lines[row].run_id for row in rows)
        return tuple(run_id for run_id in ids if run_id is not None)

    def choose(self, run_ids: tuple[int, ...]) -> None:
        """Choose the lines of these runs, as far as there are; the topmost has the keys."""
        selection = self.selectionModel()
        selection.clearSelection()
        for row in reversed(range(len(self._lines.lines))):
            if self._lines.lines[row].run_id in run_ids:
                index = self._lines.index(row, Column.NAME)
                flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
                selection.setCurrentIndex(index, flags)

    def rename(self, run_id: int) -> None:
        """Let a person type another name."""
        self.choose((run_id,))
        self.edit(self.currentIndex())

    # Mouse and keys

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        run_id = self._lines.lines[index.row()].run_id
        if index.column() == Column.COLOUR and run_id is not None:
            self.colour_wanted.emit(run_id, self._place_of(index))

    def _place_of(self, index: QModelIndex) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show on Return, delete on Del, tick on Space wherever in the line; all else as in any table."""
        index, chosen = self.currentIndex(), self.chosen()
        editing = self.state() == QAbstractItemView.State.EditingState
        if editing or not index.isValid() or not chosen:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.wanted.emit(chosen[0])
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.unwanted.emit(chosen)
        elif event.key() == Qt.Key.Key_Space:
            self._tick(chosen)
        elif event.key() == Qt.Key.Key_F2:
            self.rename(chosen[0])
        else:
            super().keyPressEvent(event)

    def _tick(self, chosen: tuple[int, ...]) -> None:
        """Draw the curves of the chosen runs; or none of them, where all are drawn."""
        lines = [line for line in self._lines.lines if line.run_id in chosen]
        visible = not all(line.visible for line in lines)
        for line in lines:
            if line.run_id is not None:
                self._lines.visible_chosen.emit(line.run_id, visible)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the run under the mouse, or with the current one by key."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        run_id = self._lines.lines[index.row()].run_id if index.isValid() else None
        if run_id is not None:
            if run_id not in self.chosen():
                self.choose((run_id,))
            self.menu_wanted.emit(run_id, self._place_of(index) if by_key else event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the columns for which there is no room."""
        super().resizeEvent(event)
        for column, width in NARROW.items():
            self.setColumnHidden(column, event.size().width() < width)
