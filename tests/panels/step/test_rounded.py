"""Numbers on display are honest: a line that does not say "rounded" can be worked out from its written digits."""

import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.engine import Problem
from explorer.engine.activations import ACTIVATIONS
from explorer.panels.step.spell import spell
from explorer.panels.step.spelling import Reading, Spelling
from explorer.panels.step.spelling_functions import value_at
from explorer.problems import load_problem, shelf
from explorer.tape import record
from explorer.tape.latex_text import as_text
from explorer.tape.mistakes import MISTAKES
from explorer.tape.numbers import DIGITS, number_of
from tests.cases import problems
from tests.panels.step.stepping import random_problem, soft_problem
from tests.tape.making import fitting, making

WORDS = ("?", "slope of", "no pass", "softmax", "falls", "rises", "stays", "lost", "⁺", "′", "Σ")
HIDDEN = re.compile(r"… \d+ smaller terms(?:, \d+ of them 0,)? that add up to (\S+) …")


def names() -> dict[str, Any]:
    """Return what stands for a function in a written line."""
    functions = {as_text(ACTIVATIONS[name].symbol.format()): name for name in ACTIVATIONS if name != "identity"}
    made: dict[str, Any] = {text: (lambda z, name=name: value_at(name, z)) for text, name in functions.items()}
    density = {"φ": lambda z: math.exp(-z * z / 2) / math.sqrt(2 * math.pi), "Φ": lambda z: math.erfc(-z / 2**0.5) / 2}
    return {**made, **density, "σ": lambda z: value_at("sigmoid", z), "log": math.log, "exp": math.exp, "max": max}


def worked_out(spelling: Spelling) -> float | None:
    """Work a line out as a person would with a calculator; None where it is words."""
    text = spelling.text
    if any(word in text for word in WORDS) or "∞" in text or "NaN" in text:
        return None
    left = HIDDEN.sub(r"(\1)", text).rpartition("=")[0]
    for sign, meant in {"−": "-", "·": "*", "²": "**2", "×": "*"}.items():
        left = left.replace(sign, meant)
    left = re.sub(r"log ((?:\d[\d.]*)(?:e-?\d+)?)", r"log(\1)", left)
    try:
        return float(eval(left.strip(), {"__builtins__": {}}, names()))  # noqa: S307 (the program's own lines)
    except (ValueError, OverflowError):  # log 0, exp of a million
        return None


def check(problem: Problem, digits: int, *, everything: bool = False) -> int:
    """Hold every first entry's line to its word; return how many lines could be worked out."""
    tape, count = record(problem), 0
    for step in tape.steps:
        index = (0,) * step.value.ndim
        spelling = spell(Reading(tape, step, index, problem, digits, everything=everything))
        value = worked_out(spelling)
        if value is None or not math.isfinite(float(step.value[index])):
            continue
        count += 1
        written = spelling.atoms[-1].text
        decimals = len(written.partition(".")[2].partition("e")[0])
        power = int(written.partition("e")[2].replace("−", "-") or 0) if "e" in written else 0
        least = 4 * math.ulp(max(abs(value), 1.0))  # what this working out itself may be off by
        near = abs(value - number_of(written)) <= 0.5000001 * 10.0 ** (power - decimals) + least
        if spelling.adds_up and digits < DIGITS[-1]:
            assert near, (step.id, spelling.text, value)
    return count


@settings(max_examples=150, deadline=None)
@given(problems(), st.sampled_from([2, 4, 6, 8]))
def test_what_is_not_said_to_be_rounded_can_be_worked_out(problem: Problem, digits: int) -> None:
    assert check(problem, digits)


@pytest.mark.parametrize("digits", DIGITS)
def test_every_line_of_the_shelf_keeps_its_word(digits: int) -> None:
    for entry in shelf():
        assert check(load_problem(entry.name), digits) > 5


def test_soft_targets_and_long_sums_keep_their_word() -> None:
    problem = soft_problem((30, 20, 3), samples=14)
    for digits in DIGITS:
        assert check(problem, digits) == check(problem, digits, everything=True) > 10


@pytest.mark.parametrize("mistake", MISTAKES)
def test_wrong_steps_are_as_honest(mistake: str) -> None:
    assert check(making(fitting(mistake), mistake), 4)


def test_a_function_of_a_rounded_number_says_so() -> None:
    problem = random_problem((2, 8, 3), samples=8)
    tape = record(problem)
    spellings = [spell(Reading(tape, tape["h1"], index, problem, 2)) for index in np.ndindex(8, 8)]
    assert {spelling.adds_up for spelling in spellings} == {True, False}
