"""The chain view: a sheet over the drawing and the card, with the whole chain as matrices; Esc closes it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from explorer.graph.typeset import Typesetter
from explorer.panels.covering_sheet import CoveringSheet, SheetWords
from explorer.panels.step.chain_strip import ChainStrip
from explorer.panels.step.focus import cells_of_entry, entry_in_focus
from explorer.panels.theme import Palette
from explorer.session import Session, State

WORDS = SheetWords(
    title="The chain, laid out",
    name="The chain from the loss to the input, as matrices",
    close_name="Close the chain view",
    close_tip="Close (Esc)",
    hint="A matrix's step number leads to its step.",
)


class ChainSheet(CoveringSheet):
    """Shows the chain of a session's pass while it is open.

    Parameters
    ----------
    covered
        What it lies over.
    parent
        Holds both.
    """

    def __init__(self, session: Session, typesetter: Typesetter, covered: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(WORDS, covered, parent)
        self.setObjectName("chain_sheet")
        self._session, self.strip = session, ChainStrip(typesetter)
        self.column.addWidget(self._scroll(), 1)
        self.strip.cell_hovered.connect(session.hover)
        self.strip.cell_clicked.connect(session.select)
        self.strip.step_chosen.connect(self._go_to)
        unsubscribe = session.subscribe(self.show_state)
        self.destroyed.connect(unsubscribe)

    def _scroll(self) -> "SheetScroll":
        scroll = SheetScroll()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll.setWidget(self.strip)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.resized.connect(self.strip.set_room)
        return scroll

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self.strip.set_palette(palette)

    @Slot()
    def open_sheet(self) -> None:
        """Lay it over what it covers, with the chain as it is now, and take the keys."""
        super().open_sheet()
        self._show_chain(self._session.state)
        self.take_keys()

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


class SheetScroll(QScrollArea):
    """Scrolls what does not fit; ``resized`` carries the room that there is."""

    resized = Signal(QSize)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of it."""
        super().resizeEvent(event)
        self.resized.emit(self.maximumViewportSize())
