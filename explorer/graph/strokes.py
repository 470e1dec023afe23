"""Painter paths from arrays: thousands of lines in one call, through the format in which Qt itself stores a path."""

from collections.abc import Iterator
from struct import pack

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

from explorer.graph.geometry import Floats, Ints

ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
MOVE, LINE = 0, 1


def path_of(lines: Floats) -> QPainterPath:
    """Return a path of separate lines x1, y1, x2, y2, (E, 4); finite numbers only."""
    return path_from(elements_of(lines), 2 * len(lines) - 2)


def paths_of(lines: Floats, ends: Ints) -> Iterator[QPainterPath]:
    """Yield the paths of the lines up to each of the ends, (N,): ``path_of`` once for all of them.

    For what changes many times a second: each path would take as long by itself as several together.
    """
    elements, start, size = elements_of(lines), 0, 2 * ELEMENT.itemsize
    for end in ends.tolist():
        yield path_from(elements[size * start : size * end], 2 * (end - start) - 2)
        start = end


def curve_of(x: Floats, y: Floats) -> QPainterPath:
    """Return a path through points x, y, both (N,); where either is not finite, there is a gap."""
    seen = np.isfinite(x) & np.isfinite(y)
    begins = (seen & ~np.concatenate([[False], seen[:-1]]))[seen]
    elements = np.empty(len(begins), ELEMENT)
    elements["kind"] = np.where(begins, MOVE, LINE)
    elements["x"], elements["y"] = x[seen], y[seen]
    return path_from(elements.tobytes(), int(np.flatnonzero(begins)[-1]) if len(begins) else 0)


def elements_of(lines: Floats) -> bytes:
    """Return the elements of a path of separate lines, (E, 4)."""
    elements = np.empty((len(lines), 2), ELEMENT)
    elements["kind"] = MOVE, LINE
    elements["x"], elements["y"] = lines[:, 0::2], lines[:, 1::2]
    return elements.tobytes()


def path_from(elements: bytes, last: int) -> QPainterPath:
    """Return the path of these elements, of which that at ``last`` begins the last subpath.

    A QDataStream holds a path as the number of its elements, the elements, the start of the last subpath and the
    fill rule, all big-endian.
    """
    path = QPainterPath()
    if elements:
        count = len(elements) // ELEMENT.itemsize
        stream = QDataStream(QByteArray(pack(">i", count) + elements + pack(">ii", last, 0)))
        stream >> path
    return path
