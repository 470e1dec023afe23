"""A step as it should be beside what a mistake makes of it, and the difference; or both shapes, and who refuses it."""

from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.graph.colors import scale_for
from explorer.graph.typeset import Typesetter
from explorer.lessons.effects import Contrast, Effect
from explorer.panels.labelled import labelled
from explorer.panels.step.blocks import Equation, Join, block_of
from explorer.panels.step.equation import EquationView
from explorer.panels.theme import Palette
from explorer.session import State
from explorer.tape.entries import Index
from explorer.tape.numbers import shown
from explorer.tape.orientation import written
from explorer.tape.symbols import shape_text

DIGITS = 6
"""Of the two numbers that a sentence compares."""
MOST_MARKED = 48
"""Entries that are marked each: as many as the numbers of a matrix that are written."""
LEAST = 60


class ContrastView(QWidget):
    """Shows the current step of a session in both passes."""

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = labelled("", "muted")
        self.equation = EquationView(typesetter, lowest=LEAST)
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.equation, self.words):
            column.addWidget(widget)

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self.equation.set_palette(palette)

    def set_room(self, height: int) -> None:
        """Take the height that the matrices may have."""
        self.equation.set_room(height)

    def show_step(self, state: State, effect: Effect) -> None:
        """Show the state's step, which both passes have."""
        contrast = effect.contrast(state.step.id)
        self.equation.setVisible(not contrast.is_same)
        if not contrast.is_same:
            self._show_matrices(state, effect, contrast)
        self.words.setText(words_of(state, contrast))

    def _show_matrices(self, state: State, effect: Effect, contrast: Contrast) -> None:
        self.equation.set_equation(equation_of(state, effect, contrast))
        self.equation.views[1].mark(marked(contrast))


def marked(contrast: Contrast) -> tuple[Index, ...]:
    """Return the entries that are marked as wrong: those that differ, or the worst of many."""
    if len(contrast.differing) <= MOST_MARKED:
        return contrast.differing
    return () if contrast.worst is None else (contrast.worst,)


def equation_of(state: State, effect: Effect, contrast: Contrast) -> Equation:
    """Return right, wrong, and their difference where they have one, in one scale of colours."""
    position, script = state.position, state.script
    blocks = [block_of(tape, position, contrast.name, script, state.row) for tape in (effect.right, effect.wrong)]
    scale = max(scale_for(contrast.name, block.value) for block in blocks if block.value is not None)
    right, wrong = (
        replace(block, label=label, latex=rf"\mathrm{{{label}}}", scale=scale)
        for block, label in zip(blocks, ("right", "wrong"), strict=True)
    )
    if contrast.difference is None:
        return Equation((right, wrong), (Join(), Join("≠")))
    value = written(contrast.difference, flipped=script.flips(contrast.name))
    difference = replace(wrong, value=value, label="difference", latex=r"\mathrm{difference}", signed=True)
    return Equation((right, wrong, difference), (Join(), Join("|"), Join("|")))


def words_of(state: State, contrast: Contrast) -> str:
    """Return what differs in one sentence: how many entries and the worst of them, or both shapes."""
    script, activations = state.script, state.tape.activations
    name = script.text(contrast.name, activations)
    if not contrast.same_shape:
        right, wrong = (
            shape_text(script.shape(contrast.name, array.shape)) for array in (contrast.right, contrast.wrong)
        )
        return script.sentence(f"{name} has the shape {wrong} and should have {right}. {contrast.refusal}", activations)
    if contrast.is_same:
        return f"{name} is as it should be: no mistake reaches this step."
    many, worst = contrast.wrong.size, contrast.worst
    if worst is None:
        return name
    values = [shown(float(array[worst]), DIGITS) for array in (contrast.wrong, contrast.right)]
    told = f"{values[0]} in the place of {values[1]}"
    if many == 1:
        return f"{name} is {told}."
    count, where = len(contrast.differing), script.place(contrast.name, worst)
    if count == 1:
        return f"{name}: 1 of {many:,} entries differs, at {where}: {told}."
    these = "every entry differs" if count == many else f"{count:,} of {many:,} entries differ"
    return f"{name}: {these}, the most at {where}: {told}."
