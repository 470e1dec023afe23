"""The curves of a run: every minibatch's loss, and the losses and accuracies measured on all samples along the way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]
MAX_EVALUATIONS = 2048
"""Past this, evaluations are kept at twice the distance, old and new alike: memory stays constant, density even."""
ENVELOPE_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Loss and accuracy over whole sets of samples after ``step`` updates; NaN where there is nothing to measure."""

    step: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float


class Growing:
    """A float32 array that grows at its end; doubling keeps the cost of a point constant."""

    def __init__(self) -> None:
        self._room: Float32 = np.empty(1024, np.float32)
        self._length = 0

    def __len__(self) -> int:
        """Return the number of points."""
        return self._length

    def extend(self, points: Float32) -> None:
        """Append a chunk."""
        wanted = self._length + len(points)
        if wanted > len(self._room):
            larger = np.empty(max(wanted, 2 * len(self._room)), np.float32)
            larger[: self._length] = self._room[: self._length]
            self._room = larger
        self._room[self._length : wanted] = points
        self._length = wanted

    def view(self) -> Float32:
        """Return what is there, read-only; valid until the next ``extend``."""
        view = self._room[: self._length]
        view.flags.writeable = False
        return view


class Envelope:
    """Smallest and largest value of each bucket of consecutive points, at most ``buckets`` of them.

    When they are full, neighbours merge and each bucket covers twice as many points: a curve of ten million points
    still draws as a few hundred, no extreme is ever lost, and the cost of a point stays constant.
    """

    def __init__(self, buckets: int = 1024) -> None:
        self._low, self._high = np.empty((2, buckets))
        self._buckets, self._full, self._width = buckets, 0, 1
        self._open: list[float] = []

    def extend(self, points: Float32) -> None:
        """Append a chunk."""
        pending = np.concatenate([np.asarray(self._open), points]) if self._open else np.asarray(points, np.float64)
        while len(pending) >= self._width:
            count = min(len(pending) // self._width, self._buckets - self._full)
            block = pending[: count * self._width].reshape(count, self._width)
            self._low[self._full : self._full + count] = block.min(axis=1)
            self._high[self._full : self._full + count] = block.max(axis=1)
            self._full += count
            pending = pending[count * self._width :]
            if self._full == self._buckets:
                self._merge()
        self._open = pending.tolist()

    def _merge(self) -> None:
        half = self._buckets // 2
        self._low[:half] = self._low.reshape(half, 2).min(axis=1)
        self._high[:half] = self._high.reshape(half, 2).max(axis=1)
        self._full, self._width = half, 2 * self._width

    def polyline(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return x (steps, from 1) and y of a line through every bucket's extremes, its newest point exact."""
        starts = np.arange(self._full) * self._width
        x = np.repeat(starts + (self._width + 1) / 2, 2)
        y = np.column_stack([self._low[: self._full], self._high[: self._full]]).ravel()
        if self._width == 1:
            x, y = starts + 1.0, self._low[: self._full].copy()
        newest = self._full * self._width + 1 + np.arange(len(self._open), dtype=np.float64)
        return np.concatenate([x, newest]), np.concatenate([y, self._open])


class History:
    """What has been measured since the run began.

    Attributes
    ----------
    losses
        Every minibatch's loss, the first update's first.
    envelope
        The same, few enough to draw.
    evaluations
        In order of their steps: the first, one for each interval of steps, and the newest.
    """

    def __init__(self) -> None:
        self.losses = Growing()
        self.envelope = Envelope()
        self.evaluations: list[Evaluation] = []
        self._interval = 1

    @property
    def nbytes(self) -> int:
        """About how many bytes it takes."""
        return 4 * len(self.losses) + 100 * len(self.evaluations) + ENVELOPE_BYTES

    def until(self, step: int) -> "History":
        """Return an independent history of what was measured up to that step."""
        earlier = History()
        earlier.extend(self.losses.view()[:step])
        earlier.evaluations = [evaluation for evaluation in self.evaluations if evaluation.step <= step]
        earlier._interval = self._interval
        return earlier

    def extend(self, losses: Float32) -> None:
        """Append the losses of consecutive updates."""
        self.losses.extend(losses)
        self.envelope.extend(losses)

    def add(self, evaluation: Evaluation) -> None:
        """Append an evaluation; what was measured at its step or later is dropped, for the run went back."""
        kept = self.evaluations
        while kept and kept[-1].step >= evaluation.step:
            kept.pop()
        if len(kept) > 1 and self._interval_of(kept[-1]) == self._interval_of(kept[-2]):
            kept.pop()
        kept.append(evaluation)
        while len(self.evaluations) > MAX_EVALUATIONS:
            self._thin()

    def _interval_of(self, evaluation: Evaluation) -> int:
        return evaluation.step // self._interval

    def _thin(self) -> None:
        """Double the interval, and keep the first evaluation of each, and the newest."""
        self._interval *= 2
        *older, newest = self.evaluations
        firsts = {self._interval_of(evaluation): evaluation for evaluation in reversed(older)}
        self.evaluations = [*reversed(firsts.values()), newest]

    def curve(self, field: str, most: int = MAX_EVALUATIONS) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return steps and values of one field of the evaluations: all, or ``most`` with the first and the newest."""
        chosen = self.evaluations
        if len(chosen) > most:
            spread = np.linspace(0, len(chosen) - 1, most).round().astype(int).tolist()
            chosen = [chosen[index] for index in spread]
        steps = np.array([float(evaluation.step) for evaluation in chosen])
        return steps, np.array([getattr(evaluation, field) for evaluation in chosen], np.float64)
