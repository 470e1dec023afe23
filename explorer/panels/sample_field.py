"""The number of the sample that is looked at: typed, or moved by the arrow keys up and down."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSpinBox, QWidget

from explorer.panels.releasing import release

ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
EDGES = 18
"""Pixels of its width that its frame, its padding and the cursor take."""


class SampleField(QSpinBox):
    """Shows a place among several, counted from 1, and asks for another.

    Signals
    -------
    chosen
        The place that a person entered, counted from 0.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sample_field")
        self.setAccessibleName("Sample number")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)
        self.setWrapping(True)
        self._before: QWidget | None = None
        self._shown: tuple[int, int, str] | None = None
        self._longest = ""
        self.valueChanged.connect(self._chosen)

    def show_place(self, place: int, places: int, most: int, words: str = "") -> None:
        """Show a place among so many, with room for ``most``; what a person is typing stays.

        Parameters
        ----------
        words
            What these are, before the number; where the place is -1, what is shown in place of them all.
        """
        typing = self.hasFocus() and self.lineEdit().isModified()
        shown = place, places, words
        if typing or self._shown == shown:
            return
        self._shown = shown
        self.blockSignals(True)
        self.setRange(min(place + 1, 1), places)
        self.setSpecialValueText(words if place < 0 else "")
        self.setPrefix(f"{words} " if words else "")
        self.setSuffix(f" of {places:,}")
        self.setValue(place + 1)
        self.blockSignals(False)
        self._longest = words if place < 0 else f"{self.prefix()}{most:,} of {most:,}"
        self._fit()

    def _fit(self) -> None:
        """Be as wide as the longest that may be shown, in the font of now."""
        if self._longest:
            self.setFixedWidth(self.fontMetrics().horizontalAdvance(self._longest) + EDGES)

    def changeEvent(self, event: QEvent) -> None:
        """Fit another font, which the window's style sheet brings after the first place was shown."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    @Slot()
    def ask(self) -> None:
        """Let a number be typed; whoever has the keys gets them back."""
        if self.hasFocus():
            return
        self._before = QApplication.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the number on Return, drop it on Esc, and give the keys back."""
        if event.key() == Qt.Key.Key_Escape:
            typed = self.prefix() + self.textFromValue(self.value()) + self.suffix()
            self.lineEdit().setText((self.value() < 1 and self.specialValueText()) or typed)
        super().keyPressEvent(event)
        if event.key() in ENDS:
            event.accept()
            self.lineEdit().setModified(False)
            self._give_back()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel alone where nobody types."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _give_back(self) -> None:
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            release(self)

    @Slot(int)
    def _chosen(self, number: int) -> None:
        self._shown = None
        self.chosen.emit(number - 1)
