"""Weights as an ONNX model, which other programs can run: the graph, and the metadata, texts, as JSON key by key.

Only what this program wrote is read: a graph may compute anything, and ours is made anew from its arrays.
"""

import json
from collections.abc import Mapping
from typing import Any

from google.protobuf.message import DecodeError
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, checker, helper, load_model_from_string, numpy_helper

from explorer.engine.errors import ExplorerError
from explorer.files.about import FORMAT, WeightsInfo, as_json, from_values
from explorer.files.onnx_graph import graph_of
from explorer.files.tensors import value_of
from explorer.resources import program_version

Array = NDArray[Any]
OPSET = 9
"""The first with Where, IsNaN and Erf; ONNX Runtime has read it since 2019."""
IR_VERSION = 4
"""The first in which arrays of the graph need not be its inputs as well."""
OURS = {TensorProto.FLOAT, TensorProto.DOUBLE}
REFUSED = "it is damaged, or no .onnx that this program wrote: take the weights as .npz or .safetensors"


def pack(arrays: Mapping[str, Array], values: Mapping[str, object]) -> bytes:
    """Return the bytes of an .onnx; ``format`` stands last and as it is, every other key's value as JSON.

    Raises
    ------
    ExplorerError
        If the scaling in the metadata does not fit the network, or JSON cannot tell them.
    """
    texts = {key: as_json(value) for key, value in values.items() if key != "format"}
    info = from_values({"format": FORMAT, **{key: json.loads(text) for key, text in texts.items()}}) or WeightsInfo()
    model = helper.make_model(
        graph_of(arrays, info),
        producer_name="backprop-explorer",
        producer_version=program_version(),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )
    helper.set_model_props(model, {**texts, "format": FORMAT})
    data: bytes = model.SerializeToString(deterministic=True)
    checker.check_model(data, full_check=True)
    return data


def unpack(data: bytes, limit: int) -> tuple[dict[str, Array], dict[str, object]]:
    """Return the arrays and the metadata of an .onnx that ``pack`` made; files beside it are never opened.

    Raises
    ------
    ExplorerError
        If the bytes are no .onnx, or another program's, or damaged, or more than ``limit``.
    """
    if len(data) > limit:
        raise ExplorerError(f"it has {len(data):,} bytes, too large: expected at most {limit:,}")
    try:
        model = load_model_from_string(data)
        values = {text(row.key): value_of(text(row.value)) for row in model.metadata_props}
        if values.get("format") != FORMAT:
            raise ExplorerError(REFUSED)
        return arrays_of(model), values
    except (DecodeError, ValueError, TypeError, KeyError, OverflowError, MemoryError) as error:
        raise ExplorerError(REFUSED) from error


def arrays_of(model: ModelProto) -> dict[str, Array]:
    """Return the arrays of the graph by their names, each held in the model itself and of a network's dtype."""
    tensors = model.graph.initializer
    if any(tensor.data_type not in OURS or tensor.data_location != TensorProto.DEFAULT for tensor in tensors):
        raise ExplorerError(REFUSED)
    return {text(tensor.name): numpy_helper.to_array(tensor) for tensor in tensors}


def text(found: object) -> str:
    """Return a text of a model; protobuf gives bytes for one that is no UTF-8, and that is refused."""
    if not isinstance(found, str):
        raise ExplorerError(REFUSED)
    return found
