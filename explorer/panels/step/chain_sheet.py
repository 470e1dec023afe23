"""The chain view: a sheet over the drawing and the card, with the whole chain as matrices; Esc closes it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from explorer.graph.typeset import Typesetter
from explorer.panels.focus_order import focus_within, is_lost
from explorer.panels.step.chain_strip import ChainStrip
from explorer.panels.step.check_card import labelled
from explorer.panels.step.focus import cells_of_entry, entry_in_focus
from explorer.panels.theme import Palette
from explorer.session import Session, State

HINT = "A matrix's step number leads to its step."
SIDE = 16


class ChainSheet(QFrame):
    """Lies over other widgets while it is open.

    Parameters
    ----------
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

    def __init__(self, session: Session, typesetter: Typesetter, covered: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chain_sheet")
        self.setProperty("card", True)
        self.setAccessibleName("The chain from the loss to the input, as matrices")
        self._session, self._covered, self._holder = session, tuple(covered), parent
        self.strip, self._close = ChainStrip(typesetter), QPushButton("Close")
        self._back: QWidget | None = None
        self._lay_out()
        self._connect()
        self.hide()
        unsubscribe = session.subscribe(self.show_state)
        self.destroyed.connect(unsubscribe)

    def _lay_out(self) -> None:
        self._close.setToolTip("Close (Esc)")
        self._close.setAccessibleName("Close the chain view")
        head = QHBoxLayout()
        head.addWidget(labelled("The chain, laid out", "title"))
        head.addSpacing(12)
        head.addWidget(labelled(HINT, "muted"))
        head.addStretch(1)
        head.addWidget(self._close)
        scroll = SheetScroll()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll.setWidget(self.strip)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.resized.connect(self.strip.set_room)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 10, SIDE, 12)
        column.addLayout(head)
        column.addWidget(scroll, 1)

    def _connect(self) -> None:
        self._close.clicked.connect(self.close_sheet)
        self.strip.cell_hovered.connect(self._session.hover)
        self.strip.cell_clicked.connect(self._session.select)
        self.strip.step_chosen.connect(self._go_to)

    @property
    def is_open(self) -> bool:
        """Whether it lies there."""
        return not self.isHidden()

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self.strip.set_palette(palette)

    def covers(self, widget: QWidget | None) -> bool:
        """Tell whether a widget lies under it."""
        if widget is None or not self.is_open:
            return False
        return any(card is widget or card.isAncestorOf(widget) for card in self._covered)

    @Slot()
    def open_sheet(self) -> None:
        """Lay it over what it covers, and take the keys."""
        self._back = QApplication.focusWidget()
        for widget in self._covered:
            widget.installEventFilter(self)  # not before: a filter is asked about everything that happens
        self._cover()
        self.show()
        self.raise_()
        self._show_chain(self._session.state)
        self.take_keys()

    def take_keys(self) -> None:
        """Give the keys to its first button."""
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_sheet(self) -> None:
        """Take it away, and give the keys back to what had them."""
        if self.is_open:
            self._give_back()
            self.hide()
            for widget in self._covered:
                widget.removeEventFilter(self)
            self.closed.emit()

    def _give_back(self) -> None:
        back, self._back = self._back, None
        if not focus_within(self):
            return
        if back is not None and isValid(back) and not is_lost(back):
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.homeless.emit()

    @Slot(str)
    def _go_to(self, step_id: str) -> None:
        self.close_sheet()
        self._session.go_to_step(step_id)

    def show_state(self, old: State, new: State) -> None:
        """Follow the session while it is open."""
        if not self.is_open:
            return
        if (old.tape, old.position, old.script, old.row) != (new.tape, new.position, new.script, new.row):
            self._show_chain(new)
        self._light(new)

    def _show_chain(self, state: State) -> None:
        self.strip.show_chain(state)
        self._light(state)

    def _light(self, state: State) -> None:
        lit = cells_of_entry(state, entry_in_focus(state))
        pointed = state.hovered or state.selected
        for view in self.strip.views:
            view.highlight([index for name, index in lit if name == view.block.name])
            view.point_at(pointed[1] if pointed is not None and pointed[0] == view.block.name else None)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay over what it covers."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and self.is_open:
            self._cover()
        return False

    def _cover(self) -> None:
        self.setGeometry(united(self._covered, self._holder))


class SheetScroll(QScrollArea):
    """Scrolls what does not fit; ``resized`` carries the room that there is."""

    resized = Signal(QSize)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of it."""
        super().resizeEvent(event)
        self.resized.emit(self.maximumViewportSize())


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
