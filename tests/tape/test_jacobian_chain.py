"""The product of Jacobians is the chained gradient, for every network, and read from left to right."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from explorer.engine import Problem
from explorer.engine.errors import ExplorerError
from explorer.engine.losses import LOSSES
from explorer.problems import load_problem
from explorer.tape import jacobian, jacobian_chain, record
from explorer.tape.jacobians.matrices import Order, times
from tests.cases import problems

Array = NDArray[np.floating]


def assert_close(found: Array, wanted: Array, name: str, tolerance: float = 1e-12) -> None:
    scale = max(1.0, float(abs(wanted).max()))
    np.testing.assert_allclose(found, wanted, rtol=0, atol=tolerance * scale, err_msg=name)


@settings(deadline=None, max_examples=100)
@given(problems())
def test_the_product_is_the_chained_gradient_of_each_sample(problem: Problem) -> None:
    tape = record(problem)
    rows = [step.id for step in tape.steps if step.phase == "backward" and step.id.startswith("dJ/d")]
    for gradient in (name for name in rows if name[4] in "xhz"):
        for sample in range(tape.samples):
            found = jacobian_chain(problem, tape, gradient[4:], sample)
            assert found.names[-1] == gradient
            assert_close(found.product[0], tape[gradient].value[sample], gradient)


@pytest.mark.parametrize("order", ["C", "F"])
@settings(deadline=None, max_examples=60)
@given(problem=problems())
def test_000_8_the_samples_and_the_penalty_sum_to_the_gradient_of_a_parameter(order: Order, problem: Problem) -> None:
    tape = record(problem)
    for name, parameter in problem.network.parameters.items():
        chains = [jacobian_chain(problem, tape, name, sample, order=order) for sample in range(tape.samples)]
        total = sum((chain.product for chain in chains), np.zeros((1, parameter.size)))
        if name.startswith("W") and problem.objective.l2:
            to_penalty = jacobian(problem, tape, "J", "R").matrix
            total = total + to_penalty @ jacobian(problem, tape, "R", name, order=order).matrix
        wanted = tape[f"dJ/d{name}"].value
        assert_close(total.reshape(wanted.shape, order=order), wanted, name)


@settings(deadline=None, max_examples=60)
@given(problems())
def test_the_long_way_leads_to_the_same_gradient(problem: Problem) -> None:
    tape = record(problem)
    if "p" not in tape or tape["p"].value.min() < 1e-6 or tape["p"].value.max() > 1 - 1e-6:
        return
    for sample in range(tape.samples):
        found = jacobian_chain(problem, tape, "x", sample, long_way=True)
        assert found.names[0] == "dJ/dp"
        assert_close(found.product[0], tape["dJ/dx"].value[sample], "dJ/dx", 1e-9)


def test_000_11_and_16_factors_and_partial_products_of_dj_dx() -> None:
    problem = load_problem("net-s")
    tape = record(problem)
    found = jacobian_chain(problem, tape, "x")
    assert [factor.name for factor in found.factors] == ["dJ/dz2", "dz2/dh1", "dh1/dz1", "dz1/dx"]
    assert found.names == ("dJ/dz2", "dJ/dh1", "dJ/dz1", "dJ/dx")
    for name, partial in zip(found.names, found.partials, strict=True):
        assert_close(partial, tape[name].value, name, 1e-15)
        assert not partial.flags.writeable


def test_the_long_way_has_one_factor_more() -> None:
    problem = load_problem("net-s")
    found = jacobian_chain(problem, record(problem), "z2", long_way=True)
    assert [factor.name for factor in found.factors] == ["dJ/dp", "dp/dz2"]


def test_a_loss_without_probabilities_has_one_way() -> None:
    problem = load_problem("mazur")
    assert not LOSSES[problem.network.loss].probabilities
    found = jacobian_chain(problem, record(problem), "h2", long_way=True)
    assert [factor.name for factor in found.factors] == ["dJ/dh2"]


def test_004_13_15_and_17_of_the_probabilities() -> None:
    problem = load_problem("net-s")
    tape = record(problem)
    p, h, V = tape.value("p")[0], tape.value("h1")[0], tape.value("W2")
    spread = np.diag(p) - np.outer(p, p)
    assert_close(jacobian_chain(problem, tape, "h1", of="p").product, p[:, None] * (V.T - (V @ p)), "dp/dh", 1e-15)
    by_weights = jacobian_chain(problem, tape, "W2", of="p").product.reshape(2, *V.shape)
    assert_close(by_weights, spread[:, None, :] * h[None, :, None], "dp/dW2", 1e-15)
    assert_close(jacobian_chain(problem, tape, "b2", of="p").product, spread, "dp/db2", 1e-15)


def test_004_19_and_21_of_the_hidden_units() -> None:
    problem = load_problem("net-s")
    tape = record(problem)
    h, x = tape.value("h1")[0], tape.value("x")[0]
    slopes = h * (1 - h)
    by_weights = jacobian_chain(problem, tape, "W1", of="h1").product.reshape(len(h), len(x), len(h))
    for j, slope in enumerate(slopes):
        assert_close(by_weights[j, :, j], slope * x, "dh/dW", 1e-15)
    assert_close(jacobian_chain(problem, tape, "b1", of="h1").product, np.diag(slopes), "dh/db", 1e-15)


def test_000_9_factors_in_the_other_order_do_not_fit() -> None:
    problem = load_problem("net-s")
    pull, weights = jacobian_chain(problem, record(problem), "h1").factors
    with pytest.raises(ValueError, match="matmul"):
        times(weights.matrix, pull.matrix)


@pytest.mark.parametrize(("of", "by"), [("J", "R"), ("J", "q"), ("z1", "W2"), ("p", "y"), ("J", "J")])
def test_what_does_not_depend_is_refused(of: str, by: str) -> None:
    problem = load_problem("net-s")
    with pytest.raises(ExplorerError, match=f"{of} does not depend on {by}: take an array that comes before {of}"):
        jacobian_chain(problem, record(problem), by, of=of)


def test_what_is_no_step_is_refused() -> None:
    problem = load_problem("net-s")
    with pytest.raises(ExplorerError, match="W1 is no forward step"):
        jacobian_chain(problem, record(problem), "x", of="W1")


def test_what_is_differentiated_put_by_position_is_refused_in_one_sentence() -> None:
    problem = load_problem("net-s")
    place: Any = "p"
    with pytest.raises(ExplorerError, match=r'sample \'p\' is no whole number: .*takes an array .* as of="p"'):
        jacobian_chain(problem, record(problem), "h1", place)
