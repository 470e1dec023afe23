"""A combo box whose list is as wide as its longest row, and which changes nothing until a row of it is taken.

A key or a turn of the wheel that comes by accident opens no other problem: keys open the list, Return takes a row.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QWidget

from explorer.panels.picker_reading import install, tell_name

EDGES = 24
"""Pixels of the list's width that are no words: its frame, its padding, a scroll bar."""
MARGIN = 4
"""Pixels beside the text of the box."""
MOST_ROWS = 24
"""Rows in sight without scrolling."""
OPENING = frozenset(
    {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4}
)


class Picker(QComboBox):
    """Offers names to choose from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install()
        self._tip = ""
        self._more = 0
        self.setMaxVisibleItems(MOST_ROWS)
        self.currentTextChanged.connect(self._tell_whole)
        self.currentTextChanged.connect(lambda _text: tell_name(self))

    def setToolTip(self, tip: str) -> None:
        """Take a sentence; the whole of what is chosen stands before it, for the box may shorten it."""
        self._tip = tip
        self._tell_whole(self.currentText())

    def _tell_whole(self, text: str) -> None:
        super().setToolTip("\n".join(filter(None, (text, self._tip))))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Shorten what does not fit, with a sign that it is."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        text = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room.width() - MARGIN)
        option.currentText = text

    def sizeHint(self) -> QSize:
        """Return the size with which the longest name is not shortened, or what stands in the place of that."""
        hint = super().sizeHint()
        return QSize(hint.width() + 2 * MARGIN + self._more, hint.height())

    @property
    def more(self) -> int:
        """The pixels that it asks for beyond what is usual."""
        return self._more

    def take_more(self, room: int) -> None:
        """Ask for so much of the room beside it as the whole of what is chosen needs."""
        more = min(max(self.whole_width - (self.sizeHint().width() - self._more), 0), max(room, 0))
        if more != self._more:
            self._more = more
            self.updateGeometry()

    @property
    def whole_width(self) -> int:
        """The pixels in which the whole of what is chosen stands."""
        option = QStyleOptionComboBox()
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        words = self.fontMetrics().horizontalAdvance(self.currentText())
        return words + MARGIN + self.width() - room.width()

    def showPopup(self) -> None:
        """Open the list."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + EDGES)
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list; what else is typed is the window's."""
        if event.key() in OPENING:
            self.showPopup()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Stay as it is while the wheel turns over it."""
        event.ignore()
