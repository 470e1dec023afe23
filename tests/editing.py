"""Numbers changed where they stand on the card of a step, for tests that need such a change."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explorer.panels.main_window import MainWindow
from explorer.panels.step.matrix import MatrixView
from explorer.panels.step.matrix_paint import Cell, cell_rect
from explorer.panels.step.number_editor import NumberEditor

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def view(window: MainWindow, name: str) -> MatrixView:
    return next(view for view in window.step_panel.equation.views if view.block.name == name)


def centre(view: MatrixView, cell: Cell) -> QPoint:
    return cell_rect(view.frame, view.cells_area(), view.block, cell).center().toPoint()


def editor(window: MainWindow) -> NumberEditor:
    return window.step_panel.editing.editor


def double_click(matrix: MatrixView, cell: Cell) -> None:
    """Click twice, and let go: Qt's own leaves the button down for whatever test comes next."""
    QTest.mouseDClick(matrix, LEFT, NONE, centre(matrix, cell))
    QTest.mouseRelease(matrix, LEFT, NONE, centre(matrix, cell))


def open_cell(window: MainWindow, name: str, cell: Cell) -> None:
    double_click(view(window, name), cell)


def type_into(window: MainWindow, text: str) -> None:
    editor(window).selectAll()
    editor(window).insert(text)  # keyClicks knows ASCII alone
    QTest.keyClick(editor(window), Qt.Key.Key_Return)


def weight(window: MainWindow, row: int, column: int) -> float:
    return float(window.session.state.network.parameters["W1"][row, column])
