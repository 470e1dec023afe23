"""A drawn image: strokes, their ink on a fine bitmap, and what a network sees of them; an immutable value. No Qt."""

from functools import lru_cache

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.problem import one_hot
from explorer.session.image_style import ImageStyle, style_of
from explorer.session.strokes import Stroke, drawn, inked
from explorer.session.subject import Subject

Array = NDArray[np.float64]
FINE = 32
"""A side of the bitmap has at least that many dots."""
FAINT, HALF = 0.1, 0.5
"""Ink below which nothing is seen on a dot, and from which on a point was not erased."""
LARGEST = 3.0
"""A drawing is not enlarged more than so many times: a dot stays a dot."""


class Drawing(Struct, frozen=True, eq=False):
    """What is drawn, and what it is meant to be.

    Attributes
    ----------
    style
        How the images of the set lie.
    strokes
        What was drawn and erased, in order.
    ink
        What they leave on each dot as they lie, 0 to 1, (rows * fine, columns * fine); never written.
    fitted
        True where what is drawn is scaled and moved to lie as the images of the set do.
    target
        The row of targets, one number an output; None for the class that the network takes it for.
    typed
        Pixels that were typed over, as (column of x, number that the network sees).
    """

    style: ImageStyle
    ink: Array
    strokes: tuple[Stroke, ...] = ()
    fitted: bool = True
    target: tuple[float, ...] | None = None
    typed: tuple[tuple[int, float], ...] = ()

    @property
    def fine(self) -> int:
        """Dots on a side of a pixel."""
        return len(self.ink) // self.style.shape[0]

    @property
    def is_blank(self) -> bool:
        """True where nothing can be seen of it."""
        return not self.typed and float(self.ink.max()) <= FAINT

    @property
    def label(self) -> int | None:
        """The class that a person says it is; None where nobody does, or where it is no single class."""
        target = self.target
        if target is None or any(share not in {0.0, 1.0} for share in target):
            return None
        if len(target) == 1:
            return int(target[0])
        return target.index(1.0) if sum(target) == 1 else None

    @property
    def pixels(self) -> Array:
        """The numbers of its pixels, (rows, columns), in the units of the data before they are scaled; not to write."""
        return seen(self)

    def fitted_ink(self) -> Array:
        """Return its ink where it lies as the images of the set do, under a stroke as wide as theirs.

        The box that the middles of its strokes fill is scaled, both ways alike, to touch two sides of the set's box.
        """
        style, points = self.style, visible_points(self)
        if not len(points):
            return self.ink
        (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        room = [max(size - style.stroke, 1.0) for size in style.size]
        scale = min(room[0] / max(bottom - top, 1e-9), room[1] / max(right - left, 1e-9), LARGEST)
        by = style.middle[1] - scale * (left + right) / 2, style.middle[0] - scale * (top + bottom) / 2
        return drawn(self.ink.shape, (stroke.moved(scale, by) for stroke in self.strokes), style.stroke, self.fine)

    def inputs(self, subject: Subject) -> Array:
        """Return what the network sees, (1, D): scaled as the subject's samples are."""
        raw = self.pixels.reshape(1, -1)
        x: Array = raw.copy() if subject.inputs is None else subject.inputs.applied(raw)
        for column, value in self.typed:
            x[0, column] = value
        return x

    def with_stroke(self, stroke: Stroke) -> "Drawing":
        """Return it with a stroke, or with more of its last one, if the numbers are the same; what was typed over goes.

        Where the last one goes on, the points follow on its last point.
        """
        new, strokes = stroke, self.strokes
        if strokes and strokes[-1].number == stroke.number:
            last = strokes[-1]
            new, strokes = replace(stroke, points=last.points[-1:] + stroke.points), strokes[:-1]
            stroke = replace(last, points=last.points + stroke.points)
        ink = inked(self.ink, new, self.style.stroke, self.fine)
        return replace(self, ink=ink, strokes=(*strokes, stroke), typed=())

    def cleared(self) -> "Drawing":
        """Return it without ink, meant to be nothing in particular."""
        return replace(self, ink=np.zeros_like(self.ink), strokes=(), target=None, typed=())

    def with_pixel(self, column: int, value: float) -> "Drawing":
        """Return it with a number of x typed over."""
        others = tuple(pair for pair in self.typed if pair[0] != column)
        return replace(self, typed=(*others, (column, value)))


@lru_cache(maxsize=1)
def seen(drawing: Drawing) -> Array:
    """Return the numbers of its pixels: kept, for each picture of a drawing asks for them several times."""
    rows, columns = drawing.style.shape
    ink = drawing.fitted_ink() if drawing.fitted else drawing.ink
    return drawing.style.pixels(ink.reshape(rows, drawing.fine, columns, drawing.fine).mean(axis=(1, 3)))


def blank(subject: Subject) -> Drawing:
    """Return a drawing without ink, of the form of the subject's images."""
    style = style_of(subject)
    fine = max(FINE // max(style.shape), 2)
    return Drawing(style, np.zeros((style.shape[0] * fine, style.shape[1] * fine)))


def visible_points(drawing: Drawing) -> Array:
    """Return the points of strokes, (N, 2), that were drawn inside and not erased since."""
    lines = [np.array(stroke.points) for stroke in drawing.strokes if not stroke.erases]
    points: Array = np.concatenate([np.empty((0, 2)), *lines])
    columns, rows = np.floor(points.T * drawing.fine).astype(int)
    height, width = drawing.ink.shape
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    inside[inside] = drawing.ink[rows[inside], columns[inside]] > HALF
    visible: Array = points[inside]
    return visible


def class_row(label: int, outputs: int) -> Array:
    """Return the targets of one sample of a class, (1, C); a lone output is 0 or 1."""
    if outputs == 1:
        return np.array([[float(label)]])
    return one_hot(np.array([label]), outputs, np.dtype(np.float64)).astype(np.float64, copy=False)
