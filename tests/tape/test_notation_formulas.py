"""What every notation prints is true: its formulas, read with the arrays that it writes, give the arrays it writes."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer import load_problem
from explorer.engine import Network, Objective, Problem
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.optimizers import OPTIMIZERS
from explorer.graph.typeset import typeset
from explorer.tape import Tape, jacobian, notation, notations, record
from explorer.tape.mistakes import MISTAKES
from explorer.tape.notation import Notation
from explorer.tape.orientation import Layout
from explorer.tape.step import Step
from tests.cases import problems
from tests.tape.making import fitting, making

Array = NDArray[np.floating]
LAYOUTS: tuple[Layout, ...] = ("denominator", "numerator")
SCRIPTS = [notation(name, layout) for name in notations() for layout in LAYOUTS]
IDS = [f"{script.name}-{script.layout}" for script in SCRIPTS]
READ = {
    "affine",
    "weight_gradient",
    "weight_gradient_turned",
    "chain",
    "gate",
    "transpose",
    "transpose_of_updated",
    "product_after",
    "descend",
    "keep",
}
"""Operations whose whole formula is sums and products of arrays."""
DOUBLE = re.compile(r"\^\{[^{}]*\}\^")
"""Two exponents side by side, which are no LaTeX."""
PLAIN = {r"\cdot": "@", r"\odot": "*", r"\,": "", "+": "+", "-": "-", "(": "(", ")": ")"}


def writings(tape: Tape, script: Notation) -> dict[str, Array]:
    """Every way in which a formula may write an array or its transpose, with the array that is meant."""
    found: dict[str, Array] = {}
    for name in (*tape.given, *(step.id for step in tape.steps)):
        value = tape.value(name)
        array = script.array(name, value) if value.ndim else value
        symbol = script.symbol(name, tape.activations, inline=True)
        written = {symbol, script.factor_on(tape, name, inline=True)}
        for writing in written:
            found.setdefault(writing, array)
            found.setdefault(script.power(writing, r"\top"), array.T)
    return found


def reading(latex: str, known: dict[str, Array], numbers: dict[str, float]) -> Array:
    """Read a formula: arrays side by side are multiplied as matrices."""
    every = sorted((*known, *numbers, *PLAIN), key=len, reverse=True)
    words = re.findall("|".join(map(re.escape, every)) + r"|\S", latex)
    arrays: list[Array | np.float64] = []
    pieces: list[str] = []
    for word in words:
        if word in known or word in numbers:
            if pieces and pieces[-1][-1] in "])":
                pieces.append("@")
            arrays.append(known.get(word, np.float64(numbers.get(word, 0.0))))
            pieces.append(f"A[{len(arrays) - 1}]" + ("*" if word in numbers else ""))
        elif PLAIN[word]:
            pieces.append(PLAIN[word])
    result: Array = eval(" ".join(pieces), {"A": arrays})  # noqa: S307 (made above, of names in a table)
    return result


def check(problem: Problem, tape: Tape, script: Notation) -> Iterator[Step]:
    """Read every formula that is sums and products; yield what was read."""
    known = writings(tape, script)
    decay = {r"2\lambda": problem.objective.decay, r"\lambda": problem.objective.decay}
    numbers = {r"\eta": problem.rate, **decay}
    for step in tape.steps:
        if step.operation in READ:
            right = script.right_side(step.instruction, tape.activations, inline=True)
            if step.instruction.factor:
                continue  # what it is short for
            read = reading(right, known, numbers)
            written = script.array(step.id, step.value)
            np.testing.assert_allclose(np.broadcast_to(read, written.shape), written, 1e-9, 1e-9, err_msg=right)
            yield step


@settings(deadline=None, max_examples=80)
@given(problems(), st.sampled_from(SCRIPTS))
def test_a_formula_read_with_the_arrays_as_they_are_written_gives_the_array_as_it_is_written(
    problem: Problem, script: Notation
) -> None:
    tape = record(problem)
    read = list(check(problem, tape, script))
    assert len(read) >= 6 * tape.depth - 1


@pytest.mark.parametrize("script", SCRIPTS, ids=IDS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_written_as_what_it_computes(mistake: str, script: Notation) -> None:
    problem = making(fitting(mistake), mistake)
    tape = record(problem)
    assert list(check(problem, tape, script))


@settings(deadline=None, max_examples=60)
@given(problems(), st.sampled_from(SCRIPTS))
def test_no_two_arrays_share_a_symbol(problem: Problem, script: Notation) -> None:
    tape = record(problem)
    names = (*tape.given, *(step.id for step in tape.steps))
    for inline in (True, False):
        assert len({script.symbol(name, tape.activations, inline=inline) for name in names}) == len(names)
    assert len({script.text(name, tape.activations) for name in names}) == len(names)


def kinds() -> Iterator[Problem]:
    """Problems that between them have every activation, loss, optimiser, depth and convention in their formulas."""
    for loss in LOSSES:
        for activation in ACTIVATIONS:
            network = Network((2, 3, 2), (activation, "identity"), loss, 1.0 if LOSSES[loss].multilabel else 2.0)
            yield Problem(network, np.ones((2, 2)), np.eye(2), None, Objective("mean", 0.1, "full"))
    right = load_problem("net-s")
    for optimizer in OPTIMIZERS:
        yield replace(right, update=replace(right.update, optimizer=optimizer))
    for mistake in MISTAKES:
        yield making(fitting(mistake), mistake)
    for depth in (1, 3, 11):
        yield Problem(Network.random((2,) * (depth + 1)), np.ones((1, 2)), np.array([[0.3, 0.3]]))


@pytest.mark.parametrize("script", SCRIPTS, ids=IDS)
def test_everything_can_be_typeset(script: Notation) -> None:
    formulas = {
        script.equation(step.instruction, tape.activations, inline=script.layout == "numerator")
        for tape in map(record, kinds())
        for step in tape.steps
    }
    assert len(formulas) > 100
    for latex in formulas:
        assert "_{nk}" not in latex or script.vectors == "row"
        assert not DOUBLE.search(latex), latex
        assert typeset(latex).box.width() > 0, latex


@pytest.mark.parametrize("script", SCRIPTS, ids=IDS)
def test_jacobians_are_written_in_every_notation(script: Notation) -> None:
    problem = load_problem("homework-10-5-10")
    tape = record(problem)
    pairs = (("z2", "h1"), ("z2", "W2"), ("z2", "b2"), ("h1", "z1"), ("p", "z2"), ("J", "p"), ("J", "z2"), ("J", "y"))
    for pair in pairs:
        found = jacobian(problem, tape, *pair)
        latex = found.equation(script, tape.activations)
        assert latex.startswith(script.derivative(found.name, tape.activations))
        assert not DOUBLE.search(latex), latex
        assert typeset(latex).box.width() > 0
    columns = script.vectors == "column"
    weights = script.quantity("W", 2, tape.activations)
    transposed = jacobian(problem, tape, "z2", "h1").equation(script, tape.activations)
    assert transposed.endswith(f" = {weights}" if columns else f" = {script.power(weights, chr(92) + 'top')}")
