"""Painting one matrix: brackets that say read or written, cells with their numbers, a heat map, outlines."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from explorer.graph.colors import coloured, scale_for, takes_white_ink
from explorer.panels.step.blocks import Block
from explorer.panels.step.honesty import cell_text
from explorer.panels.step.matrix_frame import BOTTOM, BRACKET, LETTER, LINE, Frame, Level
from explorer.panels.theme import SMALL, Palette, number_font, text_font

Array = NDArray[np.floating]
DARK_INK, LIGHT_INK = QColor("#14181E"), QColor("#FFFFFF")
CENTRE = Qt.AlignmentFlag.AlignCenter
Cell = tuple[int, int]


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


def paint_numbers(painter: QPainter, block: Block, frame: Frame, level: Level, area: QRectF, palette: Palette) -> None:
    """Paint every cell with its colour and its number, the ink by contrast."""
    values = block.value
    if values is None:
        return
    colours = coloured(palette.values, values, scale_for(block.name, values))
    dark = takes_white_ink(colours)
    bare = block.struck is not None and bool(((values == 0) | (values == 1)).all())  # a mask: it lets through or not
    painter.setFont(number_font(level.font))
    for row in range(block.rows):
        for column in range(block.columns):
            rect = cell_rect(frame, area, block, (row, column)).adjusted(0.5, 0.5, -0.5, -0.5)
            red, green, blue = colours[row, column].tolist()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(red, green, blue))
            painter.drawRoundedRect(rect, 3, 3)
            painter.setPen(LIGHT_INK if dark[row, column] else DARK_INK)
            value = float(values[row, column])
            text = cell_text(value, level.digits, signed=block.signed)
            write_lines(painter, rect, f"{value:.0f}" if bare else text, level.lines)
            if block.struck is not None and block.struck[row, column]:
                strike(painter, rect, palette)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def strike(painter: QPainter, rect: QRectF, palette: Palette) -> None:
    """Strike a cell through, from corner to corner."""
    painter.save()
    painter.setPen(QPen(palette.colour("bad"), 1.4))
    painter.drawLine(rect.bottomLeft() + QPointF(3, -3), rect.topRight() + QPointF(-3, 3))
    painter.restore()


def write_lines(painter: QPainter, rect: QRectF, text: str, lines: int) -> None:
    """Write a number in the middle of its cell, on as many lines as there may be."""
    most = int(rect.width() / LETTER)
    if lines == 1 or len(text) <= most:
        write_within(painter, rect, text)
        return
    parts = [text[start : start + most] for start in range(0, len(text), most)]
    top = rect.center().y() - LINE * len(parts) / 2
    for k, part in enumerate(parts):
        write_within(painter, QRectF(rect.left(), top + k * LINE, rect.width(), LINE), part)


def write_within(painter: QPainter, rect: QRectF, text: str) -> None:
    """Write a number in the middle of its cell, narrower where it would reach into the next one."""
    needed, room = QFontMetricsF(painter.font()).horizontalAdvance(text), rect.width() - 3
    if needed <= room:
        painter.drawText(rect, CENTRE, text)
        return
    painter.save()
    painter.translate(rect.center())
    painter.scale(room / needed, 1)
    painter.drawText(QRectF(-needed, -rect.height() / 2, 2 * needed, rect.height()), CENTRE, text)
    painter.restore()


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
        for row in range(block.rows):
            for column in range(block.columns):
                rect = cell_rect(frame, area, block, (row, column))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
    painter.setPen(palette.colour("muted"))
    painter.setFont(text_font(SMALL - 1))
    painter.drawText(area.adjusted(-BRACKET, 0, BRACKET, 0), CENTRE, "not yet")


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
