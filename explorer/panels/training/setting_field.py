"""A line edit of one setting: read on Return or when it is left, moved by the arrow keys up and down.

While nobody types in it, a text that does not fit is shortened, with a sign that it is; the tooltip has the whole one.
"""

import re
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.engine.errors import ExplorerError
from explorer.graph.key_sets import ENTER
from explorer.panels.own_keys import OwnKeys
from explorer.panels.releasing import release
from explorer.panels.training.setting_kinds import HIDDEN, NEW_RUN, SettingKind

UNSET = object()
"""Stands for the value of a field that was not given one yet: none is a value."""
EDGES = 18
"""Pixels of a field's width that its frame, its padding and the cursor take."""
MOVES = {Qt.Key.Key_Up: True, Qt.Key.Key_Down: False}


class SettingField(OwnKeys, QLineEdit):
    """Shows one setting and asks for another value.

    Signals
    -------
    chosen
        The value that a person entered, other than the one shown.
    accepted
        A person entered the value that is shown already.
    refused
        One sentence: why a text is no value.
    """

    chosen = Signal(object)
    accepted = Signal()
    refused = Signal(str)

    def __init__(self, kind: SettingKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._value: Any = UNSET
        self._note = ""
        self.setPlaceholderText(kind.empty)
        self._shown = ""
        self.setObjectName(f"{kind.name}_field")
        self.setAccessibleName(re.split("[:.;]", kind.tip)[0])
        if kind is not HIDDEN:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._take)

    def show_value(self, value: Any, note: str = "") -> None:
        """Show a value; what a person is typing stays as it is unless the value, or what it means here, is new."""
        if (value, note) != (self._value, self._note):
            self._value, self._note = value, note
            self.setAccessibleDescription(note)
            self._write()

    def _write(self) -> None:
        """Write the whole value where a person types or where it fits, else a shorter form."""
        whole = self.kind.write(self._value)
        room = self.hasFocus() or self._fits(whole)
        self._shown = whole if room else self.kind.shorten(whole, self._fits)
        self.setText(self._shown)
        self.setCursorPosition(0)
        tip = self.kind.tip if self.kind.live else f"{self.kind.tip} {NEW_RUN}"
        self.setToolTip("\n".join(filter(None, ("" if room else whole, self._note, tip))))

    @property
    def whole_width(self) -> int:
        """The pixels in which the whole value stands."""
        text = "" if self._value is UNSET else self.kind.write(self._value)
        return self.fontMetrics().horizontalAdvance(text) + EDGES

    def _fit(self) -> None:
        """Write the value anew, unless a person has changed the text."""
        if self._value is not UNSET and self.text() == self._shown:
            self._write()

    def _fits(self, text: str) -> bool:
        return self.fontMetrics().horizontalAdvance(text) <= self.width() - EDGES

    def _take(self) -> None:
        if self.text() == self._shown:
            if self.hasFocus():  # Return, and not a mere leaving
                self.accepted.emit()
            return
        try:
            value = self.kind.read(self.text())
        except ExplorerError as error:
            self._write()
            self.refused.emit(str(error))
            return
        self._ask(value)

    def _ask(self, value: Any) -> None:
        """Ask for a value; whoever grants it calls ``show_value``."""
        if value != self._value:
            self.chosen.emit(value)
        else:
            self.accepted.emit()
        self._write()

    def keeps(self, event: QKeyEvent) -> bool:
        """Keep Escape, which closes what is open elsewhere, while another value is typed."""
        return event.key() == Qt.Key.Key_Escape and self.isModified()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the value by the arrow keys; Return ends the entry; Escape brings the old text back."""
        key = Qt.Key(event.key())
        if key in MOVES:
            self._ask(self.kind.move(self._value, MOVES[key]))
        elif key is Qt.Key.Key_Escape and self.isModified():
            self._write()
        else:
            super().keyPressEvent(event)
            if key in ENTER:
                release(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the whole value, and select it: typing replaces it."""
        super().focusInEvent(event)
        self._fit()
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read what was typed, and shorten it where it does not fit; a menu that opens leaves it as it is."""
        super().focusOutEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten what fits no more."""
        super().resizeEvent(event)
        self._fit()
