"""Samples that a pass shows and no update is made with: held-out ones and a drawn image; and a way through several.

A guest's pass is a true one: its backward pass and its update are what they would be if it were trained on.
"""

from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.session.drawing import Drawing, class_row
from explorer.session.image_style import drawn_name
from explorer.session.pictures.confusion import class_names, classes_of
from explorer.session.subject import Subject

if TYPE_CHECKING:
    from explorer.session.state import State

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


def still_there(state: "State") -> "State":
    """Return the state without a guest or a walk that its subject has no longer."""
    guest, walk, drawing = state.guest, state.walk, state.drawing
    if drawing is not None and drawing.style.shape != state.subject.image_shape:
        drawing = None
    if isinstance(guest, HeldOut) and guest.index >= len(state.subject.test_X):
        guest = None
    if isinstance(guest, Drawn) and drawing is None:
        guest = None
    if walk is not None and not walk.fits(state.subject):
        walk = None
    same = guest is state.guest and walk is state.walk and drawing is state.drawing
    return state if same else replace(state, guest=guest, walk=walk, drawing=drawing)


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


def guest_name(state: "State") -> str:
    """Return what the guest is called; empty where the pass shows a sample to train on."""
    if isinstance(state.guest, HeldOut):
        return f"held-out sample {state.guest.index + 1:,}"
    return drawn_name(state.subject) if isinstance(state.guest, Drawn) else ""


def guest_words(state: "State") -> str:
    """Return which sample it is that is not trained on, or one of some that are gone through; else nothing."""
    if isinstance(state.guest, Drawn):
        return f"{guest_name(state)}, {meant_words(state)}; its update is not made"
    common = f", {state.walk.words}" if state.walk is not None else ""
    if state.guest is not None:
        return f"{guest_name(state)}{common}; its update is not made"
    return f"sample {state.sample + 1:,}{common}" if common else ""


def meant_words(state: "State") -> str:
    """Return which class the drawn image is meant to be, and who says so."""
    drawing, names = state.drawing, class_names(state.subject)
    if drawing is None or drawing.target is None:
        name = names[int(classes_of(state.tape.given["y"][:1])[0])]
        return f"taken for {name}, so y is {name}"
    return "y is chosen" if drawing.label is None else f"y is {names[drawing.label]}, as chosen"


def refusal_to_train(state: "State") -> str:
    """Return the sentence that says why no update is made with what is shown; empty where one is."""
    if state.guest is None:
        return ""
    why = "kept for measuring" if isinstance(state.guest, HeldOut) else "none of the data"
    return f"{guest_name(state)} is {why}, and not trained on: show a sample to train on (Esc), then make the update"
