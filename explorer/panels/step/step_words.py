"""The words of a step: its title and sentence, and its formula; found once for passes that differ in their numbers."""

from typing import TYPE_CHECKING

from msgspec import Struct

from explorer.panels.step.symbols_apart import apart
from explorer.session import RunStatus, State
from explorer.tape.notation import Notation
from explorer.tape.spoken import spoken_step

if TYPE_CHECKING:
    from explorer.tape.step import Tape


class StepWords(Struct, frozen=True):
    """What the card says of a step.

    Attributes
    ----------
    text
        Title and sentence in one.
    symbol, formula
        LaTeX; in the formula the symbol of the k-th name is part k + 1.
    names
        What the step writes, and what it reads.
    aloud
        The step as it is said.
    """

    text: str
    title: str
    sentence: str
    symbol: str
    formula: str
    names: tuple[str, ...]
    aloud: str


class WordsKept:
    """The words of each step of a pass, and of all that are like it."""

    def __init__(self) -> None:
        self._words: dict[int, StepWords] = {}
        self._of: tuple[Tape, Notation] | None = None

    def of(self, state: State) -> StepWords:
        """Return the words of the state's step."""
        tape, script = state.tape, state.script
        if self._of is None or script is not self._of[1] or not tape.is_like(self._of[0]):
            self._words.clear()
        self._of = tape, script
        if state.position not in self._words:
            self._words[state.position] = step_words(state)
        return self._words[state.position]


def step_words(state: State) -> StepWords:
    """Return what the card says of the state's step."""
    step, tape, script = state.step, state.tape, state.script
    text = script.sentence(step.text, tape.activations)
    title, sentence = title_and_sentence(text)
    sentence = ". ".join(filter(None, (sentence, script.remark(step.id).rstrip("."))))
    symbol, names = script.symbol(step.id, tape.activations), (step.id, *step.operands)
    formula = apart(formula_of(state, script), names, script, tape)
    return StepWords(text, title, sentence, symbol, formula, names, spoken_step(tape, state.position, script))


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
