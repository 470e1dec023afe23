"""One notice at a time, one sentence, above everything and never in the way: it says what happened, and it closes.

Its place is ``NoticePlace``'s business.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from explorer.graph.announcing import announce
from explorer.session import Notice
from explorer.tape.sentences import begun


class Banner(QFrame):
    """Shows a notice, or is hidden.

    Signals
    -------
    closed
        A person closed the notice.
    offered
        The object name of the action that the notice offers: a person takes it.
    shown
        Whether there is a notice now.
    reworded
        It asks for another height.
    """

    closed = Signal()
    offered = Signal(str)
    shown = Signal(bool)
    reworded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._text = QLabel(wordWrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = QLabel(wordWrap=True)
        self._details.setVisible(False)
        self._details.setProperty("role", "number-muted")
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = QPushButton("Details")
        self._more.setCheckable(True)
        self._more.setVisible(False)
        self._more.toggled.connect(self._details.setVisible)
        self._more.toggled.connect(self.reworded)
        self._offer = QPushButton()
        self._offer.setObjectName("offer_button")
        self._offer.setVisible(False)
        self._offer.clicked.connect(self._take_offer)
        self._offered = ""
        close = QToolButton()
        close.setText("✕")
        close.setProperty("flat", True)
        close.setAccessibleName("Close the notice")
        close.setToolTip("Close (Esc)")
        close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 6, 4)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._text)
        words.addWidget(self._details)
        row.addLayout(words, 1)
        row.addWidget(self._offer)
        row.addWidget(self._more)
        row.addWidget(close)
        self.setVisible(False)

    def text(self) -> str:
        """Return the sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._text.text()

    def height_of(self, width: int) -> int:
        """Return the height in which all its words stand on that width."""
        self.ensurePolished()
        layout = self.layout()
        if layout is None:
            return self.sizeHint().height()
        layout.activate()
        return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())

    @Slot()
    def _take_offer(self) -> None:
        self.offered.emit(self._offered)

    def show_notice(self, notice: Notice | None, offer: str = "") -> None:
        """Show a notice in place of the one before, or hide; ``offer`` is what the button says of what it offers."""
        if notice is not None:
            text = begun(notice.text)
            self._offered = notice.offer
            self._offer.setText(offer)
            self._offer.setVisible(bool(notice.offer))
            self._text.setText(text)
            self._details.setText(notice.details)
            self._more.setVisible(bool(notice.details))
            self._more.setChecked(False)
            self.setAccessibleName(text)
            self.setProperty("tone", notice.tone.value)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setVisible(notice is not None)
        self.shown.emit(notice is not None)
        if notice is not None:
            self.reworded.emit()
            announce(self, self.accessibleName(), urgent=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
