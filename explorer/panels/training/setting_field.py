"""A line edit of one setting: read on Return or when it is left, moved by the arrow keys up and down."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.engine.errors import ExplorerError
from explorer.panels.training.setting_kinds import HIDDEN, NEW_RUN, RATE, SettingKind

MOVES = {Qt.Key.Key_Up: True, Qt.Key.Key_Down: False}


class SettingField(QLineEdit):
    """Shows one setting and asks for another value.

    Signals
    -------
    chosen
        The value that a person entered, other than the one shown.
    refused
        One sentence: why a text is no value.
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, kind: SettingKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._value: Any = None
        self.setObjectName(f"{kind.name}_field")
        self.setAccessibleName(kind.name.replace("_", " "))
        self.setToolTip(kind.tip if kind is RATE else f"{kind.tip} {NEW_RUN}")
        if kind is not HIDDEN:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._take)

    def show_value(self, value: Any) -> None:
        """Show a value; what a person is typing stays as it is unless the value is new."""
        if value != self._value:
            self._value = value
            self._write()

    def _write(self) -> None:
        self.setText(self.kind.write(self._value))
        self.setCursorPosition(0)

    def _take(self) -> None:
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
        self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the value by the arrow keys; Escape brings the old text back."""
        key = Qt.Key(event.key())
        if key in MOVES:
            self._ask(self.kind.move(self._value, MOVES[key]))
        elif key is Qt.Key.Key_Escape and self.isModified():
            self._write()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all: typing replaces the value."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectAll()
