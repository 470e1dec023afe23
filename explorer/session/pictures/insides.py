"""The insides of a network: histograms of each layer's numbers, its first weights as images, its warped space."""

from math import ceil

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.network import Network
from explorer.session.pictures.flow import MOST_PRODUCTS, MOST_SAMPLES
from explorer.session.pictures.regions import Frame, frame_of, plane_of
from explorer.session.pictures.signals import Array, Work, array_of, evenly, in_pieces, signals
from explorer.session.subject import Subject

MOST_BINS = 40
MOST_ENTRIES = 50_000
"""Entries that are counted: of a larger array, every k-th."""
LINES, POINTS = 13, 61
"""Lines of the grid in each direction, and points on each."""


class Histogram(Struct, frozen=True, eq=False):
    """Counts of values in bins of equal width between two edges; ``lost`` counts what is not finite."""

    low: float
    high: float
    counts: NDArray[np.intp]
    lost: int


def histogram(values: Array) -> Histogram:
    """Return the counts of all n entries over their range, in 2 n^(1/3) bins (Rice), but no more than can be seen."""
    entries = values.ravel()[:: ceil(values.size / MOST_ENTRIES) or 1]
    finite = entries[np.isfinite(entries)].astype(np.float64)
    lost = int(entries.size - finite.size)
    if not finite.size:
        return Histogram(0.0, 0.0, np.zeros(1, np.intp), lost)
    low, high = float(finite.min()), float(finite.max())
    if not low < high:
        low, high = low - 0.5, high + 0.5
    bins = min(ceil(2 * finite.size ** (1 / 3)), MOST_BINS)
    counts, _ = np.histogram(finite, bins, (low, high))
    return Histogram(low, high, counts.astype(np.intp), lost)


class LayerHistograms(Struct, frozen=True, eq=False):
    """Of a layer: its weights W_l, its values h_l and its gradients dJ/dW_l."""

    layer: int
    weights: Histogram
    values: Histogram
    gradients: Histogram


def histograms(subject: Subject, network: Network) -> Work[tuple[LayerHistograms, ...]]:
    """Return the histograms of every layer, on some of the training samples."""
    problem = subject.problem
    chosen = evenly(problem.samples, min(MOST_SAMPLES, max(MOST_PRODUCTS // network.theta.size, 8)))
    passed = signals(network, problem.X[chosen], problem.Y[chosen])
    yield
    made = []
    for number, layer in enumerate(network.layers, start=1):
        arrays = layer.weights, passed.values[number - 1], passed.weight_gradient(number)
        made.append(LayerHistograms(number, *(histogram(array) for array in arrays)))
        yield
    return tuple(made)


def first_weights(subject: Subject, network: Network) -> NDArray[np.float64]:
    """Return the weights into each unit of the first layer as images, (units, rows, columns)."""
    rows, columns = subject.image_shape or (1, network.sizes[0])
    weights = np.asarray(network.layers[0].weights.T, np.float64)
    return weights.reshape(-1, rows, columns)


def warped_layer(network: Network, wanted: int = 0) -> int:
    """Return the hidden layer to be seen as a plane, counted from 1; 0 where none has two units.

    It is the wanted one, else the first of just two units, else the last one.
    """
    hidden = {number: units for number, units in enumerate(network.sizes[1:-1], start=1) if units >= 2}
    if wanted in hidden:
        return wanted
    return next((number for number, units in hidden.items() if units == 2), max(hidden, default=0))


class Space(Struct, frozen=True, eq=False):
    """A hidden layer as a plane: its two units, or what shows most of more units.

    Attributes
    ----------
    layer
        Counted from 1.
    lines
        Where the lines of an even grid of inputs come to lie, (2 LINES, POINTS, 2); the lines of constant x1 first.
    train, test
        Where the samples do, (N, 2).
    axes
        What lies across, and what upwards.
    share
        The share of the samples' variance that can be seen; 1 of two units.
    """

    layer: int
    axes: tuple[str, str]
    share: float
    frame: Frame
    lines: NDArray[np.float64]
    train: Array
    test: Array


def grid_lines(frame: Frame) -> NDArray[np.float64]:
    """Return the points of an even grid's lines over a rectangle, (2 LINES, POINTS, 2)."""
    x, y = np.linspace(frame.left, frame.right, LINES), np.linspace(frame.bottom, frame.top, LINES)
    along_x, along_y = (np.linspace(*ends, POINTS) for ends in ((frame.left, frame.right), (frame.bottom, frame.top)))
    upright = np.stack(np.broadcast_arrays(x[:, None], along_y[None, :]), axis=-1)
    level = np.stack(np.broadcast_arrays(along_x[None, :], y[:, None]), axis=-1)
    return np.concatenate([upright, level])


def directions(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Return the two principal directions, (H, 2), of values, (N, H), and their share of the variance.

    Of a direction and its opposite, that one is taken whose largest entry is positive, so that the plane does not turn
    over from one picture to the next.
    """
    _, sizes, rows = np.linalg.svd(values - values.mean(axis=0), full_matrices=False)
    found = np.zeros((values.shape[1], 2))
    found[:, : len(rows[:2])] = rows[:2].T
    signs = np.sign(found[np.abs(found).argmax(axis=0), range(2)])
    total = float((sizes**2).sum())
    return found * np.where(signs, signs, 1.0), float((sizes[:2] ** 2).sum()) / total if total else 1.0


def flattened(
    values: NDArray[np.float64], measured: slice, layer: int
) -> tuple[NDArray[np.float64], tuple[str, str], float]:
    """Return values of a layer, (N, H), in a plane, (N, 2), what its axes are, and the share of the variance in it."""
    if values.shape[1] == 2:
        return values, (f"h{layer}[1]", f"h{layer}[2]"), 1.0
    towards, share = directions(values[measured])
    names = (f"1st principal component of h{layer}", f"2nd principal component of h{layer}")
    return (values - values[measured].mean(axis=0)) @ towards, names, share


def space(subject: Subject, network: Network, most: int, wanted: int = 0) -> Work[Space]:
    """Return a hidden layer as a plane; the subject's samples have two inputs."""
    layer = warped_layer(network, wanted)
    lines = grid_lines(plane_of(subject))
    parts = [X[evenly(len(X), most)] for X, _ in subject.parts]
    everything = np.concatenate([lines.reshape(-1, 2), *parts])
    placed = yield from in_pieces(lambda X: array_of(network, X, "h", layer), everything, network)
    ends = np.cumsum([lines.size // 2, len(parts[0])])
    values = np.nan_to_num(np.asarray(placed, np.float64))
    points, axes, share = flattened(values, slice(*ends), layer)
    before, after = ends.tolist()
    grid = points[:before].reshape(lines.shape)
    return Space(layer, axes, share, frame_of(points), grid, points[before:after], points[after:])
