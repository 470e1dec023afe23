"""Accuracy, where it means something: when the targets are classes, or the yes and no of several labels."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Kind = Literal["classes", "labels", "values"]
"""What targets are: one class a row, any number of labels a row, or numbers, which are never right or wrong."""


def kind_of(Y: Array, *, multilabel: bool = False) -> Kind:
    """Tell what the targets, (N, C), are.

    Classes: every row is one-hot, or 0 or 1 where C = 1. Labels: every entry is 0 or 1, and the loss gives each
    output a probability of its own (``multilabel``).
    """
    if not ((Y == 0) | (Y == 1)).all():  # np.isin would import numpy.ma, for 0.1 s on the way to the first frame
        return "values"
    if Y.shape[1] == 1 or (Y.sum(axis=1) == 1).all():
        return "classes"
    return "labels" if multilabel else "values"


def predicted(outputs: Array) -> NDArray[np.intp]:
    """Return the class of each row, (N,): the largest output, the first of equals; a lone one against 1/2."""
    if outputs.shape[1] == 1:
        return (outputs[:, 0] > 0.5).astype(np.intp)
    largest: NDArray[np.intp] = outputs.argmax(axis=1)
    return largest


def accuracy(predictions: Array, Y: Array, kind: Kind | None = None) -> float:
    """Return the share of rows that are predicted right; NaN where the targets are numbers.

    A row of classes is right where its class is predicted; one of labels where every label is, its probability more
    than 1/2 or not (scikit-learn's subset accuracy).

    Parameters
    ----------
    predictions
        Probabilities, or outputs where the loss has none; (N, C).
    kind
        What the targets are, where these are a part of more; told from ``Y`` if left out.
    """
    kind = kind or kind_of(Y)
    if kind == "values":
        return float("nan")
    if kind == "labels":
        return float(((predictions > 0.5) == (Y > 0.5)).all(axis=1).mean())
    return float((predicted(predictions) == predicted(Y)).mean())
