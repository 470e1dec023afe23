"""What the drawing needs to know of the look: colours, fonts, sizes. The palette itself stands above, in the panels."""

from msgspec import Struct
from PySide6.QtGui import QColor, QFont

from explorer.graph.diverging import Diverging


class GraphStyle(Struct, frozen=True):
    """Colours as "#RRGGBB", font families, and font sizes in pixels.

    Attributes
    ----------
    card, soft, hairline
        The ground of the drawing, of the loss's box, and thin lines.
    ink, muted, accent
        Text, secondary text and outlines, and what a person points at.
    read, written
        What the current step reads and writes.
    values
        The map of values to colours.
    """

    card: str
    soft: str
    hairline: str
    ink: str
    muted: str
    accent: str
    read: str
    written: str
    values: Diverging
    text: str = "Inter"
    numbers: str = "JetBrains Mono"
    small: int = 11
    normal: int = 12
    large: int = 15

    def colour(self, role: str) -> QColor:
        """Return one of the colours by its name, e.g. "ink"."""
        return QColor(getattr(self, role))

    def text_font(self, pixels: int) -> QFont:
        """Return the font for words."""
        return sized(self.text, pixels)

    def number_font(self, pixels: int) -> QFont:
        """Return the font for numbers."""
        return sized(self.numbers, pixels)


def sized(family: str, pixels: int) -> QFont:
    """Return a font of that family and height."""
    font = QFont(family)
    font.setPixelSize(pixels)
    return font
