"""Jacobians as matrices, one function each: arrays in, a matrix out, in numerator layout (row i: the i-th output).

Nothing here knows a network, so that a lesson can draw them for any numbers.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Order = Literal["C", "F"]
"""How a weight matrix is laid out as one long vector, in NumPy's words: ``W.ravel(order)``."""


def kronecker(x: Array, units: int, order: Order = "C") -> Array:
    r"""Return dz/dW of z = x W + b for one sample: every unit answers to its own weights alone (001.9, erratum E2).

    Parameters
    ----------
    x
        The sample, (D,).
    units
        H, the columns of W, (D, H).
    order
        "C" is NumPy's ``W.ravel()``, input by input: :math:`x \otimes I_H`. "F" is ``W.ravel(order="F")``, unit by
        unit: :math:`I_H \otimes x`. The row-major vector of the T x N matrix of y = Wx + b, x a column, is the
        latter: :math:`I_T \otimes x^\top`.

    Returns
    -------
    Array
        (H, D H).
    """
    matrix = np.zeros((units, units, len(x)) if order == "F" else (units, len(x), units))
    each = np.arange(units)
    if order == "F":
        matrix[each, each, :] = x
    else:
        matrix[each, :, each] = x
    return matrix.reshape(units, -1)


def softmax_jacobian(p: Array, beta: float = 1.0) -> Array:
    """Return dp/dz = beta (diag(p) - p^T p), (C, C), of p = softmax(beta z), (C,); 001.25, 003.8, 004.(11).

    Each row sums to 0: the diagonal p_i (1 - p_i) is taken as the sum of p_i p_j over j other than i, which keeps
    its digits where p_i is so near 1 that 1 - p_i has none left.
    """
    matrix = np.outer(-p, p)
    np.fill_diagonal(matrix, 0)
    np.fill_diagonal(matrix, -matrix.sum(axis=1))
    return beta * matrix


def sigmoid_jacobian(p: Array, _beta: float = 1.0) -> Array:
    """Return dp/dz = diag(p (1 - p)), (C, C), of p = sigmoid(z), (C,): no output hears of another; 000.14."""
    return np.diag(p * (1 - p))


def softmax_pull(p: Array, y: Array) -> Array:
    """Return dJ/dp = -y / p, (C,), of J = -sum_k y_k log p_k, as it is written: 0/0 is NaN; 003.10, 004.(12)."""
    return -y / p


def sigmoid_pull(p: Array, y: Array) -> Array:
    """Return dJ/dp = (1 - y)/(1 - p) - y/p, (C,), of J = -sum_k y_k log p_k + (1 - y_k) log(1 - p_k)."""
    return (1 - y) / (1 - p) - y / p


def times(left: Array, right: Array) -> Array:
    """Return the matrix product; if a factor is not finite, term by term: BLAS may pass over a 0 * infinity."""
    if np.isfinite(left).all() and np.isfinite(right).all():
        return left @ right
    result: Array = np.einsum("ij,jk->ik", left, right, optimize=False)
    return result
