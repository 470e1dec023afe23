"""A network as a graph of ONNX's operators: raw inputs in, probabilities or predictions in the target's units out."""

from collections.abc import Mapping

import numpy as np
from onnx import GraphProto, helper, numpy_helper

from explorer.data.scaling import Scaling
from explorer.engine.errors import ExplorerError
from explorer.engine.losses import LOSSES
from explorer.files.about import WeightsInfo
from explorer.files.onnx_activations import ACTIVATIONS
from explorer.files.onnx_nodes import Array, Graph, element_type


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
