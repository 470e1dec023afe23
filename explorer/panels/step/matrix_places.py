"""Where the parts of a drawn matrix stand around its cells: symbol, shape, and what has been filled in so far."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QRegion

from explorer.panels.step.matrix_frame import BOTTOM, PAIR, SHAPE, SYMBOL, Frame

LINE = 17


def symbol_area(frame: Frame, cells: QRectF, width: int) -> QRectF:
    """Return where the symbol is in a widget of that width: above the cells, or beside them."""
    if frame.beside is None:
        return QRectF(0, 0, width, frame.top - 4)
    if frame.beside == "left":
        return QRectF(0, cells.center().y() - LINE / 2, SYMBOL - 6, LINE)
    if frame.beside == "pair":
        return QRectF(0, cells.center().y() - LINE + 1, PAIR - 4, LINE - 2)
    return QRectF(width - SYMBOL + 2, cells.center().y() - LINE, SYMBOL - 4, LINE)


def place_of_shape(frame: Frame, cells: QRectF, width: int) -> tuple[float, float]:
    """Return the middle and the top of the shape: below the cells, beside them, or below the symbol beside them."""
    if frame.beside is None:
        return width / 2, cells.bottom() + 3
    if frame.beside == "left":
        return width - SHAPE / 2, cells.center().y() - BOTTOM / 2
    if frame.beside == "pair":
        return PAIR / 2 - 2, cells.center().y() - 1
    return width - SYMBOL / 2, cells.center().y() + 1


def filled_region(cells: QRectF, rows: int, columns: int, share: float) -> QRegion:
    """Return where the first share of the cells stands, row by row."""
    area = cells.toAlignedRect()
    full, rest = divmod(round(share * rows * columns), columns)
    high, wide = area.height() / rows, area.width() / columns
    region = QRegion(area.left(), area.top(), area.width(), round(full * high))
    return region.united(QRegion(area.left(), area.top() + round(full * high), round(rest * wide), round(high)))
