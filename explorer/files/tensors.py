"""Weights as safetensors: one tensor a parameter; the metadata, texts by its rule, are JSON key by key."""

from collections.abc import Mapping
from typing import Any

import msgspec
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from explorer.engine.errors import ExplorerError
from explorer.files.about import as_json

Array = NDArray[Any]


def pack_safetensors(arrays: Mapping[str, Array], values: Mapping[str, object]) -> bytes:
    """Return the bytes of a .safetensors; ``format`` stands as it is, every other key's value as JSON."""
    texts = {key: as_json(value) for key, value in values.items() if key != "format"}
    return save(dict(arrays), {"format": str(values["format"]), **texts})


def unpack_safetensors(data: bytes, limit: int) -> tuple[dict[str, Array], dict[str, object]]:
    """Return the tensors and the metadata of a .safetensors.

    Raises
    ------
    ExplorerError
        If the bytes are no .safetensors, or damaged, or more than ``limit``.
    """
    if len(data) > limit:
        raise ExplorerError(f"it has {len(data):,} bytes, too large: expected at most {limit:,}")
    try:
        arrays = load(data)
        texts = header(data).get("__metadata__", {})
    except (SafetensorError, msgspec.DecodeError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise ExplorerError("it is damaged, or no .safetensors of numbers: export or copy it again") from error
    return arrays, {key: value_of(text) for key, text in texts.items()}


def header(data: bytes) -> dict[str, dict[str, str]]:
    """Return the JSON object at the start, its length in the first 8 bytes; the library has checked it."""
    length = int.from_bytes(data[:8], "little")
    found: dict[str, dict[str, str]] = msgspec.json.decode(data[8 : 8 + length])
    return found


def value_of(text: str) -> object:
    """Return the value that a text is the JSON of; a text that is no JSON stands for itself."""
    try:
        value: object = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return text
    return value
