"""A file of samples, whatever its format: told by its first bytes, read in small steps that can be given up."""

import os
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from explorer.data import Choices, DataSet, Preview, preview_of_data, preview_of_table
from explorer.engine.errors import ExplorerError
from explorer.files.datasets.archive import read_archive
from explorer.files.datasets.blocks import Progress, opened
from explorer.files.datasets.csv_table import read_table
from explorer.files.datasets.idx import MAGIC as IDX
from explorer.files.datasets.idx import read_idx
from explorer.files.npy import MAGIC as NPY

Result = TypeVar("Result")
ZIP = b"PK\x03\x04"
SUFFIXES = (".csv", ".tsv", ".txt", ".data", ".dat", ".npy", ".npz", ".gz")
"""What a file of samples is usually called; IDX files have no suffix."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file holds.

    Attributes
    ----------
    preview
        What a person sees of it; ``preview.fault`` says why there are no samples.
    data
        The samples, or None where they cannot be trained on as they stand.
    """

    preview: Preview
    data: DataSet | None

    def samples(self) -> DataSet:
        """Return the samples.

        Raises
        ------
        ExplorerError
            If they cannot be trained on.
        """
        if self.data is None:
            raise ExplorerError(self.preview.fault)
        return self.data


Reading = Generator[Progress, None, Loaded]


def reading(path: str | os.PathLike[str], choices: Choices | None = None) -> Reading:
    """Read a file of samples: CSV, IDX (with its labels), .npz or .npy, told by its first bytes.

    The generator yields a ``Progress`` every few milliseconds, returns the result, and may be closed at any time.

    Raises
    ------
    ExplorerError
        If the file cannot be read, or is none of these.
    """
    choices = choices or Choices()
    begin = first_bytes(path)
    if begin.startswith(IDX):
        data = yield from read_idx(path, choices)
        return Loaded(preview_of_data(data, "IDX"), data)
    if begin.startswith((ZIP, NPY)):
        data = read_archive(path, choices)
        return Loaded(preview_of_data(data, "NumPy"), data)
    table = yield from read_table(path, choices)
    return Loaded(*preview_of_table(table, choices))


def read_samples(path: str | os.PathLike[str], choices: Choices | None = None) -> DataSet:
    """Read a file of samples at one go.

    Raises
    ------
    ExplorerError
        If it cannot be read, or not be trained on.
    """
    return finished(reading(path, choices)).samples()


def finished(steps: Generator[Progress, None, Result]) -> Result:
    """Take all steps of a reading and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result


def first_bytes(path: str | os.PathLike[str]) -> bytes:
    """Return the first bytes of a file, unpacked."""
    with opened(path) as source:
        return source.read(8)


def is_samples(path: Path) -> bool:
    """Tell whether a file is likely one of samples, by its name or, where that says nothing, by its first bytes."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        return first_bytes(path).startswith(IDX)
    except ExplorerError:
        return False
