"""How a screen reader hears a picker: "Activation: sigmoid", its purpose and what is chosen.

On Linux and macOS Qt calls a combo box by its value and drops its given name (see ``QAccessibleComboBox::text``).
Its purpose was then heard only where a label stands beside it. The factory is asked once a widget, and only while a
reader listens.
"""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QComboBox

KIND = "Picker"
"""The class that the factory speaks for."""


class HeardPicker(QAccessibleWidget):
    """A combo box with its purpose in its name; its list is its child."""

    def __init__(self, picker: QComboBox) -> None:
        super().__init__(picker, QAccessible.Role.ComboBox)
        self._picker = picker

    def text(self, kind: QAccessible.Text) -> str:
        """Return the name with the value, the value, or what Qt has."""
        value = self._picker.currentText()
        if kind is QAccessible.Text.Name:
            return ": ".join(filter(None, (self._picker.accessibleName(), value)))
        return value if kind is QAccessible.Text.Value else super().text(kind)

    def childCount(self) -> int:
        """Return 1: the list of rows."""
        return 1

    def child(self, index: int) -> QAccessibleInterface:
        """Return the list of rows."""
        return QAccessible.queryAccessibleInterface(self._picker.view()) if index == 0 else super().child(index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of the list, -1 for anything else."""
        return 0 if child.object() is self._picker.view() else -1


@cache
def install() -> None:
    """Let Qt ask here for the interfaces of pickers, once a process."""
    QAccessible.installFactory(interface_of)


def interface_of(kind: str, widget: QObject) -> QAccessibleInterface | None:
    """Return the interface of a picker; of all other classes Qt knows its own."""
    return HeardPicker(widget) if kind == KIND and isinstance(widget, QComboBox) else None


def tell_name(picker: QComboBox) -> None:
    """Tell a reader that listens that the name is another, for the value is part of it."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(picker, QAccessible.Event.NameChanged))
