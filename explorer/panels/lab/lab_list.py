"""The list of mistakes on the screen: up and down choose, Space switches, Return goes to what changes first."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from explorer.graph.key_sets import ENTER
from explorer.lessons.lab import Choice
from explorer.panels.lab.lab_model import Column, LabModel

ROW = 23
LEAST_ROWS = 3
ITEM_WIDTH = 34


class LabList(QTableView):
    """The lines of a ``LabModel``; those that would change nothing are passed over by the keys.

    Signals
    -------
    chosen
        A person has come to another line.
    followed
        Return: to the first step that changes.
    """

    chosen = Signal()
    followed = Signal()

    def __init__(self, model: LabModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setModel(model)
        self.setObjectName("lab_list")
        self.setAccessibleName("Known mistakes")
        self.setAccessibleDescription(
            "Up and down go to the next mistake that changes something here, Space switches it on or off, "
            "Return goes to the first step that it changes"
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(LEAST_ROWS * ROW)
        self._arrange()
        self.selectionModel().currentChanged.connect(self._moved)

    def _arrange(self) -> None:
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)
        columns.setMinimumSectionSize(ITEM_WIDTH)
        columns.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(Column.ITEM, QHeaderView.ResizeMode.Fixed)
        columns.resizeSection(Column.ITEM, ITEM_WIDTH)
        columns.setSectionResizeMode(Column.WORDS, QHeaderView.ResizeMode.Stretch)

    def sizeHint(self) -> QSize:
        """Return the size of all lines."""
        return QSize(super().sizeHint().width(), ROW * len(self._lines.choices) + 2)

    @property
    def choice(self) -> Choice | None:
        """The line that a person is at."""
        index = self.currentIndex()
        return self._lines.choices[index.row()] if index.isValid() else None

    def take_line(self) -> None:
        """Come to the first mistake that is on, or that could be, where no line is chosen."""
        if self.choice is not None and self.choice.possible:
            return
        rows = [row for row, choice in enumerate(self._lines.choices) if choice.possible]
        on = [row for row in rows if self._lines.choices[row].on]
        if rows:
            self.setCurrentIndex(self._lines.index((on or rows)[0], Column.TITLE))

    def _moved(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll to the current line, should it have gone out of sight."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Switch on Space, follow on Return, wherever in the line; all else as in any table."""
        if event.key() == Qt.Key.Key_Space and self.choice is not None:
            self._lines.switched.emit(self.choice.mistake.name, not self.choice.on)
        elif event.key() in ENTER:
            self.followed.emit()
        else:
            super().keyPressEvent(event)
