"""Weights out of the program and back: one table of formats, chosen by the suffix of the file."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.network import MAX_PARAMETERS, Network
from explorer.files.about import WeightsInfo, from_values, to_values
from explorer.files.assembly import network_from, refuse_non_finite
from explorer.files.atomic import write_atomically
from explorer.files.npz import pack_npz, unpack_npz
from explorer.files.reading import read_bytes
from explorer.files.reasons import shown
from explorer.files.tensors import pack_safetensors, unpack_safetensors

Arrays = Mapping[str, NDArray[Any]]
Values = Mapping[str, object]
MAX_BYTES = 8 * MAX_PARAMETERS + 2**20
"""Bytes of the largest network in float64, and a megabyte for what stands around them."""


class WeightsFormat(Struct, frozen=True):
    """A file format of weights.

    Attributes
    ----------
    title
        What a person reads in a file dialog.
    pack
        ``pack(arrays, metadata)`` gives the bytes of a file.
    unpack
        ``unpack(data, limit)`` gives arrays and metadata back; it refuses damage and excess of ``limit`` bytes.
    """

    title: str
    pack: Callable[[Arrays, Values], bytes]
    unpack: Callable[[bytes, int], tuple[Arrays, Values]]


def pack_onnx(arrays: Arrays, values: Values) -> bytes:
    """Return the bytes of an .onnx."""
    from explorer.files.onnx_model import pack  # noqa: PLC0415 (0.3 s that no other file waits for)

    return pack(arrays, values)


def unpack_onnx(data: bytes, limit: int) -> tuple[Arrays, Values]:
    """Return the arrays and the metadata of an .onnx that ``pack_onnx`` made."""
    from explorer.files.onnx_model import unpack  # noqa: PLC0415 (see above)

    return unpack(data, limit)


FORMATS: dict[str, WeightsFormat] = {
    ".npz": WeightsFormat("NumPy archive", pack_npz, unpack_npz),
    ".safetensors": WeightsFormat("safetensors", pack_safetensors, unpack_safetensors),
    ".onnx": WeightsFormat("ONNX model", pack_onnx, unpack_onnx),
}
"""Suffix of the file, in lower case, to its format."""


def write_weights(path: str | os.PathLike[str], network: Network, about: WeightsInfo) -> Path:
    """Write W1 (D, H), b1 (H,), W2, ... in the network's dtype, with metadata, in the format of the suffix.

    Parameters
    ----------
    path
        Ends in one of ``FORMATS``; it is written whole or not at all.
    network
        Its architecture goes into the metadata, whatever ``about`` says of it.
    about
        Where the weights come from.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ExplorerError
        If the suffix is unknown, a number is not finite, or the file cannot be written.
    """
    chosen = format_of(path)
    try:
        refuse_non_finite(network)
        data = chosen.pack(network.parameters, to_values(about.about(network)))
    except ExplorerError as error:
        raise ExplorerError(f"{shown(path)} is not written, {error}") from error
    return write_atomically(path, data)


def read_weights(path: str | os.PathLike[str]) -> tuple[Network, WeightsInfo]:
    """Return the network that ``write_weights`` wrote, bit for bit, and where it comes from.

    A file of another program that holds W1, b1, W2, ... without our metadata is accepted: it is taken for
    sigmoid hidden layers under logits with softmax and cross-entropy; a foreign .onnx is refused, for its graph may
    be any. Nothing is ever unpickled.

    Raises
    ------
    ExplorerError
        If the suffix is unknown, or the file is missing, damaged, too large, or holds no network.
    """
    chosen = format_of(path)
    data = read_bytes(path, MAX_BYTES)
    try:
        arrays, values = chosen.unpack(data, MAX_BYTES)
        info = from_values(values)
        network = network_from(arrays, info)
    except ExplorerError as error:
        raise ExplorerError(f"{shown(path)}: {error}") from error
    return network, (info or WeightsInfo(program="")).about(network)


def format_of(path: str | os.PathLike[str]) -> WeightsFormat:
    """Return the format that the suffix names, in capitals or not."""
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        *others, last = FORMATS
        named = f"{', '.join(others)} or {last}"
        raise ExplorerError(f"{shown(path)} has no suffix of a weights file: use {named}")
    return FORMATS[suffix]
