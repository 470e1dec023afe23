"""A matrix in colours with its numbers; a cell is chosen by a click, and by the arrow keys from there on."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.graph.announcing import announce
from explorer.graph.colors import coloured, scale_of, takes_white_ink
from explorer.graph.key_sets import ARROWS
from explorer.lessons.lesson import Grid
from explorer.panels.lessons.drawn_part import TITLE, DrawnPart
from explorer.panels.own_keys import OwnKeys
from explorer.panels.step.matrix_paint import DARK_INK, LIGHT_INK
from explorer.panels.theme import SMALL, number_font
from explorer.tape.numbers import shown

HEIGHT, WIDEST = 28, 92
"""Pixels of a cell, and how wide one is at most."""
Cell = tuple[int, int]


class GridView(OwnKeys, DrawnPart):
    """Shows a matrix.

    Parameters
    ----------
    grid
        Its title, and whether a cell of it can be chosen.

    Signals
    -------
    chosen
        Row and column of a cell, from 0.
    """

    chosen = Signal(int, int)
    own_keys = frozenset(ARROWS)

    def __init__(self, grid: Grid, parent: QWidget | None = None) -> None:
        super().__init__(grid.title, parent)
        self._can_choose = bool(grid.picks)
        self.values: NDArray[np.float64] = np.empty((0, 0))
        self.cell: Cell | None = None
        if self._can_choose:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # after a click the arrow keys go on from that cell
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip("Click a cell, or go through them by the arrow keys")

    def show_values(self, values: NDArray[np.float64], cell: Cell | None) -> None:
        """Show another matrix, with a cell chosen or none."""
        if values.shape != self.values.shape:
            self.updateGeometry()
        self.values, self.cell = values, cell
        self.setAccessibleDescription(self._words())
        self.update()

    def _words(self) -> str:
        if self.cell is None:
            return "; ".join(", ".join(shown(value) for value in row) for row in self.values.tolist())
        row, column = self.cell
        return f"row {row + 1} column {column + 1}: {shown(float(self.values[row, column]))}"

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        return QSize(200, TITLE + HEIGHT * max(len(self.values), 1) + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(140, self.sizeHint().height())

    def box(self, cell: Cell) -> QRectF:
        """Return the place of a cell."""
        wide = min(WIDEST, (self.width() - 2) / max(self.values.shape[1], 1))
        return QRectF(1 + cell[1] * wide, TITLE + 1 + cell[0] * HEIGHT, wide, HEIGHT)

    def cell_at(self, point: QPointF) -> Cell | None:
        """Return the cell under a point."""
        found = (cell for cell in np.ndindex(*self.values.shape) if self.box((cell[0], cell[1])).contains(point))
        cell = next(found, None)
        return None if cell is None else (cell[0], cell[1])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the mouse."""
        cell = self.cell_at(event.position()) if self._can_choose else None
        if cell is not None:
            self._choose(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the cell beside."""
        move = ARROWS.get(event.key())
        if move is None or not self._can_choose:
            super().keyPressEvent(event)
            return
        row, column = self.cell or (0, 0)
        target = row + move[1], column + move[0]
        if all(0 <= place < size for place, size in zip(target, self.values.shape, strict=True)):
            self._choose(target)

    def _choose(self, cell: Cell) -> None:
        self.chosen.emit(*cell)
        announce(self, self._words())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each cell, and the chosen one's border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_title(painter)
        colours = coloured(self.look.values, self.values, scale_of(self.values))
        white = takes_white_ink(colours)
        painter.setFont(number_font(SMALL))
        for row, column in np.ndindex(*self.values.shape):
            box = self.box((row, column)).adjusted(1, 1, -1, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(*colours[row, column].tolist()))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(LIGHT_INK if white[row, column] else DARK_INK)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text_of((row, column), box))
        if self.cell is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.colour("accent" if self.hasFocus() else "ink"), 2))
            painter.drawRoundedRect(self.box(self.cell).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def text_of(self, cell: Cell, box: QRectF) -> str:
        """Return a cell's number with as many digits as it has room for; whole numbers as such."""
        value = float(self.values[cell])
        return str(int(value)) if value == int_or_nan(value) else shown(value, 4, room=max(int(box.width() / 7), 2))


def int_or_nan(value: float) -> float:
    """Return a whole number that is no larger than four digits; NaN for any other."""
    return value if np.isfinite(value) and value == np.rint(value) and abs(value) < 1e4 else float("nan")
