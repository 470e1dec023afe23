"""Matrices of a problem file: rows of one length, finite numbers, or a sentence that says where not."""

import numpy as np
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.problems.checks import counted, listed, number, refusal

Array = NDArray[np.float64]


def plain(value: object) -> object:
    """Return NumPy's arrays and numbers, which a script may hand over, as lists and numbers."""
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value


def vector(value: object, path: str, length: int, each: str) -> Array:
    """Return ``length`` finite numbers; ``each`` names what there is one number for, e.g. "unit"."""
    entries = listed(plain(value), path, f"a list of {counted(length, 'number')}, one for each {each}")
    if len(entries) != length:
        raise ExplorerError(f"{path} has {counted(len(entries), 'number')}: expected {length}, one for each {each}")
    return np.array([number(plain(entry), f"{path}[{k}]") for k, entry in enumerate(entries)], np.float64)


def matrix(value: object, path: str, shape: tuple[int, int], rows: str, columns: str) -> Array:
    """Return a matrix of that shape; ``rows`` and ``columns`` name what each row and column belongs to."""
    expected = f"a list of {counted(shape[0], 'row')}, one for each {rows}"
    found = listed(plain(value), path, expected)
    if len(found) != shape[0]:
        raise ExplorerError(f"{path} has {counted(len(found), 'row')}: expected {shape[0]}, one for each {rows}")
    return np.stack([vector(row, f"{path}[{k}]", shape[1], columns) for k, row in enumerate(found)])


def inputs(value: object, path: str) -> Array:
    """Return the inputs, (N, D): the first row says how many there are to a sample."""
    found = listed(plain(value), path, "a list of samples, each a row of numbers")
    first = listed(plain(found[0]), f"{path}[0]", "a row of numbers, the inputs of the first sample")
    return matrix(found, path, (len(found), len(first)), "sample", "input, as in the first sample")


def targets(value: object, path: str, samples: int, outputs: int, classes: int) -> NDArray[np.int64] | Array:
    """Return class indices, (N,), where all targets are whole numbers, else a matrix (N, C)."""
    found = listed(plain(value), path, "a list of class indices or of rows, one for each sample")
    if len(found) != samples:
        count = counted(len(found), "target")
        raise ExplorerError(f"{path} holds {count}: expected {samples}, one for each row of data.inputs")
    entries = [plain(entry) for entry in found]
    if isinstance(entries[0], list | tuple):
        return matrix(entries, path, (samples, outputs), "sample", "output")
    return np.array([class_index(entry, f"{path}[{n}]", outputs, classes) for n, entry in enumerate(entries)], np.int64)


def class_index(value: object, path: str, outputs: int, classes: int) -> int:
    """Return the number of a class, 0 to ``classes`` - 1."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < classes:
        known = "0, the only class" if classes == 1 else f"a class from 0 to {classes - 1}"
        row = f"a row of {counted(outputs, 'number')}"
        raise refusal(value, path, f"{known}, or for every sample {row}, one for each output")
    return value
