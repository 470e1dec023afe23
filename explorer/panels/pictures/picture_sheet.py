"""A sheet over the drawing and the card that gives the chosen picture of learning their room; Esc brings it back."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from explorer.panels.focus_order import focus_within, is_lost
from explorer.panels.step.chain_sheet import united

SIDE = 16


class PictureSheet(QFrame):
    """Holds the pictures while it is open; their own place is hidden then.

    Parameters
    ----------
    pictures
        What is shown large; it stands in a widget of its own.
    covered
        What it lies over.
    parent
        Holds both.

    Signals
    -------
    closed
        It was open, and is no more.
    homeless
        It had the keys, and what had them before is no more.
    """

    closed = Signal()
    homeless = Signal()

    def __init__(self, pictures: QWidget, covered: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("picture_sheet")
        self.setProperty("card", True)
        self.setAccessibleName("The picture of learning, large")
        self._pictures, self._covered, self._holder = pictures, tuple(covered), parent
        self._home, self._place = home_of(pictures)
        self._back: QWidget | None = None
        self._close = QPushButton("Close")
        self._close.setToolTip("Back to its place (Esc)")
        self._close.setAccessibleName("Close the large picture")
        self._close.clicked.connect(self.close_sheet)
        title = QLabel("Picture of learning")
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._close)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SIDE, 10, SIDE, 12)
        self._column.setSpacing(8)
        self._column.addLayout(head)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it lies there."""
        return not self.isHidden()

    def covers(self, widget: QWidget | None) -> bool:
        """Tell whether a widget lies under it."""
        if widget is None or not self.is_open:
            return False
        return any(card is widget or card.isAncestorOf(widget) for card in self._covered)

    @Slot()
    def open_sheet(self) -> None:
        """Lay it over what it covers, with the pictures, and take the keys where what had them is covered."""
        if self.is_open:
            return
        self._back = QApplication.focusWidget()
        for widget in self._covered:
            widget.installEventFilter(self)  # not before: a filter is asked about everything that happens
        self._move(self._column)
        self._cover()
        self.show()
        self.raise_()
        if is_lost(self._back) or self.covers(self._back):
            self._close.setFocus()

    @Slot()
    def close_sheet(self) -> None:
        """Take it away, put the pictures back, and give the keys back to what had them."""
        if not self.is_open:
            return
        had_keys = focus_within(self)
        for widget in self._covered:
            widget.removeEventFilter(self)
        self.hide()
        self._move(self._place)
        back, self._back = self._back, None
        if had_keys and back is not None and isValid(back) and not is_lost(back):
            back.setFocus()
        elif had_keys:
            self.homeless.emit()
        self.closed.emit()

    def _move(self, layout: QLayout) -> None:
        """Put the pictures into a layout, and leave their own place, or take it again."""
        focused = QApplication.focusWidget() if focus_within(self._pictures) else None
        layout.addWidget(self._pictures)
        self._column.setStretchFactor(self._pictures, 1)
        self._home.setVisible(self._pictures.parentWidget() is self._home)
        self._pictures.show()
        if focused is not None:
            focused.setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep covering what it covers as the window changes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._cover()
        return False

    def _cover(self) -> None:
        self.setGeometry(united(self._covered, self._holder))


def slotted(widget: QWidget) -> QWidget:
    """Return a widget that holds another as its own place, which may be left."""
    slot = QWidget()
    column = QVBoxLayout(slot)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    return slot


def home_of(widget: QWidget) -> tuple[QWidget, QLayout]:
    """Return the place of a widget that ``slotted`` gave one, and its layout."""
    home = widget.parentWidget()
    layout = home.layout() if home is not None else None
    if home is None or layout is None:
        raise ValueError("a widget that can be shown large stands in a place of its own: make one by slotted()")
    return home, layout
