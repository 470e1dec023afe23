"""How the images of a set lie in their frame: what a drawn image is fitted to, so that a network knows its like. No Qt.

The images of UCI's digits are counts of the set pixels in the 4 x 4 blocks of a bitmap of 32 x 32, into which each
digit was scaled; those of MNIST lie in the middle 20 x 20 of 28 x 28. Both follow from the images themselves.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.session.gathering import raw
from explorer.session.pictures.confusion import class_names, has_classes
from explorer.session.pictures.signals import evenly
from explorer.session.subject import Subject

Array = NDArray[np.float64]
MOST_IMAGES = 1000
"""Images that are looked at: the rest lie alike."""
INKED = 0.25
"""Share of full ink from which on a pixel belongs to what is drawn."""
WIDE = 90
"""Per cent of the images are no wider than the box, and no higher."""
LEAST_WIDTH, MOST_WIDTH = 1.0, 0.25
"""Of a stroke: pixels, and a share of the image."""


class ImageStyle(Struct, frozen=True):
    """What images of a set have in common, in the units of the data before they are scaled.

    Attributes
    ----------
    shape
        Rows and columns.
    paper, pen
        The number of a pixel without ink, and of one full of it.
    counts
        True where all pixels are whole numbers.
    size, middle
        Rows and columns of the box that what is drawn fills, and its middle, in pixels.
    stroke
        Width of a stroke, in pixels.
    """

    shape: tuple[int, int]
    paper: float
    pen: float
    counts: bool
    size: tuple[float, float]
    middle: tuple[float, float]
    stroke: float

    def pixels(self, ink: Array) -> Array:
        """Return the numbers of pixels, (rows, columns), with so much ink on each, 0 to 1."""
        numbers: Array = self.paper + ink * (self.pen - self.paper)
        return np.rint(numbers) if self.counts else numbers


def can_draw_image(subject: Subject) -> bool:
    """Tell whether a sample is an image of a class."""
    return subject.image_shape is not None and has_classes(subject)


def drawn_name(subject: Subject) -> str:
    """Return what a drawn sample is called."""
    digits = all(len(name) == 1 and name.isdigit() for name in class_names(subject))
    return "drawn digit" if digits else "drawn image"


def style_of(subject: Subject) -> ImageStyle:
    """Measure how the images lie on which the subject's network is trained."""
    shape = subject.image_shape or (1, subject.problem.X.shape[1])
    chosen = subject.problem.X[evenly(subject.problem.samples, MOST_IMAGES)]
    images = raw(chosen, subject.inputs).reshape(-1, *shape)
    paper = float(np.median(border(images)))
    low, high = float(images.min()), float(images.max())
    pen = high if high - paper >= paper - low else low
    ink = np.clip((images - paper) / ((pen - paper) or 1.0), 0, 1)
    (size, middle), counts = box_of(ink), bool((images == np.rint(images)).all())
    return ImageStyle(shape, paper, pen, counts, size, middle, stroke_of(ink))


def border(images: Array) -> Array:
    """Return the pixels at the edges of images, (N, rows, columns), in a row."""
    sides = (images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1])
    return np.concatenate([side.ravel() for side in sides])


def box_of(ink: Array) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the size and the middle of the box that the ink of images, (N, rows, columns), fills."""
    filled: NDArray[np.bool_] = ink > INKED
    ends = [ends_of(np.logical_or.reduce(filled, axis=axis)) for axis in (2, 1)]
    rows, columns = (float(np.percentile(end - begin, WIDE)) for begin, end in ends)
    down, across = (float(np.median(begin + end)) / 2 for begin, end in ends)
    return (rows, columns), (down, across)


def ends_of(filled: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return of each row of flags, (N, K), where the set ones begin and end; all of them where none is set."""
    some = filled.any(axis=1)
    first = np.where(some, filled.argmax(axis=1), 0)
    return first, filled.shape[1] - np.where(some, filled[:, ::-1].argmax(axis=1), 0)


def stroke_of(ink: Array) -> float:
    """Return the width of the strokes of images, (N, rows, columns).

    A stroke of length L and width w has the area w L and two edges of length L; summed over both axes, the steps of an
    edge of any direction come to 4 / pi of its length on average.
    """
    framed = np.pad(ink, ((0, 0), (1, 1), (1, 1)))
    steps = sum(float(np.abs(np.diff(framed, axis=axis)).sum()) for axis in (1, 2))
    width = 2 * float(ink.sum()) / (np.pi / 4 * steps) if steps else LEAST_WIDTH
    return float(np.clip(width, LEAST_WIDTH, MOST_WIDTH * min(ink.shape[1:])))
