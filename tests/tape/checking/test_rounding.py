"""The estimate of rounding is near the truth at every scale, and no wrong gradient hides behind it."""

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer import check_gradients, record
from explorer.engine import Network, Objective, Problem
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.problems import problem_from
from explorer.tape.checking.differences import Nudger
from explorer.tape.checking.gradtext import table
from explorer.tape.names import parse
from tests.tape.checking.falsified import with_value

Array = NDArray[np.floating]


def at_any_scale(seed: int) -> Problem:
    """Make a network of any shape, activations and loss, its weights, inputs and targets tiny or large."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 9, rng.integers(2, 6)).tolist()
    loss = str(rng.choice(list(LOSSES)))
    beta = 1.0 if LOSSES[loss].multilabel else float(rng.choice([1, 0.3, 2.5, -1, 20]))
    network = Network(sizes, [str(rng.choice(list(ACTIVATIONS))) for _ in sizes[1:]], loss, beta)
    network.theta[:] = rng.normal(size=network.theta.size) * 10 ** rng.uniform(-2, 1)
    X = rng.normal(size=(int(rng.integers(1, 20)), sizes[0])) * 10 ** rng.uniform(-6, 4)
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], len(X))]
    if LOSSES[loss].probabilities is None:
        Y = Y * 10 ** rng.uniform(-3, 4)
    return Problem(network, X, Y, objective=Objective("mean", float(rng.choice([0, 0.1]))))


def shares(method: str) -> Array:
    """Return |n - a| / noise of many entries, as far as the error is rounding and the number does not vanish."""
    found = []
    for seed in range(120):
        problem = at_any_scale(seed)
        tape, nudger = record(problem), Nudger(problem)
        for name in (*problem.network.parameters, "x", "z1"):
            indices = np.argwhere(np.ones(nudger.arrays[name].shape))
            with np.errstate(all="ignore"):
                exact = nudger.complex_steps(parse(name), indices)
                h = 1e-6 if method == "central" else 0
                two = [nudger.differences(parse(name), indices, h * k) for k in (1, 1.0001)] if h else [exact]
                apart = abs(two[-1].numeric - (two[0].numeric if h else tape[f"dJ/d{name}"].value[tuple(indices.T)]))
                share = apart / two[0].noise
            wanted = ~exact.kinks & ~two[0].kinks & ~two[-1].kinks & (abs(exact.numeric) > 1e-150)
            found.append(share[wanted & (two[0].noise < 0.1 * abs(exact.numeric))])
    return np.concatenate(found)


@pytest.mark.parametrize("method", ["central", "complex"])
def test_the_estimate_is_near_the_truth_and_hardly_ever_below(method: str) -> None:
    found = shares(method)
    assert len(found) > 5000
    assert np.mean(found > 1) < 0.002
    assert np.quantile(found, 0.95) > 0.1  # within 10 times of what happens


def rounded_away() -> Problem:
    """Inputs so small, targets so large, that rounding of J hides the gradient of W from central differences."""
    layer = {"units": 2, "activation": "identity", "weights": [[0.5, -0.3], [0.2, 0.4]], "bias": [0.1, 0.2]}
    data = {"inputs": [[1e-6, 2e-6]], "targets": [[1000.0, 1000.0]]}
    network = {"layers": [layer], "loss": "half_squared_error"}
    return problem_from({"format": "backprop-explorer/problem", "version": 1, "network": network, "data": data})


@pytest.mark.parametrize("method", ["central", "complex"])
def test_an_error_of_a_fifth_does_not_hide_in_rounding_and_reads_as_what_it_is(method: str) -> None:
    problem = rounded_away()
    tape = with_value(record(problem), "dJ/dW1", lambda g: 1.2 * g)
    report = check_gradients(problem, tape=tape, method=method)
    assert report.named("FAILED") == "dJ/dW1"
    assert report["dJ/dW1"].relative_error == pytest.approx(0.2 / 2.2, rel=1e-9)
    assert report["dJ/dW1"].ratio == pytest.approx(1 / 1.2, rel=1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_right_gradients_do_not_fail_and_wrong_ones_do_not_pass_at_any_scale(seed: int) -> None:
    problem = at_any_scale(seed)
    tape = record(problem)
    for method in ("central", "complex"):
        report = check_gradients(problem, method=method)
        assert report.not_finite or report.passed, table(report)
    report = check_gradients(problem, tape=with_value(tape, "dJ/dW1", lambda g: 1.2 * g))
    assert report["dJ/dW1"].verdict != "passed", table(report)
