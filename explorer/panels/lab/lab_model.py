"""The mistakes of the lab as a model of Qt: a line each, to be ticked; what would change nothing says why."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from explorer.lessons.lab import Choice
from explorer.panels.theme import LIGHT, SMALL, Palette, number_font
from explorer.tape.sentences import begun

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns, from the left."""

    TITLE = 0
    ITEM = 1
    WORDS = 2


class LabModel(QAbstractTableModel):
    """A line for each ``Choice``.

    Signals
    -------
    switched
        The name of a mistake, and whether it is wanted.
    """

    switched = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices: tuple[Choice, ...] = ()
        self._look: Palette = LIGHT

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Show other lines; the mistakes are always the same, and keep their places."""
        if choices == self.choices:
            return
        fresh = len(choices) != len(self.choices)
        if fresh:
            self.beginResetModel()
        self.choices = choices
        if fresh:
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(len(choices) - 1, Column.WORDS))

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._look = palette
        if self.choices:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.choices) - 1, Column.WORDS))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many mistakes there are."""
        return 0 if parent.isValid() else len(self.choices)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the columns."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let be ticked what can be switched; the keys go past the others."""
        if not self.choices[index.row()].possible:
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.column() == Column.TITLE else usual

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a role asks for."""
        choice, column = self.choices[index.row()], Column(index.column())
        match role:
            case Role.DisplayRole:
                return (begun(choice.mistake.title), choice.mistake.item, in_short(choice))[column]
            case Role.CheckStateRole if column is Column.TITLE:
                return Qt.CheckState.Checked if choice.on else Qt.CheckState.Unchecked
            case Role.ToolTipRole | Role.AccessibleDescriptionRole:
                return at_length(choice)
            case Role.FontRole:
                return self._font(choice, column)
            case Role.ForegroundRole if column is not Column.TITLE:
                return QColor(self._look.muted)
        return None

    def _font(self, choice: Choice, column: Column) -> QFont | None:
        if column is Column.ITEM:
            return number_font(SMALL)
        if column is Column.TITLE and choice.on:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Ask for a mistake to be switched."""
        if role != Role.CheckStateRole:
            return False
        self.switched.emit(self.choices[index.row()].mistake.name, Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


def in_short(choice: Choice) -> str:
    """Return what stands beside the title: what is wrong, or why it changes nothing."""
    if choice.reason and not choice.on:
        return f"no effect: {choice.reason}"
    return choice.mistake.sentence


def at_length(choice: Choice) -> str:
    """Return all that is said of a mistake."""
    mistake = choice.mistake
    lines = [f"Wrong: {mistake.sentence}.", f"Right: {mistake.correct}."]
    if choice.reason:
        lines.append(f"Changes nothing here: {choice.reason}.")
    elif choice.absent:
        lines.append(f"Not in the pass that is shown: {choice.absent}.")
    return "\n".join(lines)
