"""One array of an .npz, read without evaluating anything.

NumPy's own reader evaluates the header as a Python literal and allocates what it claims; on a hostile header it fails
in ways that nobody can list. Plain arrays have one form of header, which a pattern decides.
"""

import math
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"\x93NUMPY"
HEADER_LOOKED_AT = 4096
LENGTHS = {1: 2, 2: 4, 3: 4}
"""Version of the format to the number of bytes that hold the length of the header."""

HEADER = re.compile(
    r"\{'descr': '([<>|=](?:f[248]|[iu][1248]|b1|U\d{1,7}))', 'fortran_order': (True|False), "
    r"'shape': \((|\d{1,18},|\d{1,18}(?:, \d{1,18}){1,31}),?\),? ?\}\s*"
)

DESCRIBED = re.compile(rb"'descr': (?:'[<>|=]?([A-Za-z])|(\[))")
OTHER_KINDS = {b"O": "Python objects", b"S": "bytes", b"c": "complex numbers", b"M": "dates", b"m": "spans of time"}
"""What else an .npy may hold, by the letter of its dtype; records have a list of dtypes."""


def other_kind(head: bytes | bytearray) -> str:
    """Return what an .npy that begins so holds in place of a plain array, e.g. "Python objects"; empty if unknown."""
    found = DESCRIBED.search(head[:HEADER_LOOKED_AT]) if head.startswith(MAGIC) else None
    if found is None:
        return ""
    return "records" if found[2] else OTHER_KINDS.get(found[1], "")


def parse_npy(data: bytes | bytearray) -> NDArray[Any]:
    """Return the array in the bytes of an .npy file, which it shares: numbers, truth values or text, never objects.

    The format is that of ``numpy.lib.format``: magic, version, length of the header, header, numbers.

    Raises
    ------
    ValueError
        If the bytes are no such array, or not as many as the header says.
    """
    width = LENGTHS.get(data[6] if len(data) > 6 else 0)
    if not data.startswith(MAGIC) or width is None:
        raise ValueError("no .npy")
    start = 8 + width
    stop = start + int.from_bytes(data[8:start], "little")
    found = HEADER.fullmatch(data[start:stop].decode("utf-8"))
    if not found:
        raise ValueError("no plain array")
    return array_of(found, data, stop)


def described_npy(head: bytes) -> str:
    """Return what the first bytes of an .npy announce, e.g. "float64 (150, 4)"; "unknown" where that is nothing."""
    width = LENGTHS.get(head[6] if len(head) > 6 else 0, 0)
    stop = 8 + width + int.from_bytes(head[8 : 8 + width], "little")
    found = HEADER.fullmatch(head[8 + width : stop].decode("utf-8", errors="replace"))
    if not width or not found:
        return "unknown"
    shape = tuple(int(length) for length in found[3].split(",") if length)
    return f"{np.dtype(found[1]).name} {shape}"


def array_of(found: re.Match[str], data: bytes | bytearray, start: int) -> NDArray[Any]:
    """Return the array that the header announces, if the bytes from ``start`` on are as many as it says."""
    kind, order, lengths = found.groups()
    dtype = np.dtype(kind)
    shape = tuple(int(length) for length in lengths.split(",") if length)
    count = math.prod(shape)
    if not dtype.itemsize or len(data) - start != dtype.itemsize * count:
        raise ValueError("more or fewer bytes than the header says")
    return np.frombuffer(data, dtype, count, start).reshape(shape, order="F" if order == "True" else "C")
