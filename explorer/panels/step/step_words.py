"""The words of a step: its title and sentence, and its formula."""

from explorer.session import State
from explorer.tape.notation import Notation


def words_of(state: State) -> tuple[object, ...]:
    """Return what the words and the formula of a step depend on."""
    return state.step.instruction, state.tape.activations, state.script


def title_and_sentence(text: str) -> tuple[str, str]:
    """Return what a step's text says before its colon, and after it."""
    title, _, rest = text.rstrip(".").partition(": ")
    return title, rest


def formula_of(state: State, script: Notation) -> str:
    """Return the step's equation; where it reads a slope, what the slope is follows."""
    tape, step = state.tape, state.step
    latex = script.equation(step.instruction, tape.activations)
    slopes = [tape[name] for name in step.operands if name in tape and tape[name].operation.endswith("_slope")]
    return r",\quad ".join((latex, *(script.right_side(slope.instruction, tape.activations) for slope in slopes)))
