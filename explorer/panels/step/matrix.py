"""A matrix as a widget: its cells can be pointed at, clicked, and reached by key."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from explorer.graph.announcing import announce
from explorer.graph.key_sets import ENTER
from explorer.graph.raising import rich
from explorer.graph.typeset import Typesetter
from explorer.panels.own_keys import OwnKeys, is_command
from explorer.panels.step.blocks import Block
from explorer.panels.step.hand import Grip, moved
from explorer.panels.step.heat import extreme_at, is_mask
from explorer.panels.step.matrix_paint import Cell
from explorer.panels.step.matrix_picture import MatrixPicture
from explorer.tape.names import Role, parse
from explorer.tape.numbers import MINUS, shown
from explorer.tape.symbols import cell_text

ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


NOTCHES = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
TYPED = frozenset("0123456789.,+-−")
"""What a number begins with, when it is typed over a cell."""


class MatrixView(OwnKeys, MatrixPicture):
    """One array of a tape. Signals carry (name, index) or None.

    Where it is alive, its numbers can be changed: ``cell_opened`` asks for an editor, with what was typed, and
    ``number_moved`` carries what a number has become by dragging or by Alt and an arrow key.
    """

    cell_hovered = Signal(object)
    cell_clicked = Signal(object)
    cell_opened = Signal(object, str)
    number_moved = Signal(object, float)

    def __init__(self, typesetter: Typesetter, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(typesetter, block, parent)
        self._under_mouse: Cell | None = None
        self._alive = False
        self._grip: Grip | None = None
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
        return f"{text}\n{self.note()}: {self._pooled(cell)}" if self._frame.downsampled else text

    def _pooled(self, cell: Cell) -> str:
        """Return what the colour of a pixel says of the entries that share it."""
        value, (high, wide) = self._block.value, self._frame.block
        if value is None or self._block.struck is None or not is_mask(value):
            return "this is the largest of them"
        top, left = cell[0] // high * high, cell[1] // wide * wide
        group = value[top : top + high, left : left + wide]
        return f"{int(group.sum())} of these {group.size} are 1, the others 0"

    def show_anew(self, block: Block) -> None:
        """Show another array as a new widget would, held by no hand."""
        self._under_mouse = self._grip = None
        self.unsetCursor()
        super().show_anew(block)

    def set_alive(self, *, alive: bool) -> None:
        """Let the numbers be changed, or not."""
        self._alive = alive

    def _drag(self, grip: Grip, event: QMouseEvent) -> None:
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        value = grip.value_at(event.position().y(), fine=fine)
        if value is not None:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
            QToolTip.hideText()
            self.number_moved.emit((self._block.name, self._block.index(*grip.cell)), value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the number that the mouse holds, or tell which cell it points at."""
        if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(self._grip, event)
            return
        cell = self.cell_at(event.position())
        if cell == self._under_mouse:
            return
        self._under_mouse = cell
        self.cell_hovered.emit(None if cell is None else (self._block.name, self._block.index(*cell)))
        QToolTip.showText(event.globalPosition().toPoint(), "" if cell is None else rich(self.text_of(cell)), self)

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
            if self._alive and self._block.value is not None:
                self._grip = Grip(cell, event.position().y(), float(self._block.value[cell]))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the number."""
        self._grip = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the cell under the mouse."""
        cell = self.cell_at(event.position())
        if cell is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._alive:
            self._open(cell)
        else:
            QToolTip.showText(event.globalPosition().toPoint(), self.why_fixed(), self)

    def why_fixed(self) -> str:
        """Return why its numbers cannot be changed, and what can."""
        parsed = parse(self._block.name)
        if parsed.role is Role.VALUE and parsed.symbol in "xyWb" and not self._block.label:
            return f"{self._block.words} is changed on the card of a step that reads it."
        return f"{self._block.words} is computed: change a weight, a bias, an input or a target, and it follows."

    def _open(self, cell: Cell, typed: str = "") -> None:
        self._grip = None
        self.cell_opened.emit((self._block.name, self._block.index(*cell)), typed)

    def keeps(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the cells': the arrows, which step the pass elsewhere, and what begins a number."""
        return event.key() in ARROWS or (self._alive and begins_number(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the chosen cell, or choose the one that has the focus."""
        if self._alive and self._changes(event):
            return
        step = ARROWS.get(Qt.Key(event.key()))
        row, column = self._cursor[0] + (step or (0, 0))[0], self._cursor[1] + (step or (0, 0))[1]
        chosen = event.key() in ENTER
        if (step or chosen) and 0 <= row < self._block.rows and 0 <= column < self._block.columns:
            self._choose((row, column))
        else:
            super().keyPressEvent(event)

    def _changes(self, event: QKeyEvent) -> bool:
        """Change the number of the chosen cell if the key asks for it: Return, a digit, or Alt and an arrow."""
        key, modifiers, cell = event.key(), event.modifiers(), self._cursor
        if self._block.value is None:
            return False
        if key in ENTER or begins_number(event):
            self._open(cell, "" if key in ENTER else event.text())
            return True
        if modifiers & Qt.KeyboardModifier.AltModifier and key in NOTCHES:
            fine = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            value = moved(float(self._block.value[cell]), NOTCHES[Qt.Key(key)], fine=fine)
            self.number_moved.emit((self._block.name, self._block.index(*cell)), value)
            return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the chosen cell."""
        super().focusInEvent(event)
        self._describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def _describe(self) -> str:
        """Say which cell the keys have reached, and its number, and return the words."""
        (row, column), block = self._cursor, self._block
        places = [f"row {row + 1}"] * (len(block.shape) == 2) + [f"column {column + 1}"] * bool(block.shape)
        where = " ".join([*places, "of"] * bool(places) + [self.name_aloud])
        value = "not computed yet" if block.value is None else shown(float(block.value[row, column]), self._digits)
        words = f"{where}: {value.replace(MINUS, 'minus ')}"
        self.setAccessibleDescription(words)
        return words

    def _choose(self, cell: Cell) -> None:
        self._cursor = cell
        announce(self, self._describe())
        self.cell_clicked.emit((self._block.name, self._block.index(*cell)))
        self.update()


def begins_number(event: QKeyEvent) -> bool:
    """Tell whether a key types what a number begins with."""
    return event.text() in TYPED and not is_command(event)
