"""The mathematics once more, slow and obvious: loops over samples and units, no code shared with the program.

Everything takes complex numbers too, so that a gradient is the imaginary part of one evaluation at theta + ih
(complex-step differentiation: no subtraction, exact to rounding).
"""

import cmath
import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Number = complex
Vector = list[Number]
Matrix = list[Vector]


def sigmoid(z: Number) -> Number:
    if z.real >= 0:
        return 1 / (1 + cmath.exp(-z))
    return cmath.exp(z) / (1 + cmath.exp(z))


def tanh(z: Number) -> Number:
    return cmath.tanh(z)


def relu(z: Number) -> Number:
    return z if z.real > 0 else 0j


def leaky_relu(z: Number) -> Number:
    return z if z.real > 0 else 0.01 * z


def softplus(z: Number) -> Number:
    """log(1 + e^z), the logarithm as log(1 + e) = 2 artanh(e / (2 + e)), which keeps the digits of a small e."""
    e = cmath.exp(-z if z.real > 0 else z)
    return max(z.real, 0.0) + (1j * z.imag if z.real > 0 else 0j) + 2 * cmath.atanh(e / (2 + e))


def gelu(z: Number) -> Number:
    return z * normal_distribution(z)


def normal_distribution(z: Number) -> Number:
    """Phi(z) = (1 + erf(x)) / 2 = erfc(-x) / 2, x = z / sqrt 2."""
    x = z / math.sqrt(2)
    if abs(x.real) < 2:
        return (1 + erf(x)) / 2
    return 1 - erfc(x) / 2 if x.real > 0 else erfc(-x) / 2


def erf(x: Number) -> Number:
    """2 / sqrt pi * exp(-x^2) * (x + 2 x^3 / 3 + 4 x^5 / 15 + ...): no term cancels another (DLMF 7.6.2)."""
    term = total = x
    for n in range(1, 60):
        term *= 2 * x * x / (2 * n + 1)
        total += term
    return 2 / math.sqrt(math.pi) * cmath.exp(-x * x) * total


def erfc(x: Number) -> Number:
    """exp(-x^2) / sqrt pi / (x + 1/2 / (x + 1 / (x + 3/2 / ...))) for Re x > 0 (DLMF 7.9.1)."""
    below = x
    for k in range(80, 0, -1):
        below = x + k / 2 / below
    return cmath.exp(-x * x) / math.sqrt(math.pi) / below


def identity(z: Number) -> Number:
    return z


FUNCTIONS: dict[str, Callable[[Number], Number]] = {
    "identity": identity,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": relu,
    "leaky_relu": leaky_relu,
    "softplus": softplus,
    "gelu": gelu,
}


def softmax(a: Vector, beta: float = 1.0) -> Vector:
    top = max((beta * value).real for value in a)
    powers = [cmath.exp(beta * value - top) for value in a]
    return [power / sum(powers) for power in powers]


def cross_entropy(a: Vector, y: Sequence[float], beta: float) -> Number:
    top = max((beta * value).real for value in a)
    log_sum = top + cmath.log(sum(cmath.exp(beta * value - top) for value in a))
    return sum((target * (log_sum - beta * value) for target, value in zip(y, a, strict=True)), 0j)


def half_squared_error(a: Vector, y: Sequence[float], _beta: float) -> Number:
    return sum((0.5 * (value - target) ** 2 for value, target in zip(a, y, strict=True)), 0j)


def squared_error(a: Vector, y: Sequence[float], _beta: float) -> Number:
    return sum(((value - target) ** 2 for value, target in zip(a, y, strict=True)), 0j)


def sigmoid_cross_entropy(a: Vector, y: Sequence[float], _beta: float) -> Number:
    """-log sigma(a) = softplus(-a) for a yes, -log(1 - sigma(a)) = softplus(a) for a no."""
    return sum((t * softplus(-z) + (1 - t) * softplus(z) for t, z in zip(y, a, strict=True)), 0j)


LOSSES: dict[str, Callable[[Vector, Sequence[float], float], Number]] = {
    "softmax_cross_entropy": cross_entropy,
    "half_squared_error": half_squared_error,
    "sigmoid_cross_entropy": sigmoid_cross_entropy,
    "squared_error": squared_error,
}


def affine(h: Vector, W: Matrix, b: Vector) -> Vector:
    return [sum((h[i] * W[i][j] for i in range(len(h))), b[j]) for j in range(len(b))]


def outputs(x: Vector, parameters: Sequence[tuple[Matrix, Vector]], activations: Sequence[str]) -> Vector:
    h = x
    for (W, b), name in zip(parameters, activations, strict=True):
        h = [FUNCTIONS[name](z) for z in affine(h, W, b)]
    return h


def objective(
    parameters: Sequence[tuple[Matrix, Vector]],
    X: Matrix,
    Y: Sequence[Sequence[float]],
    *,
    activations: Sequence[str],
    loss: str,
    beta: float = 1.0,
    reduction: str = "mean",
    l2: float = 0.0,
    l2_form: str = "half",
) -> Number:
    """J: the losses of the samples, their mean or sum, and the penalty on the weights."""
    losses = [LOSSES[loss](outputs(x, parameters, activations), y, beta) for x, y in zip(X, Y, strict=True)]
    squares = sum((w * w for W, _ in parameters for row in W for w in row), 0j)
    penalty = (l2 / 2 if l2_form == "half" else l2) * squares
    return sum(losses, 0j) / (len(X) if reduction == "mean" else 1) + penalty


def unpacked(theta: NDArray[np.complexfloating], sizes: Sequence[int]) -> list[tuple[Matrix, Vector]]:
    """Cut theta (W1 row by row, b1, W2, ...) into the parameters of each layer."""
    values = iter(theta.tolist())
    layers = []
    for d, h in pairwise(sizes):
        W = [[complex(next(values)) for _ in range(h)] for _ in range(d)]
        layers.append((W, [complex(next(values)) for _ in range(h)]))
    return layers


def complex_step(
    function: Callable[[NDArray[np.complexfloating]], Number], at: NDArray[np.floating]
) -> NDArray[np.floating]:
    """df/dtheta_k = Im f(theta + ih e_k) / h, exact to rounding where f is analytic (h^2 vanishes)."""
    h = 1e-30
    gradient = np.empty(at.size)
    for k in range(at.size):
        shifted = at.astype(complex)
        shifted[k] += 1j * h
        gradient[k] = function(shifted).imag / h
    return gradient


def central_difference(
    function: Callable[[NDArray[np.complexfloating]], Number], at: NDArray[np.floating]
) -> NDArray[np.floating]:
    """df/dtheta_k = (f(theta + h e_k) - f(theta - h e_k)) / 2h, with an error of the order h^2 + eps/h."""
    h = math.cbrt(np.finfo(float).eps)
    gradient = np.empty(at.size)
    for k in range(at.size):
        up, down = at.astype(complex), at.astype(complex)
        up[k] += h
        down[k] -= h
        gradient[k] = (function(up).real - function(down).real) / (2 * h)
    return gradient
