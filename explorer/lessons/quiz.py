"""Asking: a question of a page with the numbers of its first form or of a seed, its answer worked out in float64."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.lessons.expressions import evaluate, evaluated
from explorer.lessons.lesson import Question
from explorer.lessons.typed import numbers_typed
from explorer.tape.numbers import MINUS, shown

Array = NDArray[np.float64]
NAME = re.compile(r"\{(\w+)\}")
SURPLUS = 1.0 + 1e-9
"""Of half a unit in the last place: what rounding adds to a number that was itself rounded right."""


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
            return " × ".join(str(int(side)) for side in answer.ravel())
        return told(answer, max(self.question.digits, 6))


class Verdict(Struct, frozen=True):
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
    answer = np.asarray(evaluate(question.answer, values), np.float64)
    ask, hint, why = (filled(text, values) for text in (question.ask, question.hint, question.why))
    return Posed(question, ask, hint, why, answer, seed)


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Return a text with values in the place of their names in braces; other braces stay."""
    return NAME.sub(lambda found: told(values[found[1]]) if found[1] in values else found[0], text)


def told(value: Any, digits: int = 6) -> str:
    """Return a value as a person reads it: (1, −0.5), rows apart by semicolons."""
    if isinstance(value, str):
        return value
    array = np.asarray(value)
    if array.ndim == 0:
        number = float(array)
        return str(int(number)).replace("-", MINUS) if number == int_of(number) else plain(number, digits)
    parts = [told(part, digits) for part in array]
    return f"({'; '.join(part.strip('()') for part in parts)})" if array.ndim == 2 else f"({', '.join(parts)})"


def int_of(number: float) -> int | None:
    """Return the whole number that a number is; None where it is none, or a long one."""
    return int(number) if np.isfinite(number) and number == np.rint(number) and abs(number) < 1e15 else None


def plain(number: float, digits: int) -> str:
    """Return a number with no zeros at its end that say nothing."""
    text = shown(number, digits)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text and float_of(text) == number else text


def float_of(text: str) -> float:
    """Return the number that a shown form stands for; NaN for none."""
    try:
        return float(text.replace(MINUS, "-"))
    except ValueError:
        return float("nan")


def judge(posed: Posed, text: str) -> Verdict:
    """Judge what was typed, or the number of what was chosen.

    Raises
    ------
    ExplorerError
        If it cannot be read.
    """
    question, right = posed.question, np.atleast_1d(posed.answer)
    typed = numbers_typed(text)
    numbers = np.array([number.value for number in typed])
    if len(numbers) != right.size:
        many = "one number" if right.size == 1 else f"{right.size} numbers"
        return Verdict(right=False, sentence=f"Expected {many}, found {len(numbers)}.")
    if question.kind in {"choice", "shape"}:
        same = bool((numbers == right.ravel()).all())
        return Verdict(right=same, sentence="Right." if same else "Not this one.")
    off = [not near(each, other, question.digits) for each, other in zip(numbers, right.ravel(), strict=True)]
    if not any(off):
        return Verdict(right=True, sentence="Right.")
    coarse = all(
        rounds_to(number.value, number.decimals, other) for number, other in zip(typed, right.ravel(), strict=True)
    )
    if coarse:
        return Verdict(right=False, sentence=f"Right as far as it goes: give {question.digits} significant digits.")
    return Verdict(right=False, sentence=wrong(numbers, right.ravel(), off))


def near(typed: float, right: float, digits: int) -> bool:
    """Tell whether a number is right to so many significant digits."""
    if typed == right:
        return True
    if right == 0 or not np.isfinite(right):
        return abs(typed - right) < 10.0**-digits
    unit = 10.0 ** (np.floor(np.log10(abs(right))) - digits + 1)
    return bool(abs(typed - right) <= 0.5 * unit * SURPLUS)


def rounds_to(typed: float, decimals: int, right: float) -> bool:
    """Tell whether the right number, rounded to the decimals that were typed, is the typed one."""
    return bool(abs(typed - right) <= 0.5 * 10.0**-decimals * SURPLUS)


def wrong(typed: Array, right: Array, off: list[bool]) -> str:
    """Say what is wrong with numbers, as far as one may say without the answer."""
    if typed.size > 1 and not all(off):
        places = [str(place + 1) for place, each in enumerate(off) if each]
        return f"Not yet: look at number {' and '.join(places)} again."
    if np.allclose(typed, -right, rtol=1e-3, atol=0):
        return "Not yet: the size is right, the sign is not."
    return "Not yet."
