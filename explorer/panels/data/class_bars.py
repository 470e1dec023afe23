"""How many samples each class has, as bars with their numbers: what is rare is seen before it is trained on."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.panels.theme import NORMAL, Palette, number_font, text_font

LINE, NAME, COUNT, GAP = 20, 120, 76, 8
"""Pixels: height of a line, width of the names, of the numbers, and between them."""
WIDEST = 320
SPOKEN = 12
"""Classes that are named aloud."""


class ClassBars(QWidget):
    """Shows (name, number of samples) of each class, in a line each."""

    def __init__(self, look: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.classes: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_classes(self, classes: Sequence[tuple[str, int]]) -> None:
        """Show other classes."""
        self.classes = tuple(classes)
        spoken = ", ".join(f"{name}: {count:,}" for name, count in self.classes[:SPOKEN])
        more = f", and {len(self.classes) - SPOKEN:,} more" if len(self.classes) > SPOKEN else ""
        self.setAccessibleName(f"Samples of each class: {spoken}{more}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a line for each class."""
        return QSize(NAME + COUNT + WIDEST // 2, LINE * len(self.classes))

    def minimumSizeHint(self) -> QSize:
        """Return what the names and the numbers need."""
        return QSize(NAME + COUNT + LINE, LINE * len(self.classes))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that are in sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = event.rect().top() // LINE, event.rect().bottom() // LINE
        most = max((count for _, count in self.classes), default=1)
        for number, (name, count) in enumerate(self.classes[first : last + 1], start=first):
            self._paint_line(painter, LINE * number, name, count, count / max(most, 1))
        painter.end()

    def _paint_line(self, painter: QPainter, top: int, name: str, count: int, share: float) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(text_font(NORMAL))
        painter.setPen(self._look.colour("ink"))
        short = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, NAME)
        painter.drawText(QRectF(0, top, NAME, LINE), middle, short)
        room = min(self.width() - NAME - COUNT - 2 * GAP, WIDEST)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent"))
        bar = QRectF(NAME + GAP, top + 5, max(room * share, 2), LINE - 10)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setFont(number_font(NORMAL))
        painter.setPen(self._look.colour("muted"))
        painter.drawText(QRectF(bar.right() + GAP, top, COUNT, LINE), middle, f"{count:,}")
