"""The probabilities of classes as bars; the class that a drawn image is meant to be is marked, and chosen here."""

from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.panels.theme import LIGHT, SMALL, Palette, number_font, text_font

LINE, GAP = 15, 12
"""Pixels of a bar with its name, and between two columns of them."""
NAMES, NUMBER, MEANT = 60, 34, 12
"""Pixels for a name at most, for a number, and for the sign of the class that is meant."""
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ProbabilityBars(QWidget):
    """Shows a probability for each class.

    Signals
    -------
    chosen
        The number of a class that a person says it is; None where that is left to the network.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("probability_bars")
        self.names: tuple[str, ...] = ()
        self.shares: NDArray[np.float64] | None = None
        self.target: int | None = None
        self.label: int | None = None
        self._look: Palette = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip("Click what it is meant to be, for the backward pass; again to leave that to the network (↑ ↓)")

    def set_palette(self, look: Palette) -> None:
        """Take the colours of a look."""
        self._look = look
        self.update()

    def show_shares(
        self, names: tuple[str, ...], shares: NDArray[np.float64] | None, target: int | None, label: int | None
    ) -> None:
        """Show other probabilities.

        Parameters
        ----------
        names, shares
            Of the C classes; no shares where nothing is drawn.
        target
            The class of which the backward pass is.
        label
            The same where a person has chosen it, else None.
        """
        self.names, self.shares, self.target, self.label = names, shares, target, label
        self.setAccessibleName("Probabilities of the classes; ↑ and ↓ choose what it is meant to be")
        told = "nothing is drawn" if shares is None else spoken(names, shares)
        meant = "" if target is None else f"; y is {names[target]}, {'chosen' if label is not None else 'not chosen'}"
        self.setAccessibleDescription(told + meant)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for two columns."""
        return QSize(180, LINE * 5)

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return QSize(120, LINE * 3)

    def box(self, number: int) -> QRectF:
        """Return the place of a class: in as many columns as there must be."""
        rows = max(min(int(self.height() // LINE), len(self.names)), 1)
        columns = ceil(len(self.names) / rows)
        rows = ceil(len(self.names) / columns)
        width = (self.width() - GAP * (columns - 1)) / columns
        line = min(self.height() / rows, 1.6 * LINE)
        return QRectF(number // rows * (width + GAP), number % rows * line, width, line)

    def class_at(self, point: QPointF) -> int | None:
        """Return the class there, or None."""
        return next((number for number in range(len(self.names)) if self.box(number).contains(point)), None)

    def choose(self, number: int | None) -> None:
        """Say what it is meant to be; the same once more, and that is left to the network."""
        self.chosen.emit(None if number == self.label else number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the class below the mouse."""
        number = self.class_at(event.position())
        if number is not None:
            self.choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the class before or after; before the first, that is left to the network."""
        move = MOVES.get(Qt.Key(event.key()))
        if move is None or not self.names:
            super().keyPressEvent(event)
            return
        here = -1 if self.label is None else self.label
        number = min(max(here + move, -1), len(self.names) - 1)
        if number != here:
            self.chosen.emit(None if number < 0 else number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each class."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(SMALL))
        widest = max((painter.fontMetrics().horizontalAdvance(name) for name in self.names), default=0) + 2
        for number in range(len(self.names)):
            self._paint(painter, number, self.box(number), min(widest + 4, NAMES))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(self._look.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint(self, painter: QPainter, number: int, box: QRectF, names: int) -> None:
        meant, look = number == self.target, self._look
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(text_font(SMALL, QFont.Weight.DemiBold if meant else QFont.Weight.Normal))
        painter.setPen(look.colour("ink" if meant else "muted"))
        short = painter.fontMetrics().elidedText(self.names[number], Qt.TextElideMode.ElideRight, names)
        painter.drawText(QRectF(box.x() + 3, box.y(), names, box.height()), middle, short)
        if meant:
            painter.drawText(QRectF(box.right() - MEANT, box.y(), MEANT, box.height()), middle, "y")
        if self.shares is None:
            return
        share = float(np.clip(self.shares[number], 0, 1))
        left, room = box.x() + 3 + names, box.width() - names - NUMBER - MEANT - 6
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("train" if number == int(self.shares.argmax()) else "muted"))
        painter.drawRoundedRect(QRectF(left, box.center().y() - 4, max(room * share, 1.5), 8), 2, 2)
        painter.setFont(number_font(SMALL))
        painter.setPen(look.colour("ink"))
        place = QRectF(box.right() - MEANT - NUMBER - 2, box.y(), NUMBER, box.height())
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, f"{self.shares[number]:.2f}")


def spoken(names: tuple[str, ...], shares: NDArray[np.float64], most: int = 3) -> str:
    """Return the likeliest classes with their probabilities: "7 with 93 %, 2 with 4 %, 1 with 2 %"."""
    likeliest = np.argsort(-shares, kind="stable")[:most]
    return ", ".join(f"{names[number]} with {100 * shares[number]:.0f} %" for number in likeliest)
