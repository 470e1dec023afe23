"""Formulas on the scene: pictures of typeset symbols, smooth even while the edges are drawn without antialiasing."""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene

from explorer.graph.typeset import Formula, Typesetter

MOST = 12
"""Pictures that an item keeps."""


class FormulaItem:
    """A formula centred on a point of its baseline; empty until it is typeset, when ``refresh`` draws it."""

    def __init__(self, scene: QGraphicsScene, typesetter: Typesetter, height: float) -> None:
        self._typesetter = typesetter
        self._item = QGraphicsPixmapItem()
        self._item.setZValue(height)
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        scene.addItem(self._item)
        self._wanted: tuple[str, float, str, float] = ("", 0.0, "", 1.0)
        self._drawn: tuple[str, float, str, float] | None = None
        self._pictures: dict[tuple[str, float, str, float], QPixmap] = {}
        self._place = (0.0, 0.0)
        self.width = 0.0

    def show(self, latex: str, pixels: float, colour: str, sharpness: float) -> None:
        """Show LaTeX, or nothing, at a font size, in a colour, with ``sharpness`` device pixels to one of the scene."""
        self._wanted = (latex, pixels, colour, sharpness)
        self.refresh()

    def place(self, middle: float, baseline: float) -> None:
        """Move it."""
        if self._place != (middle, baseline):
            self._place = (middle, baseline)
            self._drawn = None

    def refresh(self) -> None:
        """Draw it if it is typeset by now and differs from what is drawn."""
        latex, pixels = self._wanted[:2]
        if self._wanted == self._drawn:
            return
        if not latex:
            self._item.setPixmap(QPixmap())
            self._drawn, self.width = self._wanted, 0.0
            return
        formula = self._typesetter.formula(latex)
        if formula is None:
            self._item.setPixmap(QPixmap())
            self._drawn = None
            return
        self._item.setPixmap(self._picture(formula))
        self.width = formula.width(pixels)
        middle, baseline = self._place
        self._item.setPos(middle - self.width / 2 - 1, baseline - formula.ascent(pixels) - 1)
        self._drawn = self._wanted

    def _picture(self, formula: Formula) -> QPixmap:
        """Return what is wanted as a picture: the last few are kept, for steps are gone back to."""
        picture = self._pictures.get(self._wanted)
        if picture is None:
            if len(self._pictures) >= MOST:
                self._pictures.clear()
            picture = self._pictures[self._wanted] = picture_of(formula, *self._wanted[1:])
        return picture


def picture_of(formula: Formula, pixels: float, colour: str, sharpness: float) -> QPixmap:
    """Return a picture of the formula with a pixel of air around it."""
    wide, high = formula.width(pixels) + 2, formula.height(pixels) + 2
    picture = QPixmap(max(ceil(wide * sharpness), 1), max(ceil(high * sharpness), 1))
    picture.setDevicePixelRatio(sharpness)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    formula.paint(painter, 1, 1 + formula.ascent(pixels), pixels, QColor(colour))
    painter.end()
    return picture
