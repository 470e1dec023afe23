"""Weights as a NumPy archive: one array a parameter, and the metadata as JSON under the key ``metadata``."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.files.about import as_json
from explorer.files.npy import parse_npy

Array = NDArray[Any]
METADATA = "metadata"
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ValueError,
    KeyError,
    OSError,
    EOFError,
    RuntimeError,
    OverflowError,
    MemoryError,
)
"""All that ``zipfile`` and the reader of arrays raise on bytes that are no archive of arrays."""


def pack_npz(arrays: Mapping[str, Array], values: Mapping[str, object]) -> bytes:
    """Return the bytes of an .npz; the metadata are one text (0-d), which loads with allow_pickle=False."""
    buffer = io.BytesIO()
    members: dict[str, Any] = {**arrays, METADATA: np.array(as_json(values))}
    np.savez(buffer, **members)
    return buffer.getvalue()


def unpack_npz(data: bytes, limit: int) -> tuple[dict[str, Array], dict[str, object]]:
    """Return the arrays and the metadata of an .npz; pickled objects are refused, never loaded.

    Raises
    ------
    ExplorerError
        If the bytes are no .npz, or damaged, or unpack to more than ``limit`` bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > limit:
                raise ExplorerError(f"it unpacks to {size:,} bytes, too large: expected at most {limit:,}")
            arrays = {name.removesuffix(".npy"): parse_npy(archive.read(name)) for name in archive.namelist()}
    except DAMAGE as error:
        raise ExplorerError("it is damaged, or no .npz of plain arrays: export or copy it again") from error
    return arrays, metadata_of(arrays.pop(METADATA, None))


def metadata_of(stored: Array | None) -> dict[str, object]:
    """Return the object in the array ``metadata``; what is no text is another program's, and ignored."""
    if stored is None or stored.shape != () or stored.dtype.kind != "U":
        return {}
    try:
        found = msgspec.json.decode(str(stored))
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ExplorerError("its metadata are not JSON: export the weights again") from error
    return found if isinstance(found, dict) else {}
