"""The list of runs on the screen: what mouse and keys do in it, and how it is dressed."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from explorer.graph.key_sets import ENTER
from explorer.panels.own_keys import OwnKeys, is_command
from explorer.panels.runs.runs_model import Column, Index, RunsModel, numbers_of
from explorer.panels.theme import SMALL, number_font
from explorer.session.runs import LONGEST_NAME

ROW = 19
WIDTHS = {Column.VISIBLE: 26, Column.COLOUR: 26, Column.LOSS: 58, Column.ACCURACY: 52, Column.STEPS: 46}
MARGINS = {Column.LOSS: 18, Column.STEPS: 18}
"""Pixels beside the longest number of a column, which is never cut short: the names give way."""
HEAD_MARGIN = 8
"""Pixels beside the head of the losses."""
NARROW = {Column.STEPS: 300, Column.ACCURACY: 230}
"""Columns that are left out where the list is narrower than that many pixels: their tooltip has the rest."""
NAMED_KEYS = frozenset(
    (
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete),
        *(Qt.Key.Key_Backspace, Qt.Key.Key_F2),
    )
)
"""The keys without a character that are the list's; those of characters look for a name."""


class NameDelegate(QStyledItemDelegate):
    """Lets a name be typed that is no longer than names may be."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field."""
        made = super().createEditor(parent, option, index)
        if isinstance(made, QLineEdit):
            made.setMaxLength(LONGEST_NAME)
        return made


class RunsTableView(OwnKeys, QTableView):
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
            "Return shows a run again, F2 renames it, Space draws its curves, Del deletes it, the menu key has more, "
            "letters go to the run whose name begins with them"
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the ends of names have the rates, which tell them apart
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegateForColumn(Column.NAME, NameDelegate(self))
        self._arrange()
        self.clicked.connect(self._clicked)
        model.modelReset.connect(self._fit_numbers)
        model.modelReset.connect(self._show_compared)
        model.dataChanged.connect(self._fit_numbers)
        model.headerDataChanged.connect(self._fit_numbers)

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

    @Slot()
    def _show_compared(self) -> None:
        """Bring the runs that are being compared, which stand first, into sight: they are what is looked at."""
        if self._lines.lines and self._lines.lines[0].run_id is None:
            self.scrollToTop()

    @Slot()
    def _fit_numbers(self) -> None:
        """Let the columns of losses and steps be as wide as their longest number, and the losses' as its head."""
        metrics, heads = QFontMetrics(number_font(SMALL)), self._lines.heads()
        for column, margin in MARGINS.items():
            texts = [numbers_of(line)[column] for line in self._lines.lines]
            widest = max(map(metrics.horizontalAdvance, texts), default=0)
            head = self.fontMetrics().horizontalAdvance(heads[column]) if column is Column.LOSS else 0
            width = max(WIDTHS[column], widest + margin, head + HEAD_MARGIN)
            if width != self.columnWidth(column) and not self.isColumnHidden(column):
                self.horizontalHeader().resizeSection(column, width)

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
        """Show on Return, delete on Del, tick on Space, rename on F2 wherever in the line; all else as in any table."""
        if self.state() != QAbstractItemView.State.EditingState and not is_command(event):
            self._take_line()
            chosen = self.chosen()
            if chosen and self._do(Qt.Key(event.key()), chosen):
                return
        super().keyPressEvent(event)

    def _do(self, key: Qt.Key, chosen: tuple[int, ...]) -> bool:
        """Do what a key stands for; tell whether it stands for anything."""
        if key in ENTER:
            self.wanted.emit(chosen[0])
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.unwanted.emit(chosen)
        elif key == Qt.Key.Key_Space:
            self._tick(chosen)
        elif key == Qt.Key.Key_F2:
            self.rename(self._current_run() or chosen[0])
        else:
            return False
        return True

    def keyboardSearch(self, search: str) -> None:
        """Go to the run whose name begins with what is typed, whichever cell is the current one."""
        index = self.currentIndex()
        if index.isValid() and index.column() != Column.NAME:
            name = index.siblingAtColumn(Column.NAME)
            self.selectionModel().setCurrentIndex(name, QItemSelectionModel.SelectionFlag.NoUpdate)
        super().keyboardSearch(search)

    def _current_run(self) -> int | None:
        index = self.currentIndex()
        return self._lines.lines[index.row()].run_id if index.isValid() else None

    def _take_line(self) -> None:
        """Choose the current line, or the first, where none is chosen: the keys are meant for one."""
        if self.chosen():
            return
        ids = [line.run_id for line in self._lines.lines if line.run_id is not None]
        wanted = self._current_run() or next(iter(ids), None)
        if wanted is not None:
            self.choose((wanted,))

    def keeps(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the list's: what is typed there runs no shortcut of the window."""
        types = bool(event.text()) and event.text().isprintable()
        return (event.key() in NAMED_KEYS or types) and not is_command(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keys; unless a click says which line is meant, that is the one that was chosen, or the first."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._take_line()

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
        self._fit_numbers()
