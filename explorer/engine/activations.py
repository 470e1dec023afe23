"""Activations: each is a value and a derivative, written in place, in one table.

Both functions are elementwise, so they serve the trainer (features down, samples across, no allocation) and the tape
(samples down) alike; complex arrays, too, for derivatives by complex steps: kinks choose their side by the real part.
The trainer records the calls (``program.py``), so no decision here depends on a number in an array. Large arguments
overflow harmlessly inside exp and cosh; callers silence that warning.
"""

import math
from collections.abc import Callable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Array = NDArray[np.floating]
LEAK = 0.01
"""Slope of the leaky ReLU below 0, as PyTorch has it."""
STRAIGHT = 50.0
"""From here on softplus(z) is z in float64."""


def is_complex(z: Array) -> bool:
    """Tell whether z is of complex numbers: the overflow of their exp is not harmless, as inf / inf appears."""
    return z.dtype.kind == "c"


def apart(z: Array, out: Array) -> Array:
    """Return z, or a copy where the result is to be written over it and z is still needed then."""
    return z.copy() if out is z else z


def sigmoid(z: Array, out: Array) -> None:
    """sigma(z) = 1 / (1 + exp(-z)); exp overflows to inf below -709, and 1/inf is the right 0."""
    np.negative(z, out=out)
    if is_complex(z):
        np.minimum(out, 700, out=out)
    np.exp(out, out=out)
    np.add(out, 1, out=out)
    np.reciprocal(out, out=out)


def sigmoid_derivative(z: Array, h: Array, out: Array) -> None:
    """sigma'(z) = 1 / (2 + 2 cosh z): h (1 - h) without its subtraction, which loses all digits where h is near 1."""
    if is_complex(z):
        sigmoid_derivative_of_h(z, h, out)
        return
    np.cosh(z, out=out)
    np.add(out, 1, out=out)
    np.divide(0.5, out, out=out)


def sigmoid_derivative_of_h(_z: Array, h: Array, out: Array) -> None:
    """sigma'(z) = h (1 - h)."""
    np.subtract(1, h, out=out)
    np.multiply(out, h, out=out)


def tanh(z: Array, out: Array) -> None:
    """tanh(z)."""
    np.tanh(z, out=out)


def tanh_derivative(z: Array, h: Array, out: Array) -> None:
    """tanh'(z) = 1 / cosh(z)^2: 1 - h^2 without its subtraction."""
    if is_complex(z):
        tanh_derivative_of_h(z, h, out)
        return
    np.cosh(z, out=out)
    np.reciprocal(out, out=out)
    np.multiply(out, out, out=out)


def tanh_derivative_of_h(_z: Array, h: Array, out: Array) -> None:
    """tanh'(z) = 1 - h^2."""
    np.multiply(h, h, out=out)
    np.subtract(1, out, out=out)


def relu(z: Array, out: Array) -> None:
    """max(z, 0)."""
    if is_complex(z):
        np.multiply(z, z.real > 0, out=out)
    else:
        np.maximum(z, 0, out=out)


def relu_derivative(z: Array, _h: Array, out: Array) -> None:
    """1 where z > 0, else 0 (0 at the kink, as every framework has it)."""
    np.greater(z.real, 0, out=out)


def leaky_relu(z: Array, out: Array) -> None:
    """max(z, 0.01 z)."""
    z = apart(z, out)
    np.multiply(z, LEAK, out=out)
    if is_complex(z):
        np.copyto(out, z, where=z.real > 0)
    else:
        np.maximum(out, z, out=out)


def leaky_relu_derivative(z: Array, _h: Array, out: Array) -> None:
    """1 where z > 0, else 0.01."""
    np.greater(z.real, 0, out=out)
    np.maximum(out, LEAK, out=out)


def softplus(z: Array, out: Array) -> None:
    """log(1 + exp(z)): beyond 50, where that is z to the last digit, the maximum takes z and exp cannot overflow."""
    z = apart(z, out)
    np.minimum(z, STRAIGHT, out=out)
    np.exp(out, out=out)
    log1p(out)
    np.maximum(out, z, out=out)


def log1p(z: Array) -> None:
    """Put log(1 + z) for z; NumPy's own loses the digits of a small real part where z is complex."""
    if is_complex(z):
        real, angle = 0.5 * np.log1p(z.real * (2 + z.real) + z.imag**2), np.arctan2(z.imag, 1 + z.real)
        z.real, z.imag = real, angle
    else:
        np.log1p(z, out=z)


def softplus_derivative(z: Array, _h: Array, out: Array) -> None:
    """softplus'(z) = sigma(z)."""
    sigmoid(z, out)


def gelu(z: Array, out: Array) -> None:
    """GELU(z) = z Phi(z), Phi(z) = (1 + erf(z / sqrt 2)) / 2 the normal distribution; no tanh in its place."""
    z = apart(z, out)
    normal_distribution(z, out)
    np.multiply(out, z, out=out)


def gelu_derivative(z: Array, _h: Array, out: Array) -> None:
    """gelu'(z) = Phi(z) + z phi(z), phi(z) = exp(-z^2 / 2) / sqrt(2 pi) the normal density."""
    np.multiply(z, z, out=out)
    np.multiply(out, -0.5, out=out)
    np.exp(out, out=out)
    np.multiply(out, z, out=out)
    np.multiply(out, 1 / math.sqrt(2 * math.pi), out=out)
    normal_distribution(z, z)
    np.add(out, z, out=out)


def normal_distribution(z: Array, out: Array) -> None:
    """Phi(z), right to the last digits in both tails. SciPy takes 0.3 s to import, so only who needs it waits."""
    from scipy.special import ndtr  # noqa: PLC0415 (see above)

    ndtr(z, out=out)


def identity(z: Array, out: Array) -> None:
    """Write z."""
    np.copyto(out, z)


def identity_derivative(_z: Array, _h: Array, out: Array) -> None:
    """Write 1."""
    out.fill(1)


Derivative = Callable[[Array, Array, Array], None]


class Activation(Struct, frozen=True):
    """An elementwise function h = f(z).

    Attributes
    ----------
    value
        ``value(z, out)`` writes f(z); ``out`` may be ``z`` itself.
    derivative
        ``derivative(z, h, out)`` writes f'(z), given h = f(z), right to the last digits; it may overwrite z.
    title
        What a person reads.
    symbol
        LaTeX of f, to stand before a parenthesis.
    slope
        LaTeX of f'(z) with ``{z}`` and ``{h}`` for the symbols of the layer.
    quick
        The derivative for training, where a cheaper formula is as good: its error is a rounding of 1, not of f'(z).
    """

    name: str
    value: Callable[[Array, Array], None]
    derivative: Derivative
    title: str
    symbol: str
    slope: str
    quick: Derivative | None = None

    @property
    def training_derivative(self) -> Derivative:
        """The cheapest derivative."""
        return self.quick or self.derivative


ACTIVATIONS: dict[str, Activation] = {
    a.name: a
    for a in (
        Activation("identity", identity, identity_derivative, "identity", r"\mathrm{{id}}", r"1"),
        Activation(
            "sigmoid",
            sigmoid,
            sigmoid_derivative,
            "sigmoid",
            r"\sigma",
            r"{h} \odot (1 - {h})",
            sigmoid_derivative_of_h,
        ),
        Activation("tanh", tanh, tanh_derivative, "tanh", r"\tanh", r"1 - {h} \odot {h}", tanh_derivative_of_h),
        Activation("relu", relu, relu_derivative, "ReLU", r"\mathrm{{ReLU}}", r"[{z} > 0]"),
        Activation(
            "leaky_relu",
            leaky_relu,
            leaky_relu_derivative,
            "leaky ReLU",
            r"\mathrm{{LReLU}}",
            r"[{z} > 0] + 0.01\, [{z} \leq 0]",
        ),
        Activation(
            "softplus", softplus, softplus_derivative, "softplus", r"\mathrm{{softplus}}", r"\sigma\left({z}\right)"
        ),
        Activation(
            "gelu",
            gelu,
            gelu_derivative,
            "GELU",
            r"\mathrm{{GELU}}",
            r"\Phi\left({z}\right) + {z} \odot \varphi\left({z}\right)",
        ),
    )
}
