"""Asking: a question of a page with the numbers of its first form or of a seed, its answer worked out in float64."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.lessons.answers.agreement import agreement, placed
from explorer.lessons.answers.answer import Answer
from explorer.lessons.answers.grouped import read_expected
from explorer.lessons.answers.shapes import read_sides
from explorer.lessons.expressions import evaluate, evaluated
from explorer.lessons.lesson import Question
from explorer.tape.numbers import MINUS, shown
from explorer.tape.symbols import shape_words

Array = NDArray[np.floating]
NAME = re.compile(r"\{(\w+)\}")
TRIES = 50
"""Seeds that are tried for other numbers."""
EXACT = 1e-9
"""Relative difference of numbers that are the same but for rounding."""


class Posed(Struct, frozen=True, eq=False):
    """A question as it is asked.

    Attributes
    ----------
    text, hint, why
        Its words, with the numbers in them.
    answer
        The right one, as an array; of a choice, its number; of a shape, the sides.
    seed
        From which its numbers were drawn; None for those of the page.
    """

    question: Question
    text: str
    hint: str
    why: str
    answer: Array
    seed: int | None = None

    @property
    def shown_answer(self) -> str:
        """The answer as it is told."""
        kind, answer = self.question.kind, self.answer
        if kind == "choice":
            return self.question.choices[int(answer)]
        if kind == "shape":
            return shape_words(tuple(answer.ravel().astype(int).tolist()))
        return told(answer, max(self.question.digits, 6))


class Judgement(Struct, frozen=True):
    """What is said of an answer."""

    right: bool
    sentence: str


def pose(question: Question, seed: int | None = None) -> Posed:
    """Ask a question: as its page has it, or with numbers from a seed.

    Raises
    ------
    ExplorerError
        If an expression of it fails, or it has no other form.
    """
    values = evaluated(question.given, {})
    if seed is not None:
        if not question.another:
            raise ExplorerError("this question has no other form: answer it as it is asked")
        values |= evaluated(question.another, {}, np.random.default_rng(seed))
    values = evaluated(question.let, values)
    answer = np.asarray(evaluate(question.answer, values), np.float64)
    ask, hint, why = (filled(text, values) for text in (question.ask, question.hint, question.why))
    return Posed(question, ask, hint, why, answer, seed)


def posed_anew(posed: Posed) -> Posed:
    """Ask with the numbers of the next seed that gives others than those that were asked for last, and on the page."""
    seed, before = posed.seed or 0, {posed.text, pose(posed.question).text}
    for further in range(seed + 1, seed + 1 + TRIES):
        found = pose(posed.question, further)
        if found.text not in before:
            break
    return found


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Return a text with values in the place of their names in braces; other braces stay."""
    return NAME.sub(lambda found: told(values[found[1]]) if found[1] in values else found[0], text)


def told(value: Any, most: int = 6) -> str:
    """Return a value as a person reads it: (1, −0.5), rows apart by semicolons."""
    if isinstance(value, str):
        return value
    array = np.asarray(value)
    if array.ndim == 0:
        number = float(array)
        return str(int(number)).replace("-", MINUS) if number == int_of(number) else plain(number, most)
    parts = [told(part, most) for part in array]
    return f"({'; '.join(part.strip('()') for part in parts)})" if array.ndim == 2 else f"({', '.join(parts)})"


def int_of(number: float) -> int | None:
    """Return the whole number that a number is; None where it is none, or a long one."""
    return int(number) if np.isfinite(number) and number == np.rint(number) and abs(number) < 1e15 else None


def plain(number: float, most: int) -> str:
    """Return a number with no zeros at its end that say nothing."""
    text = shown(number, most)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text and float_of(text) == number else text


def float_of(text: str) -> float:
    """Return the number that a shown form stands for; NaN for none."""
    try:
        return float(text.replace(MINUS, "-"))
    except ValueError:
        return float("nan")


def judge(posed: Posed, text: str) -> Judgement:
    """Judge what was typed, or the number of what was chosen, from 0.

    Raises
    ------
    ExplorerError
        If it cannot be read.
    """
    if posed.question.kind == "choice":
        return chosen(posed, int(text))
    if posed.question.kind == "shape":
        return of_shape(posed, text)
    right = np.atleast_2d(posed.answer)
    answer = read_expected(text, right)
    meant = placed(answer, (right.shape[0], right.shape[1]))
    if meant is None or meant.open.any():
        many = "one number" if right.size == 1 else f"{right.size} numbers"
        return Judgement(right=False, sentence=f"Expected {many}, found {answer.values.size - int(answer.open.sum())}.")
    agreed = agreement(meant, right).right
    if posed.question.near:
        agreed |= np.abs(meant.values - right) <= posed.question.near * np.abs(right)
    if not agreed.all():
        return Judgement(right=False, sentence=wrong(meant.values, right, agreed))
    asked = posed.question.digits
    if is_coarse(meant, right, asked):
        return Judgement(right=False, sentence=f"Right as far as it goes: give {asked} significant digits.")
    return Judgement(right=True, sentence="Right.")


def is_coarse(answer: Answer, right: Array, digits: int) -> bool:
    """Tell whether a number is not written to the place that the largest one has so many significant digits to."""
    size = float(np.abs(right).max())
    if not size or not np.isfinite(size):
        return False
    place = 10.0 ** (np.floor(np.log10(size)) - digits + 1)
    exact = np.abs(answer.values - right) <= EXACT * size
    return bool(((answer.units > place * (1 + EXACT)) & ~exact).any())


def chosen(posed: Posed, number: int) -> Judgement:
    """Judge a choice."""
    right = number == int(posed.answer)
    return Judgement(right=right, sentence="Right." if right else "Not this one.")


def of_shape(posed: Posed, text: str) -> Judgement:
    """Judge a shape; nothing but one is asked for, so that two whole numbers are one however they are parted."""
    shape = read_sides(text)
    if shape is None:
        raise ExplorerError(f"“{text.strip()[:16]}” is no shape: type one such as 2 × 3")
    sides = [int(side) for side in posed.answer.ravel()]
    if len(shape) != len(sides):
        return Judgement(right=False, sentence=f"Expected {len(sides)} sides, such as 2 × 3, found {len(shape)}.")
    if sorted(shape) == sorted(sides) and list(shape) != sides:
        return Judgement(right=False, sentence="Not yet: the sides are right, their order is not.")
    right = list(shape) == sides
    return Judgement(right=right, sentence="Right." if right else "Not yet.")


def wrong(typed: Array, right: Array, agreed: NDArray[np.bool_]) -> str:
    """Say what is wrong with numbers, as far as one may say without the answer."""
    if agreed.any():
        places = [str(place + 1) for place, is_right in enumerate(agreed.ravel()) if not is_right]
        return f"Not yet: look at number {' and '.join(places)} again."
    if np.allclose(typed, -right, rtol=1e-3, atol=0):
        return "Not yet: the size is right, the sign is not."
    return "Not yet."
