"""The field of an answer: some lines of numbers, typed or pasted, as high as they are up to a bound."""

import re

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from explorer.graph.key_sets import ENTER
from explorer.panels.own_keys import OwnKeys, is_command
from explorer.panels.theme import number_font

MOST_LINES = 4
AROUND = 12
"""Pixels above and below the lines."""
TIP = (
    "Rows by new lines or ;, columns by spaces; or paste from NumPy, MATLAB or a spreadsheet. ? leaves an entry open. "
    "A shape alone, such as 2x3, is judged, too. Ctrl+Return judges at once."
)
BARS = {True: Qt.ScrollBarPolicy.ScrollBarAlwaysOn, False: Qt.ScrollBarPolicy.ScrollBarAlwaysOff}
ROW_ENDS = re.compile(r"\],[ ]?\[")


class AnswerField(OwnKeys, QPlainTextEdit):
    """Takes every key that types or moves; Tab goes on, Esc is the window's.

    Signals
    -------
    entered
        The answer is to be judged at once: Ctrl+Return, or Return where one line is all.
    """

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_field")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(number_font())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(TIP)
        self._single = True
        self.textChanged.connect(self._fit)
        self._fit()

    def set_single(self, *, single: bool) -> None:
        """Say whether one line is all that is asked for."""
        self._single = single

    def keeps(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the field's: all that type or move, which step the pass elsewhere."""
        return not is_command(event) and event.key() not in {Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_F10}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Judge at once, or type."""
        command = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in ENTER and (command or (self._single and not shifted)):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text alone, the rows of a nested list below each other: a line of megabytes is slow to lay out."""
        self.insertPlainText(ROW_ENDS.sub("],\n[", source.text()))

    @Slot()
    def _fit(self) -> None:
        """Be as high as the lines."""
        lines = min(max(self.blockCount(), 1), MOST_LINES)
        many = self.blockCount() > MOST_LINES
        self.setVerticalScrollBarPolicy(BARS[many])
        wide = self.document().idealWidth() > self.viewport().width() > 0
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        height = lines * QFontMetrics(self.font()).lineSpacing() + AROUND + bar
        if height != self.height():
            self.setFixedHeight(height)
