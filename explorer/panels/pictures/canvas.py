"""The canvas of a drawn image: a brush led by the mouse or by keys, its ink on a grid of the image's pixels."""

from itertools import count
from math import hypot

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.graph.key_sets import ARROWS
from explorer.panels.own_keys import OwnKeys
from explorer.panels.theme import LIGHT, SMALL, Palette, text_font
from explorer.session.drawing import Drawing
from explorer.session.drawing_commands import ClearDrawing, Draw
from explorer.session.strokes import Points

KEYS = {Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter}
DIGITS = range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)
LEAST_CELL = 6
"""Pixels of a cell of the grid: with less, lines would be all that is seen."""
LEAST_WAY = 0.15
"""Pixels of the image from one point of a stroke to the next: what trembles less is no part of it."""
NAME = "Canvas: arrows move, Space paints, with Shift a line; Backspace erases, Delete clears, a digit says what it is"


class Canvas(OwnKeys, QWidget):
    """Shows the ink of a drawing; what a person draws it tells by signals.

    Signals
    -------
    commanded
        A ``DrawingCommand``.
    digit_typed
        The number of a class that the drawing is meant to be.
    wanted
        The drawing's pass is to be shown.
    """

    commanded = Signal(object)
    digit_typed = Signal(int)
    wanted = Signal()
    own_keys = frozenset((*ARROWS, *KEYS, *DIGITS))

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(NAME)
        self.setToolTip("Draw with the mouse; the right button erases")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # who has drawn by the mouse goes on to step the pass
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.erases = False
        self.cursor_cell = (4, 4)
        self._keyed = False
        self._look: Palette = LIGHT
        self._shape = (8, 8)
        self._ink: QImage | None = None
        self._numbers = count(1)
        self._stroke: tuple[int, bool, tuple[float, float]] | None = None
        self._line = 0

    def set_palette(self, look: Palette) -> None:
        """Take the colours of a look."""
        self._look = look
        self._ink = None
        self.update()

    def show_drawing(self, drawing: Drawing | None, shape: tuple[int, int]) -> None:
        """Show the ink of a drawing, or of none, on a grid of that many rows and columns."""
        if shape != self._shape:
            self._shape, self.cursor_cell = shape, (shape[1] // 2, shape[0] // 2)
        self._ink = None if drawing is None or drawing.is_blank else ink_image(drawing, self._look.colour("train"))
        self.update()

    # Places

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(160, 160)

    def minimumSizeHint(self) -> QSize:
        """Return the least square on which a digit can be drawn."""
        return QSize(96, 96)

    def ground(self) -> QRectF:
        """Return the place of the image: as large as it can be, at the left."""
        rows, columns = self._shape
        cell = min((self.width() - 2) / columns, (self.height() - 2) / rows)
        return QRectF(1, (self.height() - cell * rows) / 2, cell * columns, cell * rows)

    def point_at(self, at: QPointF) -> tuple[float, float]:
        """Return a place as (x, y) in pixels of the image; it may lie outside."""
        ground = self.ground()
        scale = self._shape[1] / ground.width()
        return (at.x() - ground.x()) * scale, (at.y() - ground.y()) * scale

    # Drawing

    def _begin(self, at: tuple[float, float], *, erases: bool) -> None:
        self._stroke = next(self._numbers), erases, at
        self._draw((at,))

    def _draw(self, points: Points) -> None:
        if self._stroke is not None:
            number, erases, _ = self._stroke
            self._stroke = number, erases, points[-1]
            self.commanded.emit(Draw(points, number, erases))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke: of the brush by the left button, of the eraser by the right one."""
        if event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton}:
            self._keyed = False
            erases = self.erases or event.button() is Qt.MouseButton.RightButton
            self._begin(self.point_at(event.position()), erases=erases)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if self._stroke is not None:
            (x, y), (left, top) = self.point_at(event.position()), self._stroke[2]
            if hypot(x - left, y - top) >= LEAST_WAY:
                self._draw(((x, y),))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the stroke."""
        self._stroke = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, paint, erase, clear, choose what it is meant to be, or show the drawing's pass."""
        key = event.key()
        if not self.keeps(event):
            super().keyPressEvent(event)
            return
        self._keyed = True
        if key in ARROWS:
            self._move(*ARROWS[key], draws=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Backspace}:
            self._line = 0
            self._begin(self._middle(), erases=self.erases or key == Qt.Key.Key_Backspace)
            self._stroke = None
        elif key == Qt.Key.Key_Delete:
            self.commanded.emit(ClearDrawing())
        elif key in KEYS:
            self.wanted.emit()
        else:
            self.digit_typed.emit(key - Qt.Key.Key_0)

    def _move(self, across: int, down: int, *, draws: bool) -> None:
        """Move the cursor by a pixel of the image; a line is one stroke, however many pixels it goes."""
        before, (rows, columns) = self._middle(), self._shape
        x, y = self.cursor_cell
        self.cursor_cell = min(max(x + across, 0), columns - 1), min(max(y + down, 0), rows - 1)
        if draws:
            begins = not self._line
            self._line = self._line or next(self._numbers)
            points = (before, self._middle()) if begins else (self._middle(),)
            self.commanded.emit(Draw(points, self._line, self.erases))
        else:
            self._line = 0
        self.setAccessibleDescription(f"column {self.cursor_cell[0] + 1}, row {self.cursor_cell[1] + 1}")
        self.update()

    def _middle(self) -> tuple[float, float]:
        return self.cursor_cell[0] + 0.5, self.cursor_cell[1] + 0.5

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint paper, grid, ink, and where the keys have led."""
        painter, ground, look = QPainter(self), self.ground(), self._look
        painter.fillRect(ground, look.colour("soft"))
        if self._ink is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(ground, self._ink)
        self._paint_grid(painter, ground)
        if self._ink is None:
            painter.setFont(text_font(SMALL))
            painter.setPen(look.colour("muted"))
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, "draw here")
        if self.hasFocus() and self._keyed:
            self._paint_cursor(painter, ground)
        painter.end()

    def _paint_grid(self, painter: QPainter, ground: QRectF) -> None:
        rows, columns = self._shape
        cell = ground.width() / columns
        painter.setPen(QPen(self._look.colour("hairline"), 1))
        if cell >= LEAST_CELL:
            for number in range(1, columns):
                x = ground.x() + number * cell
                painter.drawLine(QPointF(x, ground.top()), QPointF(x, ground.bottom()))
            for number in range(1, rows):
                y = ground.y() + number * cell
                painter.drawLine(QPointF(ground.left(), y), QPointF(ground.right(), y))
        painter.setPen(QPen(self._look.colour("accent" if self.hasFocus() else "muted"), 1))
        painter.drawRect(ground)

    def _paint_cursor(self, painter: QPainter, ground: QRectF) -> None:
        cell = ground.width() / self._shape[1]
        x, y = self.cursor_cell
        painter.setPen(QPen(self._look.colour("ink"), 2))
        painter.drawRect(QRectF(ground.x() + x * cell, ground.y() + y * cell, cell, cell).adjusted(1, 1, -1, -1))


def ink_image(drawing: Drawing, colour: QColor) -> QImage:
    """Return ink as an image of one colour, the more opaque the more ink there is."""
    rows, columns = drawing.ink.shape
    dots = np.empty((rows, columns, 4), np.uint8)
    dots[..., :3] = (colour.red(), colour.green(), colour.blue())
    dots[..., 3] = np.rint(255 * drawing.ink)
    return QImage(dots.tobytes(), columns, rows, QImage.Format.Format_RGBA8888).copy()
