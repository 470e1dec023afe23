"""The list of runs as a model of Qt: a line a run, to be ticked, renamed and read aloud."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from explorer.panels.runs.chip import chip
from explorer.panels.runs.lines import Line
from explorer.panels.theme import LIGHT, RUN_COLOURS, SMALL, Palette, number_font, text_font
from explorer.session.runs import unused
from explorer.session.runs_commands import RenameRun

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns, from the left."""

    VISIBLE = 0
    COLOUR = 1
    NAME = 2
    LOSS = 3
    ACCURACY = 4
    STEPS = 5


HEADS = ("", "", "run", "loss", "acc.", "steps")
TIPS = (
    "Whether its curves are drawn (Space)",
    "Its colour: click to choose another",
    "Its name: F2 changes it",
    "Loss on the held-out samples, else on the training samples",
    "Share classified right, of the held-out samples if there are any",
    "Updates",
)


class RunsModel(QAbstractTableModel):
    """The lines of the list.

    Signals
    -------
    commanded
        A ``RunsCommand``: a person has typed a name.
    visible_chosen
        A run's id, and whether its curves shall be drawn.
    """

    commanded = Signal(object)
    visible_chosen = Signal(int, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self._look: Palette = LIGHT

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show other lines; those of the same runs keep their places, and what is typed in them."""
        old, same = self.lines, [keys_of(each) for each in self.lines] == [keys_of(each) for each in lines]
        if not same:
            self.beginResetModel()
        heads = self.heads()
        self.lines = lines
        if not same:
            self.endResetModel()
        if heads != self.heads():
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.LOSS, Column.LOSS)
        for row, (before, after) in enumerate(zip(old, lines, strict=False) if same else ()):
            if before != after:
                first = Column.LOSS if after.run_id is None else Column.VISIBLE
                self.dataChanged.emit(self.index(row, first), self.index(row, Column.STEPS))

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._look = palette
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, Column.STEPS))

    # What Qt asks for

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a kept run be ticked and renamed; one that is being compared is only looked at."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.lines[index.row()].run_id is None:
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        extra = {Column.VISIBLE: Qt.ItemFlag.ItemIsUserCheckable, Column.NAME: Qt.ItemFlag.ItemIsEditable}
        return flags | extra.get(Column(index.column()), Qt.ItemFlag.NoItemFlags)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return the head of a column, and what it means."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole:
            return side_of(Column(section))
        table = {Role.DisplayRole: self.heads(), Role.ToolTipRole: TIPS, Role.AccessibleTextRole: TIPS}
        return table[Role(role)][section] if Role(role) in table else None

    def heads(self) -> tuple[str, ...]:
        """Return the heads of the columns; that of the losses says on which samples, where that is the same for all."""
        parts = {line.part for line in self.lines if line.part}
        part = f"{parts.pop()} " if len(parts) == 1 else ""
        return tuple(f"{part}{head}" if head == HEADS[Column.LOSS] else head for head in HEADS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows, says and looks like."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], Column(index.column())
        tell = TELLERS.get(role)
        if role == Role.DecorationRole and column is Column.COLOUR:
            return chip(self._look.runs[line.colour])
        return None if tell is None else tell(line, column)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Pass on what a person ticked or typed, a name that is taken with a number; the session has the last word."""
        line = self.lines[index.row()] if index.isValid() else None
        if line is None or line.run_id is None:
            return False
        if role == Role.CheckStateRole:
            self.visible_chosen.emit(line.run_id, Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        if role == Role.EditRole:
            name = " ".join(str(value).split())
            if not name or name == line.name:
                return False
            taken = {other.name for other in self.lines if other is not line}
            self.commanded.emit(RenameRun(line.run_id, unused(taken, name)))
            return True
        return False


def keys_of(line: Line) -> object:
    """Return what a line is known by."""
    return line.name if line.run_id is None else line.run_id


def numbers_of(line: Line) -> dict[Column, str]:
    """Return the texts of the columns of numbers."""
    return {Column.LOSS: line.loss, Column.ACCURACY: line.accuracy, Column.STEPS: line.steps}


def side_of(column: Column) -> Qt.AlignmentFlag:
    """Let numbers stand right, under each other."""
    side = Qt.AlignmentFlag.AlignRight if column >= Column.LOSS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def font_of(line: Line, column: Column) -> QFont:
    """Write numbers in the numbers' font, the run that the window shows in bold, what may give way in italics."""
    if column >= Column.LOSS:
        return number_font(SMALL)
    font = text_font(weight=QFont.Weight.DemiBold if line.here else QFont.Weight.Normal)
    font.setItalic(line.quiet)
    return font


def spoken(line: Line, column: Column) -> str:
    """Return what a screen reader says of a cell."""
    drawn = "curves drawn" if line.visible else "curves not drawn"
    numbers = [f"{HEADS[each]} {text}" for each, text in numbers_of(line).items() if text]
    words = {
        Column.VISIBLE: drawn,
        Column.COLOUR: RUN_COLOURS[line.colour],
        Column.NAME: ", ".join(
            [line.name, *(["shown"] if line.here else []), *(["kept by itself"] if line.quiet else []), drawn, *numbers]
        ),
    }
    return words.get(column) or numbers_of(line).get(column, "")


def text_of(line: Line, column: Column) -> str | None:
    """Return what a cell shows in words."""
    return line.name if column is Column.NAME else numbers_of(line).get(column)


def tick_of(line: Line, column: Column) -> Qt.CheckState | None:
    """Return whether a kept run's curves are drawn."""
    if column is not Column.VISIBLE or line.run_id is None:
        return None
    return Qt.CheckState.Checked if line.visible else Qt.CheckState.Unchecked


TELLERS: dict[int, Callable[[Line, Column], Any]] = {
    Role.DisplayRole: text_of,
    Role.EditRole: text_of,
    Role.CheckStateRole: tick_of,
    Role.FontRole: font_of,
    Role.TextAlignmentRole: lambda _line, column: side_of(column),
    Role.ToolTipRole: lambda line, _column: line.tip,
    Role.AccessibleTextRole: spoken,
}
"""What a cell has to say to each of Qt's questions."""
