"""A network as a graph of ONNX's operators: raw inputs in, probabilities or predictions in the target's units out.

All are operators of opset 9 that ONNX Runtime computes in float32 and in float64 alike. It has no LeakyRelu, Softplus
and Erf of doubles: the first two are put together of others, for either precision, and so is the GELU in float64.
"""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper

from explorer.data.scaling import Scaling
from explorer.engine.activations import LEAK
from explorer.engine.errors import ExplorerError
from explorer.engine.losses import LOSSES
from explorer.files.about import WeightsInfo

Array = NDArray[Any]
Operand = str | float | Array
TERMS = 28
"""Chebyshev terms of the normal distribution's tail: more change no digit of a double."""


class Graph:
    """A graph in the making: the nodes in their order, and the arrays that they take.

    Parameters
    ----------
    dtype
        The network's, which plain numbers become.
    """

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self.dtype = dtype
        self.nodes: list[NodeProto] = []
        self.arrays: dict[str, Array] = {}

    def node(self, kind: str, *operands: Operand, out: str = "", **attributes: int) -> str:
        """Add an operator of names, numbers or arrays, and return the name of its output."""
        out = out or f"{kind.lower()}_{len(self.nodes)}"
        names = [self.name(operand) for operand in operands]
        node = helper.make_node(kind, names, [out])
        node.attribute.extend(helper.make_attribute(key, value) for key, value in attributes.items())
        self.nodes.append(node)
        return out

    def name(self, operand: Operand, called: str = "") -> str:
        """Return the name of an operand; a number or an array is kept under it."""
        if isinstance(operand, str):
            return operand
        called = called or f"constant_{len(self.arrays)}"
        self.arrays[called] = operand if isinstance(operand, np.ndarray) else np.array(operand, self.dtype)
        return called

    def cast(self, value: str, dtype: np.dtype[Any], out: str = "") -> str:
        """Add a change of the precision."""
        return self.node("Cast", value, to=element_type(dtype), out=out)


def graph_of(arrays: Mapping[str, Array], info: WeightsInfo) -> GraphProto:
    """Return the graph of a network: input "X" (N, D), output "probabilities" or "prediction" (N, C).

    Parameters
    ----------
    arrays
        The parameters W1 (D, H), b1 (H,), W2, ..., all of the network's dtype.
    info
        Of that network; by its ``inputs`` raw numbers are scaled, by its ``targets`` predictions are given units.

    Raises
    ------
    ExplorerError
        If a scaling is none, or has another number of columns than the network.
    """
    graph = Graph(arrays["W1"].dtype)
    h = scaled(graph, "X", scaling_of(info.inputs, info.sizes[0]))
    for number, activation in enumerate(info.activations, start=1):
        W, b = (graph.name(arrays[name], name) for name in (f"W{number}", f"b{number}"))
        z = graph.node("Gemm", h, W, b, out=f"z{number}")
        h = ACTIVATIONS[activation](graph, z, f"h{number}")
    output = predicted(graph, h, info)
    ends = [
        helper.make_tensor_value_info(name, element_type(graph.dtype), ["N", width])
        for name, width in (("X", info.sizes[0]), (output, info.sizes[-1]))
    ]
    tensors = [numpy_helper.from_array(array, name) for name, array in graph.arrays.items()]
    return helper.make_graph(graph.nodes, "network", ends[:1], ends[1:], tensors)


def element_type(dtype: np.dtype[Any]) -> int:
    """Return ONNX's number of a dtype of networks."""
    return int(TensorProto.DOUBLE if dtype == np.float64 else TensorProto.FLOAT)


def scaling_of(told: Mapping[str, object], width: int) -> Scaling | None:
    """Return the scaling of so many columns that metadata tell, or None where they tell of none."""
    if not told:
        return None
    scaling = Scaling.from_values(told, "")
    if len(scaling.shift) not in {1, width}:
        raise ExplorerError(f"its metadata scale {len(scaling.shift)} columns, the network has {width}: train it anew")
    return scaling


def scaled(graph: Graph, x: str, scaling: Scaling | None) -> str:
    """Fill gaps and scale in float64, as the program does, whatever the network's dtype."""
    if scaling is None:
        return x
    double = np.dtype(np.float64)
    if graph.dtype != double:
        x = graph.cast(x, double)
    if scaling.fill is not None:
        x = graph.node("Where", graph.node("IsNaN", x), graph.name(scaling.fill, "fill"), x)
    x = graph.node("Sub", x, graph.name(scaling.shift, "shift"))
    x = graph.node("Div", x, graph.name(scaling.scale, "scale"), out="x")
    return x if graph.dtype == double else graph.cast(x, graph.dtype)


def predicted(graph: Graph, h: str, info: WeightsInfo) -> str:
    """Add what makes probabilities of the last layer, or numbers in their units; return the name of the output."""
    loss = LOSSES[info.loss]
    if loss.rivals:
        beta_z = h if info.beta == 1 else graph.node("Mul", h, info.beta)
        return graph.node("Softmax", beta_z, axis=1, out="probabilities")
    if loss.probabilities is not None:
        return graph.node("Sigmoid", h, out="probabilities")
    targets = scaling_of(info.targets, info.sizes[-1])
    if targets is None:
        return graph.node("Identity", h, out="prediction")
    p = graph.node("Mul", graph.cast(h, np.dtype(np.float64)), graph.name(targets.scale, "target_scale"))
    p = graph.node("Add", p, graph.name(targets.shift, "target_shift"))
    return graph.cast(p, graph.dtype, out="prediction")


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
