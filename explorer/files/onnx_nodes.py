"""The nodes of an ONNX graph in the making, and the arrays that they take."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper

Array = NDArray[Any]
Operand = str | float | Array


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


def element_type(dtype: np.dtype[Any]) -> int:
    """Return ONNX's number of a dtype of networks."""
    return int(TensorProto.DOUBLE if dtype == np.float64 else TensorProto.FLOAT)
