"""Activations: each is a value and a derivative, written in place, in one table.

Both functions are elementwise, so they serve the trainer (features down, samples across, no allocation) and
the tape (samples down) alike; ``out`` may be ``z`` itself. Large negative sigmoid arguments overflow
harmlessly inside exp; callers silence that warning.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


def sigmoid(z: Array, out: Array) -> None:
    """sigma(z) = 1 / (1 + exp(-z)); exp overflows to inf below -709, and 1/inf is the right 0."""
    np.negative(z, out=out)
    np.exp(out, out=out)
    np.add(out, 1, out=out)
    np.reciprocal(out, out=out)


def sigmoid_derivative(_z: Array, h: Array, out: Array) -> None:
    """sigma'(z) = h (1 - h)."""
    np.subtract(1, h, out=out)
    np.multiply(out, h, out=out)


def tanh(z: Array, out: Array) -> None:
    """tanh(z)."""
    np.tanh(z, out=out)


def tanh_derivative(_z: Array, h: Array, out: Array) -> None:
    """tanh'(z) = 1 - h^2."""
    np.multiply(h, h, out=out)
    np.subtract(1, out, out=out)


def relu(z: Array, out: Array) -> None:
    """max(z, 0)."""
    np.maximum(z, 0, out=out)


def relu_derivative(z: Array, _h: Array, out: Array) -> None:
    """1 where z > 0, else 0 (0 at the kink, as every framework has it)."""
    np.greater(z, 0, out=out)


def identity(z: Array, out: Array) -> None:
    """Write z."""
    np.copyto(out, z)


def identity_derivative(_z: Array, _h: Array, out: Array) -> None:
    """Write 1."""
    out.fill(1)


@dataclass(frozen=True, slots=True)
class Activation:
    """An elementwise function h = f(z).

    Attributes
    ----------
    value
        ``value(z, out)`` writes f(z).
    derivative
        ``derivative(z, h, out)`` writes f'(z), given h = f(z).
    title
        What a person reads.
    symbol
        LaTeX of f, to stand before a parenthesis.
    slope
        LaTeX of f'(z) with ``{z}`` and ``{h}`` for the symbols of the layer.
    """

    name: str
    value: Callable[[Array, Array], None]
    derivative: Callable[[Array, Array, Array], None]
    title: str
    symbol: str
    slope: str


ACTIVATIONS: dict[str, Activation] = {
    a.name: a
    for a in (
        Activation("identity", identity, identity_derivative, "identity", r"\mathrm{{id}}", r"1"),
        Activation("sigmoid", sigmoid, sigmoid_derivative, "sigmoid", r"\sigma", r"{h} \odot (1 - {h})"),
        Activation("tanh", tanh, tanh_derivative, "tanh", r"\tanh", r"1 - {h} \odot {h}"),
        Activation("relu", relu, relu_derivative, "ReLU", r"\mathrm{{ReLU}}", r"[{z} > 0]"),
    )
}
