"""What goes wrong with any array: its sign, a factor, its transpose."""

from collections.abc import Iterator

import numpy as np

from explorer.lessons.answers.agreement import SLACK, Mask, placed
from explorer.lessons.answers.answer import Answer
from explorer.lessons.answers.candidate import Array, Candidate
from explorer.lessons.answers.question import Question
from explorer.tape.checking.diagnosis import factor_words, known_factors, size_words

RATES = {"was it multiplied by η": 1.0, "was it divided by η": -1.0}
"""Powers of the learning rate by which a gradient may be off."""
PLACES = {"right": 10.0, "left": 0.1}
"""Where a decimal point may have slipped to."""
ENOUGH = 3
"""Different entries from which on a factor that no rule knows is told."""


def common(question: Question, answer: Answer) -> Iterator[Candidate]:
    """Yield what an answer may be in place of what is right."""
    true = question.true
    if min(true.shape) > 1:
        yield Candidate("common", true.T, "Its transpose is right", "exchange rows and columns")
    what = "The number" if true.size == 1 else "Every entry"
    averaged = {1 / question.problem.samples, float(question.problem.samples)} if is_gradient(question) else set()
    for ratio in factors(question):
        words = factor_words(ratio, question.problem, what) if is_gradient(question) else size_words(ratio, what)
        yield Candidate("common", true / ratio, words, familiar=ratio in averaged)
    yield from rated(question, what)
    for way, ratio in PLACES.items():
        yield Candidate("common", true * ratio, f"The decimal point is one place too far to the {way}")
    placed_answer = placed(answer, true.shape)
    if placed_answer is not None and true.size > 1:
        yield from some_signs(true, placed_answer)
        yield from any_factor(question, placed_answer, what)


def is_gradient(question: Question) -> bool:
    """Tell whether a mean, a factor 2 or β may be forgotten in the step."""
    return question.step.phase == "backward"


def factors(question: Question) -> list[float]:
    """Return by what the answer may have to be multiplied, each with both signs."""
    known = sorted({*known_factors(question.problem).values(), 2.0, 0.5})
    return [-1.0, *(sign * ratio for ratio in known for sign in (1, -1) if abs(ratio) != 1)]


def rated(question: Question, what: str) -> Iterator[Candidate]:
    """Yield a gradient with the learning rate in it."""
    rate = question.problem.rate
    if is_gradient(question) and rate not in {0.0, 0.5, 1.0, 2.0}:
        for words, power in RATES.items():
            yield Candidate("common", question.true * rate**power, f"{what} is off by the learning rate: {words}")


def some_signs(true: Array, answer: Answer) -> Iterator[Candidate]:
    """Yield what is right with the signs of the answer, where some of them are right."""
    turned = answer.values * true < 0
    if turned.any() and (~turned & (true != 0)).any():
        flipped = np.where(turned, -true, true)
        yield Candidate("common", flipped, "The sign of some entries is wrong, their sizes are right")


def any_factor(question: Question, answer: Answer, what: str) -> Iterator[Candidate]:
    """Yield what is right times the one number that fits the answer best, where many entries tell it."""
    true, given = question.true, ~answer.open & np.isfinite(answer.values) & np.isfinite(question.true)
    values = np.where(given, answer.values, 0.0)
    with np.errstate(all="ignore"):
        ratio = float(np.vdot(values, true) / np.vdot(values, values))
    if len(np.unique(np.abs(values[given & (true != 0)]))) < ENOUGH or not np.isfinite(ratio) or not ratio:
        return
    words = unknown_factor(*span(answer, true, given & (true != 0)), what)
    if words:
        yield Candidate("common", true / ratio, words, fitted=1)


def span(answer: Answer, true: Array, told: Mask) -> tuple[float, float]:
    """Return between which numbers the factor lies that the entries have over what is right, as they are written."""
    values, units = answer.values[told], np.maximum(answer.units[told] / 2, SLACK * np.abs(answer.values[told]))
    ends = np.sort(np.array([values - units, values + units]) / true[told], axis=0)
    return float(ends[0].max()), float(ends[1].min())


def unknown_factor(least: float, most: float, what: str) -> str:
    """Say by what factor entries are off, with no digit that they do not tell; nothing where they tell not even one."""
    if least > most or least * most <= 0:
        return ""
    size, way = sorted((abs(least), abs(most))), "large"
    if size[1] < 1:
        size, way = [1 / size[1], 1 / size[0]], "small"
    text = next((f"{size[0]:.{k}g}" for k in (3, 2, 1) if f"{size[0]:.{k}g}" == f"{size[1]:.{k}g}"), "")
    sign = f"{what} has the wrong sign and" if least < 0 else what
    return f"{sign} is about {float(text):g} times too {way}" if text else ""
