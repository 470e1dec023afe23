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
    """Return a path of separate lines x1, y1, x2, y2, (E, 4); finite numbers only.

    A QDataStream holds a path as the number of its elements, the elements, the start of the last subpath and the
    fill rule, all big-endian.
    """
    path = QPainterPath()
    if not len(lines):
        return path
    elements = np.empty((len(lines), 2), ELEMENT)
    elements["kind"] = MOVE, LINE
    elements["x"], elements["y"] = lines[:, 0::2], lines[:, 1::2]
    count = elements.size
    raw = b"".join([integers(count), elements.tobytes(), integers(count - 2, 0)])
    stream = QDataStream(QByteArray(raw))
    stream >> path
    return path


def curve_of(x: Floats, y: Floats) -> QPainterPath:
    """Return a path through points x, y, both (N,); where either is not finite, there is a gap."""
    seen = np.isfinite(x) & np.isfinite(y)
    elements = np.empty(int(np.count_nonzero(seen)), ELEMENT)
    path = QPainterPath()
    if not len(elements):
        return path
    begins = seen & ~np.concatenate([[False], seen[:-1]])
    elements["kind"] = np.where(begins[seen], MOVE, LINE)
    elements["x"], elements["y"] = x[seen], y[seen]
    last = int(np.flatnonzero(begins[seen])[-1])
    stream = QDataStream(QByteArray(b"".join([integers(len(elements)), elements.tobytes(), integers(last, 0)])))
    stream >> path
    return path


def paths_of(lines: Floats, ends: Ints) -> Iterator[QPainterPath]:
    """Yield the paths of the lines up to each of the ends, (N,): ``path_of`` once for all of them.

    For what changes many times a second: each path would take as long by itself as several together.
    """
    elements = np.empty((len(lines), 2), ELEMENT)
    elements["kind"] = MOVE, LINE
    elements["x"], elements["y"] = lines[:, 0::2], lines[:, 1::2]
    raw, start, size = elements.tobytes(), 0, 2 * ELEMENT.itemsize
    for end in ends.tolist():
        path = QPainterPath()
        if end > start:
            count = 2 * (end - start)
            head, foot = pack(">i", count), pack(">ii", count - 2, 0)
            stream = QDataStream(QByteArray(head + raw[size * start : size * end] + foot))
            stream >> path
        yield path
        start = end


def integers(*numbers: int) -> bytes:
    """Return numbers as a QDataStream holds them."""
    return np.array(numbers, ">i4").tobytes()
