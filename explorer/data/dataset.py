"""A set of labelled samples: the one form in which data reach the trainer, the window and the command line.

It is immutable, so that a thread, a snapshot and a picture may share it without copying or locking.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError

Indices = Sequence[int] | NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class DataSet:
    """Labelled samples, one a row.

    Attributes
    ----------
    name
        The key under which it was asked for, e.g. "digits".
    title
        What a person reads.
    X
        Inputs, (N, D), float64, read-only.
    labels
        Class of each sample, (N,), 0 to C - 1, read-only.
    classes
        Names of the C classes.
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

    def __post_init__(self) -> None:
        object.__setattr__(self, "X", read_only(self.X, np.float64))
        object.__setattr__(self, "labels", read_only(self.labels, np.intp))
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
        return replace(self, X=self.X[chosen], labels=self.labels[chosen])


def read_only(array: NDArray[Any], dtype: type[np.generic]) -> NDArray[Any]:
    """Return the array if it has the dtype and cannot be written, else a copy of it that is so."""
    if array.dtype == dtype and not array.flags.writeable:
        return array
    copy = np.array(array, dtype)
    copy.setflags(write=False)
    return copy


def first_fault(data: DataSet) -> str:
    """Say in which way the parts of a set do not fit together, or nothing."""
    return fault_of_shapes(data) or fault_of_values(data)


def fault_of_shapes(data: DataSet) -> str:
    """Say which shape does not follow from the inputs' (N, D), or nothing."""
    X, labels = data.X, data.labels
    if X.ndim != 2 or not X.size:
        return f"the inputs have shape {X.shape}: expected (N, D), one sample a row, at least one of each"
    if labels.shape != (len(X),):
        return f"the labels have shape {labels.shape}: expected ({len(X)},), one for each sample"
    if len(data.features) != X.shape[1]:
        return f"{len(data.features)} names of inputs: expected {X.shape[1]}, one a column"
    if data.image_shape and data.image_shape[0] * data.image_shape[1] != X.shape[1]:
        return f"images of {data.image_shape} do not have {X.shape[1]} pixels: mend the image shape"
    return ""


def fault_of_values(data: DataSet) -> str:
    """Say which label or input is out of its range, or nothing."""
    low, high, classes = data.labels.min(), data.labels.max(), len(data.classes)
    if low < 0 or high >= classes:
        return f"the labels run from {low} to {high}: expected 0 to {classes - 1}"
    broken = np.flatnonzero(~np.isfinite(data.X).all(axis=1))
    if broken.size:
        return f"sample {broken[0]} holds an infinity or a NaN: remove or replace it first"
    return ""
