"""The first rows of a file below what each column holds and is used as, which a click or a key changes."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from explorer.data import Preview, Scaling
from explorer.data.preview import ColumnLine
from explorer.panels.theme import NORMAL, Palette, number_font, text_font

Index = QModelIndex | QPersistentModelIndex
Line = tuple[str, tuple[str, ...]]
USED, BECAUSE, HOLDS, LEFT_OUT = "used as", "because it", "holds", "left out"
FILLED_BY = "gaps are"
IN_WORDS = {USED, BECAUSE, HOLDS}
"""Lines that hold no numbers."""
NARROWEST, WIDEST = 64, 220
MOST_LINES = 3


class PreviewModel(QAbstractTableModel):
    """Lines of words, a column of the file each: what it is, then how its first rows are written."""

    def __init__(self, look: Palette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.names: tuple[str, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self._facts = 0

    def show_preview(self, preview: Preview, scalings: Sequence[Scaling]) -> None:
        """Show another preview, with the numbers of its scalings where they are wanted."""
        self.beginResetModel()
        told = facts_of(preview.columns, scalings)
        self.names = tuple(column.name for column in preview.columns)
        self.lines = (*told, *((str(number), row) for number, row in enumerate(preview.rows, start=1)))
        self._facts = len(told)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Return the number of columns shown."""
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a cell, and how."""
        text = self.lines[index.row()][1][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(index, text)
            case Qt.ItemDataRole.ForegroundRole:
                return self._look.colour(self._role_of(index))
            case Qt.ItemDataRole.BackgroundRole if index.row() < self._facts:
                return self._look.colour("soft")
            case Qt.ItemDataRole.FontRole:
                return text_font(NORMAL) if self.lines[index.row()][0] in IN_WORDS else number_font(NORMAL)
        return None

    def _role_of(self, index: Index) -> str:
        use = self.lines[0][1][index.column()]
        if use == "target":
            return "accent"
        return "muted" if use == LEFT_OUT or index.row() < self._facts else "ink"

    def _tip(self, index: Index, text: str) -> str:
        if index.row() == 0 and text != "target":
            return "Click, or press Space, to leave the column out or to take it as an input again."
        return text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the column's name, or what a line tells."""
        names = self.names if orientation is Qt.Orientation.Horizontal else [line[0] for line in self.lines]
        wanted = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
        return names[section] if wanted else None


class PreviewTable(QTableView):
    """Shows a preview.

    Signals
    -------
    use_toggled
        Index of a column that is to be left out, or taken as an input again.
    """

    use_toggled = Signal(int)

    def __init__(self, look: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("data_table")
        self.setAccessibleName("The first rows of the file")
        self.lines = PreviewModel(look, self)
        self.columns_can_go = True
        self.setModel(self.lines)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(22)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(left)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.clicked.connect(self._clicked)

    def show_preview(self, preview: Preview, scalings: Sequence[Scaling]) -> None:
        """Show another preview; the chosen cell stays where there still is one."""
        current = self.currentIndex()
        self.lines.show_preview(preview, scalings)
        self.resizeColumnsToContents()
        for column in range(len(self.lines.names)):
            self.setColumnWidth(column, min(max(self.columnWidth(column) + 8, NARROWEST), WIDEST))
        self.setCurrentIndex(self.lines.index(max(current.row(), 0), max(current.column(), 0)))

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if self.columns_can_go and index.row() == 0 and self.lines.data(index) != "target":
            self.use_toggled.emit(index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a column out, or take it again, by Space on what it is used as; Return is the dialog's, and opens."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().row() == 0:
            self._clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)


def facts_of(columns: tuple[ColumnLine, ...], scalings: Sequence[Scaling]) -> tuple[Line, ...]:
    """Return the lines above the rows."""
    why = [(BECAUSE, tuple(column.why for column in columns))] if any(column.why for column in columns) else []
    has_words = any(column.kind == "text" and column.inputs for column in columns)
    wide = [("inputs", tuple(f"{column.inputs}" if column.inputs else "" for column in columns))] if has_words else []
    lines: list[Line] = [
        (USED, tuple(column.role for column in columns)),
        *why,
        (HOLDS, tuple(column.kind for column in columns)),
        *wide,
        ("from", tuple(number(column.low) for column in columns)),
        ("to", tuple(number(column.high) for column in columns)),
    ]
    if any(column.missing for column in columns):
        lines.append(("missing", tuple(f"{column.missing:,}" if column.missing else "" for column in columns)))
        lines.append(("in lines", tuple(lines_of_gaps(column) for column in columns)))
    return (*lines, *numbers_of(columns, scalings), *fills_of(columns, scalings)) if scalings else tuple(lines)


def numbers_of(columns: tuple[ColumnLine, ...], scalings: Sequence[Scaling]) -> tuple[Line, ...]:
    """Return what the scalings, of inputs and of targets, take from each column and divide it by."""
    shift = {name: value for each in scalings for name, value in zip(each.columns, each.shift, strict=False)}
    scale = {name: value for each in scalings for name, value in zip(each.columns, each.scale, strict=False)}
    first, second = ("least", "width") if "least" in scalings[0].words else ("mean", "deviation")
    return tuple(
        (name, tuple(number(values[column.name]) if column.name in values else "" for column in columns))
        for name, values in ((first, shift), (second, scale))
    )


def fills_of(columns: tuple[ColumnLine, ...], scalings: Sequence[Scaling]) -> tuple[Line, ...]:
    """Return what stands for the gaps of each column: a number, or a word."""
    fills = [(each.columns, each.fill) for each in scalings if each.fill is not None]
    if not fills:
        return ()
    values = {name: value for names, fill in fills for name, value in zip(names, fill.tolist(), strict=False)}
    return ((FILLED_BY, tuple(fill_told(column, values) if column.missing else "" for column in columns)),)


def fill_told(column: ColumnLine, values: Mapping[str, float]) -> str:
    """Return the number, or the word, that stands for a column's gaps, by the names of its inputs."""
    if column.kind != "text":
        return number(values.get(column.name, math.nan))
    begin = f"{column.name}="
    return next(
        (name.removeprefix(begin) for name, value in values.items() if value == 1 and name.startswith(begin)), ""
    )


def lines_of_gaps(column: ColumnLine) -> str:
    """Return the lines of a column's first missing values, as few as leave the column narrow."""
    more = ", …" if column.missing > MOST_LINES else ""
    return ", ".join(f"{line:,}" for line in column.missing_lines[:MOST_LINES]) + more


def number(value: float) -> str:
    """Return a number as it is read at a glance; nothing for none."""
    return "" if math.isnan(value) else f"{value:.6g}"
