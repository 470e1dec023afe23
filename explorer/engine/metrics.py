"""Accuracy, where it means something: when the targets are classes."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


def are_classes(Y: Array) -> bool:
    """Tell whether every row of the targets, (N, C), names one class: one-hot, or 0 or 1 where C = 1."""
    binary = bool(np.isin(Y, (0, 1)).all())
    return binary and (Y.shape[1] == 1 or bool((Y.sum(axis=1) == 1).all()))


def predicted(outputs: Array) -> NDArray[np.intp]:
    """Return the class of each row, (N,): the largest output, the first of equals; a lone one against 1/2."""
    if outputs.shape[1] == 1:
        return (outputs[:, 0] > 0.5).astype(np.intp)
    largest: NDArray[np.intp] = outputs.argmax(axis=1)
    return largest


def accuracy(outputs: Array, Y: Array) -> float:
    """Return the share of rows whose class is predicted; NaN where the targets are no classes."""
    if not are_classes(Y):
        return float("nan")
    return float((predicted(outputs) == predicted(Y)).mean())
