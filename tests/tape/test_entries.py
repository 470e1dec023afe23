"""One entry taken apart: the products that are shown add up to the number that is shown."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

from explorer.engine import Network, Objective, Problem, Update
from explorer.tape import Step, Tape, record
from explorer.tape.entries import Term, entry
from tests.cases import problems

SUMS = {"affine", "weight_gradient", "bias_gradient", "transpose", "chain", "gate", "descend"}


def scale_of(term: Term, problem: Problem) -> float:
    decay = problem.objective.l2 * (1 if problem.objective.l2_form == "half" else 2)
    size = {"": 1.0, "λ′": decay, "η": problem.update.learning_rate}[term.scale]
    return -size if term.negative else size


def total(tape: Tape, terms: tuple[Term, ...], problem: Problem) -> float:
    products = (
        scale_of(term, problem) * math.prod(float(tape.value(name)[index]) for name, index in term.cells)
        for term in terms
    )
    return math.fsum(products)


@settings(deadline=None, max_examples=60)
@given(problems(max_samples=3))
def test_the_terms_add_up_to_the_entry(problem: Problem) -> None:
    tape = record(problem)
    for step in tape.steps:
        for index in np.ndindex(step.shape):
            found = entry(tape, step, index)
            assert bool(found.terms) == (step.operation in SUMS)
            if found.terms:
                wanted = pytest.approx(float(step.value[index]), rel=1e-11, abs=1e-12)
                assert total(tape, found.terms, problem) == wanted


@settings(deadline=None, max_examples=30)
@given(problems(max_samples=3))
def test_what_is_read_lies_inside_the_operands(problem: Problem) -> None:
    tape = record(problem)
    for step in tape.steps:
        for index in np.ndindex(step.shape):
            for name, cell in entry(tape, step, index).reads:
                assert name in step.operands
                assert np.isfinite(tape.value(name)[cell]).all()


@pytest.fixture
def tape() -> Tape:
    network = Network.random((3, 4, 2), seed=1)
    return record(Problem(network, np.eye(3)[:2], np.eye(2), None, Objective(l2=0.1), Update()))


def reads(tape: Tape, step_id: str, index: tuple[int, ...]) -> set[tuple[str, tuple[int, ...]]]:
    step: Step = tape[step_id]
    return set(entry(tape, step, index).reads)


def test_a_pre_activation_reads_a_row_a_column_and_its_bias(tape: Tape) -> None:
    row = {("x", (1, k)) for k in range(3)}
    column = {("W1", (k, 2)) for k in range(3)}
    assert reads(tape, "z1", (1, 2)) == row | column | {("b1", (2,))}


def test_a_weight_gradient_reads_its_input_and_its_unit_over_the_samples(tape: Tape) -> None:
    inputs = {("h1", (n, 3)) for n in range(2)}
    unit = {("dJ/dz2", (n, 1)) for n in range(2)}
    assert reads(tape, "dJ/dW2", (3, 1)) == inputs | unit | {("W2", (3, 1))}


def test_a_softmax_reads_its_whole_row(tape: Tape) -> None:
    assert reads(tape, "p", (1, 0)) == {("z2", (1, 0)), ("z2", (1, 1))}


def test_elementwise_steps_read_the_same_cell(tape: Tape) -> None:
    assert reads(tape, "h1", (0, 3)) == {("z1", (0, 3))}
    assert reads(tape, "dh1/dz1", (0, 3)) == {("z1", (0, 3)), ("h1", (0, 3))}
    assert reads(tape, "dJ/dz1", (0, 3)) == {("dJ/dh1", (0, 3)), ("dh1/dz1", (0, 3))}
    assert reads(tape, "dJ/dz2", (0, 1)) == {("p", (0, 1)), ("y", (0, 1))}


def test_a_transpose_reads_the_mirrored_cell(tape: Tape) -> None:
    assert reads(tape, "dz2/dh1", (1, 3)) == {("W2", (3, 1))}


def test_a_cross_entropy_reads_the_picked_probabilities_and_the_penalty(tape: Tape) -> None:
    picked = {(name, (n, n)) for name in ("p", "y") for n in range(2)}
    assert reads(tape, "J", ()) == picked | {("R", ())}


def test_what_sums_whole_arrays_reads_them_whole(tape: Tape) -> None:
    assert reads(tape, "R", ()) == {("W1", ()), ("W2", ())}
    assert reads(tape, "J+", ()) == {(name, ()) for name in ("W1+", "b1+", "W2+", "b2+")}
