"""A long series of numbers: every one kept, few enough drawn, and what two series have in common held once. No Qt."""

from collections.abc import Iterable, Iterator
from typing import Self

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]
Points = tuple[NDArray[np.float64], NDArray[np.float64]]
CHUNK = 2**14
"""Points of a chunk: full chunks are never written again, so that a series and its beginnings share them."""
WIDTH = 64
"""Points of which the smallest, the largest and the mean are kept beside them."""
BUCKETS = 1024
"""Buckets of which a curve is drawn at most."""


class Chunked:
    """A float32 array that grows at its end, in chunks: nothing is copied as it grows, nor allotted twice over."""

    def __init__(self) -> None:
        self._full: list[Float32] = []
        self._last: Float32 = np.empty(CHUNK, np.float32)
        self._used = 0

    def __len__(self) -> int:
        """Return the number of points."""
        return CHUNK * len(self._full) + self._used

    def extend(self, points: Float32) -> None:
        """Append points."""
        while len(points):
            taken = points[: CHUNK - self._used]
            self._last[self._used : self._used + len(taken)] = taken
            self._used += len(taken)
            points = points[len(taken) :]
            if self._used == CHUNK:
                self._last.flags.writeable = False
                self._full.append(self._last)
                self._last, self._used = np.empty(CHUNK, np.float32), 0

    def until(self, count: int) -> "Chunked":
        """Return an independent array of the first ``count`` points, which shares the full chunks."""
        twin, full = Chunked(), min(count, len(self)) // CHUNK
        twin._full = self._full[:full]
        twin.extend(self.between(full * CHUNK, count))
        return twin

    def between(self, start: int, stop: int) -> Float32:
        """Return a copy of the points from ``start`` to before ``stop``."""
        stop = min(stop, len(self))
        chunks = [*self._full, self._last]
        parts = [
            chunks[number][max(start - number * CHUNK, 0) : stop - number * CHUNK]
            for number in range(start // CHUNK, -(-stop // CHUNK))
        ]
        return np.concatenate([np.empty(0, np.float32), *parts])

    @classmethod
    def of(cls, chunks: Iterable[Float32]) -> Self:
        """Return the array of these chunks: full ones, read-only, are shared, the last may be shorter."""
        made = cls()
        for chunk in chunks:
            if len(chunk) == CHUNK and not made._used and not chunk.flags.writeable:
                made._full.append(chunk)
            else:
                made.extend(chunk)
        return made

    def chunks(self) -> tuple[Float32, ...]:
        """Return the full chunks, which are never written again, and a copy of what follows them."""
        return (*self._full, self._last[: self._used].copy())

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Give the identity and the bytes of each chunk."""
        for chunk in (*self._full, self._last):
            yield id(chunk), chunk.nbytes


class Series:
    """A series with the extremes and the mean of each ``WIDTH`` of its points: ten million of them take 42 MB.

    A curve through any part of it costs a few reads of either, whatever the length, and no extreme is ever lost.
    """

    def __init__(self, *parts: Chunked) -> None:
        self._points, self._low, self._high, self._mean = parts or (Chunked(), Chunked(), Chunked(), Chunked())

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self._points)

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays."""
        return sum(size for _, size in self.sizes())

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Give the identity and the bytes of each array, of which series may share some."""
        for part in (self._points, self._low, self._high, self._mean):
            yield from part.sizes()

    @classmethod
    def of(cls, chunks: Iterable[Float32]) -> Self:
        """Return the series of the points that ``chunks`` gave."""
        made = cls(Chunked.of(chunks), Chunked(), Chunked(), Chunked())
        made._summarise()
        return made

    def chunks(self) -> tuple[Float32, ...]:
        """Return its points in parts, of which all but the last may be shared with other series."""
        return self._points.chunks()

    def extend(self, points: Float32) -> None:
        """Append points."""
        self._points.extend(points)
        self._summarise()

    def _summarise(self) -> None:
        """Note the extremes and the mean of each ``WIDTH`` points that have come."""
        done, whole = len(self._low), len(self._points) // WIDTH
        if whole > done:
            blocks = self._points.between(done * WIDTH, whole * WIDTH).reshape(-1, WIDTH)
            self._low.extend(blocks.min(axis=1))
            self._high.extend(blocks.max(axis=1))
            self._mean.extend(means_of(blocks).astype(np.float32))

    def view(self) -> Float32:
        """Return all points, read-only: a copy of them."""
        points = self._points.between(0, len(self))
        points.flags.writeable = False
        return points

    def until(self, count: int) -> Self:
        """Return an independent series of the first ``count`` points, which shares what fills a chunk."""
        whole = min(count, len(self)) // WIDTH
        return type(self)(
            self._points.until(count), self._low.until(whole), self._high.until(whole), self._mean.until(whole)
        )

    def between(self, start: int, stop: int) -> Float32:
        """Return a copy of the points from ``start`` to before ``stop``."""
        return self._points.between(max(start, 0), stop)

    def width(self, start: int, stop: int, buckets: int = BUCKETS) -> int:
        """Return the points of a bucket where that part is drawn in at most so many: a power of two."""
        return 1 << (-(-max(stop - start, 1) // buckets) - 1).bit_length()

    def polyline(self, start: int = 0, stop: int | None = None, buckets: int = BUCKETS) -> Points:
        """Return x (steps, from 1) and y of a line through the extremes of at most that many buckets, all as wide.

        What is left after the last whole bucket stands in a few narrower ones, and the newest point by itself, exact.
        Buckets begin at multiples of their width, which doubles as the series grows: a curve that grows stays in place.

        Parameters
        ----------
        start, stop
            The part to draw: from the bucket that holds point ``start`` to before point ``stop``.
        """
        stop = len(self) if stop is None else min(stop, len(self))
        start = max(start, 0)
        if stop - start <= buckets:
            return np.arange(start + 1.0, stop + 1.0), self._points.between(start, stop).astype(np.float64)
        width = self.width(start, stop, buckets)
        first = start // width * width
        parts = [self._extremes(first, (stop - first) // width, width)]
        at = first + (stop - first) // width * width
        while (width := width // 2) > 0:
            if stop - at >= width:
                parts.append(self._extremes(at, 1, width))
                at += width
        newest = np.array([float(stop)]), self._points.between(stop - 1, stop).astype(np.float64)
        x, y = zip(*parts, newest, strict=True)
        return np.concatenate(x), np.concatenate(y)

    def _extremes(self, start: int, count: int, width: int) -> Points:
        """Return the points of ``count`` buckets from ``start``, which is a multiple of their width: two for each."""
        by = WIDTH if width >= WIDTH else 1
        sources = (self._low, self._high) if by > 1 else (self._points, self._points)
        low, high = (
            part.between(start // by, (start + count * width) // by).reshape(count, width // by) for part in sources
        )
        x = np.repeat(start + np.arange(count) * width + (width + 1) / 2, 2)
        return x, np.column_stack([low.min(axis=1), high.max(axis=1)]).ravel().astype(np.float64)

    def means(self, start: int, stop: int, width: int) -> Points:
        """Return the middle step and the mean of each bucket; the last has what is left.

        Parameters
        ----------
        start
            A multiple of ``width``, which is a power of two.
        """
        count = (stop - start) // width
        source, by = (self._mean, WIDTH) if width >= WIDTH else (self._points, 1)
        y = means_of(source.between(start // by, (start + count * width) // by).reshape(count, width // by))
        x: NDArray[np.float64] = start + np.arange(count, dtype=np.float64) * width + (width + 1) / 2
        at = start + count * width
        if at < stop:
            x, y = np.append(x, (at + 1 + stop) / 2), np.append(y, self._mean_of(at, stop))
        return x, y

    def spread(self, start: int, stop: int) -> tuple[float, float, float]:
        """Return the smallest, the mean and the largest of the points from ``start`` to before ``stop``."""
        first = min(-(-start // WIDTH) * WIDTH, stop)
        last = max(stop // WIDTH * WIDTH, first)
        edges = np.concatenate([self._points.between(start, first), self._points.between(last, stop)])
        inner = slice(first // WIDTH, last // WIDTH)
        low = np.concatenate([edges, self._low.between(inner.start, inner.stop)])
        high = np.concatenate([edges, self._high.between(inner.start, inner.stop)])
        return float(low.min()), self._mean_of(start, stop), float(high.max())

    def _mean_of(self, start: int, stop: int) -> float:
        """Return the mean of the points from ``start`` to before ``stop``, of which there is one at least."""
        first = min(-(-start // WIDTH) * WIDTH, stop)
        last = max(stop // WIDTH * WIDTH, first)
        total = sum(
            float(part.sum(dtype=np.float64)) for part in (self.between(start, first), self.between(last, stop))
        )
        inner = float(self._mean.between(first // WIDTH, last // WIDTH).sum(dtype=np.float64))
        return (total + WIDTH * inner) / (stop - start)


def means_of(blocks: Float32) -> NDArray[np.float64]:
    """Return the mean of each row, in float64; of infinities of both signs there is none."""
    with np.errstate(invalid="ignore"):
        return np.asarray(blocks.mean(axis=1, dtype=np.float64))
