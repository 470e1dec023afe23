"""Widgets whose keys are their own while they have the focus: elsewhere the same keys are shortcuts of the window.

Qt asks the focused widget by ``ShortcutOverride`` before it runs a shortcut. The answer is given by a filter that
stands while the widget has the focus and no longer: an ``event`` in Python would be called for all that happens to a
widget, and each call waits for the interpreter that a training thread holds.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as Widget
else:
    Widget = object

COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
"""What makes a command of a key, which is the window's."""
SLIDER_KEYS = frozenset(
    (
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End),
        *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    )
)
"""The keys that move a slider."""


class OwnKeys(Widget):
    """Stands before a kind of widget among the bases, and keeps ``own_keys``, or what ``keeps`` says, for it."""

    own_keys: Collection[int] = frozenset()

    def keeps(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the widget's own while it has the focus."""
        return event.key() in self.own_keys and not is_command(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep its own keys from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.keeps(event):
            event.accept()
            return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keys."""
        super().focusInEvent(event)
        self.installEventFilter(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the keys to the window."""
        super().focusOutEvent(event)
        self.removeEventFilter(self)


def is_command(event: QKeyEvent) -> bool:
    """Tell whether a key is pressed with one that makes a command of it."""
    return bool(event.modifiers() & COMMANDS)
