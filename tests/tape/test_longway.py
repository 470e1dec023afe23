"""The long way beside the short way: the same numbers, until a probability is 0 and an infinity meets it (Q7)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.engine import Network, Problem
from explorer.engine.errors import ExplorerError
from explorer.engine.losses import LOSSES
from explorer.problems import load_problem
from explorer.tape import LongWay, jacobian_chain, long_way, notation, record

LOGITS = st.lists(st.floats(-30, 30), min_size=1, max_size=6)


def problem_of(logits: list[float], y: list[float], loss: str = "softmax_cross_entropy", beta: float = 1.0) -> Problem:
    """Return a problem whose logits are those numbers: x is 1, the weights are the logits."""
    network = Network((1, len(logits)), ("identity",), loss, beta)
    network.layers[0].weights[...] = logits
    return Problem(network, np.ones((1, 1)), np.array([y]))


def ways(logits: list[float], y: list[float], loss: str = "softmax_cross_entropy", beta: float = 1.0) -> LongWay:
    problem = problem_of(logits, y, loss, beta)
    return long_way(problem, record(problem))


@given(LOGITS, st.sampled_from([-1.0, 0.5, 1.0, 2.0]), st.data())
def test_003_14_both_ways_agree_at_ordinary_logits(logits: list[float], beta: float, data: st.DataObject) -> None:
    y = data.draw(st.lists(st.floats(0, 1), min_size=len(logits), max_size=len(logits)))
    found = ways(logits, y, beta=beta)
    assert found.finite
    assert found.difference.max() <= 1e-12
    assert found.sentence.startswith("The long way and the short way agree")


@pytest.mark.parametrize("logits", [[800.0, 0.0], [1001.0, -1001.0], [1e4, -1e4, 0.0], [0.0, 746.0]])
@pytest.mark.parametrize("label", [0, 1])
def test_q7_the_long_way_leaves_the_numbers_where_a_probability_is_0(logits: list[float], label: int) -> None:
    y = np.eye(len(logits))[label].tolist()
    found = ways(logits, y)
    p = np.eye(len(logits))[int(np.argmax(logits))]
    assert not found.finite
    assert np.isnan(found.product).any()
    assert found.short_finite
    np.testing.assert_array_equal(found.short, p - y)
    assert found.sentence.startswith("The long way fails: p[")
    assert "is 0 in float64, so ∂J/∂p[" in found.sentence


def test_q7_minus_infinity_times_0() -> None:
    pull, spread = ways([800, 0], [0, 1]).factors
    np.testing.assert_array_equal(pull.matrix, [[0, -np.inf]])
    np.testing.assert_array_equal(spread.matrix, np.zeros((2, 2)))
    assert "∂J/∂p[2] is −∞" in ways([800, 0], [0, 1]).sentence
    assert "∂J/∂p[2] is NaN" in ways([800, 0], [1, 0]).sentence


@pytest.mark.parametrize("logits", [[1001.0, 1002.0], [-1001.0, -1002.0], [700.0, 0.0]])
def test_large_logits_alone_do_no_harm(logits: list[float]) -> None:
    found = ways(logits, [1.0, 0.0])
    assert found.finite
    assert found.difference.max() <= 1e-15


def test_003_13_soft_labels_need_not_sum_to_1() -> None:
    found = ways([0.5, -1.0, 2.0], [0.7, 0.4, 0.2])
    p = found.factors[1].matrix.diagonal()
    assert p.min() > 0
    assert found.difference.max() <= 1e-15
    assert found.short.sum() == pytest.approx(0, abs=1e-15)


def test_a_large_beta_fails_alike() -> None:
    found = ways([1.0, 0.0], [0.0, 1.0], beta=1000.0)
    assert not found.finite
    np.testing.assert_array_equal(found.short, [1000.0, -1000.0])


def test_where_no_logit_is_finite_neither_way_helps() -> None:
    network = Network((1, 2), ("identity",))
    network.layers[0].weights[...] = [np.inf, 0]
    problem = Problem(network, np.ones((1, 1)), np.eye(2)[:1])
    found = long_way(problem, record(problem))
    assert not found.short_finite
    assert found.sentence == "Neither way gives numbers: the outputs themselves are not finite."


def test_a_mean_over_samples_and_an_output_activation() -> None:
    network = Network.random((3, 4, 2), "tanh", output_activation="relu")
    rng = np.random.default_rng(0)
    problem = Problem(network, rng.normal(size=(5, 3)), np.eye(2)[[0, 1, 1, 0, 1]])
    tape = record(problem)
    for sample in range(5):
        found = long_way(problem, tape, sample)
        assert found.name == "dJ/dh2"
        np.testing.assert_allclose(found.product, tape["dJ/dh2"].value[sample], atol=1e-15)
        chain = jacobian_chain(problem, tape, "h2", sample, long_way=True)
        np.testing.assert_array_equal(chain.product[0], found.product)


def test_the_chain_fails_the_same_way() -> None:
    problem = problem_of([800, 0], [0, 1])
    chain = jacobian_chain(problem, record(problem), "x", long_way=True)
    assert np.isnan(chain.product).all()


def test_a_loss_without_probabilities_is_refused() -> None:
    problem = load_problem("mazur")
    with pytest.raises(ExplorerError, match="has no probabilities to take the long way through: use softmax_cross"):
        long_way(problem, record(problem))


@pytest.mark.skipif("sigmoid_cross_entropy" not in LOSSES, reason="the engine has no such loss")
def test_the_sigmoid_fails_at_1_too() -> None:
    assert ways([0.5, -2.0], [1.0, 0.3], "sigmoid_cross_entropy").difference.max() <= 1e-15
    found = ways([800.0, 0.0], [0.0, 1.0], "sigmoid_cross_entropy")
    assert not found.finite
    np.testing.assert_array_equal(found.short, [1.0, -0.5])
    assert "p[1] is 1" in found.sentence


def test_what_the_short_ways_subtraction_has_lost_is_told() -> None:
    found = ways([-40, 0], [0, 1])
    assert found.product[1] == pytest.approx(-np.exp(-40), rel=1e-12)
    assert found.short[1] == 0
    assert found.sentence == (
        "The long way and the short way agree to 4.2e−18, yet ∂J/∂a[2] is −4.2e−18 the long way and 0 the short way: "
        "p[2] is too near 1, and p − y has lost what is left."
    )
    assert "yet" not in ways([-40, 0], [1, 0]).sentence


def test_what_is_told_has_the_names_of_a_notation() -> None:
    found, names = ways([800, 0], [0, 1]), ("identity",)
    assert found.sentence_in(notation("row"), names) == found.sentence
    assert found.sentence_in(notation("write-up-004"), names).startswith(
        "The long way fails: y[2] is 0 in float64, so ∂L/∂y[2] is −∞, and times the Jacobian of y"
    )
    near = ways([-40, 0], [0, 1]).sentence_in(notation("column"), names)
    assert "∂L/∂y[2] is −4.2e−18 the long way" in near
    assert "p − t has lost" in near
