"""A set of samples with what is known of them: the one form in which data reach trainer, window and command line.

It is immutable, so that a thread, a snapshot and a picture may share it without copying or locking.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import force_setattr, replace
from numpy.typing import NDArray

from explorer.data.choices import TEST_SHARE, Choices, Fitting
from explorer.data.filling import Span
from explorer.data.lines import Lines
from explorer.data.scaling import Scaling
from explorer.engine.errors import ExplorerError
from explorer.engine.problem import one_hot

PIECE = 4096
Indices = Sequence[int] | NDArray[np.intp]


class DataSet(Struct, frozen=True, eq=False, weakref=True):
    """Samples, one a row, each with its class or its targets.

    Attributes
    ----------
    name
        The key under which it was asked for, e.g. "digits".
    title
        What a person reads.
    X
        Inputs, (N, D), float64, read-only.
    labels
        Class of each sample, (N,), 0 to C - 1, read-only; all 0 where the targets are numbers.
    classes
        Names of the C classes; empty where the targets are numbers.
    image_shape
        Rows and columns where an input is a picture, else None.
    features
        Names of the D inputs.
    description
        What the set shows, in a sentence or two.
    source, licence
        Where it comes from, and on which terms.
    scaling
        What was done to the inputs, e.g. "pixels / 16".
    targets
        What is to be predicted where that is numbers, (N, C), float64, read-only; None where it is a class.
    quantities
        Names of the C numbers to predict; empty where a class is.
    inputs
        The scaling that ``X`` went through already; None where X holds raw numbers.
    fitting
        What is to be done to inputs, and to targets that are numbers, by what the samples to train on hold.
    test_share
        Share of the samples to hold out.
    choices
        How the file was read, by which it is read the same again; None for a built-in set.
    lines
        Where in a text each sample stands; None where the file is none.
    spans
        Where gaps of X, which are NaN, are to be filled: the first input of each column and how many it became; else
        nothing, and X has no gaps.
    fill
        What is to stand for a gap in each input, (D,); None: what fits the samples to train on.

    Raises
    ------
    ExplorerError
        If shapes, labels or numbers do not fit together.
    """

    name: str
    title: str
    X: NDArray[np.float64]
    labels: NDArray[np.intp]
    classes: tuple[str, ...]
    image_shape: tuple[int, int] | None
    features: tuple[str, ...]
    description: str
    source: str
    licence: str
    scaling: str
    targets: NDArray[np.float64] | None = None
    quantities: tuple[str, ...] = ()
    inputs: Scaling | None = None
    fitting: Fitting = "none"
    test_share: float = TEST_SHARE
    choices: Choices | None = None
    lines: Lines | None = None
    spans: tuple[Span, ...] = ()
    fill: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        force_setattr(self, "X", read_only(self.X, np.float64))
        force_setattr(self, "labels", read_only(self.labels, np.intp))
        if self.targets is not None:
            force_setattr(self, "targets", read_only(self.targets, np.float64))
        fault = first_fault(self)
        if fault:
            raise ExplorerError(f"data set {self.name!r}: {fault}")

    @property
    def samples(self) -> int:
        """Number of samples N."""
        return len(self.X)

    @property
    def dimensions(self) -> int:
        """Number of inputs D of a sample."""
        return len(self.features)

    @property
    def outputs(self) -> int:
        """Number C of classes, or of numbers to predict."""
        return len(self.classes) if self.targets is None else len(self.quantities)

    @property
    def Y(self) -> NDArray[np.float64]:
        """Targets, (N, C): one-hot rows where a class is to be predicted."""
        if self.targets is not None:
            return self.targets
        return one_hot(self.labels, len(self.classes), np.dtype(np.float64)).astype(np.float64, copy=False)

    def rows(self, indices: Indices) -> "DataSet":
        """Return the set of these samples, in this order.

        Raises
        ------
        ExplorerError
            If an index is outside 0 to N - 1, or there is none.
        """
        chosen = np.asarray(indices, np.intp)
        outside = chosen[(chosen < 0) | (chosen >= self.samples)]
        if outside.size:
            raise ExplorerError(f"data set {self.name!r} has no sample {outside[0]}: expected 0 to {self.samples - 1}")
        targets = None if self.targets is None else frozen(self.targets[chosen])
        lines = None if self.lines is None else self.lines.chosen(chosen)
        labels = frozen(self.labels[chosen])
        return replace(self, X=frozen(self.X[chosen]), labels=labels, targets=targets, lines=lines)


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array that nobody else has, so that it need not be copied to be safe."""
    array.flags.writeable = False
    return array


def read_only(array: NDArray[Any], dtype: type[np.generic]) -> NDArray[Any]:
    """Return the array if it has the dtype and cannot be written, else a copy of it that is so."""
    if array.dtype == dtype and not array.flags.writeable:
        return array
    copy = np.array(array, dtype)
    copy.setflags(write=False)
    return copy


def first_fault(data: DataSet) -> str:
    """Say in which way the parts of a set do not fit together, or nothing."""
    return fault_of_shapes(data) or fault_of_gaps(data) or fault_of_values(data)


def fault_of_shapes(data: DataSet) -> str:
    """Say which shape does not follow from the inputs' (N, D), or nothing."""
    X, labels = data.X, data.labels
    if X.ndim != 2 or not X.size:
        return f"the inputs have shape {X.shape}: expected (N, D), one sample a row, at least one of each"
    if labels.shape != (len(X),):
        return f"the labels have shape {labels.shape}: expected ({len(X)},), one for each sample"
    if data.targets is not None and data.targets.shape != (len(X), len(data.quantities)):
        wanted = f"({len(X)}, {len(data.quantities)}), one row a sample, one column a name"
        return f"the targets have shape {data.targets.shape}: expected {wanted}"
    if len(data.features) != X.shape[1]:
        return f"{len(data.features)} names of inputs: expected {X.shape[1]}, one a column"
    if data.image_shape and data.image_shape[0] * data.image_shape[1] != X.shape[1]:
        return f"images of {data.image_shape} do not have {X.shape[1]} pixels: mend the image shape"
    return ""


def fault_of_gaps(data: DataSet) -> str:
    """Say what of the filling of gaps does not follow from the inputs' (N, D), or nothing."""
    spans, columns = data.spans, data.X.shape[1]
    if spans and (sum(width for _, width in spans) != columns or min(map(min, spans)) < 0):
        return f"the columns of the file became {spans}: expected the first of {columns} inputs and how many each"
    if data.fill is not None and data.fill.shape != (columns,):
        return f"{data.fill.shape} numbers fill gaps: expected ({columns},), one for each input"
    return ""


def fault_of_values(data: DataSet) -> str:
    """Say which label or input is out of its range, or nothing."""
    low, high = data.labels.min(), data.labels.max()
    classes = len(data.classes) if data.targets is None else 1
    if low < 0 or high >= classes:
        return f"the labels run from {low} to {high}: expected 0 to {classes - 1}"
    broken = first_broken(None if data.spans else data.X, data.targets)
    if broken is not None:
        return f"sample {broken} holds an infinity or a NaN: remove or replace it first"
    return ""


def first_broken(*given: NDArray[np.float64] | None) -> int | None:
    """Return the first row in which a number of the arrays is not finite, looked for in pieces to spare memory."""
    for array in (array for array in given if array is not None):
        for start in range(0, len(array), PIECE):
            finite = np.isfinite(array[start : start + PIECE]).all(axis=1)
            if not finite.all():
                return start + int(finite.argmin())
    return None
