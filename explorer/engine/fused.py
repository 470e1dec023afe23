"""The losses again, as the trainer needs them: value and gradient in one sweep, in place, samples across.

Arrays here are (C, B): C outputs down, B samples across, so that a sum over classes runs along memory.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


class Scratch:
    """Rows of one minibatch that the fused losses need beside their arguments."""

    def __init__(self, classes: int, samples: int, dtype: np.dtype[np.floating]) -> None:
        self.row: Array = np.empty(samples, dtype)
        self.mass: Array = np.empty(samples, dtype)
        self.scale: Array = np.empty(samples, dtype)
        self.product: Array = np.empty((classes, samples), dtype)


def softmax_cross_entropy(a: Array, y: Array, beta: float, delta: Array, scratch: Scratch) -> float:
    """Write dJ/da = beta (p mass - y) into ``delta``, mass = sum_k y_k, and return sum_n J_n.

    With the shifted logits s = beta a - max: J_n = mass_n log sum_j exp(s_jn) - sum_k y_kn s_kn.
    """
    row, mass, shifted = scratch.row, scratch.mass, scratch.product
    logits = a if beta == 1.0 else np.multiply(a, beta, out=shifted)
    logits.max(axis=0, out=row)
    np.subtract(logits, row, out=shifted)
    np.exp(shifted, out=delta)
    delta.sum(axis=0, out=row)
    y.sum(axis=0, out=mass)
    np.multiply(shifted, y, out=shifted)
    chosen = float(shifted.sum())
    np.divide(mass, row, out=scratch.scale)
    np.multiply(delta, scratch.scale, out=delta)
    np.log(row, out=row)
    loss = float(np.dot(row, mass)) - chosen
    np.subtract(delta, y, out=delta)
    if beta != 1.0:
        np.multiply(delta, beta, out=delta)
    return loss


def half_squared_error(a: Array, y: Array, _beta: float, delta: Array, scratch: Scratch) -> float:
    """Write dJ/da = a - y into ``delta`` and return sum_n J_n = 1/2 sum (a - y)^2."""
    np.subtract(a, y, out=delta)
    np.multiply(delta, delta, out=scratch.product)
    return 0.5 * float(scratch.product.sum())


Fused = Callable[[Array, Array, float, Array, Scratch], float]

FUSED: dict[str, Fused] = {
    "softmax_cross_entropy": softmax_cross_entropy,
    "half_squared_error": half_squared_error,
}
