"""Layers in brackets as they are typeset, raised: text has W^[1]ᵀ, for Unicode has no raised brackets."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter

RAISED = re.compile(r"\^(\[\w+\])([⁺ᵀ]*)")
PLAIN = str.maketrans("⁺ᵀ", "+⊤")
"""What is raised already, as it is when it is raised by its font."""
SMALLER, LIFT = 0.78, 0.38
"""Of raised letters: their size as a share of the font's, and how high they stand as a share of its ascent."""


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, and whether each is raised."""
    start = 0
    for found in RAISED.finditer(text):
        if found.start() > start:
            yield text[start : found.start()], False
        yield (found[1] + found[2]).translate(PLAIN), True
        start = found.end()
    if start < len(text):
        yield text[start:], False


def rich(text: str) -> str:
    """Return a text for a label or a tooltip: as it is, or where a layer stands in brackets, as HTML."""
    if not RAISED.search(text):
        return text
    pieces = ((escaped(piece).replace("\n", "<br>"), lifted) for piece, lifted in parts(text))
    return "".join(f"<sup>{piece}</sup>" if lifted else piece for piece, lifted in pieces)


def escaped(text: str) -> str:
    """Return a text as HTML that reads as it is."""
    from html import escape  # noqa: PLC0415 (2 ms that no start waits for)

    return escape(text, quote=False)


def small(font: QFont) -> QFont:
    """Return the font of raised letters."""
    smaller = QFont(font)
    smaller.setPixelSize(max(1, round(QFontInfo(font).pixelSize() * SMALLER)))
    return smaller


def raised_width(font: QFont, text: str) -> float:
    """Return the pixels that a line takes as ``draw_raised`` draws it."""
    fonts = {lifted: QFontMetricsF(small(font) if lifted else font) for lifted in (False, True)}
    return sum(fonts[lifted].horizontalAdvance(piece) for piece, lifted in parts(text))


def draw_raised(painter: QPainter, place: QPointF, text: str) -> None:
    """Draw a line of text from a point of its baseline on."""
    font, at = painter.font(), QPointF(place)
    lift = QFontMetricsF(font).ascent() * LIFT
    for piece, lifted in parts(text):
        painter.setFont(small(font) if lifted else font)
        painter.drawText(at - QPointF(0, lift if lifted else 0), piece)
        at += QPointF(QFontMetricsF(painter.font()).horizontalAdvance(piece), 0)
    painter.setFont(font)
