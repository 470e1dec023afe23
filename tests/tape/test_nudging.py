"""A nudge: the loss's own change, the secant's slope and the tangent's, for every kind of number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.engine import ExplorerError, Network, Objective, Problem
from explorer.problems import load_problem
from explorer.tape import record
from explorer.tape.nudging import is_nudgeable, nudged


def batch() -> Problem:
    """Three samples through a 2-3-2 network."""
    X = np.random.default_rng(0).normal(size=(3, 2))
    return Problem(Network.random((2, 3, 2), seed=1), X, np.eye(2)[[0, 1, 1]])


def with_entry(problem: Problem, name: str, index: tuple[int, ...], delta: float) -> Problem:
    """The problem with one entry of x or of a parameter raised, by copying everything."""
    network, X = problem.network.copy(np.float64), problem.X.astype(np.float64)
    {"x": X, **network.parameters}[name][index] += delta
    return replace(problem, network=network, X=X)


@pytest.mark.parametrize("name", ["x", "W1", "b1", "W2", "b2"])
@pytest.mark.parametrize("l2", [0.0, 0.3])
@settings(max_examples=12, deadline=None)
@given(delta=st.floats(-2, 2).filter(lambda delta: abs(delta) > 1e-3), data=st.data())
def test_the_change_is_that_of_two_recorded_passes(name: str, l2: float, delta: float, data: st.DataObject) -> None:
    problem = replace(batch(), objective=Objective("mean", l2))
    shape = record(problem).value(name).shape
    index = tuple(data.draw(st.integers(0, size - 1)) for size in shape)
    nudge = nudged(problem, name, index, delta)
    before, after = record(problem).loss, record(with_entry(problem, name, index, delta)).loss
    assert nudge.change == pytest.approx(after - before, rel=1e-9, abs=1e-13)
    assert nudge.ratio == nudge.change / delta
    assert nudge.gradient == record(problem)[f"dJ/d{name}"].value[index]


@pytest.mark.parametrize("name", ["x", "W1", "b1", "z1", "h1", "W2", "b2", "z2"])
def test_a_small_nudge_agrees_with_the_gradient(name: str) -> None:
    problem = load_problem("net-s")
    index = (0,) * record(problem).value(name).ndim
    nudge = nudged(problem, name, index, 1e-6)
    assert nudge.ratio == pytest.approx(nudge.gradient, rel=1e-4, abs=1e-9)


def test_a_curve_leaves_its_tangent() -> None:
    problem = load_problem("net-s")
    errors = [abs(n.ratio - n.gradient) for n in (nudged(problem, "W2", (0, 0), d) for d in (2.0, 0.2, 0.02))]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] > 5 * errors[2] > 0


def test_the_gradient_is_the_given_tapes() -> None:
    problem = load_problem("net-s")
    other = record(replace(problem, network=problem.network.copy()), after=3)
    assert nudged(problem, "W1", (0, 1), 0.1, other).gradient == other["dJ/dW1"].value[0, 1]


@pytest.mark.parametrize(
    ("name", "index", "delta", "words"),
    [
        ("W1", (0, 0), 0.0, "other than 0"),
        ("W1", (0, 0), float("nan"), "finite"),
        ("W1", (0, 9), 0.1, "no entry"),
        ("W1", (0,), 0.1, "no entry"),
        ("W1", (-1, 0), 0.1, "no entry"),
        ("y", (0, 0), 0.1, "cannot be nudged"),
        ("p", (0, 0), 0.1, "cannot be nudged"),
        ("dJ/dW1", (0, 0), 0.1, "cannot be nudged"),
        ("nonsense", (0, 0), 0.1, "cannot be nudged"),
    ],
)
def test_refuses_in_one_sentence(name: str, index: tuple[int, ...], delta: float, words: str) -> None:
    with pytest.raises(ExplorerError, match=words):
        nudged(load_problem("net-s"), name, index, delta)


def test_knows_what_can_be_nudged() -> None:
    tape = record(load_problem("net-s"))
    assert [name for name in ("x", "y", "W1", "b2", "z1", "h1", "p", "J", "dJ/dW1", "W1+", "?") if
            is_nudgeable(tape, name)] == ["x", "W1", "b2", "z1", "h1"]  # fmt: skip


@pytest.mark.parametrize("name", ["x", "W1", "b1", "z1", "h1", "W2"])
def test_a_nudge_of_a_pass_that_left_the_finite_numbers_has_no_finite_change(name: str) -> None:
    problem = batch()
    network = problem.network.copy(np.float64)
    network.parameters["W1"][:] *= np.inf
    nudge = nudged(replace(problem, network=network), name, (0,) * record(problem).value(name).ndim, 0.1)
    assert not np.isfinite(nudge.change)
