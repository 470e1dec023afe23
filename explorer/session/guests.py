"""Samples that a pass shows and no update is made with: held-out ones and a drawn image; and a way through several.

A guest's pass is a true one: its backward pass and its update are what they would be if it were trained on.
"""

from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.session.drawing import Drawing, class_row
from explorer.session.pictures.confusion import classes_of
from explorer.session.subject import Subject

Array = NDArray[np.floating]
Part = Literal["train", "test"]


class HeldOut(Struct, frozen=True):
    """The held-out sample of that index."""

    index: int


class Drawn(Struct, frozen=True):
    """The image that is drawn."""


Guest = HeldOut | Drawn


class Walk(Struct, frozen=True):
    """Samples that are gone through, in place of all: those of a cell of the confusion matrix.

    Attributes
    ----------
    part
        Samples to train on, or held out.
    members
        Their indices in the part.
    words
        What they have in common: "3 taken for 8".
    """

    part: Part
    members: tuple[int, ...]
    words: str

    def fits(self, subject: Subject) -> bool:
        """Tell whether the subject has all of them."""
        return max(self.members) < len(subject.parts[self.part == "test"][0])


def guest_problem(problem: Problem, subject: Subject, guest: Guest, drawing: Drawing | None) -> Problem:
    """Return the problem with the guest as its data."""
    X, Y = samples_of(problem, subject, guest, drawing)
    labels = None if problem.labels is None else classes_of(Y)
    return replace(problem.only(0), X=X, Y=Y, labels=labels)


def samples_of(problem: Problem, subject: Subject, guest: Guest, drawing: Drawing | None) -> tuple[Array, Array]:
    """Return input (1, D) and target (1, C) of a guest.

    What a drawn image is meant to be is the class that the network takes it for, unless a person has chosen one.
    """
    if isinstance(guest, HeldOut):
        rows = slice(guest.index, guest.index + 1)
        return subject.test_X[rows], subject.test_Y[rows]
    if drawing is None:
        return problem.X[:1], problem.Y[:1]
    x = drawing.inputs(subject).astype(problem.X.dtype, copy=False)
    if drawing.target is not None:
        return x, np.array([drawing.target], problem.Y.dtype)
    taken_for = int(classes_of(problem.network.predict_proba(x))[0])
    return x, class_row(taken_for, problem.Y.shape[1]).astype(problem.Y.dtype)
