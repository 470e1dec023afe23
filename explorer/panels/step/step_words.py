"""The words of a step: its title and sentence, and its formula."""

from explorer.session import RunStatus, State
from explorer.tape.notation import Notation


def words_of(state: State) -> tuple[object, ...]:
    """Return what the words and the formula of a step depend on."""
    return state.step.instruction, state.tape.activations, state.tape.samples, state.script


def is_streaming(old: State, new: State) -> bool:
    """Tell whether a network trains meanwhile, and a person has asked for nothing else."""
    return old.run.status is new.run.status is RunStatus.RUNNING and asked_for(old) == asked_for(new)


def asked_for(state: State) -> tuple[object, ...]:
    """Return what a person looks at and points at."""
    place = state.run.id, state.position, len(state.tape), state.sample, state.whole
    return *place, state.guest, state.walk, state.drawing, state.notation, state.layout, state.selected, state.hovered


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
