"""Which step a plot is at, in its head: whole or not at all, for a number that lacks its first digits is another."""

from PySide6.QtCore import Qt

from explorer.panels.fitted_label import FittedLabel

STEP = "step "


class StepLabel(FittedLabel):
    """Writes its text as far as there is room: without the word before a number, or nothing of it; to the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setProperty("role", "small")

    def fitting(self, text: str, room: int) -> str:
        """Return what fits; words that are no single step are shortened at their end."""
        metrics = self.fontMetrics()
        for each in (text, text.removeprefix(STEP)):
            if metrics.horizontalAdvance(each) <= room:
                return each
        return "" if text.startswith(STEP) else metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
