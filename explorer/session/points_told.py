"""Samples that were drawn, as a weights file tells them: without them, nobody could see what the weights learnt."""

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.session.points import can_draw, held_out_as, with_samples
from explorer.session.subject import POINTS, Subject

MOST_TOLD = 4000
"""Samples up to which a weights file holds them."""
NAMES = ("X", "Y", "test_X", "test_Y")


def told_points(subject: Subject) -> dict[str, object]:
    """Return the samples, as the network sees them, as values that JSON can hold.

    Nothing where they are the set's own, or too many.
    """
    if POINTS not in subject.edited or not can_draw(subject):
        return {}
    arrays = (array for part in subject.parts for array in part)
    told = {name: array.tolist() for name, array in zip(NAMES, arrays, strict=True)}
    return dict(told) if len(told["X"]) + len(told["test_X"]) <= MOST_TOLD else {}


def with_told_points(subject: Subject, values: Mapping[str, object]) -> Subject:
    """Return the subject on the samples that ``told_points`` told.

    Raises
    ------
    ExplorerError
        If these are none, or do not fit the subject's inputs and targets.
    """
    if not values:
        return subject
    X, Y, test_X, test_Y = (matrix(values.get(name), old) for name, old in zip(NAMES, olds(subject), strict=True))
    if not len(X) or len(X) != len(Y) or len(test_X) != len(test_Y) or not can_draw(subject):
        raise ExplorerError("its metadata hold no samples that fit its network: export the weights again")
    old = subject.problem
    labels = None if old.labels is None else Y.argmax(axis=1)
    drawn = held_out_as(with_samples(subject, {"X": X, "Y": Y, "labels": labels}), test_X, test_Y)
    if not can_draw(replace(drawn, data=None)):
        raise ExplorerError("its metadata hold samples that are of no class: export the weights again")
    return drawn


def olds(subject: Subject) -> tuple[NDArray[np.floating], ...]:
    """Return the arrays of a subject in the order of ``NAMES``."""
    return tuple(array for part in subject.parts for array in part)


def matrix(values: object, like: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return rows of finite numbers, as many in each as an array has columns; none where they are no such."""
    width = like.shape[1]
    try:
        found = np.array(values, np.float64) if isinstance(values, list) else np.empty(0)
    except (TypeError, ValueError):
        found = np.empty(0)
    if found.ndim == 2 and found.shape[1] == width and np.isfinite(found).all():
        return found
    return np.empty((0, width))
