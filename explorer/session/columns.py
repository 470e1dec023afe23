"""What the inputs of a sample are called in the file that they are of, and what they were before scaling. No Qt."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.data import finished
from explorer.session.state import State
from explorer.session.subject import POINTS, Subject, parted
from explorer.tape.entries import Cell

Rows = NDArray[np.intp]
MOST_SPLIT = 200_000
"""Samples up to which a set is split once more to find where one stood; with more, that would be felt."""


def names_of(subject: Subject) -> tuple[str, ...]:
    """Return the names of the inputs; none where they are pixels, or have no names."""
    data = source_of(subject).data
    width = subject.problem.X.shape[1]
    named = () if data is None or subject.image_shape is not None else data.features
    return named if len(named) == width else ()


def source_of(subject: Subject) -> Subject:
    """Return the subject of the samples: of weights, what these were trained on."""
    return subject if subject.past is None else subject.past.base


def raw_of(subject: Subject, column: int, value: float) -> float | None:
    """Return what an input was before scaling; None where nothing was done to it."""
    scaling = subject.inputs
    if scaling is None:
        return None
    shift, scale = (np.broadcast_to(each, subject.problem.X.shape[1:]) for each in (scaling.shift, scaling.scale))
    return float(value * scale[column] + shift[column])


class Columns(Struct, frozen=True):
    """What is said of the inputs of a subject that have names."""

    subject: Subject

    def told(self, column: int, value: float) -> str:
        """Return "Lernzeit: 8.19 before scaling"; the name alone where nothing was scaled."""
        name, raw = names_of(self.subject)[column], raw_of(self.subject, column, value)
        return name if raw is None else f"{name}: {raw:.6g} before scaling"


def columns_of(subject: Subject) -> Columns | None:
    """Return what is said of a subject's inputs; None where they have no names."""
    return Columns(subject) if names_of(subject) else None


def cell_told(state: State, cell: Cell) -> str:
    """Return what is said of a cell of x on the state's tape; nothing of any other, or where inputs have no names."""
    columns, (name, index) = columns_of(state.subject), cell
    if columns is None or name != "x":
        return ""
    return columns.told(index[-1], float(state.tape.given["x"][index]))


def sample_told(subject: Subject, x: NDArray[np.floating]) -> str:
    """Return the inputs of a sample, (D,), with their names, as they were before scaling."""
    parts = []
    for column, name in enumerate(names_of(subject)):
        raw = raw_of(subject, column, float(x[column]))
        parts.append(f"{name} {x[column] if raw is None else raw:.6g}")
    return ", ".join(parts)


def rows_in_file(subject: Subject, part: str) -> Rows | None:
    """Return which row of their file the samples of a part stand in, from 1; None where that is not known."""
    source = source_of(subject)
    data = source.data
    if data is None or data.choices is None or data.samples > MOST_SPLIT or POINTS in subject.edited:
        return None
    rows = finished(parted(data, source.problem.init.seed))[part == "test"] + 1
    same = len(rows) == len(subject.parts[part == "test"][0])
    return rows if same else None
