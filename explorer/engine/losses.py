"""Losses: value and gradient by the book, in one table. Samples are rows; tape and evaluations read these.

The trainer's fused, allocation-free twins stand in ``fused.py``; a property test holds the two together. All take
complex arrays too, for derivatives by complex steps: what is larger is told by the real part.
"""

from collections.abc import Callable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.activations import sigmoid

Array = NDArray[np.floating]


def log_softmax(a: Array, beta: float = 1.0) -> Array:
    """Return beta a_k - log sum_j exp(beta a_j), (N, C), shifted by the largest so that nothing overflows.

    The largest one's own power is 1, so that the logarithm is log1p of the others' sum: a p near 1 keeps its digits.
    """
    shifted, top = shifted_logits(a, beta)
    others = np.exp(shifted)
    np.put_along_axis(others, top, 0, axis=1)
    result: Array = shifted - np.log1p(others.sum(axis=1, keepdims=True))
    return result


def softmax(a: Array, beta: float = 1.0) -> Array:
    """Return p_k = exp(beta a_k) / sum_j exp(beta a_j), (N, C), shifted by the largest."""
    powers = np.exp(shifted_logits(a, beta)[0])
    result: Array = powers / powers.sum(axis=1, keepdims=True)
    return result


def shifted_logits(a: Array, beta: float) -> tuple[Array, NDArray[np.intp]]:
    """Return beta (a_k - a_m), (N, C), and m, (N, 1), where beta a_m is the largest of its row.

    The difference comes first: of large logits that are close it is exact, and beta has no rounding to magnify.
    """
    top = (beta * a).argmax(axis=1)[:, None]
    return beta * (a - np.take_along_axis(a, top, axis=1)), top


def softmax_cross_entropy(a: Array, y: Array, beta: float) -> Array:
    """J_n = -sum_k y_nk log p_nk, (N,), from the logits and not from p, so that p = 0 costs no accuracy."""
    result: Array = -np.where(y == 0, 0, y * log_softmax(a, beta)).sum(axis=1)
    return result


def softmax_cross_entropy_gradient(a: Array, y: Array, beta: float) -> Array:
    """dJ/da = beta (p sum_k y_k - y), which is beta (p - y) where the targets sum to one; shape (N, C)."""
    result: Array = beta * (softmax(a, beta) * y.sum(axis=1, keepdims=True) - y)
    return result


def sigmoid_cross_entropy(a: Array, y: Array, _beta: float) -> Array:
    """J_n = -sum_k (y_nk log p_nk + (1 - y_nk) log(1 - p_nk)), p = sigma(a), (N,): each output a yes or no of its own.

    From the logits: -log sigma(a) = max(-a, 0) + log(1 + exp(-|a|)), and 1 - sigma(a) = sigma(-a); no term is larger
    than the loss where the targets lie between 0 and 1.
    """
    yes = a.real > 0
    tail = np.log1p(np.exp(np.where(yes, -a, a)))
    result: Array = (np.where(yes, (1 - y) * a, -y * a) + tail).sum(axis=1)
    return result


def sigmoid_cross_entropy_gradient(a: Array, y: Array, beta: float) -> Array:
    """dJ/da = p - y; shape (N, C)."""
    return sigmoid_of(a, beta) - y


def sigmoid_of(a: Array, _beta: float) -> Array:
    """Return p = sigma(a), (N, C)."""
    p = np.empty_like(a)
    sigmoid(a, p)
    return p


def squared_error(a: Array, y: Array, _beta: float) -> Array:
    """J_n = sum_k (a_nk - y_nk)^2; shape (N,)."""
    result: Array = np.square(a - y).sum(axis=1)
    return result


def squared_error_gradient(a: Array, y: Array, _beta: float) -> Array:
    """dJ/da = 2 (a - y); shape (N, C)."""
    return 2 * (a - y)


def half_squared_error(a: Array, y: Array, _beta: float) -> Array:
    """J_n = 1/2 sum_k (a_nk - y_nk)^2; shape (N,)."""
    result: Array = 0.5 * np.square(a - y).sum(axis=1)
    return result


def half_squared_error_gradient(a: Array, y: Array, _beta: float) -> Array:
    """dJ/da = a - y; shape (N, C)."""
    return a - y


class Loss(Struct, frozen=True):
    """A loss of the network's last array ``a`` and the targets ``y``, both (N, C).

    Attributes
    ----------
    value
        ``value(a, y, beta)`` gives the loss of each sample, (N,).
    gradient
        ``gradient(a, y, beta)`` gives d value_n / d a_n, (N, C).
    probabilities
        ``probabilities(a, beta)`` gives p, (N, C); None where the loss has none: ``a`` predicts then.
    rivals
        True where the outputs share one probability, so that a lone output has only one class, 0. Elsewhere a lone
        output tells two classes apart: its target is 0 or 1.
    """

    name: str
    value: Callable[[Array, Array, float], Array]
    gradient: Callable[[Array, Array, float], Array]
    probabilities: Callable[[Array, float], Array] | None
    title: str
    rivals: bool = False

    @property
    def multilabel(self) -> bool:
        """True where each output has a probability of its own, so that several may be right at once."""
        return self.probabilities is not None and not self.rivals


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss(
            "softmax_cross_entropy",
            softmax_cross_entropy,
            softmax_cross_entropy_gradient,
            softmax,
            "softmax and cross-entropy",
            rivals=True,
        ),
        Loss(
            "sigmoid_cross_entropy",
            sigmoid_cross_entropy,
            sigmoid_cross_entropy_gradient,
            sigmoid_of,
            "sigmoid and cross-entropy",
        ),
        Loss(
            "half_squared_error",
            half_squared_error,
            half_squared_error_gradient,
            None,
            "half the squared error",
        ),
        Loss(
            "squared_error",
            squared_error,
            squared_error_gradient,
            None,
            "the squared error",
        ),
    )
}
