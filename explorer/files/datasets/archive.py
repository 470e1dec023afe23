"""Samples in NumPy files: an .npz of inputs and targets by their usual names, or an .npy of a table."""

import os
import zipfile
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from explorer.data import Choices, Column, DataSet, Table, divided_by
from explorer.data.dataset import first_broken
from explorer.data.table import MOST_BYTES
from explorer.data.target import checked_classes, classes_of
from explorer.engine.errors import ExplorerError
from explorer.files.datasets.blocks import BLOCK, Opened, Progress, opened
from explorer.files.datasets.gathering import HEAD_ROWS, MOST_COLUMNS, MOST_WORDS
from explorer.files.npy import described_npy, other_kind, parse_npy
from explorer.files.npz import DAMAGE
from explorer.files.reasons import shown

Array = NDArray[Any]
Reading = Generator[Progress, None, DataSet | Table]
INPUTS = ("X", "x", "X_train", "x_train", "data", "images", "inputs", "features")
TARGETS = ("y", "Y", "y_train", "Y_train", "labels", "label", "target", "targets", "classes")
WEIGHTS = {"W1", "b1"}
REAL = "fiub"
LARGEST_PIXEL = 255
DOCUMENTS = {"xl/workbook.xml": "an Excel workbook", "content.xml": "an OpenDocument file"}
"""An entry of a zip to what the whole is then."""
MOST_ARRAYS, HEADER_BYTES = 100, 4096


def read_archive(path: str | os.PathLike[str], choices: Choices) -> Reading:
    """Read the samples of an .npz, or the table of an .npy, giving way after each block; nothing is ever unpickled.

    Raises
    ------
    ExplorerError
        If the file is damaged or too large, or holds no inputs and targets that fit together.
    """
    try:
        with opened(path) as source:
            return (yield from samples_of(os.fspath(path), source, choices))
    except ExplorerError as error:
        known = str(error).startswith(shown(path))
        raise error if known else ExplorerError(f"{shown(path)}: {error}") from error


def holds_samples(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file is an .npz of inputs and targets, and not one of weights."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {entry.removesuffix(".npy") for entry in archive.namelist()}
    except DAMAGE:
        return False
    return not names & WEIGHTS and bool(names & {*INPUTS}) and bool(names & {*TARGETS})


def may_hold_samples(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file is an .npz of several arrays, whatever their names, and not one of weights."""
    names = set(arrays_in(path))
    return len(names) > 1 and not names & WEIGHTS


def samples_of(name: str, source: Opened, choices: Choices) -> Reading:
    """Read what an open file holds."""
    if source.packed:
        raise ExplorerError("it is a gzip: unpack it first")
    if zipfile.is_zipfile(source.file):
        arrays = yield from unpacked(source.file, choices)
        return archive_set(name, arrays, choices)
    refuse_bytes(source.size)
    source.file.seek(0)
    found = yield from read_in_blocks(source.file, 0, source.size)
    return table_of(name, plain_array(found, "it"))


def unpacked(file: IO[bytes], choices: Choices) -> Generator[Progress, None, dict[str, Array]]:
    """Unpack the inputs and the targets of an .npz; the other arrays are not touched."""
    try:
        with zipfile.ZipFile(file) as archive:
            refuse_other_zips(archive.namelist())
            names = {entry.removesuffix(".npy"): entry for entry in archive.namelist()}
            usual = choices.arrays
            chosen = [
                first_of((usual[0],) if usual else INPUTS, list(names), "inputs"),
                first_of((usual[1],) if usual else TARGETS, list(names), "targets"),
            ]
            sizes = [archive.getinfo(names[key]).file_size for key in chosen]
            refuse_bytes(sum(sizes))
            inputs = yield from unpacked_array(archive, names[chosen[0]], 0, sum(sizes))
            targets = yield from unpacked_array(archive, names[chosen[1]], sizes[0], sum(sizes))
    except DAMAGE as error:
        raise ExplorerError("it is damaged, or no .npz of plain arrays: export or copy it again") from error
    return {"inputs": inputs, "targets": targets}


def unpacked_array(archive: zipfile.ZipFile, entry: str, done: int, total: int) -> Generator[Progress, None, Array]:
    """Unpack one array block by block, after so many bytes of the total."""
    with archive.open(entry) as member:
        found = yield from read_in_blocks(member, done, total)
    return plain_array(found, f"its array {entry.removesuffix('.npy')!r}")


def read_in_blocks(stream: IO[bytes], done: int, total: int) -> Generator[Progress, None, bytearray]:
    """Read all that is left of a stream, after so many bytes of the total."""
    found = bytearray()
    while block := stream.read(BLOCK):
        found += block
        yield Progress(done + len(found), total)
    return found


def plain_array(found: bytearray, what: str) -> Array:
    """Return the array of an .npy, or say what it holds instead of numbers or words."""
    try:
        return parse_npy(found)
    except DAMAGE as error:
        if kind := other_kind(found):
            mend = "save numbers by astype(float), words by astype(str)"
            raise ExplorerError(f"{what} holds {kind} and no plain numbers or words: {mend}") from error
        raise ExplorerError(f"{what} is damaged, or no plain array: export or copy the file again") from error


def refuse_other_zips(names: list[str]) -> None:
    """Refuse a workbook, or files that somebody packed."""
    for part, what in DOCUMENTS.items():
        if part in names:
            raise ExplorerError(f"it is {what}: save its table as CSV")
    if names and not any(name.endswith(".npy") for name in names):
        listed = ", ".join(ascii(name)[1:-1] for name in names[:3]) + (", ..." if len(names) > 3 else "")
        raise ExplorerError(f"it is a zip of {listed:.100}: unpack it first")


def arrays_in(path: str | os.PathLike[str]) -> dict[str, str]:
    """Return the names of the arrays of an .npz, and what each holds, e.g. "float64 (150, 4)"; none of other files."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.namelist() if entry.endswith(".npy")][:MOST_ARRAYS]
            return {entry.removesuffix(".npy"): announced(archive, entry) for entry in entries}
    except DAMAGE:
        return {}


def announced(archive: zipfile.ZipFile, entry: str) -> str:
    """Return what the header of an array announces."""
    with archive.open(entry) as member:
        return described_npy(member.read(HEADER_BYTES))


def first_of(usual: tuple[str, ...], held: list[str], what: str) -> str:
    """Return the first of the usual names that the file has."""
    for name in usual:
        if name in held:
            return name
    listed = ", ".join(ascii(name)[1:-1] for name in held[:6]) or "nothing"
    raise ExplorerError(f"it holds {listed:.100} and no {what}: expected an array named {' or '.join(usual[:2])}")


def refuse_bytes(size: int) -> None:
    """Refuse what is too large, before it is unpacked."""
    if size > MOST_BYTES:
        raise ExplorerError(f"it takes {size / 2**20:,.0f} MB: expected at most {MOST_BYTES // 2**20:,} MB")


def archive_set(name: str, arrays: dict[str, Array], choices: Choices) -> DataSet:
    """Return the samples of inputs (N, ...) and targets (N,), (N, 1), one-hot (N, C), or numbers (N, C)."""
    X, shape = inputs_of(arrays["inputs"])
    targets = arrays["targets"]
    if targets.ndim == 2 and targets.shape[1] == 1:
        targets = targets[:, 0]
    if targets.ndim not in {1, 2} or len(targets) != len(X):
        raise ExplorerError(f"its targets have shape {targets.shape}: expected ({len(X)},), one for each of its inputs")
    bytes_ = shape is not None and arrays["inputs"].dtype == np.uint8
    scaling = divided_by(LARGEST_PIXEL, "pixels / 255") if bytes_ else None
    classes, labels, numbers = targets_of(targets, choices)
    X = X.astype(np.float64, copy=False) if scaling is None else scaling.applied(X)
    X.flags.writeable = False
    return DataSet(
        name=name,
        title=Path(name).name,
        X=X,
        labels=labels,
        classes=classes,
        image_shape=shape,
        features=tuple(f"column {number}" for number in range(1, X.shape[1] + 1)),
        description=f"{len(X):,} samples of {X.shape[1]:,} inputs.",
        source=Path(name).name,
        licence="",
        scaling=scaling.words if scaling else "",
        targets=numbers,
        quantities=() if numbers is None else tuple(f"y{k}" for k in range(1, numbers.shape[1] + 1)),
        inputs=scaling,
        fitting=choices.fitting or ("standardise" if scaling is None else "none"),
        test_share=choices.test_share,
        choices=choices,
    )


def inputs_of(array: Array) -> tuple[Array, tuple[int, int] | None]:
    """Return the inputs as (N, D), and rows and columns where they are images, (N, rows, columns)."""
    if array.dtype.kind not in REAL or array.ndim < 1 or not array.size:
        raise ExplorerError(f"its inputs are {array.dtype} of shape {array.shape}: expected numbers, (N, D)")
    flat = array.reshape(len(array), -1)
    if flat.shape[1] > MOST_COLUMNS or 8 * flat.size > MOST_BYTES:
        raise ExplorerError(f"its inputs have shape {array.shape}: expected at most {MOST_BYTES // 8:,} numbers")
    is_image = array.ndim == 3 or (array.ndim == 4 and array.shape[3] == 1)
    return flat, (int(array.shape[1]), int(array.shape[2])) if is_image else None


def targets_of(
    targets: Array, choices: Choices
) -> tuple[tuple[str, ...], NDArray[np.intp], NDArray[np.float64] | None]:
    """Return names of classes, the class of each sample, and, where they are numbers, the targets."""
    if targets.dtype.kind == "U" and targets.ndim == 1:
        words, labels = np.unique(targets, return_inverse=True)
        if len(words) > MOST_WORDS:
            raise ExplorerError(
                f"its targets are {len(words):,} different words: expected at most {MOST_WORDS:,} classes"
            )
        return checked_classes("y", [str(word) for word in words]), labels.astype(np.intp), None
    if targets.dtype.kind not in REAL:
        raise ExplorerError(f"its targets are {targets.dtype}: expected numbers, or words")
    values = targets.astype(np.float64)
    if not np.isfinite(values).all():
        raise ExplorerError("its targets hold an infinity or a NaN: remove or replace it first")
    if values.ndim == 1:
        classes, labels = classes_of(Column("y"), values, choices.task)
        return classes, labels, None if classes else values[:, None]
    one_hot = np.isin(values, (0, 1)).all() and (values.sum(axis=1) == 1).all()
    if one_hot and choices.task != "numbers":
        return tuple(map(str, range(values.shape[1]))), values.argmax(axis=1).astype(np.intp), None
    return (), np.zeros(len(values), np.intp), values


def table_of(name: str, array: Array) -> Table:
    """Return a table of numbers, (N, C), whose columns have no names."""
    if array.dtype.kind not in REAL or array.ndim != 2 or not array.size or array.shape[1] > MOST_COLUMNS:
        raise ExplorerError(f"it holds {array.dtype} of shape {array.shape}: expected a table of numbers, (N, columns)")
    refuse_bytes(8 * array.size)
    values = array.astype(np.float64, copy=False)
    row = first_broken(values)
    if row is not None:
        column = int(np.isfinite(values[row]).argmin())
        raise ExplorerError(f"row {row}, column {column} (from 0) is no finite number: remove or replace it first")
    values.flags.writeable = False
    columns = tuple(
        Column(f"column {number}", numbers=len(entries), low=float(entries.min()), high=float(entries.max()))
        for number, entries in enumerate(values.T, start=1)
    )
    head = tuple(tuple(f"{value:.9g}" for value in row) for row in values[:HEAD_ROWS].tolist())
    return Table(name, values, columns, head, "NumPy")
