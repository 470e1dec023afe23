"""Small sets in the plane, drawn from a seed: most of them shapes that a straight line cannot separate.

All lie within about -2 to 2, so that their inputs need no scaling; the classes alternate, so any number of
samples is balanced. Noise is the standard deviation of a normal that is added to both coordinates.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer.data.dataset import DataSet
from explorer.data.seeding import generator
from explorer.engine.errors import ExplorerError

if TYPE_CHECKING:
    from numpy.random import Generator

Points = NDArray[np.float64]
Labels = NDArray[np.intp]
MAX_SAMPLES = 1_000_000


def xor(samples: int = 200, noise: float = 0.25, seed: int = 0) -> DataSet:
    """Four clouds around (±1, ±1); the class is 1 where the signs differ (exclusive or)."""

    def shape(_rng: "Generator", number: Labels) -> tuple[Points, Labels]:
        right, up = number & 1, (number >> 1) & 1
        return np.column_stack([1.0 - 2 * right, 1.0 - 2 * up]), right ^ up

    return drawn(
        shape,
        (samples, noise, seed),
        ("xor", "XOR", ("same", "mixed")),
        "Four clouds in the corners of a square, opposite corners alike: no straight line parts them.",
    )


def moons(samples: int = 200, noise: float = 0.1, seed: int = 0) -> DataSet:
    """Two half circles that reach into each other, with t uniform on [0, pi].

    Class 0: (cos t - 1/2, sin t - 1/4); class 1: (1/2 - cos t, 1/4 - sin t).
    """

    def shape(rng: "Generator", number: Labels) -> tuple[Points, Labels]:
        t = rng.uniform(0, np.pi, len(number))
        side = 1 - 2 * (number & 1)
        return np.column_stack([side * (np.cos(t) - 0.5), side * (np.sin(t) - 0.25)]), number & 1

    return drawn(
        shape,
        (samples, noise, seed),
        ("moons", "Two moons", ("upper moon", "lower moon")),
        "Two half circles that reach into each other. A straight line gets most of them, a bent one all.",
    )


def spiral(samples: int = 400, noise: float = 0.03, seed: int = 0) -> DataSet:
    """Two arms of one turn and a quarter, with t = sqrt(u), u uniform on [0.01, 1), which is uniform by area.

    Class k in {0, 1}: 3/2 t (cos(5/2 pi t + k pi), sin(5/2 pi t + k pi)).
    """

    def shape(rng: "Generator", number: Labels) -> tuple[Points, Labels]:
        t = np.sqrt(rng.uniform(0.01, 1, len(number)))
        angle = 2.5 * np.pi * t + np.pi * (number & 1)
        return np.column_stack([1.5 * t * np.cos(angle), 1.5 * t * np.sin(angle)]), number & 1

    return drawn(
        shape,
        (samples, noise, seed),
        ("spiral", "Spiral", ("first arm", "second arm")),
        "Two arms wound around each other: the hardest of the shapes, it needs more units and more steps.",
    )


def circles(samples: int = 200, noise: float = 0.1, seed: int = 0) -> DataSet:
    """One circle inside another, with t uniform on [0, 2 pi).

    Class 0: 3/2 (cos t, sin t); class 1: 3/5 (cos t, sin t).
    """

    def shape(rng: "Generator", number: Labels) -> tuple[Points, Labels]:
        t = rng.uniform(0, 2 * np.pi, len(number))
        radius = np.where(number & 1, 0.6, 1.5)
        return np.column_stack([radius * np.cos(t), radius * np.sin(t)]), number & 1

    return drawn(
        shape,
        (samples, noise, seed),
        ("circles", "Circles", ("outer", "inner")),
        "One ring around another: a closed boundary, for which a few hidden units are enough.",
    )


def blobs(samples: int = 240, noise: float = 0.3, seed: int = 0) -> DataSet:
    """Three clouds around the corners of a triangle, at (cos a, sin a) for a = 90, 210 and 330 degrees."""

    def shape(_rng: "Generator", number: Labels) -> tuple[Points, Labels]:
        label = number % 3
        angle = np.pi / 2 + 2 * np.pi / 3 * label
        return np.column_stack([np.cos(angle), np.sin(angle)]), label

    return drawn(
        shape,
        (samples, noise, seed),
        ("blobs", "Blobs", ("top", "left", "right")),
        "Three round clouds: straight lines part them, so it works without a hidden layer, too.",
    )


Shape = Callable[["Generator", Labels], tuple[Points, Labels]]
Names = tuple[str, str, tuple[str, ...]]


def drawn(shape: Shape, how: tuple[int, float, int], names: Names, text: str) -> DataSet:
    """Draw points and labels by number from ``shape``, add the noise, and name the result.

    Parameters
    ----------
    shape
        ``shape(rng, number)`` gives points (N, 2) and labels (N,) for the sample numbers (N,).
    how
        Samples, noise and seed.
    names
        Key, title and the names of the classes.
    text
        The description.

    Raises
    ------
    ExplorerError
        If there are fewer than 4 or more than a million samples, or the noise is no finite number from 0 on.
    """
    (samples, noise, seed), (name, title, classes) = how, names
    check_drawing(name, samples, noise)
    rng = generator(seed)
    points, labels = shape(rng, np.arange(samples))
    return DataSet(
        name=name,
        title=title,
        X=points + rng.normal(0, noise, points.shape),
        labels=labels,
        classes=classes,
        image_shape=None,
        features=("x1", "x2"),
        description=text,
        source=f"generated by this program: {samples} samples, noise {noise:g}, seed {seed}",
        licence="free of rights",
        scaling="none: drawn within about -2 to 2",
    )


def check_drawing(name: str, samples: int, noise: float) -> None:
    """Refuse a number of samples, or a noise, with which nothing can be drawn."""
    if not 4 <= samples <= MAX_SAMPLES:
        raise ExplorerError(f"data set {name!r} with {samples} samples: expected 4 to {MAX_SAMPLES:,}")
    if not (math.isfinite(noise) and noise >= 0):
        raise ExplorerError(f"data set {name!r} with noise {noise}: expected a finite number, 0 or more")
