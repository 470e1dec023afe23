"""A picture that can be pointed at, by the mouse or by arrow keys: a box beside the pointer says what is there."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QLabel, QWidget

from explorer.graph.key_sets import ARROWS
from explorer.panels.own_keys import OwnKeys
from explorer.panels.pictures.view import PictureView

GAP = 14
"""Pixels between the pointer and the box."""


class PointedView(OwnKeys, PictureView):
    """Keeps the place that is pointed at, in pixels; what is there is said by ``words_at``."""

    own_keys: Collection[int] = ARROWS

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.at: QPointF | None = None
        self._box: QLabel | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # What a picture says of itself

    def words_at(self, at: QPointF) -> str:
        """Return what is at a place, in lines; empty where there is nothing."""
        raise NotImplementedError

    def paces(self) -> tuple[float, float]:
        """Return the pixels that an arrow key goes, across and down."""
        return self.width() / 40, self.height() / 40

    def ground(self) -> QRectF:
        """Return the rectangle that arrow keys stay in."""
        return QRectF(self.rect())

    def keeps(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the picture's own: the arrows, and Esc while a place is pointed at."""
        return self.at is not None if event.key() == Qt.Key.Key_Escape else super().keeps(event)

    # Pointing

    def point_at(self, at: QPointF | None) -> None:
        """Point at a place, or at none."""
        self.at = at
        self.say_pointed()
        self.update()

    def say_pointed(self) -> None:
        """Say what is at the pointer as it is now: the picture may have changed below it."""
        words = self.words_at(self.at) if self.at is not None and self.isVisible() else ""
        if not words:
            if self._box is not None and not self._box.isHidden():
                self._box.hide()
                self.setAccessibleDescription(self.summary)
            return
        self._box = self._box or self._made_box()
        if self._box.text() != words:
            self._box.setText(words)
            self._box.adjustSize()
        self._place(self._box)
        if self.hasFocus():
            self.setAccessibleDescription(words.replace("\n", ", "))

    def _made_box(self) -> QLabel:
        box = QLabel(self.window())
        box.setObjectName("picture_reading")
        box.setProperty("floating", True)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return box

    def _place(self, box: QLabel) -> None:
        if box.parentWidget() is not self.window():
            box.setParent(self.window())
        room = self.window().rect()
        at = self.mapTo(self.window(), (self.at or QPointF()).toPoint())
        left = at.x() + GAP if at.x() + GAP + box.width() <= room.width() else at.x() - GAP - box.width()
        above = at.y() - GAP - box.height()
        box.move(max(left, 0), above if above >= 0 else at.y() + GAP)
        box.show()
        box.raise_()

    def paint_cross(self, painter: QPainter, room: QRectF) -> None:
        """Paint where the arrow keys have led."""
        if self.at is not None and self.hasFocus():
            painter.setPen(QPen(self.look.colour("ink"), 1))
            painter.drawLine(QPointF(self.at.x() - 6, self.at.y()), QPointF(self.at.x() + 6, self.at.y()))
            painter.drawLine(QPointF(self.at.x(), self.at.y() - 6), QPointF(self.at.x(), self.at.y() + 6))
        self.paint_focus(painter, room)

    def paint_focus(self, painter: QPainter, room: QRectF) -> None:
        """Paint that the keys are the picture's."""
        if self.hasFocus():
            painter.setPen(QPen(self.look.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room)

    def go(self, across: int, down: int) -> None:
        """Point so many paces further; at first, at the middle."""
        room, (x, y) = self.ground(), self.paces()
        at = self.at
        if at is None:
            at = room.center()
        else:
            at = QPointF(
                min(max(at.x() + across * x, room.left()), room.right()),
                min(max(at.y() + down * y, room.top()), room.bottom()),
            )
        self.point_at(at)

    # Events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what lies under the mouse."""
        self.point_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self.point_at(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Point at nothing."""
        super().hideEvent(event)
        self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Point further by the arrows, and at nothing on Esc."""
        if not self.keeps(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.point_at(None)
        else:
            self.go(*ARROWS[event.key()])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the keys to the window, and point at nothing."""
        super().focusOutEvent(event)
        self.point_at(None)
