"""What the inputs of a sample are called in the file that they are of, and what they were before scaling. No Qt."""

from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.data import DataSet, Lines, finished
from explorer.session.guests import HeldOut
from explorer.session.splitting import parted
from explorer.session.state import State
from explorer.session.subject import POINTS, Subject
from explorer.tape.entries import Cell

Rows = NDArray[np.intp]
HALF = 0.5
MOST_SPLIT = 200_000
"""Samples up to which a set is split once more to find where one stood; with more, that would be felt."""
SPLITS: WeakKeyDictionary[DataSet, tuple[int, tuple[Rows, Rows]]] = WeakKeyDictionary()


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


class RowsInFile(Struct, frozen=True, eq=False):
    """Where in their file the samples of a part stand.

    Attributes
    ----------
    name
        Of the file, without its folder.
    rows
        Which row of the set each sample is, (n,), from 0: rows that were left out are not counted.
    lines
        Where in a text the rows of the set stand; None where the file is none.
    """

    name: str
    rows: Rows
    lines: Lines | None = None

    def place(self, index: int) -> str:
        """Return "line 19" where the file has lines, else "row 17"."""
        if self.lines is None:
            return f"row {self.rows[index] + 1:,}"
        return f"line {self.lines.at(self.rows[index : index + 1])[0]:,}"

    def told(self, index: int) -> str:
        """Return "row 17, line 19 of mine.csv", or "row 17 of mine.npy"."""
        line = "" if self.lines is None else f", {self.place(index)}"
        return f"row {self.rows[index] + 1:,}{line} of {self.name}"


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
    """Return the inputs of a sample, (D,), with their names, as they were before scaling; of words, the sample's."""
    parts, words = [], names_of_words(subject)
    for column, name in enumerate(names_of(subject)):
        raw = raw_of(subject, column, float(x[column]))
        value = x[column] if raw is None else raw
        if name in words and round(value, 6) in {0, 1}:
            parts += [name] * (value > HALF)
        else:
            parts.append(f"{name} {value:.6g}")
    return ", ".join(parts)


def names_of_words(subject: Subject) -> frozenset[str]:
    """Return the names of the inputs that are a word each."""
    data = source_of(subject).data
    words = {} if data is None or data.choices is None else data.choices.words
    return frozenset(f"{column}={word}" for column, each in words.items() for word in each)


def rows_in_file(subject: Subject, part: str) -> RowsInFile | None:
    """Return where in their file the samples of a part stand; None where that is not known."""
    source = source_of(subject)
    data = source.data
    if data is None or data.choices is None or data.samples > MOST_SPLIT or POINTS in subject.edited:
        return None
    rows = split_of(data, source.problem.init.seed)[part == "test"]
    same = len(rows) == len(subject.parts[part == "test"][0])
    return RowsInFile(Path(data.name).name, rows, data.lines) if same else None


def split_of(data: DataSet, seed: int) -> tuple[Rows, Rows]:
    """Return which rows are trained on and which are held out; the newest answer of each set is kept."""
    known = SPLITS.get(data)
    if known is None or known[0] != seed:
        known = SPLITS[data] = (seed, finished(parted(data, seed)))
    return known[1]


def place_in_file(state: State) -> str:
    """Return where in its file the sample stands that the pass shows, or the drawing does; empty where not known."""
    held_out = isinstance(state.guest, HeldOut)
    if state.guest is not None and not held_out:
        return ""
    rows = rows_in_file(state.subject, "test" if held_out else "train")
    index = state.guest.index if isinstance(state.guest, HeldOut) else state.drawn
    return "" if rows is None else rows.told(index)
