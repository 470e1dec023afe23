"""Samples gathered from the parts that they were split into, in the units of the data: to be saved or split anew."""

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.data import DataSet, Scaling
from explorer.engine.metrics import predicted

Array = NDArray[np.floating]
Parts = tuple[tuple[Array, Array], tuple[Array, Array]]


def raw(scaled: Array, scaling: Scaling | None) -> NDArray[np.float64]:
    """Return numbers as they were before they were scaled; what rounding has left at the sixteenth digit is rounded."""
    if scaling is None:
        return np.asarray(scaled, np.float64)
    return rounded(scaling.undone(scaled))


def rounded(numbers: NDArray[np.float64], digits: int = 14) -> NDArray[np.float64]:
    """Return numbers rounded to so many significant digits."""
    with np.errstate(divide="ignore"):
        sizes = np.floor(np.log10(np.abs(numbers)))
    unit = 10.0 ** np.clip(digits - 1 - np.where(np.isfinite(sizes), sizes, 0), -290, 290)
    result: NDArray[np.float64] = np.round(numbers * unit) / unit
    return result


def gathered(data: DataSet, parts: Parts, inputs: Scaling | None, targets: Scaling | None) -> DataSet:
    """Return ``data`` with the samples of both parts, those to train on first, not scaled."""
    X, Y = (np.concatenate([part[number] for part in parts]) for number in range(2))
    plain = inputs if data.fitting != "none" else None
    data = replace(data, inputs=data.inputs if plain is None else None, lines=None)
    if data.targets is None:
        return replace(data, X=raw(X, plain), labels=predicted(Y))
    numbers = raw(Y, targets)
    return replace(data, X=raw(X, plain), labels=np.zeros(len(X), np.intp), targets=numbers)
