"""Samples as a network wants them: gaps filled, columns scaled, by what the part to train on holds. No Qt."""

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.data import FITTINGS, DataSet, Scaling, Steps
from explorer.data.filling import fill_gaps, fill_of
from explorer.data.scaling import unscaled
from explorer.session.splitting import PIECE

Array = NDArray[np.floating]
Numbers = NDArray[np.float64]


def filled(data: DataSet, X: Numbers) -> Steps[Numbers | None]:
    """Fill the gaps of the samples to train on where they are, and return by what; None where the set has none."""
    if not data.spans:
        return None
    fill = fill_of(X, data.spans, data.features) if data.fill is None else data.fill
    yield from fill_in(X, fill)
    return fill


def fill_in(X: Numbers, fill: Numbers | None) -> Steps[None]:
    """Fill gaps, where they are, by one number a column."""
    if fill is None:
        return
    for start in range(0, len(X), PIECE):
        fill_gaps(X[start : start + PIECE], fill)
        yield


def fitted(data: DataSet, X: Numbers, Y: Numbers, fill: Numbers | None = None) -> tuple[Scaling | None, Scaling | None]:
    """Return what the set asks to be done to inputs and to targets that are numbers, fitted to the training samples."""
    fit = FITTINGS[data.fitting]
    if fit is None:
        return None if fill is None else unscaled(data.features, fill), None
    inputs = fit(X, data.features)
    targets = None if data.targets is None else fit(Y, data.quantities)
    return inputs if fill is None else replace(inputs, fill=fill), targets


def scale(raw: Numbers, scaling: Scaling | None) -> Steps[None]:
    """Change raw numbers into what a network wants, where they are; nobody writes them any more."""
    for start in range(0, len(raw), PIECE):
        if scaling is not None:
            scaling.apply(raw[start : start + PIECE])
        yield
    raw.flags.writeable = False


def rescaled(
    parts: tuple[Array, Array], now: Scaling | None, told: Mapping[str, object], words: str
) -> tuple[Array, Array, Scaling | None]:
    """Return samples scaled as a weights file tells, where that is not as now: the file may have grown."""
    if now is None or not told or now.as_values() == told:
        return *parts, now
    wanted = Scaling.from_values(told, words)
    train, test = (wanted.applied(now.undone(part)) for part in parts)
    return train, test, wanted
