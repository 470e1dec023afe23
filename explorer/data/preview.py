"""What a person sees of a file before anything is trained: columns, first rows, what is predicted, what is wrong."""

import numpy as np
from msgspec import Struct

from explorer.data.choices import Choices
from explorer.data.dataset import DataSet
from explorer.data.framing import framing
from explorer.data.proposals import left_out, reason
from explorer.data.steps import Steps, finished
from explorer.data.table import Column, Table, lines_told
from explorer.data.words import fit_inputs
from explorer.engine.errors import ExplorerError

ROWS = 8
MOST_COLUMNS = 100
THE_CLASS = "the class"
"""What is predicted where the file has no name for it."""


class ColumnLine(Struct, frozen=True):
    """A column in a line: what it holds, and what it is used for.

    Attributes
    ----------
    kind
        "numbers", "text" or "empty".
    role
        "target", "input" or "left out".
    missing, missing_lines
        How many values are, and the lines of the first of them.
    low, high
        Of its numbers; NaN where it has none.
    inputs
        How many inputs it becomes: one, or one a word; 0 where it is none, or cannot be one.
    why
        Of a column that is left out: what speaks against it, in two words; empty where nothing does.
    """

    name: str
    kind: str
    role: str
    missing: int = 0
    missing_lines: tuple[int, ...] = ()
    low: float = np.nan
    high: float = np.nan
    why: str = ""
    inputs: int = 0

    @property
    def gaps(self) -> str:
        """How many values are missing, and in which lines; empty where none is."""
        return f"{self.missing:,}, {lines_told(self.missing_lines, self.missing)}" if self.missing else ""


class Preview(Struct, frozen=True):
    """What is in a file of samples.

    Attributes
    ----------
    name
        Of the file.
    samples
        Rows, or images, those with missing values among them.
    columns
        At most 100 of them; ``column_count`` tells how many there are.
    rows
        The first of them, as they are written, entry by entry in the order of the columns.
    target
        Name of what is predicted; empty where that is not to be found.
    task
        "classes" or "numbers"; empty where that is not known.
    classes
        Name and number of samples of each class.
    image_shape
        Rows and columns where a sample is an image, else None.
    missing
        How many values are, in all columns.
    dialect
        How the file is written, in words.
    fault
        Why it cannot be trained on as it stands, in one sentence; empty where it can.
    """

    name: str
    samples: int
    columns: tuple[ColumnLine, ...]
    column_count: int
    rows: tuple[tuple[str, ...], ...]
    target: str
    task: str
    classes: tuple[tuple[str, int], ...]
    image_shape: tuple[int, int] | None
    missing: int
    dialect: str
    fault: str


def preview_of_table(table: Table, choices: Choices) -> tuple[Preview, DataSet | None]:
    """Return what a person sees of a table, and the samples in it where it can be trained on."""
    return finished(previewing(table, choices))


def previewing(table: Table, choices: Choices) -> Steps[tuple[Preview, DataSet | None]]:
    """Make the preview and the samples in steps, as ``preview_of_table`` does at one go."""
    data, fault = None, ""
    try:
        data = yield from framing(table, choices)
    except ExplorerError as error:
        fault = str(error)
    target, without = columns_chosen(table, choices)
    lines = tuple(line_of(table, j, target, without) for j in range(min(len(table.columns), MOST_COLUMNS)))
    preview = Preview(
        name=table.name,
        samples=len(table.values),
        columns=lines,
        column_count=len(table.columns),
        rows=tuple(row[:MOST_COLUMNS] for row in table.head),
        target="" if target is None else table.names[target],
        task=task_of(data),
        classes=class_counts(data) if data else word_counts(table, target),
        image_shape=None,
        missing=sum(column.missing for column in table.columns),
        dialect=table.dialect,
        fault=fault,
    )
    return preview, data


def preview_of_data(data: DataSet, dialect: str = "") -> Preview:
    """Return what a person sees of samples that came as arrays."""
    shown = min(data.dimensions, MOST_COLUMNS)
    lows, highs = data.X[:, :shown].min(axis=0), data.X[:, :shown].max(axis=0)
    lines = tuple(
        ColumnLine(name, "numbers", "input", low=float(low), high=float(high))
        for name, low, high in zip(data.features[:shown], lows, highs, strict=True)
    )
    return Preview(
        name=data.name,
        samples=data.samples,
        columns=lines,
        column_count=data.dimensions,
        rows=tuple(tuple(f"{value:.6g}" for value in row[:shown]) for row in data.X[:ROWS]),
        target=", ".join(data.quantities) or THE_CLASS,
        task=task_of(data),
        classes=class_counts(data),
        image_shape=data.image_shape,
        missing=0,
        dialect=dialect,
        fault="",
    )


def class_words(preview: Preview) -> str:
    """Return "4 classes", or "1 class"."""
    count = len(preview.classes)
    return f"{count:,} class{'' if count == 1 else 'es'}"


def columns_chosen(table: Table, choices: Choices) -> tuple[int | None, frozenset[int]]:
    """Return the target and the columns left out; no target where one of them is not to be found."""
    try:
        target = choices.target_of(table.names)
        return target, left_out(table, choices, target)
    except ExplorerError:
        return None, frozenset()


def task_of(data: DataSet | None) -> str:
    """Return what is predicted: classes, numbers, or nothing."""
    if data is None:
        return ""
    return "classes" if data.classes else "numbers"


def line_of(table: Table, j: int, target: int | None, without: frozenset[int]) -> ColumnLine:
    """Return the line of the table's column ``j``."""
    column = table.columns[j]
    is_out = j != target and (j in without or column.kind == "empty")
    role = "target" if j == target else "left out" if is_out else "input"
    low, high = (column.low, column.high) if column.kind == "numbers" else (np.nan, np.nan)
    why = reason(table, j) if is_out else ""
    inputs = inputs_made(column) if role == "input" else 0
    return ColumnLine(column.name, column.kind, role, column.missing, column.missing_lines, low, high, why, inputs)


def inputs_made(column: Column) -> int:
    """Return how many inputs a column becomes; 0 where its text stands in the way."""
    if column.words is not None:
        return len(column.words) if fit_inputs(column) else 0
    return 1 if column.first_text is None else 0


def class_counts(data: DataSet) -> tuple[tuple[str, int], ...]:
    """Return the name and the number of samples of each class."""
    counts = np.bincount(data.labels, minlength=len(data.classes)).tolist()
    return tuple(zip(data.classes, counts, strict=True)) if data.classes else ()


def word_counts(table: Table, target: int | None) -> tuple[tuple[str, int], ...]:
    """Return the words of the target and how often each occurs, where something else keeps it from being trained on."""
    words = None if target is None else table.columns[target].words
    if target is None or not words:
        return ()
    known = table.values[:, target]
    counts = np.bincount(known[~np.isnan(known)].astype(np.intp), minlength=len(words)).tolist()
    return tuple(sorted(zip(words, counts, strict=True)))
