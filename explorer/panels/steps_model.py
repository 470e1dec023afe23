"""The steps of a tape as a list model: a heading for each phase, a row for each step."""

from collections.abc import Callable, Collection
from enum import IntEnum
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.tape.notation import Notation
from explorer.tape.spoken import spoken_step
from explorer.tape.step import Step, Tape
from explorer.tape.symbols import shape_text

AnyIndex = QModelIndex | QPersistentModelIndex
PHASES = {"forward": "FORWARD", "backward": "BACKWARD", "update": "UPDATE"}
ROOT = QModelIndex()
MOST_NAMED = 4
"""Parameters that the loss after an update names; more would be too small to read."""


class Role(IntEnum):
    """What the delegate asks for beside the text."""

    POSITION = Qt.ItemDataRole.UserRole + 1
    LATEX = Qt.ItemDataRole.UserRole + 2
    SHAPE = Qt.ItemDataRole.UserRole + 3
    COMPUTED = Qt.ItemDataRole.UserRole + 4
    CHANGED = Qt.ItemDataRole.UserRole + 5


class Row(Struct, frozen=True):
    """A heading (position None) or a step."""

    text: str
    position: int | None = None
    latex: str = ""
    shape: str = ""


Answer = Callable[[Row], Any]


def rows_of(tape: Tape, notation: Notation) -> tuple[Row, ...]:
    """Return headings and steps in order."""
    rows: list[Row] = []
    phase = ""
    for position, step in enumerate(tape.steps):
        if step.phase != phase:
            phase = step.phase
            rows.append(Row(PHASES[phase]))
        latex = in_short(step, tape, notation)
        rows.append(Row(step.id, position, latex, shape_text(notation.shape(step.id, step.shape))))
    return tuple(rows)


def in_short(step: Step, tape: Tape, notation: Notation) -> str:
    """Return a step's equation on one line; the loss after many updates names all parameters as one, theta."""
    if step.operation.startswith("loss_after") and len(step.operands) > MOST_NAMED:
        loss = notation.quantity("J", 0, tape.activations)
        return rf"{notation.symbol(step.id, tape.activations, inline=True)} = {loss}(\theta^+)"
    return notation.equation(step.instruction, tape.activations, inline=True)


class StepsModel(QAbstractListModel):
    """Rows of a tape; ``position`` is the current step."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._tape: Tape | None = None
        self._script: Notation | None = None
        self._position = 0
        self._changed: frozenset[str] = frozenset()
        self._answers: dict[int, Answer] = {
            Qt.ItemDataRole.DisplayRole: lambda row: row.text,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Role.POSITION: lambda row: row.position,
            Role.LATEX: lambda row: row.latex,
            Role.SHAPE: lambda row: row.shape,
            Role.COMPUTED: self._computed,
            Role.CHANGED: self._is_changed,
        }

    @property
    def position(self) -> int:
        """The current step's position on the tape."""
        return self._position

    def show_tape(self, tape: Tape, position: int, notation: Notation) -> None:
        """Take another tape or position; rows are rebuilt only where their text differs."""
        rows = self._rows
        if self._tape is None or notation is not self._script or not tape.is_like(self._tape):
            rows = rows_of(tape, notation)
            self._texts = tuple(notation.sentence(step.text, tape.activations) for step in tape.steps)
        self._tape, self._script = tape, notation
        if rows != self._rows:
            self.beginResetModel()
            self._rows, self._position = rows, position
            self.endResetModel()
        elif position != self._position:
            first, last = sorted((self._position, position))
            self._position = position
            self.dataChanged.emit(self.row_of(first), self.row_of(last), [Role.COMPUTED])  # the others stay painted

    def mark(self, changed: Collection[str]) -> None:
        """Mark the steps of those ids: a mistake on purpose changes what they write."""
        if self._changed != frozenset(changed):
            self._changed = frozenset(changed)
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [Role.CHANGED])

    def row_of(self, position: int) -> QModelIndex:
        """Return the model index of a step."""
        return next((self.index(i) for i, row in enumerate(self._rows) if row.position == position), QModelIndex())

    def rowCount(self, parent: AnyIndex = ROOT) -> int:
        """Return the number of headings and steps."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks for."""
        answer = self._answers.get(role)
        return None if answer is None else answer(self._rows[index.row()])

    def _tip(self, row: Row) -> str | None:
        if row.position is None:
            return None
        changed = "\n≠ A mistake on purpose changes what this step writes." if self._is_changed(row) else ""
        return self._texts[row.position] + changed

    def _computed(self, row: Row) -> bool:
        return row.position is not None and row.position <= self._position

    def _is_changed(self, row: Row) -> bool:
        return row.position is not None and row.text in self._changed

    def _spoken(self, row: Row) -> str:
        if row.position is None or self._tape is None:
            return row.text.capitalize()
        state = "computed" if self._computed(row) else "not computed yet"
        changed = ", changed by a mistake on purpose" if self._is_changed(row) else ""
        return f"{spoken_step(self._tape, row.position, self._script)}, {state}{changed}"

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let steps be chosen, and headings not."""
        if self._rows[index.row()].position is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
