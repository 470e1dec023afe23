"""The step as full Jacobians comes to what the collapsed form has, or says in one sentence why there is none."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine import Network, Objective, Problem
from explorer.engine.errors import ExplorerError
from explorer.graph.typeset import Typesetter
from explorer.panels.step.jacobian_sides import Look, Sides, sides_of
from explorer.panels.step.jacobian_view import JacobianView
from explorer.session import Session
from explorer.tape import notation, record
from tests.cases import problems
from tests.panels.step.stepping import random_problem, session_of


def sides(problem: Problem, step: str, row: int = 0) -> Sides:
    tape = record(problem)
    return sides_of(Look(problem, tape, tape[step], row, notation("row")))


@settings(max_examples=60, deadline=None)
@given(problems(max_samples=3))
def test_both_forms_of_every_step_are_equal(problem: Problem) -> None:
    tape = record(problem)
    for step in tape.steps:
        if step.phase != "backward":
            continue
        for row in range(problem.samples):
            made = sides_of(Look(problem, tape, step, row, notation("row")))
            result = made.equation.blocks[-1].value
            assert result is not None
            assert not made.difference > 1e-9 * max(1.0, float(np.abs(result).max()))


def test_the_shapes_meet() -> None:
    made = sides(random_problem((5, 4, 3), samples=2), "dJ/dW1", 1)
    assert [block.shape for block in made.equation.blocks] == [(1, 4), (4, 20), (1, 20)]
    assert [block.inner for block in made.equation.blocks] == [1, 0, None]
    assert r"\otimes" in made.formulas[0]


def test_the_loss_goes_the_long_way() -> None:
    made = sides(random_problem((2, 3, 3)), "dJ/dz2")
    assert [block.name for block in made.equation.blocks] == ["dJ/dp", "dp/dz2", "dJ/dz2"]
    assert made.difference < 1e-15


def test_a_wrong_step_differs() -> None:
    problem = random_problem((2, 3, 3), samples=2)
    tape = record(problem)
    wrong = Network.random((2, 3, 3), "tanh", seed=1)
    other = record(problem.with_network(wrong))
    made = sides_of(Look(problem, other, tape["dJ/dh1"], 0, notation("row")))
    assert made.difference > 1e-3


def test_an_update_has_none() -> None:
    with pytest.raises(ExplorerError, match="An update is no derivative"):
        sides(random_problem((2, 3, 3)), "W1+")


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(ExplorerError, match="too many to draw"):
        sides(random_problem((784, 64, 10)), "dJ/dW1")


@pytest.mark.parametrize("step", ["R", "J", "p", "h1", "z1"])
def test_steps_forward_have_one(step: str) -> None:
    X = np.eye(3)[:2]
    problem = Problem(Network.random((3, 4, 2), seed=1), X, np.eye(2), None, Objective(l2=0.1))
    assert len(sides(problem, step).equation.blocks) == 1


@pytest.fixture
def view(look: QApplication, qtbot: QtBot) -> Iterator[JacobianView]:
    typesetter = Typesetter()
    made = JacobianView(typesetter)
    qtbot.addWidget(made)
    made.resize(374, 400)
    made.show()
    yield made
    typesetter.finish()


def show(view: JacobianView, session: Session, step: str) -> None:
    session.go_to_step(step)
    view.show_step(session.state)


def test_the_view_says_that_they_are_equal(view: JacobianView) -> None:
    show(view, session_of("net-s"), "dJ/dz2")
    assert view.verdict.text().startswith("Equals the collapsed form: largest difference")
    assert len(view.equation.views) == 3
    show(view, session_of(random_problem((2, 3, 2), samples=4)), "dJ/dW1")
    assert view.verdict.text().startswith("Equals what this sample adds to the collapsed form, laid out 2×3")
    assert view.heading.text() == "Full Jacobians of sample 1"


@pytest.mark.parametrize("label", [0, 1])
def test_the_view_says_why_the_long_way_fails_where_a_probability_is_0(view: JacobianView, label: int) -> None:
    network = Network((1, 2), ("identity",))
    network.layers[0].weights[...] = [800, 0]
    show(view, session_of(Problem(network, np.ones((1, 1)), np.eye(2)[[label]])), "dJ/dz1")
    assert view.verdict.text().startswith("The long way fails: p[2] is 0 in float64, so ∂J/∂p[2] is")
    assert view.verdict.property("role") == "small"


def test_the_view_does_not_compare_what_is_no_number(view: JacobianView) -> None:
    network = Network((1, 2, 2), ("relu", "identity"), "half_squared_error")
    network.layers[0].weights[...] = np.inf
    show(view, session_of(Problem(network, np.ones((1, 1)), np.eye(2)[:1])), "dJ/dz1")
    assert view.verdict.text() == "Cannot be compared with the collapsed form: NaN is in one of the two, or in both"
    assert view.verdict.property("role") == "small"


def test_the_view_refuses_in_one_sentence(view: JacobianView) -> None:
    show(view, session_of("net-s"), "W1+")
    assert view.sentence.text().startswith("An update is no derivative")
    assert view.equation.isHidden()
    show(view, session_of("net-s"), "dJ/dz1")
    assert not view.equation.isHidden()


@pytest.mark.parametrize("loss", ["softmax_cross_entropy", "half_squared_error"])
@pytest.mark.parametrize("scale", [1e80, 1e200])
def test_both_forms_of_a_run_that_diverged_are_shown(loss: str, scale: float) -> None:
    network = Network.random((2, 3, 3, 3), "relu", loss=loss, seed=1)
    for values in network.parameters.values():
        np.multiply(values, scale, out=values)
    problem = replace(random_problem((2, 3, 3)), network=network)
    tape = record(problem)
    for step in tape.steps:
        if step.phase == "backward":
            assert sides_of(Look(problem, tape, step, 0, notation("row"))).equation.blocks
