"""Activations in ONNX's operators, which ONNX Runtime computes in float32 and in float64 alike.

It has no LeakyRelu, Softplus and Erf of doubles: the first two are put together of others, for either precision, and so
is the GELU in float64.
"""

import math
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from explorer.engine.activations import LEAK
from explorer.files.onnx_nodes import Graph, Operand

TERMS = 28
"""Chebyshev terms of the normal distribution's tail: more change no digit of a double."""


def operator(kind: str, graph: Graph, z: str, out: str) -> str:
    """Add the one operator that an activation is."""
    return graph.node(kind, z, out=out)


def leaky_relu(graph: Graph, z: str, out: str) -> str:
    """max(z, 0.01 z)."""
    return graph.node("Max", z, graph.node("Mul", z, LEAK), out=out)


def softplus(graph: Graph, z: str, out: str) -> str:
    """max(z, 0) + log(1 + u), u = exp(-|z|) <= 1; with w = 1 + u rounded, log(1 + u) = log w + (u - (w - 1)) / w."""
    u = graph.node("Exp", graph.node("Neg", graph.node("Abs", z)))
    w = graph.node("Add", u, 1.0)
    lost = graph.node("Sub", u, graph.node("Sub", w, 1.0))
    logarithm = graph.node("Add", graph.node("Log", w), graph.node("Div", lost, w))
    return graph.node("Add", graph.node("Relu", z), logarithm, out=out)


def gelu(graph: Graph, z: str, out: str) -> str:
    """Add the exact GELU, by what there is in its precision."""
    return (gelu_by_its_tail if graph.dtype == np.float64 else gelu_by_erf)(graph, z, out)


def gelu_by_erf(graph: Graph, z: str, out: str) -> str:
    """GELU(z) = z (1 + erf(z / sqrt 2)) / 2."""
    erf = graph.node("Erf", graph.node("Mul", z, math.sqrt(0.5)))
    return graph.node("Mul", graph.node("Mul", z, 0.5), graph.node("Add", erf, 1.0), out=out)


def gelu_by_its_tail(graph: Graph, z: str, out: str) -> str:
    """GELU(z) = max(z, 0) - |z| Q(|z|), Q = 1 - Phi = t exp(-z^2 / 2 + p(2 t - 1)), t = 2 / (2 + |z| / sqrt 2)."""
    size = graph.node("Abs", z)
    t = graph.node("Div", 2.0, graph.node("Add", graph.node("Mul", size, math.sqrt(0.5)), 2.0))
    u = graph.node("Sub", graph.node("Mul", t, 2.0), 1.0)
    highest, *others = reversed(tail_polynomial().tolist())
    p: Operand = highest
    for coefficient in others:
        p = graph.node("Add", graph.node("Mul", u, p), coefficient)
    power = graph.node("Add", graph.node("Mul", graph.node("Mul", z, z), -0.5), p)
    tail = graph.node("Mul", t, graph.node("Exp", power))
    return graph.node("Sub", graph.node("Relu", z), graph.node("Mul", size, tail), out=out)


def tail_polynomial() -> NDArray[np.float64]:
    """Return p's coefficients, the lowest power first: p(2 t - 1) = log(erfcx(x) / (2 t)), t = 2 / (2 + x), x >= 0.

    Interpolated at Chebyshev's points, as W. H. Press et al., Numerical Recipes, 3rd ed., section 6.2.2, have it.
    """
    from scipy.special import erfcx  # noqa: PLC0415 (with the GELU alone)

    u = np.polynomial.chebyshev.chebpts1(TERMS)
    t = (u + 1) / 2
    series = np.polynomial.chebyshev.chebfit(u, np.log(erfcx(2 / t - 2) / (2 * t)), TERMS - 1)
    return np.asarray(np.polynomial.chebyshev.cheb2poly(series), np.float64)


ACTIVATIONS: dict[str, Callable[[Graph, str, str], str]] = {
    "identity": partial(operator, "Identity"),
    "sigmoid": partial(operator, "Sigmoid"),
    "tanh": partial(operator, "Tanh"),
    "relu": partial(operator, "Relu"),
    "leaky_relu": leaky_relu,
    "softplus": softplus,
    "gelu": gelu,
}
"""A layer's activation by the name that the engine has for it: ``add(graph, z, out)`` returns ``out``."""
