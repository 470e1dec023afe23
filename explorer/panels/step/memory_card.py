"""What an optimiser remembers, on the step card below an update: its arrays before and after, and its own numbers."""

from msgspec.structs import replace
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.engine.optimizers import OPTIMIZERS
from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import Block, Equation, Join, block_of
from explorer.panels.step.equation import EquationView
from explorer.panels.step.focus import cells_of_entry
from explorer.panels.step.spelling_updates import given
from explorer.panels.theme import Palette
from explorer.session import Session, State
from explorer.tape.conventions import LETTERS
from explorer.tape.entries import Index
from explorer.tape.notation import Notation
from explorer.tape.operations import OPERATIONS
from explorer.tape.orientation import written
from explorer.tape.step import Step, Tape
from explorer.tape.updates import Array, kept_letters, letters_after

BECOMES = {
    "momentum": "v⁺ = μ v + g",
    "nesterov": "v⁺ = μ v + g",
    "rmsprop": "v⁺ = ρ v + (1 − ρ) g²",
    "adam": "m⁺ = β1 m + (1 − β1) g, v⁺ = β2 v + (1 − β2) g², m̂ = m⁺ / (1 − β1^t), v̂ = v⁺ / (1 − β2^t)",
}
"""How an optimiser's letters change; g is the gradient."""
BECOMES["adamw"] = BECOMES["adam"]


class MemoryCard(QWidget):
    """Shows m and v before and after the update; hides at every other step."""

    def __init__(self, session: Session, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.equation, self.words = EquationView(typesetter, lowest=0), QLabel()
        self.words.setProperty("role", "small")
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(self.equation)
        self.equation.cell_hovered.connect(session.hover)
        self.equation.cell_clicked.connect(session.select)
        self.hide()

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self.equation.set_palette(palette)

    def show_state(self, state: State) -> None:
        """Show what the optimiser remembers at the state's step."""
        tape, step = state.tape, state.step
        shown = remembers(tape, step)
        if shown:
            self.words.setText(words_of(tape, step, state.script))
            self.equation.set_equation(memory_equation(tape, step, state.script))
        self.setVisible(shown)

    def light(self, state: State, index: Index) -> None:
        """Outline the entry that the card is about, and the cell that is pointed at."""
        if not self.isHidden():
            self.equation.highlight(cells_of_entry(state, index))
            self.equation.point_at(state.hovered or state.selected)


def remembers(tape: Tape, step: Step) -> bool:
    """Tell whether a step's update goes by more than its gradient."""
    if OPERATIONS[step.operation].picture != "adapt":
        return False
    parameter, gradient = step.operands
    return tape.value(parameter).shape == tape.value(gradient).shape


def words_of(tape: Tape, step: Step, script: Notation) -> str:
    """Return what is remembered, how it changes, and the numbers by which it does."""
    update, updates = tape.conventions.update, tape.conventions.updates
    rule, name = OPTIMIZERS[update.optimizer], script.text(step.operands[0], tape.activations)
    own = {LETTERS[field].partition(" ")[0]: getattr(update, field) for field in rule.hyperparameters}
    numbers = [f"{letter} = {given(value)}" for letter, value in own.items()]
    numbers += [f"t = {updates + 1}"] if rule.corrects_bias else []
    gradient = script.text(step.operands[1], tape.activations)
    becomes = f"{BECOMES[update.optimizer]}, where g = {gradient}"
    return f"What {rule.title} remembers of {name}: {becomes}; {', '.join(numbers)}"


def memory_equation(tape: Tape, step: Step, script: Notation) -> Equation:
    """Return m → m⁺, v → v⁺, drawn the way round of their parameter."""
    parameter = step.operands[0]
    before, after = kept_letters(tape, parameter), letters_after(tape, parameter)
    like = block_of(tape, len(tape) - 1, parameter, script)
    blocks: list[Block] = []
    for letter in before:
        old = remembered(like, written(before[letter], flipped=like.transposed), letter, "before")
        new = remembered(like, written(after[letter], flipped=like.transposed), letter, "after")
        blocks += [replace(old, role="read"), replace(new, latex=f"{letter}^+", role="written")]
    joins = [Join(), Join(arrow=""), Join(","), Join(arrow="")][: len(blocks)]
    return Equation(tuple(blocks), tuple(joins))


def remembered(like: Block, value: Array, letter: str, when: str) -> Block:
    """Return an array that is remembered of a parameter, whose cells it shares."""
    return replace(like, value=value, latex=letter, label=f"{letter} of {like.words} {when} the update")
