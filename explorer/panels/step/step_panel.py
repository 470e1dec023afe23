"""The card of the current step: what it is, its formula, its matrices, one entry in numbers, the chain, the check."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.graph.typeset import Typesetter
from explorer.panels.overlay_scroll import OverlayScrollArea
from explorer.panels.step.blocks import equation_of
from explorer.panels.step.chain import ChainView
from explorer.panels.step.check_card import CheckCard, labelled
from explorer.panels.step.entry_card import EntryCard
from explorer.panels.step.equation import EquationView
from explorer.panels.step.focus import cells_of_entry, entry_in_focus
from explorer.panels.step.formula_label import FormulaLabel
from explorer.panels.theme import LIGHT, Palette
from explorer.session import Session, State, shown_problem
from explorer.tape.notation import Notation, notation
from explorer.tape.step import Step

CHAIN_TITLES = {"forward": "The chain to come", "backward": "Chain so far", "update": "The chain"}
HEAD_HEIGHT, FORMULA_HEIGHT, SIDE = 56, 44, 16


class StepPanel(QFrame):
    """Shows the session's current step; pointing and choosing go to the session.

    Parameters
    ----------
    session
        What is shown; subscribed to until the panel is destroyed.
    typesetter
        Typesets the formulas.
    """

    def __init__(self, session: Session, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step_panel")
        self.setProperty("card", True)
        self._session, self._palette = session, LIGHT
        self.symbol = FormulaLabel(typesetter, 21, HEAD_HEIGHT, centred=True)
        self.title, self.sentence = labelled("", "title"), labelled("", "muted")
        self.formula = FormulaLabel(typesetter, 17, FORMULA_HEIGHT)
        self.equation, self.entry, self.check = EquationView(typesetter), EntryCard(), CheckCard()
        self.chain, self.chain_title = ChainView(typesetter), labelled("", "title")
        self._check_rule = rule()
        self._lay_out()
        self._connect()
        self.show_state(None, session.state)
        unsubscribe = session.subscribe(self.show_state)
        self.destroyed.connect(unsubscribe)

    def _lay_out(self) -> None:
        self.symbol.setFixedWidth(HEAD_HEIGHT)
        for label in (self.title, self.sentence):
            label.setWordWrap(True)
        words, head = QVBoxLayout(), QHBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        words.addStretch(1)
        head.setSpacing(12)
        head.addWidget(self.symbol)
        head.addLayout(words, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SIDE, 10, SIDE, 12)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(8)
        for widget, gap in self._cards():
            column.addWidget(widget)
            column.addSpacing(gap)
        column.addStretch(1)
        self._scroll = OverlayScrollArea(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._chain_below())
        self.setMinimumWidth(340)

    def _cards(self) -> tuple[tuple[QWidget, int], ...]:
        """Return the cards from the top, each with the gap below it."""
        return (
            (rule(), 8),
            (self.formula, 8),
            (self.equation, 12),
            (self.entry, 12),
            (self._check_rule, 10),
            (self.check, 0),
        )

    def _chain_below(self) -> QWidget:
        """Return the chain, at the foot of the card: it is in sight however large the matrices are."""
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(SIDE, 0, SIDE, 10)
        column.setSpacing(8)
        for widget in (rule(), self.chain_title, self.chain):
            column.addWidget(widget)
        return foot

    def _connect(self) -> None:
        self.equation.cell_hovered.connect(self._session.hover)
        self.equation.cell_clicked.connect(self._session.select)
        self.entry.cell_hovered.connect(self._session.hover)
        self.entry.digits_chosen.connect(self.equation.set_digits)
        self.chain.step_chosen.connect(self._session.go_to_step)

    @property
    def scrolled_length(self) -> int:
        """How much of the card does not fit into its height, in pixels."""
        return self._scroll.verticalScrollBar().maximum()

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self._palette = palette
        self.symbol.set_palette(palette)
        self.formula.set_palette(palette)
        self.equation.set_palette(palette)
        self.entry.set_palette(palette)
        self.chain.set_palette(palette)

    def show_state(self, old: State | None, new: State) -> None:
        """Show what differs between two states; everything where there is no old one."""
        if old is None or old.tape is not new.tape or old.position != new.position:
            self._show_step(old, new)
        elif (old.selected, old.hovered, old.run.status) == (new.selected, new.hovered, new.run.status):
            return
        self._show_focus(new)

    def _show_step(self, old: State | None, state: State) -> None:
        script = notation(state.subject.problem.notation)
        step = state.step
        if old is None or old.step.instruction != step.instruction or old.tape.activations != state.tape.activations:
            self._show_words(state, script)
        self.equation.set_equation(equation_of(state.tape, state.position, shown_problem(state), script, state.row))
        self.chain.show_pass(state.tape, state.position, script)

    def _show_words(self, state: State, script: Notation) -> None:
        step, tape = state.step, state.tape
        title, sentence = title_and_sentence(step)
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.chain_title.setText(CHAIN_TITLES[step.phase])
        self.symbol.set_latex(script.symbol(step.id, tape.activations))
        self.formula.set_latex(formula_of(state, script))
        self.setAccessibleName(f"Step {state.position + 1} of {len(tape)}. {step.text}")

    def _show_focus(self, state: State) -> None:
        """Light the entry in focus, in the matrices and in numbers."""
        index = entry_in_focus(state)
        self.equation.highlight(cells_of_entry(state, index))
        self.equation.point_at(state.hovered or state.selected)
        self.entry.show_entry(state.tape, state.step, index, shown_problem(state))
        self.entry.light(state.hovered)
        self.check.show_entry(state, index)
        self._check_rule.setVisible(not self.check.isHidden())


def title_and_sentence(step: Step) -> tuple[str, str]:
    """Return what a step's text says before its colon, and after it."""
    title, _, rest = step.text.rstrip(".").partition(": ")
    return title, rest


def formula_of(state: State, script: Notation) -> str:
    """Return the step's equation; where it reads a slope, what the slope is follows."""
    tape, step = state.tape, state.step
    latex = script.equation(step.instruction, tape.activations)
    slopes = [tape[name] for name in step.operands if name in tape and tape[name].operation.endswith("_slope")]
    return r",\quad ".join((latex, *(script.right_side(slope.instruction, tape.activations) for slope in slopes)))


def rule() -> QFrame:
    """Return a hairline."""
    line = QFrame()
    line.setProperty("rule", True)
    return line
