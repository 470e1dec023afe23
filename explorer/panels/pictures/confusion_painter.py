"""Paints a confusion matrix: the cells with their numbers, the names around them, recall beside and precision below."""

import numpy as np
from msgspec import Struct
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from explorer.panels.pictures.confusion_layout import ConfusionLayout
from explorer.panels.stylesheet import mixed
from explorer.panels.theme import SMALL, Palette, number_font, text_font
from explorer.session.pictures.confusion import Confusion

LEAST_FONT, LEAST_LEFT = 7, 3
"""Pixels of the smallest letters; characters below which a shortened name says nothing."""
RECALL, PRECISION = "recall", "precision"
FEW = 4
"""Classes up to which empty cells show their 0."""


class ConfusionPainter(Struct, frozen=True):
    """Paints what was found to the places of a layout, in the colours of a look."""

    painter: QPainter
    look: Palette
    found: Confusion
    places: ConfusionLayout

    def paint(self, *, rated: bool) -> None:
        """Paint the matrix, with the rates or without them."""
        shares = self.found.counts / np.maximum(self.found.counts.sum(axis=1, keepdims=True), 1)
        for row, column in np.ndindex(*shares.shape):
            count, share = int(self.found.counts[row, column]), float(shares[row, column])
            text = f"{count}" if count or self.places.count <= FEW else ""
            self._paint_cell(self.places.box(row, column), text, right=row == column, share=share)
        self._paint_names(rated=rated)
        if rated:
            self._paint_rates()

    def _paint_cell(self, box: QRectF, text: str, *, right: bool, share: float) -> None:
        strength = 0.1 + 0.75 * share**0.75 if share else 0.0
        ground = mixed(self.look.soft, self.look.train if right else self.look.test, strength)
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        self.painter.fillRect(inner, QColor(ground))
        dark = QColor(ground).lightnessF() < 0.52
        self._paint_number(inner, text, QColor("#FFFFFF" if dark else "#101418"))

    def _paint_names(self, *, rated: bool) -> None:
        """Write the classes' names left of the rows and above the columns, and what the rates are."""
        self.painter.setPen(self.look.colour("muted"))
        self.painter.setFont(text_font(min(SMALL, int(self.places.down) - 1)))
        metrics, side = QFontMetricsF(self.painter.font()), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if self.painter.font().pixelSize() >= LEAST_FONT:
            for row, name in enumerate((*self.found.names, *[PRECISION][:rated])):
                room = self.places.row_name(row)
                self.painter.drawText(room, side, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width()))
        if self.places.head:
            self._paint_head(rated=rated)

    def _paint_head(self, *, rated: bool) -> None:
        """Write the names above the columns, as far as there is room; upwards where there is none across."""
        if self.places.turned:
            self._paint_turned(rated=rated)
            return
        self.painter.setFont(text_font(min(SMALL, self.places.head - 1)))
        metrics = QFontMetricsF(self.painter.font())
        for column, name in enumerate((*self.found.names, *[RECALL][:rated])):
            words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, self.places.across - 3)
            if words == name or (len(words) > LEAST_LEFT and name is not RECALL):
                self.painter.drawText(self.places.column_name(column), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_turned(self, *, rated: bool) -> None:
        """Write the names above the columns from below upwards."""
        self.painter.setFont(text_font(SMALL))
        metrics, side = QFontMetricsF(self.painter.font()), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for column, name in enumerate((*self.found.names, *[RECALL][:rated])):
            room = self.places.column_name(column)
            self.painter.save()
            self.painter.translate(room.left(), room.bottom() - 2)
            self.painter.rotate(-90)
            words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.height() - 2)
            self.painter.drawText(QRectF(0, 0, room.height() - 2, room.width()), side, words)
            self.painter.restore()

    def _paint_rates(self) -> None:
        """Write each class's recall right of its row, its precision below its column."""
        ink = self.look.colour("muted")
        for number, (recall, precision) in enumerate(zip(self.found.recall, self.found.precision, strict=True)):
            self._paint_number(self.places.recall(number), percent(float(recall)), ink)
            self._paint_number(self.places.precision(number), percent(float(precision)), ink)

    def _paint_number(self, box: QRectF, text: str, ink: QColor) -> None:
        """Write a number in the middle of a place, smaller where it is small; not at all where none could be read."""
        pixels = pixels_of(box, text)
        if pixels >= LEAST_FONT:
            self.painter.setFont(number_font(pixels))
            self.painter.setPen(ink)
            self.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def pixels_of(box: QRectF, text: str) -> int:
    """Return how large a number can be written in a place."""
    return min(SMALL, int(box.height()) - 1, int(1.5 * box.width() / max(len(text), 2)))


def percent(share: float) -> str:
    """Return a share in per cent, "—" where there is none."""
    return "—" if np.isnan(share) else f"{100 * share:.0f}"
