"""A matrix as a widget: its cells can be pointed at, clicked, and reached by key."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import Block
from explorer.panels.step.heat import extreme_at
from explorer.panels.step.matrix_paint import Cell
from explorer.panels.step.matrix_picture import MatrixPicture
from explorer.tape.symbols import cell_text

ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class MatrixView(MatrixPicture):
    """One array of a tape. Signals carry (name, index) or None."""

    cell_hovered = Signal(object)
    cell_clicked = Signal(object)

    def __init__(self, typesetter: Typesetter, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(typesetter, block, parent)
        self._under_mouse: Cell | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def cell_at(self, point: QPointF) -> Cell | None:
        """Return the drawn cell under a point; of a group that shares a pixel, the entry that is seen."""
        area, block, shares = self.cells_area(), self._block, self._frame.block
        if not area.contains(point):
            return None
        rows, columns = -(-block.rows // shares[0]), -(-block.columns // shares[1])
        row = min(rows - 1, int((point.y() - area.top()) / area.height() * rows))
        column = min(columns - 1, int((point.x() - area.left()) / area.width() * columns))
        return (row, column) if block.value is None else extreme_at(block.value, shares, (row, column))

    def text_of(self, cell: Cell) -> str:
        """Return a drawn cell with its exact value."""
        value = None if self._block.value is None else float(self._block.value[cell])
        text = cell_text(self._block.name, self._block.place(*cell), value, self._block.words)
        return f"{text}\n{self.note()}: this is the largest of them" if self._frame.downsampled else text

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which cell the mouse points at."""
        cell = self.cell_at(event.position())
        if cell == self._under_mouse:
            return
        self._under_mouse = cell
        self.cell_hovered.emit(None if cell is None else (self._block.name, self._block.index(*cell)))
        QToolTip.showText(event.globalPosition().toPoint(), "" if cell is None else self.text_of(cell), self)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        if self._under_mouse is not None:
            self._under_mouse = None
            self.cell_hovered.emit(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the mouse."""
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._choose(cell)

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys, which step the pass, for the cells while one of them has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ARROWS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the chosen cell, or choose the one that has the focus."""
        step = ARROWS.get(Qt.Key(event.key()))
        row, column = self._cursor[0] + (step or (0, 0))[0], self._cursor[1] + (step or (0, 0))[1]
        chosen = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if (step or chosen) and 0 <= row < self._block.rows and 0 <= column < self._block.columns:
            self._choose((row, column))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the chosen cell."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def _choose(self, cell: Cell) -> None:
        self._cursor = cell
        self.setAccessibleDescription(self.text_of(cell))
        self.cell_clicked.emit((self._block.name, self._block.index(*cell)))
        self.update()
