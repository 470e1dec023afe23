"""The judgement of an answer: right as far as it is written, or where it differs, and what may have gone wrong."""

from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.lessons.answers.agreement import Agreement, Array, Mask, agreement, digits, placed
from explorer.lessons.answers.answer import Answer, Shape
from explorer.lessons.answers.explaining import Finding, explain
from explorer.lessons.answers.grouped import read_expected
from explorer.lessons.answers.question import Index, Question
from explorer.lessons.answers.shapes import read_shape
from explorer.tape.mistakes import mistakes_of, titles
from explorer.tape.numbers import MINUS, shown
from explorer.tape.record import record
from explorer.tape.symbols import shape_words

Kind = Literal["right", "coarse", "close", "wrong", "shape", "open"]
"""Right; with too few digits to tell; nearly; not; of another shape; nothing to judge yet."""
HIDDEN = "A mistake is hidden in this pass, by which yours was judged."
FEW, WELL = 2, 4
"""Significant digits below which an answer is too coarse to be told from a wrong one; that are told at least."""

LONGEST = 24
"""Letters of an entry that are repeated."""


class Verdict(Struct, frozen=True, eq=False):
    """What is said of an answer.

    Attributes
    ----------
    sentence
        Whether it is right, and where it is not.
    notes
        What is to be said besides, in sentences.
    wrong
        The entries that differ, as indices on the tape.
    findings
        What may have gone wrong; empty where nothing is known that explains every number.
    of_shape
        Whether a shape alone was asked about.
    """

    kind: Kind
    sentence: str
    notes: tuple[str, ...] = ()
    wrong: tuple[Index, ...] = ()
    findings: tuple[Finding, ...] = ()
    of_shape: bool = False

    @property
    def is_right(self) -> bool:
        """Whether nothing is to be mended."""
        return self.kind == "right"

    @property
    def answers(self) -> bool:
        """Whether the step is answered: by numbers that are right, and not by their shape alone."""
        return self.is_right and not self.of_shape

    @property
    def counts(self) -> bool:
        """Whether the step was tried: with as many digits and numbers as can be judged."""
        unfinished = self.kind == "shape" and not self.findings
        return not (self.of_shape or unfinished) and self.kind not in {"coarse", "open"}


def judge_text(question: Question, text: str) -> Verdict:
    """Judge an answer as it was typed; a shape alone is judged as one.

    Raises
    ------
    ExplorerError
        If it cannot be read.
    """
    true = question.true
    shape = read_shape(text, pair_is_shape=true.size != 2)
    return judge(question, read_expected(text, true)) if shape is None else judge_shape(question, shape)


def judge_shape(question: Question, shape: Shape) -> Verdict:
    """Judge a shape alone."""
    name, true = question.spelled(question.name), question.true.shape
    if shape == true or (1 in true and shape == true[::-1] and question.step.value.ndim < 2):
        return Verdict("right", f"Right: {name} is {shape_words(true)}.", of_shape=True)
    turned = " Its transpose is." if shape == true[::-1] else ""
    return Verdict("shape", f"{name} is not {shape_words(shape)}.{turned}", of_shape=True)


def judge(question: Question, answer: Answer) -> Verdict:
    """Judge an answer."""
    true = question.true
    if answer.open.all():
        return Verdict("open", "Every entry is left open.")
    meant = placed(answer, true.shape)
    if meant is None:
        return of_other_shape(question, answer)
    found = agreement(meant, true)
    if found.right.all():
        return of_right(question, answer, meant, found)
    return of_wrong(question, answer, meant, found)


def of_other_shape(question: Question, answer: Answer) -> Verdict:
    """Say which shape there is to be, and what the numbers are if they are known."""
    name, findings = question.spelled(question.name), explain(question, answer)
    sentence = f"Yours is {shape_words(answer.shape)}, {name} is {shape_words(question.true.shape)}."
    return Verdict("shape", sentence, findings=findings)


def of_right(question: Question, answer: Answer, meant: Answer, found: Agreement) -> Verdict:
    """Say how far an answer is right."""
    true, notes = question.true, [*note_on_shape(question, answer), *note_on_mistakes(question)]
    written, place = digits(meant, true)
    left = int(meant.open.sum())
    if found.cut.any():
        notes.append("The last digit is cut off where it would be rounded.")
    if found.single.any():
        notes.append("Digits far behind differ, as they do in float32.")
    if written < FEW:
        sentence = f"Right as far as it is written: {coarse(question, meant, place)}"
        return Verdict("coarse", sentence, tuple(notes))
    so_far = f"{true.size - left:,} of {true.size:,} entries are filled in, and right" if left else "Right"
    return Verdict("right", f"{so_far}{'' if written >= 17 else f', to {written} digits'}.", tuple(notes))


def coarse(question: Question, answer: Answer, place: tuple[int, int]) -> str:
    """Say of which entry too few digits are written, beside its number unless that is kept back."""
    if question.kept_back:
        return f"{WELL - 1} digits would tell it from a wrong one."
    true = told_apart(float(question.true[place]), float(answer.values[place]))
    return f"{text_at(answer, place)} for {true}. Write more digits."


def note_on_shape(question: Question, answer: Answer) -> list[str]:
    """Return what is to be said of an answer that is written in another shape than it is meant in."""
    shape = question.true.shape
    if answer.shape == shape or (answer.flat and 1 in shape):
        return []
    meant = f"read as {shape_words(shape)}, as {question.spelled(question.name)} is written here"
    return [f"Yours is {shape_words(answer.shape)}, {meant}."]


def note_on_mistakes(question: Question) -> list[str]:
    """Return what is to be said where the pass makes mistakes on purpose which change the step."""
    problem = question.problem
    if problem.puzzle:
        return [HIDDEN]
    if not problem.mistakes:
        return []
    right = record(replace(problem, mistakes=()))
    if question.name in right and np.array_equal(right[question.name].value, question.step.value, equal_nan=True):
        return []
    return [f"The pass makes a mistake on purpose, and this is what it gives: {titles(mistakes_of(problem))}."]


def of_wrong(question: Question, answer: Answer, meant: Answer, found: Agreement) -> Verdict:
    """Say which entries differ, and what explains all of them."""
    true, wrong = question.true, ~found.right
    places = [(int(row), int(column)) for row, column in np.argwhere(wrong)]
    cells = tuple(question.cell(place) for place in places)
    findings, notes = explain(question, answer), tuple(note_on_shape(question, answer))
    notes = (*notes, HIDDEN) if question.problem.puzzle else notes
    if not findings and bool(found.coarse[wrong].all()):
        return Verdict("coarse", f"Too coarse to tell: {coarse(question, meant, places[0])}", notes)
    nearly = not findings and bool(found.near[wrong].all())
    sentence = differing(question, meant, places, worst(meant, true, wrong))
    if nearly:
        notes = (*notes, "That is close: was a number rounded on the way? Carry more digits than you write.")
    return Verdict("close" if nearly else "wrong", sentence, notes, cells, findings)


def worst(answer: Answer, true: Array, wrong: Mask) -> tuple[int, int]:
    """Return the place of the entry that is farthest off."""
    with np.errstate(all="ignore"):
        off = np.where(wrong, np.nan_to_num(np.abs(answer.values - true), nan=np.inf), -1.0)
    row, column = np.unravel_index(int(off.argmax()), off.shape)
    return int(row), int(column)


def differing(question: Question, answer: Answer, places: list[tuple[int, int]], most: tuple[int, int]) -> str:
    """Say how many entries differ: the first one with both numbers, and the one that is farthest off."""
    judged = int((~answer.open).sum())
    if judged == 1:
        return "Not right." if question.kept_back else f"Not right: {at(question, answer, places[0])}."
    verb = "differs" if len(places) == 1 else "differ"
    every = "Both entries differ" if judged == 2 else f"All {judged:,} entries differ"
    count = f"{len(places):,} of {judged:,} entries {verb}" if len(places) < judged else every
    farthest = f"; farthest off, {at(question, answer, most)}" if most != places[0] and not question.kept_back else ""
    first = ", the first: " if len(places) > 1 else ": "
    return f"{count}{first}{at(question, answer, places[0])}{farthest}."


def at(question: Question, answer: Answer, place: tuple[int, int]) -> str:
    """Return an entry with both numbers: ∂J/∂W₁[1, 2] is 0.0596, not −0.3556; without, where they are kept back."""
    cell = question.cell(place)
    name = question.spelled(question.name) + question.script.place(question.name, cell)
    if question.kept_back:
        return name
    true = told_apart(float(question.true[place]), float(answer.values[place]))
    return f"{name} is {true}, not {text_at(answer, place)}"


def text_at(answer: Answer, place: tuple[int, int]) -> str:
    """Return an entry as it was written; of a long one its beginning."""
    text = answer.texts[place[0] * answer.shape[1] + place[1]].replace("-", MINUS)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def told_apart(true: float, given: float) -> str:
    """Return a number with as many digits as tell it from the one that was given, four at least."""
    count = next((k for k in range(WELL, 17) if shown(true, k) != shown(given, k)), 17)
    return shown(true, count)
