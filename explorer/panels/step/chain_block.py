"""One link of the chain as a button: its symbol, its shape, and by its look whether it is done, current or to come."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from explorer.graph.typeset import Typesetter
from explorer.panels.step.formula_label import paint_within
from explorer.panels.theme import LIGHT, SMALL, Palette, number_font

BLOCK_HEIGHT, CHIP_HEIGHT = 52, 20
INKS = {"done": "ink", "current": "ink", "ahead": "muted"}


class ChainBlock(QAbstractButton):
    """A link, or (``chip``) a running product under one."""

    def __init__(
        self, typesetter: Typesetter, latex: str, shape: tuple[int, ...], parent: QWidget, *, chip: bool
    ) -> None:
        super().__init__(parent)
        self._typesetter, self._latex, self._shape, self._chip = typesetter, latex, shape, chip
        self._palette, self._standing, self._inner = LIGHT, "ahead", frozenset[int]()
        self._waiting = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        typesetter.ready.connect(self._refresh)

    @property
    def latex(self) -> str:
        """The formula on it."""
        return self._latex

    @property
    def standing(self) -> str:
        """done, current or ahead."""
        return self._standing

    @property
    def inner(self) -> frozenset[int]:
        """Places of the shape that meet a neighbour's in a matrix product."""
        return self._inner

    def set_standing(self, standing: str) -> None:
        """Look done, current or ahead."""
        if standing != self._standing:
            self._standing = standing
            self.update()

    def set_shape(self, shape: tuple[int, ...]) -> None:
        """Write another shape."""
        self._shape = shape
        self.update()

    def set_inner(self, places: frozenset[int]) -> None:
        """Mark the numbers of the shape that meet a neighbour's."""
        self._inner = places
        self.update()

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        """Return a usual size; the strip decides the width."""
        return QSize(54, CHIP_HEIGHT if self._chip else BLOCK_HEIGHT)

    @Slot()
    def _refresh(self) -> None:
        if self._waiting:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, symbol and shape."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_card(painter)
        formula = self._typesetter.formula(self._latex)
        self._waiting = formula is None
        height = self.height() - (2 if self._chip else 20)
        if formula is not None:
            area = (4, 1 if self._chip else 4, self.width() - 8, height - 2)
            role = "accent" if self._chip and self._standing == "current" else INKS[self._standing]
            paint_within(painter, formula, area, SMALL if self._chip else 13, self._palette, role)
        if not self._chip:
            self._paint_shape(painter)

    def _paint_card(self, painter: QPainter) -> None:
        palette, current = self._palette, self._standing == "current"
        edge = "accent" if current or self.hasFocus() else "muted" if self.underMouse() else "hairline"
        if self._chip and edge == "hairline":
            return
        fill = palette.colour("accent_soft") if current else QColor(Qt.GlobalColor.transparent)
        painter.setBrush(fill)
        painter.setPen(QPen(palette.colour(edge), 1.5 if current or self.hasFocus() else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_shape(self, painter: QPainter) -> None:
        """Write the shape, the numbers that meet a neighbour's in the accent."""
        pixels = SMALL if len(self._shape) < 2 or sum(len(str(size)) for size in self._shape) < 5 else SMALL - 1
        fonts = {False: number_font(pixels), True: number_font(pixels, number_font().Weight.Bold)}
        parts = [(str(size), place in self._inner) for place, size in enumerate(self._shape)]
        parts = [part for size in parts for part in (("×", False), size)][1:]
        widths = [QFontMetricsF(fonts[inner]).horizontalAdvance(text) for text, inner in parts]
        left = (self.width() - sum(widths)) / 2
        for (text, inner), width in zip(parts, widths, strict=True):
            painter.setFont(fonts[inner])
            painter.setPen(self._palette.colour("accent" if inner and self._standing != "ahead" else "muted"))
            area = QRectF(left, self.height() - 19, width + 1, 14)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
            left += width
