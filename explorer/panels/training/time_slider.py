"""The slider over the kept steps of a run: arrows move it where Tab has led to it; the mouse leaves them alone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSlider, QWidget

from explorer.panels.own_keys import SLIDER_KEYS, OwnKeys
from explorer.panels.transport import StepSlider


class TimeSlider(OwnKeys, StepSlider):
    """A slider over steps that takes the keys which move it."""

    own_keys = SLIDER_KEYS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("time_slider")
        self.setAccessibleName("Step of the run that is looked at")
        self.setFixedHeight(20)
        self.setMinimumWidth(80)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, pages and ends; other keys are the window's."""
        if event.key() in SLIDER_KEYS:
            QSlider.keyPressEvent(self, event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the keys."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it has them no more."""
        super().focusOutEvent(event)
        self.update()
