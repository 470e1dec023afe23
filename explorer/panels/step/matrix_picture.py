"""A matrix as a picture: symbol, cells or heat map, shape, outlines; ``matrix.py`` makes it answer to a hand."""

from collections.abc import Iterable
from itertools import chain
from operator import lt

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, QSize, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.graph.colors import scale_for
from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import Block
from explorer.panels.step.formula_label import paint_within
from explorer.panels.step.heat import heat_image, is_mask
from explorer.panels.step.matrix_frame import BOTTOM, NOTED, Frame, frame_of
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
from explorer.panels.step.matrix_places import filled_region, place_of_shape, symbol_area
from explorer.panels.step.matrix_wrong import paint_wrong
from explorer.panels.theme import LIGHT, SMALL, Palette, text_font
from explorer.tape.aloud import aloud, shape_aloud
from explorer.tape.entries import Index
from explorer.tape.symbols import shape_text

ROLES = {"read": "read by this step", "written": "written by this step", "plain": ""}


class MatrixPicture(QWidget):
    """One array of a tape, painted."""

    def __init__(self, typesetter: Typesetter, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter, self._palette, self._block = typesetter, LIGHT, block
        self._digits = 4
        self._image: QImage | None = None
        self._lit: frozenset[Index] = frozenset()
        self._marked: frozenset[Index] = frozenset()
        self._pointed: Index | None = None
        self._lit_whole = False
        self._filled = 1.0
        self._cursor: Cell = (0, 0)
        self._waiting = False
        self._frame = frame_of(block, 10_000)
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

    def show_anew(self, block: Block) -> None:
        """Show another array as a new widget would: nothing lit, the first cell the one that keys begin at."""
        self._block, self._image = block, None
        self._lit, self._pointed, self._lit_whole = frozenset(), None, False
        self._marked = frozenset()
        self._filled, self._cursor = 1.0, (0, 0)
        self._name_for_screen_readers()
        self.setAccessibleDescription("")
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

    @property
    def digits(self) -> int | None:
        """Decimals in the cells; None for a heat map."""
        return min(self._frame.level.digits, self._digits) if self._frame.level else None

    def highlight(self, cells: Iterable[Index]) -> None:
        """Outline the cells of those indices."""
        indices = tuple(cells)
        lit = frozenset(indices if self._hold(indices) else chain.from_iterable(map(self._cells_of, indices)))
        if lit != self._lit:
            self._lit = lit
            self.update()

    @property
    def marked(self) -> frozenset[Index]:
        """Indices of the cells that are marked as wrong."""
        return self._marked

    def mark(self, cells: Iterable[Index]) -> None:
        """Mark cells as wrong: outlined, and with a corner that says so without its colour."""
        marked = frozenset(cells)
        if marked != self._marked:
            self._marked = marked
            self.update()

    def _hold(self, indices: tuple[Index, ...]) -> bool:
        """Tell whether each is the index of one cell; of a sum, there are as many as a layer has units."""
        shape = self._block.tape_shape
        same = bool(shape) and all(len(index) == len(shape) for index in indices)
        return same and all(max(axis) < size for axis, size in zip(zip(*indices, strict=True), shape, strict=False))

    def _cells_of(self, index: Index) -> Iterable[Index]:
        """Return a cell, or every cell where the index stands for the whole array."""
        block = self._block
        if index or not block.shape or not self._frame.level:
            fits = len(index) == len(block.tape_shape) and all(map(lt, index, block.tape_shape))
            return (index,) if fits else self._stage_cells(index)
        return (block.index(row, column) for row in range(block.rows) for column in range(block.columns))

    def _stage_cells(self, index: Index) -> Iterable[Index]:
        """Return the cell of a stage that a cell outside of it went into: a sum over its row."""
        block = self._block
        if not block.label or len(index) != len(block.tape_shape):
            return ()
        return (tuple(min(k, size - 1) for k, size in zip(index, block.tape_shape, strict=True)),)

    def point_at(self, index: Index | None) -> None:
        """Outline the one cell that is pointed at, here or elsewhere; () for the whole of a vector or a matrix."""
        whole = index is not None and len(index) < len(self._block.tape_shape)
        index = None if whole or index is None else next(iter(self._cells_of(index)), None)
        if index != self._pointed or whole != self._lit_whole:
            self._pointed, self._lit_whole = index, whole
            self.update()

    def fill(self, share: float) -> None:
        """Show the first share of the cells alone, row by row, as if they were only just computed; 1 shows all."""
        if share != self._filled:
            self._filled = share
            self.update()

    @property
    def filled(self) -> float:
        """The share of the cells that is shown; 1 but for a moment."""
        return self._filled

    def sizeHint(self) -> QSize:
        """Return the size of the frame."""
        return QSize(self._frame.total_width, self._frame.total_height)

    def cells_area(self) -> QRectF:
        """Return where the cells are."""
        return QRectF(self._frame.left, self._frame.top, self._frame.width, self._frame.height)

    def centre_of(self, index: Index) -> QPointF:
        """Return the middle of a cell."""
        return cell_rect(self._frame, self.cells_area(), self._block, self._block.position(index)).center()

    @property
    def name_aloud(self) -> str:
        """What the array is called, as it is said."""
        return aloud(self._block.words) + (" transposed" if self._block.turned else "")

    def _name_for_screen_readers(self) -> None:
        block = self._block
        parts = [self.name_aloud, shape_aloud(block.shape)]
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
        if self._filled < 1:
            painter.setClipRegion(filled_region(area, block.rows, block.columns, self._filled))
        if block.value is None:
            paint_hollow(painter, block, frame, area, palette)
        elif frame.level is None:
            self._image = self._image or heat_image(
                block.value,
                frame.block,
                palette.values,
                block.scale or scale_for(block.name, block.value),
                mask=block.struck is not None and is_mask(block.value),
            )
            paint_heat(painter, self._image, area, palette)
        else:
            level = frame.level
            fewer = replace(level, digits=min(level.digits, self._digits))
            paint_numbers(painter, block, fewer, area, palette)
        painter.setClipping(False)
        paint_sample_mark(painter, frame, area, block, palette)
        self._paint_outlines(painter, area)
        paint_shape(painter, block, *place_of_shape(frame, area, self.width()), palette)
        self._paint_note(painter, area.bottom() + BOTTOM)

    def _paint_symbol(self, painter: QPainter) -> None:
        formula = self._typesetter.formula(self._block.latex)
        self._waiting = formula is None
        if formula is not None:
            role = "accent" if self._lit_whole else "ink" if self._block.value is not None else "muted"
            area = symbol_area(self._frame, self.cells_area(), self.width())
            place = area.left(), area.top(), area.width(), area.height()
            paint_within(painter, formula, place, self._frame.symbol, self._palette, role)

    def _paint_outlines(self, painter: QPainter, area: QRectF) -> None:
        block, frame = self._block, self._frame
        cells = block.positions(self._lit)
        paint_outline(painter, frame, area, block, cells, self._palette.colour("ink"))
        paint_wrong(painter, frame, area, block, block.positions(self._marked), self._palette)
        pointed = [] if self._pointed is None else [block.position(self._pointed)]
        pointed += [self._cursor] if self.hasFocus() else []
        pointed += [(0, 0), (block.rows - 1, block.columns - 1)] if self._lit_whole else []
        paint_outline(painter, frame, area, block, pointed, self._palette.colour("accent"), whole=self._lit_whole)

    def _paint_note(self, painter: QPainter, top: float) -> None:
        if self._frame.downsampled and self._frame.noted:
            painter.setFont(text_font(SMALL - 1))
            painter.setPen(self._palette.colour("muted"))
            painter.drawText(QRectF(0, top, self.width(), BOTTOM - 2), CENTRE, self.note())

    def note(self) -> str:
        """Return what a pixel stands for, where it is more than an entry."""
        shared, short = shape_text(self._frame.block), self._frame.noted < NOTED
        if self._block.struck is not None and self._block.value is not None and is_mask(self._block.value):
            words = f"{shared}: share of 1s" if short else f"each pixel: share of 1s in {shared}"
        else:
            words = f"{shared} a pixel" if short else f"each pixel is {shared} entries"
        return words if self._frame.downsampled else ""
