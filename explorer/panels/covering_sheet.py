"""A sheet that lies over some cards of the window while it is open, and gives the keys back to what had them before."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from explorer.panels.focus_order import focus_within, is_lost
from explorer.panels.geometry_watch import GeometryWatch
from explorer.panels.labelled import labelled

SIDE = 16


class SheetWords(Struct, frozen=True):
    """What a sheet says of itself: its title, a hint beside it, its name for a screen reader, and of its button."""

    title: str
    name: str
    close_name: str
    close_tip: str
    hint: str = ""


class CoveringSheet(QFrame):
    """A head with a button that closes it; what it shows is added to ``column``, further buttons to ``head``.

    Parameters
    ----------
    words
        What it says of itself.
    covered
        What it lies over.
    parent
        Holds both.

    Signals
    -------
    opened
        It lies above all else now.
    closed
        It was open, and is no more.
    homeless
        It had the keys, and what had them before is no more.
    """

    opened = Signal()
    closed = Signal()
    homeless = Signal()

    def __init__(self, words: SheetWords, covered: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(words.name)
        self._covered, self._holder = tuple(covered), parent
        self._back: QWidget | None = None
        self._watch = GeometryWatch(self)
        self._watch.changed.connect(self._cover)
        self._close = QPushButton("Close")
        self._close.setToolTip(words.close_tip)
        self._close.setAccessibleName(words.close_name)
        self._close.clicked.connect(self.close_sheet)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SIDE, 10, SIDE, 12)
        self.head = self._head(words)
        self.column.addLayout(self.head)
        self.hide()

    def _head(self, words: SheetWords) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(labelled(words.title, "title"))
        if words.hint:
            head.addSpacing(12)
            head.addWidget(labelled(words.hint, "muted"))
        head.addStretch(1)
        head.addWidget(self._close)
        return head

    @property
    def is_open(self) -> bool:
        """Whether it lies there."""
        return not self.isHidden()

    def covers(self, widget: QWidget | None) -> bool:
        """Tell whether a widget lies under it."""
        if widget is None or not self.is_open:
            return False
        return any(card is widget or card.isAncestorOf(widget) for card in self._covered)

    def lie_over(self, covered: Sequence[QWidget]) -> None:
        """Lie over other cards from now on."""
        self._covered = tuple(covered)
        if self.is_open:
            self._watch.watch(self._covered)
            self._cover()

    def take_keys(self) -> None:
        """Give the keys to its first button."""
        self._close.setFocus()

    def take_in(self) -> None:
        """Take in what it shows; called before it is seen."""

    def put_back(self) -> None:
        """Put what it showed back; called once it is hidden."""

    @Slot()
    def open_sheet(self) -> None:
        """Lay it over what it covers, and take the keys where what had them is covered."""
        if self.is_open:
            return
        self._back = QApplication.focusWidget()
        self._watch.watch(self._covered)
        self.take_in()
        self._cover()
        self.show()
        self.raise_()
        self.opened.emit()
        if is_lost(self._back) or self.covers(self._back):
            self.take_keys()

    @Slot()
    def close_sheet(self) -> None:
        """Take it away, and give the keys back to what had them."""
        if not self.is_open:
            return
        had_keys = focus_within(self)
        self._watch.watch(())
        self.hide()
        self.put_back()
        back, self._back = self._back, None
        if had_keys and back is not None and isValid(back) and not is_lost(back):
            back.setFocus()
        elif had_keys:
            self.homeless.emit()
        self.closed.emit()

    @Slot()
    def _cover(self) -> None:
        """Keep covering what it covers as the window changes."""
        self.setGeometry(united(self._covered, self._holder))


def united(covered: Sequence[QWidget], holder: QWidget) -> QRect:
    """Return the rectangle, within their holder, of the cards that hold these widgets."""
    whole = QRect()
    for widget in map(card_of, covered):
        whole = whole.united(QRect(widget.mapTo(holder, QPoint()), widget.size()))
    return whole


def card_of(widget: QWidget) -> QWidget:
    """Return the card that holds a widget, or the widget itself: its border is to be covered, too."""
    parent = widget.parentWidget()
    return parent if parent is not None and parent.property("card") else widget
