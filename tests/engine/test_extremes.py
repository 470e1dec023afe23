"""Losses where a naive formula dies: huge logits, p = 0, any temperature; by the book, fused, and in the trainer."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import DTypeLike, NDArray

from explorer.engine import Network, Trainer
from explorer.engine.fused import FUSED, Scratch
from explorer.engine.losses import LOSSES, log_softmax
from tests import reference

Array = NDArray[np.floating]
Way = Callable[[str, Array, Array, float], tuple[float, Array]]
BETAS = [-20.0, -1.0, 0.0, 0.01, 1.0, 3.0, 50.0, 1000.0]
LOGITS = {
    "1001, 1002": [1001.0, 1002.0],
    "-1001, -1002": [-1001.0, -1002.0],
    "ten thousand": [1e4, -1e4],
    "minus ten thousand": [-1e4, 1e4],
    "800, 0": [800.0, 0.0],
    "equal and large": [1e4, 1e4],
    "small": [0.3, -0.2],
}
TARGETS = {"first": [1.0, 0.0], "second": [0.0, 1.0], "soft": [0.25, 0.75], "none": [0.0, 0.0], "both": [1.0, 1.0]}
KINDS = [
    *(("softmax_cross_entropy", beta) for beta in BETAS),
    *((name, 1.0) for name in LOSSES if name != "softmax_cross_entropy"),
]


def truth(name: str, a: Array, y: Array, beta: float) -> tuple[float, Array]:
    """Return the loss of one sample and its gradient, (C,), by the reference's complex steps in float64."""
    exact, wanted = a[0].astype(float), y[0].astype(float).tolist()

    def loss(z: NDArray[np.complexfloating]) -> complex:
        return reference.LOSSES[name](z.astype(complex).tolist(), wanted, beta)

    with np.errstate(under="ignore"):
        return loss(exact.astype(complex)).real, reference.complex_step(loss, exact)


def by_the_book(name: str, a: Array, y: Array, beta: float) -> tuple[float, Array]:
    return float(LOSSES[name].value(a, y, beta).sum()), LOSSES[name].gradient(a, y, beta)


def by_the_fused_twin(name: str, a: Array, y: Array, beta: float) -> tuple[float, Array]:
    across, delta = np.ascontiguousarray(a.T), np.empty_like(a.T)
    factor, left, right = FUSED[name](across, np.ascontiguousarray(y.T), beta, delta, Scratch(2, 1, a.dtype))
    return factor * float((left * right).sum()), delta.T


def by_the_trainer(name: str, a: Array, y: Array, beta: float) -> tuple[float, Array]:
    """Let one layer of weights 1 hand the logits on: the gradient of its bias is that of its output."""
    network = Network((2, 2), ("identity",), name, beta, a.dtype)
    network.parameters["W1"][:] = np.eye(2)
    trainer = Trainer(network, a, y)
    return trainer.compute_gradient(), trainer.gradients["b1"][None]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("way", [by_the_book, by_the_fused_twin, by_the_trainer])
@pytest.mark.parametrize("targets", TARGETS)
@pytest.mark.parametrize("logits", LOGITS)
def test_loss_and_gradient_are_finite_and_right(logits: str, targets: str, way: Way, dtype: DTypeLike) -> None:
    a: Array = np.array([LOGITS[logits]], dtype)
    y: Array = np.array([TARGETS[targets]], dtype)
    epsilon = float(np.finfo(a.dtype).eps)
    for name, beta in KINDS:
        where = f"{name}, beta {beta}"
        with np.errstate(over="ignore", under="ignore"):
            loss, gradient = way(name, a, y, beta)
        wanted, slope = truth(name, a, y, beta)
        size = 1 + float(np.abs(beta * a).max()) * float(y.sum())
        assert loss == pytest.approx(wanted, rel=8 * epsilon, abs=4 * epsilon * size), where
        rounding = 8 * epsilon * max(1.0, abs(beta))
        np.testing.assert_allclose(gradient[0], slope, rtol=8 * epsilon, atol=rounding, err_msg=where)


def test_a_probability_near_one_keeps_the_digits_of_its_loss() -> None:
    found = log_softmax(np.array([[0.0, 50.0, -3.0]]))[0, 1]
    assert found == pytest.approx(-np.exp(-50) - np.exp(-53), rel=1e-15)
    a, y = np.array([[50.0, -50.0]]), np.array([[1.0, 0.0]])
    assert LOSSES["sigmoid_cross_entropy"].value(a, y, 1.0)[0] == pytest.approx(2 * np.exp(-50), rel=1e-15)


def test_close_large_logits_are_subtracted_before_the_temperature_magnifies_them() -> None:
    a = np.array([[1001.0, 1001.0078125]], np.float32)
    wanted = reference.softmax([0j, 0.0078125 + 0j], 100.0)[0].real
    assert np.exp(log_softmax(a, 100.0))[0, 0] == pytest.approx(wanted, rel=1e-6)


def test_sigmoid_cross_entropy_is_the_softmax_of_a_logit_and_zero() -> None:
    z = np.random.default_rng(0).normal(size=(9, 1)) * 30
    y = np.random.default_rng(1).random((9, 1))
    pairs = LOSSES["softmax_cross_entropy"].value(np.hstack([z, 0 * z]), np.hstack([y, 1 - y]), 1.0)
    np.testing.assert_allclose(LOSSES["sigmoid_cross_entropy"].value(z, y, 1.0), pairs, rtol=1e-13)
