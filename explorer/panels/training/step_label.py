"""Which step a plot is at, in its head: whole or not at all, for a number that lacks its first digits is another."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

STEP = "step "


class StepLabel(QLabel):
    """Writes its text as far as there is room: without the word before a number, or nothing of it; to the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setProperty("role", "small")

    def shown_text(self) -> str:
        """Return what fits; words that are no single step are shortened at their end."""
        text, room = self.text(), self.contentsRect().width()
        for each in (text, text.removeprefix(STEP)):
            if self.fontMetrics().horizontalAdvance(each) <= room:
                return each
        if text.startswith(STEP):
            return ""
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits, in the style sheet's colour."""
        painter = QPainter(self)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        role = self.foregroundRole()
        self.style().drawItemText(
            painter, self.contentsRect(), flags, self.palette(), self.isEnabled(), self.shown_text(), role
        )
        painter.end()
