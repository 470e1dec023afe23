"""The strip over the picture of a plane while points are drawn: one chip a class, and the eraser."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from explorer.panels.pictures.plane import class_colour, mark, paint_mark
from explorer.panels.theme import LIGHT, Palette

ICON, MARK = 14, 4.4
ERASER = -1
MOST_CHIPS = 9
"""Classes that a digit key can choose."""
NAMED, LETTERS = 3, 24
"""Up to so many classes, with so many letters together, each chip has its name on it."""


class DrawBar(QWidget):
    """Chooses what is drawn.

    Signals
    -------
    chosen
        The number of a class, or -1 for the eraser.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draw_bar")
        self.setAccessibleName("What is drawn")
        self._look: Palette = LIGHT
        self._names: tuple[str, ...] | None = None
        self.chips: list[QToolButton] = []
        self.eraser = self._chip("Erase", "Erase points (0, or the right mouse button)", ERASER)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self.eraser)
        self._row.addStretch(1)

    def _chip(self, text: str, tip: str, number: int) -> QToolButton:
        chip = QToolButton()
        chip.setText(text)
        chip.setToolTip(tip)
        chip.setAccessibleName(tip.partition(" (")[0])
        chip.setCheckable(True)
        chip.setProperty("quiet", True)
        chip.setIconSize(QSize(ICON, ICON))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(lambda: self.choose(number))
        return chip

    def offer(self, names: tuple[str, ...]) -> None:
        """Offer these classes; none of them where what is drawn is a number."""
        if names == self._names:
            return
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.deleteLater()
        self._names = names
        short = len(names) <= NAMED and sum(map(len, names)) <= LETTERS
        listed = names[:MOST_CHIPS] or ("points",)
        self.chips = []
        for number, name in enumerate(listed):
            what = f"Draw points of class {name} ({number + 1})" if names else "Draw points (1)"
            self.chips.append(self._chip(name if short else str(number + 1), what, number))
            self._row.insertWidget(number, self.chips[-1])
        self._paint_icons()
        self.choose(0)

    def choose(self, number: int) -> None:
        """Choose a class, or the ``ERASER``."""
        chips = {ERASER: self.eraser, **dict(enumerate(self.chips))}
        if number in chips:
            for each, chip in chips.items():
                chip.setChecked(each == number)
            self.chosen.emit(number)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._look = palette
        self._paint_icons()

    def _paint_icons(self) -> None:
        for number, chip in enumerate(self.chips):
            chip.setIcon(icon_of(number, self._look, self.devicePixelRatioF()))


def icon_of(number: int, look: Palette, ratio: float) -> QIcon:
    """Return the mark of a class as an icon."""
    pixels = QPixmap(QSize(ICON, ICON) * ratio)
    pixels.setDevicePixelRatio(ratio)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(ICON / 2, ICON / 2)
    paint_mark(painter, mark(number, MARK), middle, class_colour(number, look), look, filled=True)
    painter.end()
    return QIcon(pixels)
