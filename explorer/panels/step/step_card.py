"""The card of a step as it is laid out: its parts from the top, and the height that the matrices are left."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from explorer.graph.typeset import Typesetter
from explorer.panels.labelled import labelled
from explorer.panels.overlay_scroll import OverlayScrollArea
from explorer.panels.step.card_head import CRAMPED, TALL, CardHead
from explorer.panels.step.card_parts import SIDE, foot_of, rule
from explorer.panels.step.card_room import room_for_matrices
from explorer.panels.step.cell_editing import CellEditing
from explorer.panels.step.chain import ChainView
from explorer.panels.step.check_card import CheckCard
from explorer.panels.step.entry_card import EntryCard
from explorer.panels.step.equation import EquationView
from explorer.panels.step.form_switch import FormSwitch
from explorer.panels.step.formula_label import FormulaLabel
from explorer.panels.step.jacobian_view import JacobianView
from explorer.panels.step.memory_card import MemoryCard
from explorer.panels.step.minibatch_line import MinibatchLine
from explorer.panels.step.nudge_card import NudgeCard
from explorer.panels.step.rounded_mark import RoundedMark
from explorer.panels.step.step_formula import StepFormula
from explorer.panels.step.temperature import TemperatureBar
from explorer.panels.theme import Palette
from explorer.session import Session
from explorer.tape.entries import Index

if TYPE_CHECKING:
    from explorer.panels.answer.answer_card import AnswerCard

HEAD_HEIGHT, FORMULA_HEIGHT, GAP, TIGHT = 56, 44, 8, 4
ENTRY = 96
"""Room of the entry in numbers, which an answer takes."""
CHAIN = 136
"""Room that a cramped card in the corner has left, which shows neither chain nor sentence."""


class StepCard(QFrame):
    """The parts of the card, and their places; ``StepPanel`` shows a step in them.

    Parameters
    ----------
    session
        What the parts that change numbers change.
    typesetter
        Typesets the formulas.
    """

    def __init__(self, session: Session, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step_panel")
        self.setProperty("card", True)
        self.symbol = FormulaLabel(typesetter, 21, HEAD_HEIGHT, centred=True)
        self.title, self.sentence = labelled("", "title"), labelled("", "muted")
        self.minibatch = MinibatchLine()
        self.formula, self.off = StepFormula(typesetter, 17, FORMULA_HEIGHT), labelled("", "small")
        self.equation, self.entry, self.check = EquationView(typesetter), EntryCard(), CheckCard()
        self.editing, self.temperature = CellEditing(session, self.equation), TemperatureBar()
        self.rounded, self.memory = RoundedMark(self.equation), MemoryCard(session, typesetter)
        self.jacobian, self.switch = JacobianView(typesetter), FormSwitch()
        self.chain, self.chain_title = ChainView(typesetter), labelled("", "title")
        self.jacobian.hide()
        self._is_corner = False
        self._answer: AnswerCard | None = None
        self._check_rule, self.nudge = rule(), NudgeCard()
        self._lay_out()

    def _lay_out(self) -> None:
        self.off.setWordWrap(True)
        self._head = CardHead(self.symbol, self.title, self.sentence, self.minibatch, self.rounded)
        inside = QWidget()
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(SIDE, GAP, SIDE, GAP // 2)
        column.addWidget(self._head)
        for widget in self._cards():
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll = OverlayScrollArea(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        self._foot = foot_of(self.entry, self.chain_title, self.switch, self.chain)
        outer.addWidget(self._foot)
        self.setMinimumWidth(340)

    def set_corner(self, *, corner: bool) -> None:
        """Take a corner of the window, in which the chain gives way to the matrices, or a place of its own."""
        self._is_corner = corner
        self._show_chain()
        self._make_room()

    def hold_answer(self, card: "AnswerCard") -> None:
        """Take a card that has the foot while it is shown: of the entry in numbers and of the chain."""
        self._answer = card
        column = self._foot.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(0, card)
        card.set_most(self.height() // 2)
        card.grown.connect(self._make_room)
        card.hide()

    @property
    def answers(self) -> bool:
        """Whether a person answers the step."""
        return self._answer is not None and not self._answer.isHidden()

    def show_answer(self, *, shown: bool) -> None:
        """Show the card of the answer in place of the rest of the foot, or that again."""
        if self._answer is not None:
            self._answer.setVisible(shown)
            self.entry.setVisible(not shown and self.jacobian.isHidden())
            self._show_chain()
            self._make_room()

    def mark(self, cells: Iterable[Index]) -> None:
        """Mark entries of the result as wrong."""
        self.equation.result.mark(cells)

    def _show_chain(self) -> None:
        shown = (not self._is_corner or self.height() >= CRAMPED) and not self.answers
        for widget in (self.chain_title, self.switch, self.chain):
            widget.setVisible(shown)

    def _cards(self) -> tuple[QWidget, ...]:
        """Return the cards from the top; what is hidden leaves no gap."""
        return (
            rule(),
            self.formula,
            self.temperature,
            self.jacobian,
            self.equation,
            self.memory,
            self.off,
            self._check_rule,
            self.check,
            self.nudge,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out words where the card is short, and give the matrices the height that the rest leaves."""
        super().resizeEvent(event)
        tall = self.height() >= TALL
        self._head.fit(self.height())
        self._show_chain()
        self.check.set_roomy(roomy=tall)
        self._check_rule.setVisible(not self.check.isHidden())
        self.entry.set_room(self.height())
        if self._answer is not None:
            self._answer.set_most(self.height() // 2)
        self._column.setSpacing(GAP if tall else TIGHT)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        """Give the matrices the height that the rest leaves."""
        self.equation.set_room(self._room())
        self.rounded.look()

    def _room(self) -> int:
        height = self.height() + (CHAIN if self.chain.isHidden() else 0)
        if self._answer is not None and self.answers:
            height += ENTRY - self._answer.sizeHint().height()
        return room_for_matrices(height, self.entry, self.formula, self.temperature, self.minibatch)

    @property
    def scrolled_length(self) -> int:
        """How much of the card does not fit into its height, in pixels."""
        return self._scroll.verticalScrollBar().maximum()

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self.symbol.set_palette(palette)
        self.formula.set_palette(palette)
        self.equation.set_palette(palette)
        self.memory.set_palette(palette)
        self.entry.set_palette(palette)
        self.jacobian.set_palette(palette)
        self.chain.set_palette(palette)
