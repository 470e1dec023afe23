"""The card in every notation: the product of the matrices that are drawn is the matrix that is drawn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.engine import Network, Problem
from explorer.panels.step.blocks import Block, Equation, equation_of
from explorer.panels.step.chain_links import chain_of, flipped, is_mirrored
from explorer.tape import notation, notations, record
from explorer.tape.names import parse
from explorer.tape.notation import Notation
from explorer.tape.operations import OPERATIONS
from explorer.tape.orientation import Layout
from explorer.tape.step import Step, Tape
from tests.cases import problems

Array = NDArray[np.floating]
LAYOUTS: tuple[Layout, ...] = ("denominator", "numerator")
SCRIPTS = st.builds(notation, st.sampled_from(sorted(notations())), st.sampled_from(LAYOUTS))


def drawn(block: Block) -> Array:
    assert block.value is not None
    assert block.value.shape == (block.rows, block.columns)
    return block.value


def product_of(equation: Equation, step: Step, problem: Problem) -> Array:
    """What the drawn operands come to, in the order in which they are drawn."""
    first, second, *others = (drawn(block) for block in equation.blocks[:-1])
    result: Array = first @ second
    match OPERATIONS[step.operation].picture:
        case "affine":
            result = result + others[0]
        case "gated product":
            result = result * others[0]
        case "product" if others:
            result = result + problem.objective.decay * others[0]
    return result


def check_products(problem: Problem, tape: Tape, script: Notation) -> int:
    found = 0
    for position, step in enumerate(tape.steps):
        equation = equation_of(tape, position, problem, script)
        result = equation.blocks[-1]
        for block in equation.blocks:
            indices = [block.index(*cell) for cell in np.ndindex(block.rows, block.columns)]
            assert sorted(indices) == sorted(np.ndindex(tape.value(block.name).shape))
            for cell, index in zip(np.ndindex(block.rows, block.columns), indices, strict=True):
                assert block.position(index) == cell
                assert np.array_equal(drawn(block)[cell], tape.value(block.name)[index], equal_nan=True)
        picture = OPERATIONS[step.operation].picture
        if picture in {"affine", "product", "gated product"}:
            left, right = equation.blocks[:2]
            assert (left.inner, right.inner) == (1, 0)
            assert left.columns == right.rows
            np.testing.assert_allclose(product_of(equation, step, problem), drawn(result), rtol=1e-9, atol=1e-9)
            found += 1
        if picture == "elementwise":
            factors = [drawn(block) for block in equation.blocks]
            np.testing.assert_array_equal(factors[0] * factors[1], factors[2])
        if picture == "update":
            before, gradient, after = (drawn(block) for block in equation.blocks)
            np.testing.assert_allclose(before - problem.rate * gradient, after, rtol=1e-12)
    return found


@settings(deadline=None, max_examples=60)
@given(problems(), SCRIPTS)
def test_the_drawn_product_of_the_drawn_matrices_is_the_drawn_result(problem: Problem, script: Notation) -> None:
    tape = record(problem)
    assert check_products(problem, tape, script) == 3 * tape.depth


@settings(deadline=None, max_examples=40)
@given(problems(), SCRIPTS)
def test_the_chain_multiplies_in_the_order_in_which_it_is_drawn(problem: Problem, script: Notation) -> None:
    tape = record(problem)
    links = chain_of(tape)
    arrays = [script_array(tape, link.id, turned=flipped(tape, link, script)) for link in links]
    running = arrays[0]
    for link, array in zip(links[1:-1], arrays[1:-1], strict=True):
        left, right = (array, running) if is_mirrored(links, script) else (running, array)
        running = left @ right if link.is_matrix else left * right
    np.testing.assert_allclose(running, arrays[-1], rtol=1e-9, atol=1e-9)


def script_array(tape: Tape, name: str, *, turned: bool) -> Array:
    return tape.value(name).T if turned else tape.value(name)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", notations())
def test_a_gradient_has_the_shape_of_its_parameter_or_the_transposed_shape(name: str, layout: Layout) -> None:
    network = Network.random((3, 4, 2))
    script, tape = notation(name, layout), record(Problem(network, np.ones((1, 3)), np.eye(2)[:1]))
    for step in tape.steps:
        if step.id.startswith("dJ/d"):
            gradient = script.array(step.id, step.value).shape
            own = script.array(parse(step.id).quantity, step.value).shape
            assert gradient == (own if layout == "denominator" else own[::-1])


@pytest.mark.parametrize(
    ("name", "layout", "shapes"),
    [
        ("row", "denominator", {"b1": (4,), "W1": (3, 4), "dJ/db1": (4,), "J": ()}),
        ("row", "numerator", {"b1": (4,), "W1": (3, 4), "dJ/db1": (4, 1), "dJ/dW1": (4, 3)}),
        ("column", "denominator", {"x": (3, 1), "b1": (4, 1), "W1": (4, 3), "dJ/db1": (4, 1), "J": ()}),
        ("column", "numerator", {"b1": (4, 1), "W1": (4, 3), "dJ/db1": (1, 4), "dJ/dW1": (3, 4)}),
    ],
)
def test_shapes_as_they_are_written(name: str, layout: Layout, shapes: dict[str, tuple[int, ...]]) -> None:
    script, tape = notation(name, layout), record(Problem(Network.random((3, 4, 2)), np.ones((1, 3)), np.eye(2)[:1]))
    for array, shape in shapes.items():
        assert script.shape(array, tape.value(array).shape) == shape
