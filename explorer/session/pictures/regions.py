"""What the network makes of a plane of inputs: class probabilities, a number, or one unit's value, on a grid."""

import re
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.data import BLANKS
from explorer.data.blank import FIELD
from explorer.engine.network import Network
from explorer.session.gathering import raw
from explorer.session.pictures.confusion import has_classes
from explorer.session.pictures.signals import Array, Work, array_of, evenly, in_pieces
from explorer.session.state import State
from explorer.session.subject import Subject

MARGIN = 0.08
"""Share of the points' range that the plane reaches beyond them on each side."""
MOST_LOOKED_AT = 2**16
"""Samples of a part by which the plane is laid out: to look at each of millions would be felt."""
UNIT = re.compile(r"^(?:dJ/d)?([zhbWp])(\d*)\+?$")
Kind = Literal["classes", "number", "unit"]


class Frame(Struct, frozen=True):
    """A rectangle of the plane of two inputs: (left, right, bottom, top)."""

    left: float
    right: float
    bottom: float
    top: float

    def grid(self, side: int) -> NDArray[np.float64]:
        """Return the middles of side × side cells, (side², 2), row by row from the top."""
        width, height = (self.right - self.left) / side, (self.top - self.bottom) / side
        middles = np.arange(side) + 0.5
        x, y = np.meshgrid(self.left + width * middles, self.top - height * middles)
        return np.column_stack([x.ravel(), y.ravel()])


def frame_of(points: Array) -> Frame:
    """Return the rectangle around points, (N, 2), with a margin; 1 to each side where they do not differ."""
    low, high = points.min(axis=0), points.max(axis=0)
    beyond = np.where(high > low, MARGIN * (high - low), 1.0)
    (left, bottom), (right, top) = (low - beyond).tolist(), (high + beyond).tolist()
    return Frame(left, right, bottom, top)


class Unit(Struct, frozen=True):
    """A unit of the network: z or h of a layer, counted from 1, and its index there, from 0."""

    array: str
    layer: int
    index: int

    @property
    def title(self) -> str:
        """What a person reads, counted from 1."""
        return f"{self.array}{self.layer}[{self.index + 1}]"


def chosen_unit(state: State) -> Unit | None:
    """Return the unit that a person has selected in the pass: none for a probability, an input, the loss."""
    if state.selected is None:
        return None
    name, index = state.selected
    found = UNIT.match(name)
    if found is None or found[1] == "p" or not index:
        return None
    layer = int(found[2] or 0)
    if not 1 <= layer <= state.network.depth or index[-1] >= state.network.sizes[layer]:
        return None
    return Unit("h" if found[1] == "h" else "z", layer, int(index[-1]))


class Regions(Struct, frozen=True, eq=False):
    """Values on a grid over a rectangle.

    Attributes
    ----------
    values
        (side, side, C) with the top row first: probabilities of C classes, or one number, C = 1.
    """

    frame: Frame
    kind: Kind
    values: NDArray[np.float64]
    unit: Unit | None

    @property
    def extremes(self) -> tuple[float, float]:
        """The smallest and the largest value."""
        return float(self.values.min()), float(self.values.max())


def has_plane(subject: Subject) -> bool:
    """Tell whether a sample has two inputs."""
    return bool(subject.problem.X.shape[1] == 2)


def plane_of(subject: Subject) -> Frame:
    """Return the rectangle around the samples, held out or not; of very many, around those that are looked at."""
    points = [places_in_plane(*part) for part in subject.parts]
    if subject.data_set in BLANKS:
        points.append(np.array([[-FIELD, -FIELD], [FIELD, FIELD]]))
    return frame_of(np.concatenate(points))


def places_in_plane(X: Array, Y: Array, most: int = MOST_LOOKED_AT) -> Array:
    """Return where at most ``most`` samples lie, (n, 2): at both inputs, or at the one and the number to predict."""
    chosen = evenly(len(X), most)
    return X[chosen] if X.shape[1] == 2 else np.column_stack([X[chosen, 0], Y[chosen, 0]])


def in_units(frame: Frame, subject: Subject) -> Frame:
    """Return a rectangle of the plane in the units of the data, where its samples are scaled."""
    corners = np.array([[frame.left, frame.bottom], [frame.right, frame.top]])
    if has_plane(subject):
        corners = raw(corners, subject.inputs)
    else:
        columns = (corners[:, :1], subject.inputs), (corners[:, 1:], subject.targets)
        corners = np.hstack([raw(column, scaling) for column, scaling in columns])
    (left, bottom), (right, top) = corners.tolist()
    return Frame(left, right, bottom, top)


def axis_names(subject: Subject) -> tuple[str, str]:
    """Return what lies across and what upwards."""
    data = subject.data
    if has_plane(subject):
        return (data.features[0], data.features[1]) if data is not None else ("x1", "x2")
    return (data.features[0], data.quantities[0]) if data is not None and data.quantities else ("x", "y")


def regions(
    subject: Subject, network: Network, side: int, unit: Unit | None, frame: Frame | None = None
) -> Work[Regions]:
    """Return what the outputs, or one unit, say on side × side points of the plane, or of another rectangle."""
    frame = frame or plane_of(subject)
    kind: Kind = "unit" if unit else "classes" if has_classes(subject) else "number"
    rows = yield from in_pieces(lambda X: said(network, X, kind, unit), frame.grid(side), network)
    return Regions(frame, kind, np.asarray(rows, np.float64).reshape(side, side, -1), unit)


def said(network: Network, X: Array, kind: Kind, unit: Unit | None) -> Array:
    """Return rows of probabilities (two columns or more), of the first number, or of the unit's value."""
    if unit is not None:
        return array_of(network, X, unit.array, unit.layer)[:, unit.index : unit.index + 1]
    outputs = network.predict_proba(X)
    if kind == "number":
        return outputs[:, :1]
    if outputs.shape[1] == 1:
        return np.hstack([1 - outputs, outputs])
    return outputs


def as_shares(values: Array) -> NDArray[np.float64]:
    """Return class values, (..., C), as shares that sum to 1; outputs that are no probabilities are bounded."""
    bounded = np.clip(np.nan_to_num(values), 0, 1)
    total = bounded.sum(axis=-1, keepdims=True)
    shares: NDArray[np.float64] = np.where(total > 0, bounded / np.maximum(total, 1e-300), 1 / values.shape[-1])
    return shares


def certainty(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far the largest share lies between an even guess (0) and certainty (1); (...)."""
    even = 1 / shares.shape[-1]
    sure: NDArray[np.float64] = (shares.max(axis=-1) - even) / (1 - even)
    return sure


class Fit(Struct, frozen=True, eq=False):
    """The curve of a network with one input: inputs (M,), its first output there (M,), and the plane they lie in."""

    frame: Frame
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def has_line(subject: Subject) -> bool:
    """Tell whether a sample has one input, and what is to be predicted is a number."""
    return bool(subject.problem.X.shape[1] == 1) and not has_classes(subject)


def fit(subject: Subject, network: Network, frame: Frame | None = None, points: int = 240) -> Work[Fit]:
    """Return the fitted curve over the samples' range, or over another."""
    frame = frame or plane_of(subject)
    x = np.linspace(frame.left, frame.right, points)
    y = yield from in_pieces(network.predict_proba, x[:, None], network)
    return Fit(frame, x, np.asarray(y[:, 0], np.float64))
