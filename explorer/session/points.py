"""Points drawn into a plane of samples, or erased from it: each stroke a change that can be undone. No Qt.

A point is two numbers as the network sees them: both inputs of a sample of a class, or the input and the number to
predict. Whoever draws while a network trains trains it on: ``PointsCommand`` says so to the session.
"""

from collections.abc import Hashable
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import one_hot
from explorer.session.edits import changed
from explorer.session.guests import HeldOut
from explorer.session.guests_told import still_there
from explorer.session.minibatch import refusal
from explorer.session.pictures.confusion import class_names, classes_of, has_classes
from explorer.session.pictures.regions import has_line, has_plane
from explorer.session.showing import retaped
from explorer.session.state import State
from explorer.session.subject import POINTS, Subject

Array = NDArray[np.floating]
Spots = tuple[tuple[float, float], ...]
MOST = 20_000
"""Samples up to which points are drawn into a set."""


class Spot(Struct, frozen=True):
    """A sample as a place in the plane: the part it is in, 0 to train on or 1 held out, and its index there."""

    part: int
    index: int


class PointsCommand(Struct, frozen=True):
    """A change of the samples by drawing; training goes on with it."""


class AddPoints(PointsCommand, frozen=True):
    """More samples to train on.

    Attributes
    ----------
    points
        (x1, x2) of samples of a class; (x, y) where y is to be predicted.
    label
        Their class; None where y is to be predicted.
    stroke
        What is drawn in one stroke is one change; None for a change by itself.
    before
        Points that the stroke has drawn already.
    """

    points: Spots
    label: int | None = None
    stroke: int | None = None
    before: int = 0

    def key(self, _state: State) -> Hashable:
        """Return the stroke."""
        return None if self.stroke is None else (POINTS, self.stroke)

    def text(self, state: State) -> str:
        """Return how many points, and of which class."""
        count = self.before + len(self.points)
        words = f"{count:,} point{'s' if count > 1 else ''} drawn"
        return words if self.label is None else f"{words}: {class_names(state.subject)[self.label]}"

    def apply(self, state: State) -> State:
        """Return the state with these samples, too.

        Raises
        ------
        ExplorerError
            If no points can be drawn into the set, there is no such class, or there are too many samples.
        """
        subject = state.subject
        if not self.points:
            return state
        if not can_draw(subject) or (self.label is None) is has_classes(subject):
            raise ExplorerError("points are drawn into sets of two inputs and classes, or of one input and one number")
        if subject.problem.samples + len(self.points) > MOST:
            raise ExplorerError(f"{MOST:,} samples are the most that can be drawn: erase some first")
        if self.label is not None and not 0 <= self.label < len(class_names(subject)):
            raise ExplorerError(f"there is no class {self.label}: use 0 to {len(class_names(subject)) - 1}")
        X, Y = samples_at(subject, self.points, self.label)
        old = subject.problem
        labels = None if old.labels is None else np.concatenate([old.labels, np.full(len(X), self.label, np.intp)])
        more = {"X": np.concatenate([old.X, X]), "Y": np.concatenate([old.Y, Y]), "labels": labels}
        return shown_with(state, with_samples(subject, more))


class ErasePoint(PointsCommand, frozen=True):
    """One sample less.

    Attributes
    ----------
    stroke, before
        As in ``AddPoints``.
    """

    spot: Spot
    stroke: int | None = None
    before: int = 0

    @classmethod
    def newest(cls, subject: Subject) -> "ErasePoint":
        """Return the erasure of the sample that came last."""
        return cls(Spot(0, subject.problem.samples - 1))

    def key(self, _state: State) -> Hashable:
        """Return the stroke."""
        return None if self.stroke is None else (POINTS, self.stroke)

    def text(self, _state: State) -> str:
        """Return how many points."""
        return f"{self.before + 1:,} point{'s' if self.before else ''} erased"

    def apply(self, state: State) -> State:
        """Return the state without that sample.

        Raises
        ------
        ExplorerError
            If there is no such sample, or it is the last one to train on.
        """
        subject, (part, index) = state.subject, (self.spot.part, self.spot.index)
        if part not in {0, 1} or not 0 <= index < len(subject.parts[part][0]):
            raise ExplorerError(f"there is no sample {index} in that part of the set: choose one that is drawn")
        if part == 0 and subject.problem.samples == 1:
            raise ExplorerError("the last sample stays, for a pass is of one: draw others first")
        if part == 1:
            rest = (np.delete(array, index, axis=0) for array in subject.parts[1])
            guest = state.guest
            if isinstance(guest, HeldOut) and guest.index > index:
                guest = HeldOut(guest.index - 1)
            return shown_with(replace(state, guest=guest, walk=None), held_out_as(subject, *rest))
        old = subject.problem
        labels = None if old.labels is None else np.delete(old.labels, index)
        less = {"X": np.delete(old.X, index, axis=0), "Y": np.delete(old.Y, index, axis=0), "labels": labels}
        fewer = with_samples(subject, less)
        return shown_with(replace(state, walk=None), fewer, state.sample - (state.sample > index))


def can_draw(subject: Subject) -> bool:
    """Tell whether a sample is a point of a class in the plane, or of a curve."""
    return (has_plane(subject) and has_classes(subject)) or (has_line(subject) and subject.problem.Y.shape[1] == 1)


def samples_at(subject: Subject, points: Spots, label: int | None) -> tuple[Array, Array]:
    """Return inputs and targets of samples at these places."""
    problem, places = subject.problem, np.asarray(points, subject.problem.X.dtype)
    if label is None:
        return places[:, :1], places[:, 1:].astype(problem.Y.dtype)
    outputs = problem.Y.shape[1]
    labels = np.full(len(places), label, np.intp)
    Y = labels[:, None] if outputs == 1 else one_hot(labels, outputs, problem.Y.dtype)
    return places, Y.astype(problem.Y.dtype)


def with_samples(subject: Subject, fields: dict[str, Any]) -> Subject:
    """Return the subject on other samples; those on which its weights were trained once, if they were, too."""
    drawn = changed(subject, POINTS, lambda _problem: fields)
    if subject.past is None:
        return drawn
    return replace(drawn, past=replace(subject.past, base=with_samples(subject.past.base, fields)))


def held_out_as(subject: Subject, X: Array, Y: Array) -> Subject:
    """Return the subject with other samples held out."""
    drawn = replace(subject, test_X=X, test_Y=Y, edited=subject.edited | {POINTS})
    if subject.past is None:
        return drawn
    return replace(drawn, past=replace(subject.past, base=held_out_as(subject.past.base, X, Y)))


def shown_with(state: State, subject: Subject, sample: int | None = None) -> State:
    """Return the state on other samples: the one that is shown stays where it is still there."""
    sample = state.sample if sample is None else sample
    sample = min(max(sample, 0), subject.problem.samples - 1)
    whole = state.whole and not refusal(subject, state.settings)
    return retaped(still_there(replace(state, subject=subject, sample=sample, whole=whole)))


def places_of(subject: Subject) -> tuple[Array, Array]:
    """Return where the samples of both parts lie in the plane, (N, 2) and (M, 2)."""
    if has_plane(subject):
        (train, _), (test, _) = subject.parts
        return train, test
    train, test = (np.column_stack([X[:, 0], Y[:, 0]]) for X, Y in subject.parts)
    return train, test


def nearest(subject: Subject, point: tuple[float, float], reach: tuple[float, float]) -> Spot | None:
    """Return the sample nearest to a point, if there is one within ``reach``, a length for each direction."""
    best, found = 1.0, None
    for part, places in enumerate(places_of(subject)):
        if len(places):
            far = (((places - np.asarray(point)) / np.asarray(reach)) ** 2).sum(axis=1)
            index = int(far.argmin())
            if far[index] <= best:
                best, found = float(far[index]), Spot(part, index)
    return found


def label_at(subject: Subject, spot: Spot) -> int:
    """Return the class of a sample."""
    return int(classes_of(subject.parts[spot.part][1][spot.index : spot.index + 1])[0])
