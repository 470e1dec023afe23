"""The number of one cell with all chosen digits, in large type: cells may have no room for as many."""

from PySide6.QtWidgets import QWidget

from explorer.panels.elided_label import ElidedLabel
from explorer.panels.step.matrix_frame import USUAL
from explorer.session import State
from explorer.tape.aloud import aloud
from explorer.tape.entries import Cell, Index
from explorer.tape.numbers import shown
from explorer.tape.symbols import is_signed


class CellLine(ElidedLabel):
    """Writes the cell that is pointed at or chosen, else the step's entry; hides where usual digits are chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cell_line")
        self.setProperty("role", "digits")
        self._digits = USUAL
        self._cell: tuple[str, float, bool] | None = None
        self.hide()

    def set_digits(self, digits: int) -> None:
        """Write that many digits."""
        self._digits = digits
        self.setVisible(digits > USUAL)
        self._write()

    def show_cell(self, state: State, index: Index) -> None:
        """Show the cell that is pointed at, the chosen one, or the entry of that index."""
        meant = (state.hovered, state.selected)
        cell = next((cell for cell in meant if cell is not None and is_number(state, cell)), (state.step.id, index))
        self._cell = state.spelled(cell), float(state.tape.value(cell[0])[cell[1]]), is_signed(cell[0])
        self._write()

    def _write(self) -> None:
        if self._cell is not None and self._digits > USUAL:
            name, value, signed = self._cell
            text = f"{name} = {shown(value, self._digits, signed=signed)}"
            if text != self.text():
                self.setText(text)
                self.setAccessibleName(aloud(text))


def is_number(state: State, cell: Cell) -> bool:
    """Tell whether a cell has one number by now."""
    name, index = cell
    if name not in {state.step.id, *state.step.operands} or not state.tape.computed(name, state.position):
        return False
    shape = state.tape.value(name).shape
    return len(index) == len(shape) and all(k < size for k, size in zip(index, shape, strict=True))
