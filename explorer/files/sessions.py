"""A session on disk: a NumPy archive of plain arrays a0, a1, ..., and one JSON text that says what they are.

What stands in the text is the session's business (``session/stored``); here it is packed and unpacked, in steps, for a
session may be large and the window must not wait for it.
"""

import os
import zipfile
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import numpy as np
from numpy.lib.format import write_array
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.files.about import as_json
from explorer.files.atomic import written_whole
from explorer.files.datasets.blocks import Progress
from explorer.files.npy import parse_npy
from explorer.files.npz import DAMAGE
from explorer.files.reading import refuse_unreadable
from explorer.files.reasons import reason, shown
from explorer.resources import program_version

Array = NDArray[Any]
Packed = tuple[list[Array], dict[str, object]]
FORMAT = "backprop-explorer/session"
VERSION = 1
SUFFIX = ".bpx"
TEXT = "session"
"""The name of the array of bytes that holds the JSON text."""
MAX_BYTES = 2**30
"""Of a session's arrays: kept runs and a run's history have budgets far below."""
AGAIN = "it is damaged, or no session of this program: save or copy it again"


def is_session(name: str | os.PathLike[str]) -> bool:
    """Tell whether a file is called as sessions are."""
    return Path(name).suffix.lower() == SUFFIX


def writing_session(
    path: str | os.PathLike[str], arrays: Sequence[Array], values: Mapping[str, object]
) -> Generator[Progress, None, Path]:
    """Write arrays and what they are to a file, whole or not at all, and return its path.

    Raises
    ------
    ExplorerError
        If the arrays are too large together, or the file cannot be written.
    """
    total, done = sum(array.nbytes for array in arrays), 0
    if total > MAX_BYTES:
        raise ExplorerError(
            f"{shown(path)} is not written, for {total / 2**20:,.0f} MB are more than a session file holds "
            f"({MAX_BYTES / 2**20:,.0f} MB): delete kept runs first"
        )
    text = as_json({"format": FORMAT, "version": VERSION, "program": program_version(), **values})
    members = {TEXT: np.frombuffer(text.encode(), np.uint8), **{f"a{n}": array for n, array in enumerate(arrays)}}
    with written_whole(path) as file, zipfile.ZipFile(file, "w") as archive:
        for name, array in members.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                write_array(member, array, allow_pickle=False)
            done += array.nbytes
            yield Progress(min(done, total), total)
    return Path(path)


def reading_session(path: str | os.PathLike[str]) -> Generator[Progress, None, Packed]:
    """Read what ``writing_session`` wrote; pickled objects are refused, never loaded.

    Raises
    ------
    ExplorerError
        If there is no such file, it is damaged or too large, or it is of another version.
    """
    place = Path(path)
    try:
        refuse_unreadable(place, place.stat(), 2 * MAX_BYTES)
        file = place.open("rb")
    except OSError as error:
        raise ExplorerError(f"{shown(place)} cannot be read, {reason(error, place)}") from error
    with file:
        try:
            return (yield from unpacking(file))
        except DAMAGE as error:
            raise ExplorerError(f"{shown(place)}: {AGAIN}") from error
        except ExplorerError as error:
            raise ExplorerError(f"{shown(place)}: {error}") from error


def unpacking(file: BinaryIO) -> Generator[Progress, None, Packed]:
    """Read the text, which says whether the rest can be read, and then the arrays."""
    with zipfile.ZipFile(file) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
        total, done = sum(sizes.values()), 0
        if total > 2 * MAX_BYTES:
            raise ExplorerError(f"it unpacks to {total:,} bytes, too large: expected at most {2 * MAX_BYTES:,}")
        values = values_of(parse_npy(archive.read(f"{TEXT}.npy")))
        arrays = []
        for number in range(len(sizes) - 1):
            name = f"a{number}.npy"
            arrays.append(parse_npy(archive.read(name)))
            done += sizes[name]
            yield Progress(done, total)
    return arrays, values


def values_of(text: Array) -> dict[str, object]:
    """Return what the text says, if it is that of a session which this program knows."""
    try:
        values = msgspec.json.decode(text.astype(np.uint8, casting="safe").tobytes())
    except (msgspec.DecodeError, TypeError, RecursionError) as error:
        raise ExplorerError(AGAIN) from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise ExplorerError(AGAIN)
    if values.get("version") != VERSION:
        raise ExplorerError(f"this program reads version {VERSION} of session files, not this one: update it")
    return values
