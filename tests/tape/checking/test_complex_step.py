"""Complex steps agree with every gradient to 1e-10, see what central differences cannot, and know kinks."""

import numpy as np
import pytest
from hypothesis import given, settings

from explorer import check_gradients, record
from explorer.engine import Network, Problem
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.tape.checking.differences import Nudger
from explorer.tape.checking.gradcheck import check_entry, is_checkable
from explorer.tape.checking.gradtext import table
from explorer.tape.names import parse
from tests.cases import problems
from tests.tape.checking.falsified import small, with_value


@settings(deadline=None)
@given(problems())
def test_every_gradient_agrees_to_ten_digits(problem: Problem) -> None:
    report = check_gradients(problem, method="complex")
    assert report.passed, table(report)
    assert report.tolerance == 1e-10


@settings(deadline=None, max_examples=20)
@given(problems(max_samples=2))
def test_every_step_on_the_way_agrees_too(problem: Problem) -> None:
    tape = record(problem)
    for name in (step.id for step in tape.steps if is_checkable(tape, step.id)):
        for index in np.ndindex(tape[name].shape):
            assert check_entry(problem, name, index, method="complex", tape=tape).passed


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_nothing_is_lost_whatever_the_activation_and_the_loss(activation: str, loss: str) -> None:
    report = check_gradients(small(activation, loss=loss), method="complex")
    assert max(block.relative_error for block in report.blocks) < 1e-12, table(report)


def test_an_error_of_a_billionth_is_seen_by_complex_steps_only() -> None:
    tape = with_value(record(small()), "dJ/dW1", lambda g: g * (1 + 1e-9))
    assert check_gradients(small(), tape=tape).passed
    assert not check_gradients(small(), method="complex", tape=tape).passed


def test_a_complex_step_meets_a_kink_only_where_a_unit_stands_on_it() -> None:
    network = Network((1, 2, 1), ("relu", "identity"), "half_squared_error")
    network.layers[0].weights[:] = 1.0
    network.layers[0].bias[:] = (-1.0, -1.0 + 1e-7)
    network.layers[1].weights[:] = 1.0
    problem = Problem(network, np.ones((1, 1)), np.zeros((1, 1)))
    indices = np.array([[0], [1]])
    nudger = Nudger(problem)
    assert nudger.differences(parse("b1"), indices, 1e-5).kinks.tolist() == [True, True]
    exact = nudger.complex_steps(parse("b1"), indices)
    assert exact.kinks.tolist() == [True, False]
    assert exact.numeric[1] == pytest.approx(1e-7, rel=1e-8)
    report = check_gradients(problem, method="complex")
    assert (report["dJ/db1"].checked, report["dJ/db1"].skipped) == (2, 1)
    assert report["dJ/dx"].verdict == "skipped kinks"


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_piecewise_activations_have_kinks(activation: str) -> None:
    network = Network((1, 1, 1), (activation, "identity"), "half_squared_error")
    network.theta[:] = (1.0, 0.0, 1.0, 0.0)
    problem = Problem(network, np.zeros((1, 1)), np.ones((1, 1)))
    for method in ("central", "complex"):
        report = check_gradients(problem, method=method)
        assert report["dJ/db1"].verdict == "skipped kinks"
        assert report["dJ/db2"].verdict == "passed"


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "gelu", "softplus"])
def test_a_smooth_activation_has_no_kink_however_coarse_the_step(activation: str) -> None:
    indices = np.argwhere(np.ones((4,)))
    assert not Nudger(small(activation)).differences(parse("b1"), indices, 2.0, adaptive=False).kinks.any()


def test_the_penalty_is_differentiated_exactly() -> None:
    nudger, tape = Nudger(small()), record(small())
    indices = np.argwhere(np.ones((3, 4)))
    exact = nudger.complex_steps(parse("W1"), indices).numeric.reshape(3, 4)
    assert exact == pytest.approx(tape["dJ/dW1"].value, rel=1e-13)
