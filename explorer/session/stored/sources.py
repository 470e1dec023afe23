"""Samples that are too many to stand in a session: the file that they are of, and proof that it holds the same ones.

Everything else travels in the session itself, so that it opens elsewhere too.
"""

import hashlib
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.data import Choices, DataSet
from explorer.engine.errors import ExplorerError
from explorer.files import WeightsInfo
from explorer.files.datasets import Progress, reading
from explorer.files.datasets.reading import without_bytes
from explorer.problems.reading import shown
from explorer.session.opening import is_plain_file, places
from explorer.session.settings import Settings
from explorer.session.stored.saved import Saved
from explorer.session.subject import POINTS, Subject

Array = NDArray[Any]
MOST_EMBEDDED = 32 * 2**20
"""Bytes of a data set up to which its samples stand in the session."""
PIECE = 2**23
"""Bytes of which a checksum is taken at one go."""


class Split(Struct, frozen=True):
    """How the samples of a set were split and scaled, by the names of ``WeightsInfo``."""

    seed: int
    scaling: str
    inputs: dict[str, object]
    targets: dict[str, object]

    @classmethod
    def of(cls, subject: Subject) -> "Split":
        """Return how a subject's samples were."""
        inputs, targets = (each.as_values() if each else {} for each in (subject.inputs, subject.targets))
        return cls(subject.problem.init.seed, subject.scaling, inputs, targets)


class Source(Struct, frozen=True):
    """A file of samples.

    Attributes
    ----------
    path, choices
        Where it was, and how it is read.
    splits
        Into samples to train on and held out.
    checksum
        SHA-256 of what is read from it.
    """

    path: str
    choices: dict[str, object]
    splits: tuple[Split, ...]
    checksum: str


def subjects_in(saved: Saved) -> Iterator[Subject]:
    """Give every subject of a session, those on which weights were trained included."""
    for moment in (saved.moment, *(run.moment for run in saved.runs)):
        subject = moment.subject
        yield subject
        if subject.past is not None:
            yield subject.past.base


def large_sets(saved: Saved) -> list[DataSet]:
    """Return the data sets of one's own whose samples are too many."""
    sets = {id(each.data): each.data for each in subjects_in(saved) if each.data is not None}
    return [data for data in sets.values() if data.choices is not None and data.X.nbytes > MOST_EMBEDDED]


def arrays_of_set(data: DataSet) -> dict[str, Array]:
    """Return the arrays of a whole data set by name."""
    named: dict[str, Array | None] = {"data.X": data.X, "data.labels": data.labels, "data.targets": data.targets}
    return {name: array for name, array in named.items() if array is not None}


def arrays_of_split(subject: Subject) -> dict[str, Array]:
    """Return the arrays of a split by name."""
    problem = subject.problem
    named = {"X": problem.X, "Y": problem.Y, "test_X": subject.test_X, "test_Y": subject.test_Y}
    return named if problem.labels is None else {**named, "labels": problem.labels}


def splits_of(saved: Saved, data: DataSet) -> list[Split]:
    """Return the splits of a set that the session's subjects hold, each once."""
    found: list[Split] = []
    for split in (Split.of(each) for each in subjects_in(saved) if each.data is data):
        if split not in found:
            found.append(split)
    return found


def elsewhere_in(saved: Saved, sets: list[DataSet]) -> dict[int, dict[str, object]]:
    """Return by identity the references to the arrays that the sets' files give again: those that nobody changed."""
    known: dict[int, dict[str, object]] = {}
    for number, data in enumerate(sets):
        splits = splits_of(saved, data)
        for name, array in arrays_of_set(data).items():
            known[id(array)] = {"elsewhere": f"{number}.{name}"}
        for subject in subjects_in(saved):
            if subject.data is data and not subject.edited & {"x", "y", POINTS}:
                split = splits.index(Split.of(subject))
                for name, array in arrays_of_split(subject).items():
                    known[id(array)] = {"elsewhere": f"{number}.{split}.{name}"}
    return known


def sources_of(saved: Saved, sets: list[DataSet]) -> Generator[None, None, list[Source]]:
    """Describe the files of the sets, in steps.

    Raises
    ------
    ExplorerError
        If one is there no longer.
    """
    found = []
    for data in sets:
        if not is_plain_file(Path(data.name)):
            raise ExplorerError(
                f"{shown(data.name)} is gone, and its samples are too many to be kept in a session: "
                "put it where it was, and save again"
            )
        choices = data.choices or Choices()
        if choices.labels is not None:
            choices = replace(choices, labels=choices.labels.absolute())
        path, splits = str(Path(data.name).absolute()), tuple(splits_of(saved, data))
        found.append(Source(path, choices.as_values(), splits, (yield from checksum(data))))
    return found


def checksum(data: DataSet) -> Generator[None, None, str]:
    """Return the SHA-256 of a data set's arrays, in steps."""
    digest = hashlib.sha256()
    for name, array in arrays_of_set(data).items():
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        flat = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
        for start in range(0, len(flat), PIECE):
            digest.update(flat[start : start + PIECE].data)
            yield
    return digest.hexdigest()


def reread(source: Source, number: int, session: Path) -> Generator[Progress, None, Mapping[str, Array]]:
    """Read the file of a source again, where it was or beside the session, and return its arrays by their references.

    Raises
    ------
    ExplorerError
        If it is not there, cannot be read, or holds other samples than it did.
    """
    name = Path(source.path).name
    file, choices = next(there(source.path, session), None), Choices.stored(source.choices)
    if file is None:
        raise ExplorerError(f"its samples are in {shown(source.path)}, which is not here: put {shown(name)} beside it")
    if choices.labels is not None:
        choices = replace(choices, labels=next(there(str(choices.labels), session), choices.labels))
    data = (yield from reading(file, choices)).samples()
    if (yield from without_bytes(checksum(data))) != source.checksum:
        raise ExplorerError(
            f"{shown(name)} holds other samples than when the session was saved: put the old file beside it"
        )
    found = arrays_of_set(data)
    for place, split in enumerate(source.splits):
        subject = yield from without_bytes(Subject.from_data(data, Settings((1,), seed=split.seed)))
        told = WeightsInfo(scaling=split.scaling, inputs=split.inputs, targets=split.targets)
        found |= {f"{place}.{name}": array for name, array in arrays_of_split(subject.scaled_as(told)).items()}
    return {f"{number}.{name}": array for name, array in found.items()}


def there(name: str, session: Path) -> Iterator[Path]:
    """Give the files of that name, where it was and beside the session."""
    return filter(is_plain_file, places(name, session))
