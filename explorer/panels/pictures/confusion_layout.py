"""Where everything of a confusion matrix lies: its cells, the names around them, recall beside and precision below."""

from typing import Self

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF

NAMES, NAMES_SHARE = 74, 0.2
"""Pixels for the names of the classes at most, or that share of the width where it is more."""
HEADS = ((15, 12.0), (9, 9.0))
"""Pixels for the names above the columns, and of a row at least for its numbers to be read below these."""
TURNED_LEAST, TURNED_AIR, TURNED_ACROSS = 20.0, 8, 14.0
"""Of a row below names that are written upwards, what these take beside their length, and of a cell for them."""
WIDEST, MARGIN = 64, 3
"""Pixels of a cell at most where no name is wider, and above and below everything."""
NAME_GAP, NAME_ROOM = 8, 12
"""Pixels beside the names of the rows, and around a name within a cell that is as wide as it."""
RATES_ACROSS, RATES_DOWN = 1.2, 1.1
"""What recall takes of a cell's width, and precision of its height, with what parts them from the cells."""
RECALL_AT, PRECISION_AT = 0.2, 0.1
"""The columns and the rows, after the last cell, at which they begin."""
Cell = tuple[int, int]


class ConfusionLayout(Struct, frozen=True):
    """The places of a matrix, in pixels of the widget that shows it.

    Attributes
    ----------
    count
        Classes, 1 or more.
    left, top
        Where the first column and the first row begin.
    across, down
        The width and the height of a cell.
    head
        The height of the names above the columns; 0 where rows would be too low with them.
    turned
        Whether these are written upwards: across, not all have room.
    """

    count: int
    left: float
    top: float
    across: float
    down: float
    head: int
    turned: bool = False

    @classmethod
    def of(cls, width: float, height: float, count: int, widest: float, widest_class: float = 0.0) -> Self:
        """Return the places in a widget of that size; ``widest`` is the widest of the rows' names and of "precision".

        Where the ``widest_class`` is wider than a cell, names above the columns are turned if rows stay high enough.
        What cells leave of the width, where they are as wide as they may be, is left on both sides.
        """
        names = min(widest, max(NAMES, NAMES_SHARE * width)) + NAME_GAP
        columns, rows = count + RATES_ACROSS, count + RATES_DOWN
        across = min((width - names) / columns, max(WIDEST, widest + NAME_ROOM))
        room = height - 2 * MARGIN
        head = next((head for head, least in HEADS if (room - head) / rows >= least), 0)
        upright = round(min(widest_class, max(NAMES, NAMES_SHARE * width))) + TURNED_AIR
        turned = widest_class > across - MARGIN and across >= TURNED_ACROSS and (room - upright) / rows >= TURNED_LEAST
        head = upright if turned else head
        left = names + (width - names - across * columns) / 2
        return cls(count, left, MARGIN + head, across, (room - head) / rows, head, turned)

    def box(self, row: float, column: float) -> QRectF:
        """Return the place of a cell, or of what is as large."""
        return QRectF(self.left + column * self.across, self.top + row * self.down, self.across, self.down)

    def recall(self, row: int) -> QRectF:
        """Return the place of a class's recall, right of its row."""
        return self.box(row, self.count + RECALL_AT)

    def precision(self, column: int) -> QRectF:
        """Return the place of a class's precision, below its column."""
        return self.box(self.count + PRECISION_AT, column)

    def row_name(self, row: int) -> QRectF:
        """Return the room for a name left of a row; of the one after the last, for that of what is below it."""
        below = PRECISION_AT if row == self.count else 0
        return QRectF(0, self.top + (row + below) * self.down, self.left - 6, self.down)

    def column_name(self, column: int) -> QRectF:
        """Return the room for a name above a column; of the one after the last, for that of what is right of it."""
        beyond = RECALL_AT if column == self.count else 0
        return QRectF(self.left + (column + beyond) * self.across, MARGIN - 1, self.across, self.head)

    def cell_at(self, point: QPointF) -> Cell | None:
        """Return the cell there, or None."""
        row, column = int((point.y() - self.top) // self.down), int((point.x() - self.left) // self.across)
        return (row, column) if 0 <= row < self.count and 0 <= column < self.count else None
