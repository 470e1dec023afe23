"""Numbers changed where they stand: joins the matrices of the step card, the small editor and the session."""

from PySide6.QtCore import QObject, QRect, Slot
from PySide6.QtWidgets import QApplication, QWidget

from explorer.engine.errors import ExplorerError
from explorer.panels.step.equation import EquationView
from explorer.panels.step.matrix import MatrixView
from explorer.panels.step.matrix_paint import cell_rect
from explorer.panels.step.number_editor import NumberEditor
from explorer.session import Edit, Session, State
from explorer.tape.entries import Cell
from explorer.tape.names import Role, parse

PICK = "1 picks this class"


class CellEditing(QObject):
    """Lets a person change the given numbers of an equation: weights, biases, inputs and targets.

    Parameters
    ----------
    session
        Gets every change as a command that can be undone.
    equation
        Its matrices of given numbers answer to double click, typing, dragging and keys.
    """

    def __init__(self, session: Session, equation: EquationView) -> None:
        super().__init__(equation)
        self._session, self._equation = session, equation
        self._cell: Cell | None = None
        self._back: QWidget | None = None
        self.editor = NumberEditor(equation)
        self.editor.entered.connect(self._entered)
        self.editor.ended.connect(self._ended)
        equation.set_alive(is_alive)
        equation.cell_opened.connect(self.open)
        equation.number_moved.connect(self._moved)

    @Slot(object, str)
    def open(self, cell: Cell, typed: str = "") -> None:
        """Open the editor over a cell, with its number or with what was typed."""
        view = next((view for view in self._equation.views if view.block.name == cell[0]), None)
        if view is None or view.block.value is None:
            return
        self._cell, self._back = cell, QApplication.focusWidget()
        value = float(view.block.value[view.block.position(cell[1])])
        name = self._session.state.spelled(cell)
        self.editor.edit(self._rect_of(view, cell), name, repr(value), typed, self._hint(cell))

    def show_state(self, old: State | None, new: State) -> None:
        """Close the editor where its cell has gone."""
        if old is not None and old.step.id != new.step.id:
            self.editor.finish()

    def _rect_of(self, view: MatrixView, cell: Cell) -> QRect:
        rect = cell_rect(view.frame, view.cells_area(), view.block, view.block.position(cell[1]))
        return rect.toRect().translated(view.pos())

    def _hint(self, cell: Cell) -> str:
        problem = self._session.state.subject.problem
        return PICK if cell[0] == "y" and problem.labels is not None and problem.Y.shape[1] > 1 else ""

    @Slot(float)
    def _entered(self, value: float) -> None:
        """Give the number to the session; why it is refused is said in place."""
        if self._cell is None:
            return
        try:
            self._session.do(Edit(self._cell, value))
        except ExplorerError as error:
            self.editor.refuse(str(error))
        else:
            self.editor.finish()

    @Slot(bool)
    def _ended(self, focused: bool) -> None:
        """Give the focus back to what had it, unless a person has taken it elsewhere."""
        back, self._back, self._cell = self._back, None, None
        if back is not None and focused:
            back.setFocus()

    @Slot(object, float)
    def _moved(self, cell: Cell, value: float) -> None:
        """Take a number on the way of a drag."""
        self._session.attempt(Edit(cell, value, dragged=True))


def is_alive(name: str) -> bool:
    """Tell whether the array of that name is given, so that its numbers may be others."""
    try:
        parsed = parse(name)
    except ValueError:
        return False
    return parsed.symbol in "xyWb" and parsed.role is Role.VALUE
