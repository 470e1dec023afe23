"""What the Jacobian view says is true in every notation and layout: names, orders, what is exchanged, shapes."""

import re
from collections.abc import Iterator
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine.errors import ExplorerError
from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import equation_of
from explorer.panels.step.jacobian_sides import Look, Sides, sides_of
from explorer.panels.step.jacobian_view import JacobianView
from explorer.session import Session, shown_problem
from explorer.tape import notation, notations
from explorer.tape.names import Role, parse
from explorer.tape.notation import Notation
from explorer.tape.orientation import Layout
from explorer.tape.symbols import shape_text
from tests.panels.step.stepping import random_problem, session_of

Array = NDArray[np.floating]
PROBLEMS = ("net-s", "batch-cross-entropy", "xor", "dead-relu", "3-2", "3-4-4-2")
SCRIPTS = [notation(name, layout) for name in notations() for layout in get_args(Layout)]
OWN = re.compile(r'own (row|column) of (\S+) alone.*; the (rows|columns) stand .* as in (\S+)\.ravel\("([CF])"\)')


def session(name: str) -> Session:
    return session_of(random_problem(tuple(map(int, name.split("-")))) if name[0].isdigit() else name)


def looks(opened: Session, script: Notation) -> Iterator[tuple[Look, Sides]]:
    state = opened.state
    for step in state.tape.steps:
        look = Look(shown_problem(state), state.tape, step, state.row, script)
        try:
            yield look, sides_of(look)
        except ExplorerError:
            assert step.phase == "update"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: f"{script.name}-{script.layout}")
def test_001_9_the_weights_stand_row_by_row_as_they_are_written(script: Notation) -> None:
    state = session_of(random_problem((3, 4, 2))).state
    look = Look(shown_problem(state), state.tape, state.tape["dJ/dW2"], 0, script)
    full = next(block for block in sides_of(look).equation.blocks if parse(block.name).role is Role.FACTOR)
    feed = state.tape.value("h1")
    columns = script.vectors == "column"
    expected = np.kron(np.eye(2), feed) if columns else np.kron(feed, np.eye(2))
    np.testing.assert_array_equal(np.asarray(full.value), expected.T if look.turned else expected)
    assert 'ravel("C")' in sides_of(look).sentence
    assert sides_of(look).difference == 0
    formula = sides_of(look).formulas[0].partition("=")[2].strip()
    assert formula.startswith(r"I_{2} \otimes") is columns
    assert formula.endswith(r"\otimes I_{2}") is not columns
    assert (r"\top" in formula) is (columns is not look.turned)


def matrix(look: Look, name: str) -> Array:
    """The array as the notation writes it."""
    return look.script.array(name, look.tape.value(name))


@pytest.fixture(scope="module", params=PROBLEMS)
def opened(request: pytest.FixtureRequest) -> Session:
    return session(request.param)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: f"{script.name}-{script.layout}")
def test_every_sentence_is_true(opened: Session, script: Notation) -> None:
    for look, sides in looks(opened, script):
        known = [name for name in look.tape.given if name not in {"x", "y"}]
        for name in known:
            written = script.text(name, look.tape.activations)
            assert name in written or not re.search(rf"\b{name}\b", sides.sentence)
        full = [block for block in sides.equation.blocks if parse(block.name).role is Role.FACTOR]
        for block in full:
            if "the weight between them" in sides.sentence:
                weights = matrix(look, f"W{parse(parse(block.name).over).layer}")
                exchanged = "rows and columns exchanged" in sides.sentence
                np.testing.assert_array_equal(block.value, weights.T if exchanged else weights)
            if "alone, each by its input" in sides.sentence:
                check_order(look, sides, np.asarray(block.value))


def check_order(look: Look, sides: Sides, full: Array) -> None:
    """Each unit's numbers that are not 0 are those of its own line of W as it is written, in the order that is said."""
    found = OWN.search(sides.sentence)
    assert found is not None
    line, name, lines, again, order = found.groups()
    weights = f"W{parse(look.step.id).layer or 1}"
    assert {name, again} == {look.script.text(weights, look.tape.activations)}
    assert lines == ("rows" if look.turned else "columns")
    numbers = np.arange(look.tape.value(weights).size).reshape(matrix(look, weights).shape)
    laid = numbers.ravel("F" if order == "F" else "C")
    for unit, row in enumerate(full.T if look.turned else full):
        own = numbers[unit] if line == "row" else numbers[:, unit]
        assert set(laid[row != 0]) <= set(own)
        assert (row != 0).sum() <= len(own) == len(row) // len(full.T if look.turned else full)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: f"{script.name}-{script.layout}")
def test_a_symbol_has_one_shape_in_both_forms_and_the_product_is_what_is_drawn(
    opened: Session, script: Notation
) -> None:
    for look, sides in looks(opened, script):
        *factors, result = sides.equation.blocks
        if factors:
            left, right = (np.asarray(block.value) for block in factors)
            np.testing.assert_allclose(left @ right, np.asarray(result.value), rtol=1e-12, atol=1e-15)
            assert (factors[0].inner, factors[1].inner) == (1, 0)
        for block in sides.equation.blocks:
            assert block.value is not None
            assert block.value.shape == block.shape
        if look.tape.samples > 1:
            continue
        collapsed = equation_of(look.tape, look.tape.index(look.step.id), look.problem, script)
        shapes = {block.latex: block.shape for block in collapsed.blocks if not diagonal(block.name)}
        for block in sides.equation.blocks:
            assert padded(shapes.get(block.latex, block.shape)) == block.shape, (look.step.id, block.latex)


def diagonal(name: str) -> bool:
    """Whether the collapsed form has the diagonal alone."""
    return parse(name).role is Role.FACTOR and parse(name).over.startswith("h")


def padded(shape: tuple[int, ...]) -> tuple[int, ...]:
    return (1, *shape) if len(shape) == 1 else shape


@pytest.fixture
def view(look: QApplication, qtbot: QtBot) -> Iterator[JacobianView]:
    typesetter = Typesetter()
    made = JacobianView(typesetter)
    qtbot.addWidget(made)
    yield made
    typesetter.finish()


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("name", list(notations()))
def test_shapes_and_directions_that_are_told_are_those_that_are_shown(
    view: JacobianView, opened: Session, name: str, layout: Layout
) -> None:
    opened.write_in(name)
    opened.lay_out(layout)
    for step in opened.state.tape.steps:
        opened.go_to_step(step.id)
        state = opened.state
        view.show_step(state)
        if step.phase == "update":
            assert view.verdict.isHidden()
            assert view.heading.isHidden()
            continue
        blocks = view.equation.equation.blocks
        columns = state.script.flips("dJ/dx")
        assert ("transposed" in view.heading.text()) is columns
        assert ("from right to left" in view.heading.text()) is (columns and len(blocks) > 1)
        told = re.search(r"laid out (\S+):", view.verdict.text())
        if told:
            shown = equation_of(state.tape, state.position, shown_problem(state), state.script).blocks[-1].shape
            assert told[1] == shape_text(shown)
            assert blocks[-1].value is not None
            assert blocks[-1].value.size == np.prod(shown)


def test_a_refusal_has_the_names_of_the_notation() -> None:
    large = session_of(random_problem((784, 64, 10)))
    state = large.state
    look = Look(shown_problem(state), state.tape, state.tape["dJ/dW1"], 0, notation("bracket"))
    with pytest.raises(ExplorerError, match=re.escape("The Jacobian of z^[1] by W^[1] has")):
        sides_of(look)
