"""The slider over the kept steps of a run: arrows move it where Tab has led to it; the mouse leaves them alone.

It asks for its keys by a filter, installed while it has the focus: the window never asks it while training runs.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSlider, QWidget

from explorer.panels.step.keyed_slider import KEYS
from explorer.panels.transport import StepSlider


class TimeSlider(StepSlider):
    """A slider over steps that takes the keys which move it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("time_slider")
        self.setAccessibleName("Step of the run that is looked at")
        self.setFixedHeight(20)
        self.setMinimumWidth(80)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the keys that move the slider."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in KEYS:
            event.accept()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, pages and ends; other keys are the window's."""
        if event.key() in KEYS:
            QSlider.keyPressEvent(self, event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keys, and show it."""
        super().focusInEvent(event)
        self.installEventFilter(self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the keys to the window."""
        super().focusOutEvent(event)
        self.removeEventFilter(self)
        self.update()
