"""Losses: value and gradient by the book, in one table. Samples are rows; tape and evaluations read these.

The trainer's fused, allocation-free twins stand in ``fused.py``; a property test holds the two together.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


def log_softmax(a: Array, beta: float = 1.0) -> Array:
    """Return beta a_k - log sum_j exp(beta a_j), (N, C), shifted by the maximum so that nothing overflows."""
    shifted = beta * a
    shifted = shifted - shifted.max(axis=1, keepdims=True)
    result: Array = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def softmax(a: Array, beta: float = 1.0) -> Array:
    """Return p_k = exp(beta a_k) / sum_j exp(beta a_j), (N, C), shifted by the maximum."""
    shifted = beta * a
    powers = np.exp(shifted - shifted.max(axis=1, keepdims=True))
    result: Array = powers / powers.sum(axis=1, keepdims=True)
    return result


def softmax_cross_entropy(a: Array, y: Array, beta: float) -> Array:
    """J_n = -sum_k y_nk log p_nk, (N,), from the logits and not from p, so that p = 0 costs no accuracy."""
    result: Array = -np.where(y == 0, 0, y * log_softmax(a, beta)).sum(axis=1)
    return result


def softmax_cross_entropy_gradient(a: Array, y: Array, beta: float) -> Array:
    """dJ/da = beta (p sum_k y_k - y), which is beta (p - y) where the targets sum to one; shape (N, C)."""
    result: Array = beta * (softmax(a, beta) * y.sum(axis=1, keepdims=True) - y)
    return result


def half_squared_error(a: Array, y: Array, _beta: float) -> Array:
    """J_n = 1/2 sum_k (a_nk - y_nk)^2; shape (N,)."""
    result: Array = 0.5 * np.square(a - y).sum(axis=1)
    return result


def half_squared_error_gradient(a: Array, y: Array, _beta: float) -> Array:
    """dJ/da = a - y; shape (N, C)."""
    return a - y


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss of the network's last array ``a`` and the targets ``y``, both (N, C).

    Attributes
    ----------
    value
        ``value(a, y, beta)`` gives the loss of each sample, (N,).
    gradient
        ``gradient(a, y, beta)`` gives d value_n / d a_n, (N, C).
    probabilities
        ``probabilities(a, beta)`` gives p, (N, C); None where the loss has none: ``a`` predicts then.
    """

    name: str
    value: Callable[[Array, Array, float], Array]
    gradient: Callable[[Array, Array, float], Array]
    probabilities: Callable[[Array, float], Array] | None
    title: str


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss(
            "softmax_cross_entropy",
            softmax_cross_entropy,
            softmax_cross_entropy_gradient,
            softmax,
            "softmax and cross-entropy",
        ),
        Loss(
            "half_squared_error",
            half_squared_error,
            half_squared_error_gradient,
            None,
            "half the squared error",
        ),
    )
}
