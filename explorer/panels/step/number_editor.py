"""A small line edit over one cell of a matrix: Return takes the number, Escape leaves the old one."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from explorer.engine.errors import ExplorerError
from explorer.graph.key_sets import ENTER
from explorer.panels.own_keys import OwnKeys
from explorer.panels.step.hand import moved, number_typed

NOTCHES = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
LEAST_WIDTH = 72
HEIGHT = 24


class NumberEditor(OwnKeys, QLineEdit):
    """Edits one number in place, above whatever lies below it in its parent.

    Signals
    -------
    entered
        The number; it ends only once ``finish`` is called, so that a refusal can be said in place.
    ended
        Nothing is edited any more; whether it had the keys until then.
    """

    entered = Signal(float)
    ended = Signal(bool)
    own_keys = (Qt.Key.Key_Escape,)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("number_editor")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._words = QLabel(parent)
        self._words.setObjectName("number_words")
        self._words.setProperty("floating", True)
        self._before = ""
        self._open = False
        self.textEdited.connect(self._hide_words)
        self.hide()
        self._words.hide()

    @property
    def words(self) -> str:
        """What is said under the number; empty if nothing is."""
        return "" if self._words.isHidden() else self._words.text()

    def edit(self, cell: QRect, name: str, text: str, typed: str = "", hint: str = "") -> None:
        """Open over a cell, with its number selected, or with what was typed in its place."""
        self._before, self._open = text, True
        self.setAccessibleName(name)
        self.setText(typed or text)
        width = max(cell.width(), LEAST_WIDTH, self.fontMetrics().horizontalAdvance(text) + 20)
        place = QRect(0, 0, min(width, self._room.width()), max(cell.height(), HEIGHT))
        place.moveCenter(cell.center())
        self.setGeometry(within(place, self._room.rect()))
        self._say(hint, "small")
        self.show()
        self.raise_()
        self.setFocus()
        if not typed:
            self.selectAll()

    def finish(self) -> None:
        """End the edit."""
        if self._open:
            self._open, focused = False, self.hasFocus()
            self._words.hide()
            self.hide()
            self.ended.emit(focused)

    def refuse(self, sentence: str) -> None:
        """Say why the number is not taken; it stays to be mended."""
        self._say(sentence, "bad")
        self.selectAll()

    def _say(self, words: str, role: str) -> None:
        self._words.setText(words)
        self._words.setProperty("role", role)
        self._words.style().polish(self._words)
        self.setAccessibleDescription(words)
        self._words.setVisible(bool(words))
        self._words.adjustSize()
        below = QRect(self.geometry().bottomLeft() + QPoint(0, 2), self._words.size())
        parent = self._room.rect()
        if below.bottom() > parent.bottom():
            below.moveBottom(self.geometry().top() - 2)
        self._words.setGeometry(within(below, parent))
        self._words.raise_()

    @Slot()
    def _hide_words(self) -> None:
        if self._words.property("role") == "bad":
            self._words.hide()

    def _take(self) -> None:
        if self.text() == self._before:
            self.finish()
            return
        try:
            self.entered.emit(number_typed(self.text()))
        except ExplorerError as error:
            self.refuse(str(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the number on Return, leave the old one on Escape, move it by the arrow keys up and down."""
        key = Qt.Key(event.key())
        if key in ENTER:
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.finish()
        elif key in NOTCHES:
            self._move(NOTCHES[key], fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _move(self, notches: int, *, fine: bool) -> None:
        try:
            self.setText(repr(moved(number_typed(self.text()), notches, fine=fine)))
        except ExplorerError as error:
            self.refuse(str(error))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the number if it is one; a menu that opens leaves it as it is."""
        super().focusOutEvent(event)
        if self._open and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._take()
            self.finish()


def within(place: QRect, room: QRect) -> QRect:
    """Return the place moved into the room."""
    left = max(min(place.left(), room.right() - place.width()), room.left())
    top = max(min(place.top(), room.bottom() - place.height()), room.top())
    return QRect(left, top, place.width(), place.height())
