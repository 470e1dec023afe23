"""A file of samples, whatever its format: told by its first bytes, read in small steps that can be given up."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from explorer.data import Choices, DataSet, Preview, Steps, Table, finished, preview_of_data, previewing
from explorer.engine.errors import ExplorerError, UnsettledError
from explorer.files.datasets.archive import read_archive
from explorer.files.datasets.blocks import Progress, opened
from explorer.files.datasets.csv_table import read_table
from explorer.files.datasets.idx import MAGIC as IDX
from explorer.files.datasets.idx import read_idx
from explorer.files.npy import MAGIC as NPY
from explorer.files.reasons import shown

Result = TypeVar("Result")
ZIP = b"PK\x03\x04"
DONE = Progress(1, 1)
"""What is told while samples are made of what was read."""
Kind = Literal["table", "array", "images", "archive"]
KINDS: dict[bytes, Kind] = {IDX: "images", ZIP: "archive", NPY: "array"}
"""First bytes of a file to its kind; a table as text has none."""
FOREIGN = {
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"\x89HDF": "an HDF5 file",
    b"MATLAB": "a MATLAB file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"SQLite": "a SQLite database",
    b"@relati": "an ARFF file",
}
"""First bytes, in any case, to what such a file is."""
SUFFIXES = (".csv", ".tsv", ".txt", ".data", ".dat", ".npy", ".npz", ".gz", ".zip", ".xlsx", ".ods")
"""What a file of samples is usually called, or what holds a table that cannot be read; IDX files have no suffix."""


class Loaded(Struct, frozen=True):
    """What a file holds.

    Attributes
    ----------
    preview
        What a person sees of it; ``preview.fault`` says why there are no samples.
    data
        The samples, or None where they cannot be trained on as they stand.
    table
        The whole table, where the file holds one: it can be framed otherwise without being read again.
    """

    preview: Preview
    data: DataSet | None
    table: Table | None = None

    def samples(self) -> DataSet:
        """Return the samples.

        Raises
        ------
        UnsettledError
            If they cannot be trained on.
        """
        if self.data is None:
            raise UnsettledError(self.preview.fault)
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
    refuse_foreign(path, begin)
    if begin.startswith(IDX):
        data = yield from read_idx(path, choices)
        return Loaded(preview_of_data(data, "IDX"), data)
    archived = begin.startswith((ZIP, NPY))
    found = yield from read_archive(path, choices) if archived else read_table(path, choices)
    if isinstance(found, DataSet):
        return Loaded(preview_of_data(found, "NumPy"), found)
    return (yield from framed_again(found, choices))


def read_again(path: str | os.PathLike[str], found: Loaded, old: Choices, new: Choices) -> Reading:
    """Make of a file that was read what it is by other choices; it is read again only where that must be.

    Raises
    ------
    ExplorerError
        If the file cannot be read that way.
    """
    fitted_only = replace(old, fitting=new.fitting, test_share=new.test_share) == new
    if fitted_only and found.data is not None and new.fitting is not None:
        fit = {"fitting": new.fitting, "test_share": new.test_share}
        data = replace(found.data, **fit, choices=replace(found.data.choices or new, **fit))
        return (yield from already(Loaded(found.preview, data, found.table)))
    if found.table is None or must_be_read(found.table, old, new):
        return (yield from reading(path, new))
    return (yield from framed_again(found.table, new))


def refuse_foreign(path: str | os.PathLike[str], begin: bytes) -> None:
    """Refuse what other programs write and nobody here reads."""
    if what := foreign(begin):
        raise ExplorerError(f"{shown(path)} is {what}: save its table as CSV")


def foreign(begin: bytes) -> str:
    """Return what a file is that begins so, if another program wrote it; else nothing."""
    return next((what for magic, what in FOREIGN.items() if begin.lower().startswith(magic.lower())), "")


def already(found: Loaded) -> Reading:
    """Return what needs no work."""
    yield from ()
    return found


def framed_again(table: Table, choices: Choices) -> Reading:
    """Make samples of a table that was read."""
    return Loaded(*(yield from without_bytes(previewing(table, choices))), table)


def without_bytes(steps: Steps[Result]) -> Generator[Progress, None, Result]:
    """Take steps that read nothing."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
        yield DONE


def must_be_read(table: Table, old: Choices, new: Choices) -> bool:
    """Tell whether the entries of a table mean something else by other choices, or lack words that are now needed."""
    written = ("labels", "header", "separator", "decimal", "arrays")
    if any(getattr(old, name) != getattr(new, name) for name in written):
        return True
    try:
        target = table.columns[new.target_of(table.names)]
    except ExplorerError:
        return False
    return target.words is not None if new.task == "numbers" else target.words is None and target.texts > 0


def read_samples(path: str | os.PathLike[str], choices: Choices | None = None) -> DataSet:
    """Read a file of samples at one go.

    Raises
    ------
    ExplorerError
        If it cannot be read, or not be trained on.
    """
    return finished(reading(path, choices)).samples()


def kind_of_file(path: str | os.PathLike[str]) -> Kind:
    """Return what a file of samples seems to be, by its first bytes.

    Raises
    ------
    ExplorerError
        If it cannot be read.
    """
    begin = first_bytes(path)
    return next((kind for magic, kind in KINDS.items() if begin.startswith(magic)), "table")


def first_bytes(path: str | os.PathLike[str]) -> bytes:
    """Return the first bytes of a file, unpacked."""
    with opened(path) as source:
        return source.read(8)


def is_samples(path: Path) -> bool:
    """Tell whether a file is likely one of samples, by its name or, where that says nothing, by its first bytes."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        begin = first_bytes(path)
    except ExplorerError:
        return False
    return begin.startswith(IDX) or bool(foreign(begin))
