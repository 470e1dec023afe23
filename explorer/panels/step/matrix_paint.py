"""Painting one matrix: brackets that say read or written, cells with their numbers, a heat map, outlines."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from explorer.graph.colors import coloured, scale_for, takes_white_ink
from explorer.panels.step.blocks import Block
from explorer.panels.step.honesty import cell_text
from explorer.panels.step.matrix_frame import BOTTOM, BRACKET, LETTER, LINE, Frame, Level
from explorer.panels.theme import SMALL, Palette, number_font, text_font

Array = NDArray[np.floating]
DARK_INK, LIGHT_INK = QColor("#14181E"), QColor("#FFFFFF")
CENTRE = Qt.AlignmentFlag.AlignCenter
Cell = tuple[int, int]
Lettered = tuple[QRectF, str]
PADDING = 3
"""Pixels of a cell that its number leaves free, both sides together."""


def cell_rect(frame: Frame, area: QRectF, block: Block, cell: Cell) -> QRectF:
    """Return the place of a drawn cell within the area of the cells."""
    rows, columns = (-(-count // share) for count, share in zip((block.rows, block.columns), frame.block, strict=True))
    wide, high = area.width() / columns, area.height() / rows
    row, column = cell[0] // frame.block[0], cell[1] // frame.block[1]
    return QRectF(area.left() + column * wide, area.top() + row * high, wide, high)


def paint_brackets(painter: QPainter, area: QRectF, role: str, palette: Palette) -> None:
    """Paint square brackets around the cells: dotted teal for read, solid magenta for written."""
    if role == "plain":
        return
    pen = QPen(palette.colour(role), 1.5)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if role == "read":
        pen.setDashPattern([2.0, 1.6])
    painter.setPen(pen)
    top, bottom = area.top() - 2.5, area.bottom() + 2.5
    for x, inward in ((area.left() - BRACKET + 1.25, 4), (area.right() + BRACKET - 1.25, -4)):
        painter.drawPolyline(
            [QPointF(x + inward, top), QPointF(x, top), QPointF(x, bottom), QPointF(x + inward, bottom)]
        )


def paint_numbers(painter: QPainter, block: Block, level: Level, area: QRectF, palette: Palette) -> None:
    """Paint every cell with its colour and its number, the ink by contrast."""
    values = block.value
    if values is None:
        return
    boxes = [box.adjusted(0.5, 0.5, -0.5, -0.5) for box in cell_rects(area, block)]
    colours = coloured(palette.values, values, block.scale or scale_for(block.name, values))
    painter.setPen(Qt.PenStyle.NoPen)
    for box, colour in zip(boxes, colours.reshape(-1, 3).tolist(), strict=True):
        painter.setBrush(QColor(*colour))
        painter.drawRoundedRect(box, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    texts, dark = cell_texts(block, values, level.digits), takes_white_ink(colours).ravel().tolist()
    for ink, on_dark in ((LIGHT_INK, True), (DARK_INK, False)):
        painter.setPen(ink)
        chosen = [(box, text) for box, text, own in zip(boxes, texts, dark, strict=True) if own == on_dark]
        write_numbers(painter, number_font(level.font), lines_of(chosen, level.lines))
    if block.struck is not None:
        for box, struck in zip(boxes, block.struck.ravel().tolist(), strict=True):
            if struck:
                strike(painter, box, palette)


def cell_texts(block: Block, values: Array, digits: int) -> list[str]:
    """Return the cells' numbers, row by row; a mask lets through or not: 1 or 0."""
    if block.struck is not None and bool(((values == 0) | (values == 1)).all()):
        return [f"{value:.0f}" for value in values.ravel().tolist()]
    return [cell_text(value, digits, signed=block.signed) for value in values.ravel().tolist()]


def cell_rects(area: QRectF, block: Block) -> list[QRectF]:
    """Return the places of all cells of a matrix that is drawn cell by cell, row by row."""
    left, top = area.left(), area.top()
    wide, high = area.width() / block.columns, area.height() / block.rows
    return [
        QRectF(left + column * wide, top + row * high, wide, high)
        for row in range(block.rows)
        for column in range(block.columns)
    ]


def strike(painter: QPainter, rect: QRectF, palette: Palette) -> None:
    """Strike a cell through, from corner to corner."""
    painter.save()
    painter.setPen(QPen(palette.colour("bad"), 1.4))
    painter.drawLine(rect.bottomLeft() + QPointF(3, -3), rect.topRight() + QPointF(-3, 3))
    painter.restore()


def lines_of(cells: list[Lettered], lines: int) -> list[Lettered]:
    """Return cells with their numbers; of numbers that take several lines, where there may be, the lines."""
    if lines == 1:
        return cells
    found = []
    for box, text in cells:
        most = int(box.width() / LETTER)
        parts = [text[start : start + most] for start in range(0, len(text), most)] if len(text) > most else [text]
        top, high = box.center().y() - LINE * len(parts) / 2, LINE if len(parts) > 1 else box.height()
        top = top if len(parts) > 1 else box.top()
        found += [(QRectF(box.left(), top + k * LINE, box.width(), high), part) for k, part in enumerate(parts)]
    return found


def write_numbers(painter: QPainter, font: QFont, cells: list[Lettered]) -> None:
    """Write numbers in the middle of cells of one size; those that would reach into the next one, all narrower alike.

    Every letter of the font is as wide as the next: what does not change from cell to cell is asked for once.
    """
    metrics = QFontMetricsF(font)
    letter, below = metrics.horizontalAdvance("0"), (metrics.ascent() - metrics.descent()) / 2
    painter.setFont(font)
    fitting: list[Lettered] = []
    wider: list[Lettered] = []
    for box, text in cells:
        (fitting if letter * len(text) <= box.width() - PADDING else wider).append((box, text))
    squeezed = min(((box.width() - PADDING) / (letter * len(text)) for box, text in wider), default=1.0)
    for chosen, narrow in ((fitting, 1.0), (wider, squeezed)):
        painter.scale(narrow, 1)
        for box, text in chosen:
            middle = box.center()
            left = middle.x() / narrow - letter * len(text) / 2
            painter.drawText(QPointF(left, middle.y() + below), text)
        painter.scale(1 / narrow, 1)


def paint_heat(painter: QPainter, image: QImage, area: QRectF, palette: Palette) -> None:
    """Paint the picture of a large matrix, its pixels sharp, with a hairline around."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    painter.drawImage(area, image)
    painter.setPen(QPen(palette.colour("hairline"), 1))
    painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))


def paint_hollow(painter: QPainter, block: Block, frame: Frame, area: QRectF, palette: Palette) -> None:
    """Paint a matrix that is not computed yet: empty cells and the words, never a 0."""
    painter.setPen(QPen(palette.colour("hairline"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if frame.level is None:
        painter.drawRect(area)
    else:
        for rect in cell_rects(area, block):
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
    painter.setPen(palette.colour("muted"))
    painter.setFont(text_font(SMALL - 1))
    if frame.level is not None and len(block.missing) == 1:
        for rect in cell_rects(area, block):
            painter.drawText(rect, CENTRE, block.missing)
        return
    painter.drawText(area.adjusted(-BRACKET, 0, BRACKET, 0), CENTRE, block.missing)


def paint_outline(
    painter: QPainter,
    frame: Frame,
    area: QRectF,
    block: Block,
    cells: Iterable[Cell],
    colour: QColor,
    *,
    whole: bool = False,
) -> None:
    """Outline cells: a row, column or rectangle as one, others one by one; ``whole`` the box around them all."""
    pen = QPen(colour, 2 if frame.level else 1.2)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset, radius = (1.0, 3) if frame.level else (-0.6, 0)
    found = frozenset(cells)
    for first, last in [(min(found), max(found))] if whole else rectangles(found):
        rect = cell_rect(frame, area, block, first).united(cell_rect(frame, area, block, last))
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def rectangles(cells: frozenset[Cell]) -> list[tuple[Cell, Cell]]:
    """Return the one rectangle (first and last cell) that the cells fill, else every cell by itself."""
    if not cells:
        return []
    rows, columns = zip(*cells, strict=True)
    low, high = (min(rows), min(columns)), (max(rows), max(columns))
    if (high[0] - low[0] + 1) * (high[1] - low[1] + 1) == len(cells):
        return [(low, high)]
    return [(cell, cell) for cell in sorted(cells)]


def paint_sample_mark(painter: QPainter, frame: Frame, area: QRectF, block: Block, palette: Palette) -> None:
    """Mark the row of the shown sample, or its column, with a small bar at both ends."""
    if block.row is None:
        return
    if block.transposed:
        paint_column_mark(painter, cell_rect(frame, area, block, (0, min(block.row, block.columns - 1))), area, palette)
        return
    rect = cell_rect(frame, area, block, (min(block.row, block.rows - 1), 0))
    height = max(4.0, rect.height() - 6)
    for x in (area.left() - 3.5, area.right() + 0.5):
        bar = QRectF(x, rect.center().y() - height / 2, 3, height)
        painter.fillRect(bar, palette.colour("accent"))


def paint_column_mark(painter: QPainter, rect: QRectF, area: QRectF, palette: Palette) -> None:
    """Mark a column with a small bar above and below it."""
    width = max(4.0, rect.width() - 6)
    for y in (area.top() - 3.5, area.bottom() + 0.5):
        painter.fillRect(QRectF(rect.center().x() - width / 2, y, width, 3), palette.colour("accent"))


def paint_shape(painter: QPainter, block: Block, middle: float, top: float, palette: Palette) -> None:
    """Write the shape under the cells; the number that meets the neighbour's in a product stands out."""
    parts: list[tuple[str, bool]] = []
    for place, size in enumerate(block.shape or (1,)):
        parts += [("×", False)] if place else []
        parts.append((str(size), place == block.inner or (block.inner is not None and len(block.shape) == 1)))
    fonts = {False: number_font(SMALL), True: number_font(SMALL, text_font().Weight.Bold)}
    widths = [QFontMetricsF(fonts[inner]).horizontalAdvance(text) for text, inner in parts]
    left = middle - sum(widths) / 2
    for (text, inner), width in zip(parts, widths, strict=True):
        painter.setFont(fonts[inner])
        painter.setPen(palette.colour("accent" if inner else "muted"))
        painter.drawText(QRectF(left, top, width + 1, BOTTOM), Qt.AlignmentFlag.AlignVCenter, text)
        left += width
