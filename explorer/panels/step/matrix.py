"""A matrix as a widget: symbol, cells or heat map, shape; cells can be pointed at, clicked, and reached by key."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from explorer.graph.colors import scale_for
from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import Block
from explorer.panels.step.formula_label import paint_within
from explorer.panels.step.heat import extreme_at, heat_image
from explorer.panels.step.matrix_frame import BOTTOM, TOP, Frame, Level, frame_of
from explorer.panels.step.matrix_paint import (
    CENTRE,
    Cell,
    cell_rect,
    paint_brackets,
    paint_heat,
    paint_hollow,
    paint_numbers,
    paint_outline,
    paint_sample_mark,
    paint_shape,
)
from explorer.panels.theme import LIGHT, SMALL, Palette, text_font
from explorer.tape.entries import Index
from explorer.tape.symbols import cell_text, plain, shape_text

ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
ROLES = {"read": "read by this step", "written": "written by this step", "plain": ""}


class MatrixView(QWidget):
    """One array of a tape. Signals carry (name, index) or None."""

    cell_hovered = Signal(object)
    cell_clicked = Signal(object)

    def __init__(self, typesetter: Typesetter, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter, self._palette, self._block = typesetter, LIGHT, block
        self._digits = 4
        self._image: QImage | None = None
        self._lit: frozenset[Index] = frozenset()
        self._pointed: Index | None = None
        self._under_mouse: Cell | None = None
        self._cursor: Cell = (0, 0)
        self._waiting = False
        self._frame = frame_of(block, 10_000)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        typesetter.ready.connect(self._formula_ready)
        self.set_frame(self._frame)
        self._name_for_screen_readers()

    # What is shown

    @property
    def block(self) -> Block:
        """The array."""
        return self._block

    @property
    def frame(self) -> Frame:
        """The drawn size."""
        return self._frame

    @property
    def highlighted(self) -> frozenset[Index]:
        """Indices of the outlined cells."""
        return self._lit

    def set_block(self, block: Block) -> None:
        """Show other numbers; repaints only where they are others."""
        if block.value is self._block.value and block.row == self._block.row and block.layout == self._block.layout:
            return
        self._block, self._image = block, None
        self._cursor = (min(self._cursor[0], block.rows - 1), min(self._cursor[1], block.columns - 1))
        self._name_for_screen_readers()
        self.update()

    def set_frame(self, frame: Frame) -> None:
        """Take a drawn size."""
        self._frame, self._image = frame, None
        self.setFixedSize(frame.total_width, frame.total_height)
        self.update()

    def fit_to(self, width: int) -> None:
        """Choose the roomiest frame that fits into that width."""
        self.set_frame(frame_of(self._block, width))

    def set_digits(self, digits: int) -> None:
        """Write at most that many decimals."""
        self._digits = digits
        self.update()

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self._palette, self._image = palette, None
        self.update()

    def highlight(self, cells: Iterable[Index]) -> None:
        """Outline the cells of those indices."""
        lit = frozenset(cells)
        if lit != self._lit:
            self._lit = lit
            self.update()

    def point_at(self, index: Index | None) -> None:
        """Outline the one cell that is pointed at, here or elsewhere."""
        if index != self._pointed:
            self._pointed = index
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the frame."""
        return QSize(self._frame.total_width, self._frame.total_height)

    def cells_area(self) -> QRectF:
        """Return where the cells are."""
        return QRectF((self.width() - self._frame.width) / 2, TOP, self._frame.width, self._frame.height)

    def centre_of(self, index: Index) -> QPointF:
        """Return the middle of a cell."""
        return cell_rect(self._frame, self.cells_area(), self._block, self._block.position(index)).center()

    def _name_for_screen_readers(self) -> None:
        block = self._block
        parts = [f"{plain(block.name)}{' transposed' if block.transposed else ''}", f"{shape_text(block.shape)} matrix"]
        parts += [ROLES[block.role]] if ROLES[block.role] else []
        parts += ["not computed yet"] if block.value is None else []
        self.setAccessibleName(", ".join(parts))

    # Painting

    @Slot()
    def _formula_ready(self) -> None:
        if self._waiting:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint symbol, brackets, cells, outlines and shape."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, block, frame, palette = self.cells_area(), self._block, self._frame, self._palette
        self._paint_symbol(painter)
        paint_brackets(painter, area, block.role, palette)
        if block.value is None:
            paint_hollow(painter, block, frame, area, palette)
        elif frame.level is None:
            self._image = self._image or heat_image(
                block.value, frame.block, palette.values, scale_for(block.name, block.value)
            )
            paint_heat(painter, self._image, area, palette)
        else:
            level = frame.level
            fewer = Level(min(level.digits, self._digits), level.font, level.width, level.height)
            paint_numbers(painter, block, frame, fewer, area, palette)
        paint_sample_mark(painter, frame, area, block, palette)
        self._paint_outlines(painter, area)
        paint_shape(painter, block, self.width() / 2, area.bottom() + 3, palette)
        self._paint_note(painter, area.bottom() + BOTTOM)

    def _paint_symbol(self, painter: QPainter) -> None:
        formula = self._typesetter.formula(self._block.latex)
        self._waiting = formula is None
        if formula is not None:
            role = "ink" if self._block.value is not None else "muted"
            paint_within(painter, formula, (0, 0, self.width(), TOP - 4), 13, self._palette, role)

    def _paint_outlines(self, painter: QPainter, area: QRectF) -> None:
        block, frame = self._block, self._frame
        cells = [block.position(index) for index in self._lit]
        paint_outline(painter, frame, area, block, cells, self._palette.colour("ink"))
        pointed = [] if self._pointed is None else [block.position(self._pointed)]
        pointed += [self._cursor] if self.hasFocus() else []
        paint_outline(painter, frame, area, block, pointed, self._palette.colour("accent"))

    def _paint_note(self, painter: QPainter, top: float) -> None:
        if self._frame.downsampled:
            painter.setFont(text_font(SMALL - 1))
            painter.setPen(self._palette.colour("muted"))
            painter.drawText(QRectF(0, top, self.width(), BOTTOM - 2), CENTRE, self.note())

    def note(self) -> str:
        """Return what a pixel stands for, where it is more than an entry."""
        return f"each pixel is {shape_text(self._frame.block)} entries" if self._frame.downsampled else ""

    # Pointing

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
        text = cell_text(self._block.name, self._block.index(*cell), value)
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
