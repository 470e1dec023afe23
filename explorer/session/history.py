"""The curves of a run: every minibatch's loss, and the losses and accuracies measured on all samples along the way."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Self

import numpy as np
from msgspec import Struct

from explorer.session.checkpoints import Checkpoints
from explorer.session.series import Float32, Points, Series

MAX_EVALUATIONS = 2048
"""Past this, evaluations are kept at twice the distance, old and new alike: memory stays constant, density even."""
EVALUATION_BYTES = 240
"""About what an evaluation takes: an object of five numbers, each an object."""
step_of = attrgetter("step")


class Evaluation(Struct, frozen=True):
    """Loss and accuracy over whole sets of samples after ``step`` updates; NaN where there is nothing to measure."""

    step: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float


class History:
    """What has been measured since the run began.

    Attributes
    ----------
    losses
        Every minibatch's loss, the first update's first.
    evaluations
        In order of their steps: the first, one for each interval of steps, and the newest.
    checkpoints
        Passes to go back to.
    """

    def __init__(self) -> None:
        self.losses = Series()
        self.checkpoints = Checkpoints()
        self.evaluations: list[Evaluation] = []
        self._interval = 1

    @classmethod
    def of(cls, losses: Series, checkpoints: Checkpoints, evaluations: Iterable[Evaluation], interval: int) -> Self:
        """Return the history of what was measured and kept elsewhere, the evaluations at that interval of steps."""
        made = cls()
        made.losses, made.checkpoints = losses, checkpoints
        made.evaluations, made._interval = list(evaluations), interval
        return made

    @property
    def interval(self) -> int:
        """Steps of which each interval keeps its first evaluation."""
        return self._interval

    @property
    def nbytes(self) -> int:
        """About how many bytes it takes."""
        return sum(dict(self.sizes()).values())

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Give the identity and the bytes of each thing that takes memory: histories share what they have in common."""
        yield from self.losses.sizes()
        yield from self.checkpoints.sizes()
        yield id(self.evaluations), EVALUATION_BYTES * len(self.evaluations)

    def until(self, step: int) -> "History":
        """Return an independent history of what was measured up to that step."""
        earlier = History()
        earlier.losses, earlier.checkpoints = self.losses.until(step), self.checkpoints.until(step)
        earlier.evaluations = [evaluation for evaluation in self.evaluations if evaluation.step <= step]
        earlier._interval = self._interval
        return earlier

    def extend(self, losses: Float32) -> None:
        """Append the losses of consecutive updates."""
        self.losses.extend(losses)

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

    def nearest(self, step: float) -> Evaluation | None:
        """Return the evaluation nearest to a step, the earlier one of two; none where nothing was evaluated."""
        place = bisect_left(self.evaluations, step, key=step_of)
        beside = self.evaluations[max(place - 1, 0) : place + 1]
        return min(beside, key=lambda evaluation: abs(evaluation.step - step), default=None)

    def _interval_of(self, evaluation: Evaluation) -> int:
        return evaluation.step // self._interval

    def _thin(self) -> None:
        """Double the interval, and keep the first evaluation of each, and the newest."""
        self._interval *= 2
        *older, newest = self.evaluations
        firsts = {self._interval_of(evaluation): evaluation for evaluation in reversed(older)}
        self.evaluations = [*reversed(firsts.values()), newest]

    def curve(self, field: str, most: int = MAX_EVALUATIONS, first: float = 0, last: float = np.inf) -> Points:
        """Return steps and values of one field of the evaluations: all, or ``most`` with the first and the newest.

        Parameters
        ----------
        first, last
            Steps between which they lie, with the nearest one beyond either end.
        """
        chosen = self.evaluations
        if first > 0 or last < np.inf:
            begin = max(bisect_right(chosen, first, key=step_of) - 1, 0)
            chosen = chosen[begin : bisect_left(chosen, last, key=step_of) + 1]
        if len(chosen) > most:
            spread = np.linspace(0, len(chosen) - 1, most).round().astype(int).tolist()
            chosen = [chosen[index] for index in spread]
        steps = np.array([float(evaluation.step) for evaluation in chosen])
        return steps, np.array([getattr(evaluation, field) for evaluation in chosen], np.float64)
