"""The losses again, as the trainer needs them: value and gradient in one sweep, in place, samples across.

Arrays here are (C, B): C outputs down, B samples across. Each function writes dJ/da into ``delta`` and returns a
factor and two arrays with sum_n J_n = factor * sum_kn left_kn right_kn, so that the loss is a single call. They are
recorded (``program.py``): NumPy calls with ``out=`` only, and no decision that depends on a number in an array.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Terms = tuple[float, Array, Array]
FEW = 32
"""Up to that many classes, a sum over classes is quicker as a product with a matrix of ones."""


class Scratch:
    """Arrays of one minibatch that the fused losses need beside their arguments, and what they may assume.

    Attributes
    ----------
    large
        True where logits may be so large that exp overflows unless they are shifted.
    whole
        True where every sample's targets sum to 1.
    """

    def __init__(
        self, classes: int, samples: int, dtype: np.dtype[np.floating], *, large: bool = True, whole: bool = False
    ) -> None:
        self.large, self.whole = large, whole
        self.row: Array = np.empty(samples, dtype)
        self.shifted: Array = np.empty((classes, samples), dtype)
        self.total: Array = np.empty((classes, samples), dtype)
        self.terms: Array = np.empty((classes, samples), dtype)
        self.ones: Array = np.ones((classes, samples), dtype)
        self.adder: Array = np.ones((min(classes, FEW),) * 2, dtype)

    def sum_over_classes(self, a: Array, out: Array) -> None:
        """Write sum_j a_jn into every row of column n of ``out``."""
        if len(a) <= FEW:
            np.dot(self.adder, a, out=out)
        else:
            np.add.reduce(a, axis=0, out=self.row)
            np.copyto(out, self.row)


def softmax_cross_entropy(a: Array, y: Array, beta: float, delta: Array, scratch: Scratch) -> Terms:
    """dJ/da = beta (p mass - y), mass = sum_k y_k; the loss is -y log p, log p = beta a - log sum_j exp(beta a_j)."""
    logits = a
    if scratch.large:  # the shift comes before beta, which would magnify the rounding of large logits
        largest = np.maximum if beta >= 0 else np.minimum
        largest.reduce(a, axis=0, out=scratch.row)
        logits = np.subtract(a, scratch.row, out=scratch.shifted)
    if beta != 1.0:
        logits = np.multiply(logits, beta, out=scratch.shifted)
    np.exp(logits, out=delta)
    scratch.sum_over_classes(delta, scratch.total)
    np.divide(delta, scratch.total, out=delta)
    if scratch.large:
        np.log(scratch.total, out=scratch.total)
        np.subtract(logits, scratch.total, out=scratch.terms)
    else:
        np.log(delta, out=scratch.terms)
    if not scratch.whole:
        scratch.sum_over_classes(y, scratch.total)
        np.multiply(delta, scratch.total, out=delta)
    np.subtract(delta, y, out=delta)
    if beta != 1.0:
        np.multiply(delta, beta, out=delta)
    return -1.0, y, scratch.terms


def sigmoid_cross_entropy(a: Array, y: Array, _beta: float, delta: Array, scratch: Scratch) -> Terms:
    """dJ/da = p - y with p = sigma(a); the loss is max(a, 0) - a y + log(1 + exp(-|a|))."""
    tail, terms = scratch.total, scratch.terms
    np.maximum(a, 0, out=terms)
    np.multiply(a, y, out=tail)
    np.subtract(terms, tail, out=terms)
    np.abs(a, out=tail)
    np.negative(tail, out=tail)
    np.exp(tail, out=tail)
    np.log1p(tail, out=tail)
    np.add(terms, tail, out=terms)
    np.negative(a, out=delta)
    np.exp(delta, out=delta)
    np.add(delta, 1, out=delta)
    np.reciprocal(delta, out=delta)
    np.subtract(delta, y, out=delta)
    return 1.0, scratch.ones, terms


def half_squared_error(a: Array, y: Array, _beta: float, delta: Array, _scratch: Scratch) -> Terms:
    """dJ/da = a - y; the loss is 1/2 (a - y)^2."""
    np.subtract(a, y, out=delta)
    return 0.5, delta, delta


def squared_error(a: Array, y: Array, _beta: float, delta: Array, scratch: Scratch) -> Terms:
    """dJ/da = 2 (a - y); the loss is (a - y)^2."""
    np.subtract(a, y, out=scratch.terms)
    np.multiply(scratch.terms, 2, out=delta)
    return 1.0, scratch.terms, scratch.terms


Fused = Callable[[Array, Array, float, Array, Scratch], Terms]

FUSED: dict[str, Fused] = {
    "softmax_cross_entropy": softmax_cross_entropy,
    "sigmoid_cross_entropy": sigmoid_cross_entropy,
    "half_squared_error": half_squared_error,
    "squared_error": squared_error,
}
