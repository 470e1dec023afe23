"""A third opinion, from HIPS autograd: NumPy's own functions, differentiated by another's rules."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from explorer.engine import Problem
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from tests.engine.judging import Gradients, judge_grid

autograd = pytest.importorskip("autograd", reason="HIPS autograd is a judge of the gradients where it is installed")
anp = pytest.importorskip("autograd.numpy")
special = pytest.importorskip("autograd.scipy.special", reason="autograd has no special functions without SciPy")

FUNCTIONS = {
    "identity": lambda z: z,
    "sigmoid": special.expit,
    "tanh": anp.tanh,
    "relu": lambda z: anp.maximum(z, 0),
    "leaky_relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "softplus": lambda z: anp.logaddexp(z, 0),
    "gelu": lambda z: 0.5 * z * (1 + special.erf(z / np.sqrt(2))),
}
LOSS_FUNCTIONS = {
    "softmax_cross_entropy": lambda a, y: -anp.sum(y * (a - special.logsumexp(a, axis=1, keepdims=True))),
    "sigmoid_cross_entropy": lambda a, y: anp.sum(y * anp.logaddexp(-a, 0) + (1 - y) * anp.logaddexp(a, 0)),
    "half_squared_error": lambda a, y: 0.5 * anp.sum((a - y) ** 2),
    "squared_error": lambda a, y: anp.sum((a - y) ** 2),
}


def test_every_activation_and_loss_has_its_like() -> None:
    assert (set(FUNCTIONS), set(LOSS_FUNCTIONS)) == (set(ACTIVATIONS), set(LOSSES))


def loss_of(problem: Problem, arrays: Sequence[Any]) -> Any:
    """J of x, W1, b1, W2, ..."""
    network, objective = problem.network, problem.objective
    h, *parameters = arrays
    for name, W, b in zip(network.activations, parameters[::2], parameters[1::2], strict=True):
        h = FUNCTIONS[name](anp.dot(h, W) + b)
    scaled = network.beta * h if network.loss == "softmax_cross_entropy" else h
    data_loss = LOSS_FUNCTIONS[network.loss](scaled, problem.Y) / objective.divisor(problem.samples)
    squares = sum(anp.sum(W**2) for W in parameters[::2])
    return data_loss + (objective.l2 / 2 if objective.l2_form == "half" else objective.l2) * squares


def autograd_gradients(problem: Problem) -> tuple[float, Gradients]:
    """Return J and dJ/dq for q = x, W1, b1, ..."""
    names, arrays = ["x", *problem.network.parameters], (problem.X, *problem.network.parameters.values())
    value, gradients = autograd.value_and_grad(lambda given: loss_of(problem, given))(arrays)
    return float(value), dict(zip(names, gradients, strict=True))


@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_gradients_agree_in_every_convention_at_every_depth(activation: str, loss: str) -> None:
    judge_grid(activation, loss, autograd_gradients)
