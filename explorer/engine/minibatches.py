"""The samples in a seeded order, a new one for each epoch, gathered by minibatches to where they are worked on."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.engine.order import Order
from explorer.engine.workspace import Workspace

Array = NDArray[np.floating]
ROUNDING = 4
"""Machine epsilons by which targets that sum to 1 may miss it."""


class MakeWorkspace(Protocol):
    """``make(samples, whole=...)`` returns a workspace for so many samples; ``whole`` if all targets sum to 1."""

    def __call__(self, samples: int, *, whole: bool) -> Workspace:
        """Return the workspace."""


class Minibatches:
    """An endless row of minibatches of ``batch_size`` samples; the last of an epoch holds what is left.

    Parameters
    ----------
    inputs, targets
        (N, D) and (N, C).
    seed
        Of the order. Where one minibatch holds all samples, they stay in place and in their own order.

    Attributes
    ----------
    taken
        Minibatches taken so far.
    last
        The workspace of the last of them.
    """

    def __init__(self, inputs: Array, targets: Array, batch_size: int, seed: int, make: MakeWorkspace) -> None:
        samples = len(inputs)
        self._inputs: Array = np.hstack([inputs, np.ones((samples, 1), inputs.dtype)])
        self._targets: Array = np.ascontiguousarray(targets.T)
        self._order = Order(samples, seed)
        self._shuffled = batch_size < samples
        slices = [self._order.indices[start : start + batch_size] for start in range(0, samples, batch_size)]
        whole = sum_to_one(targets)
        spaces = {size: make(size, whole=whole) for size in {len(chosen) for chosen in slices}}
        self._batches = [(chosen, spaces[len(chosen)]) for chosen in slices]
        self.taken = 0
        self.last = self._batches[0][1]
        if not self._shuffled:
            self.last.X[...] = self._inputs
            self.last.targets[...] = self._targets

    def __len__(self) -> int:
        """Return the number of minibatches of an epoch."""
        return len(self._batches)

    @property
    def samples(self) -> tuple[Array, Array]:
        """Inputs (N, D) and targets (N, C), in their own order; views."""
        return self._inputs[:, :-1], self._targets.T

    def next(self) -> Workspace:
        """Gather the next samples of the order, and return the workspace that holds them."""
        index = self.taken % len(self._batches)
        if index == 0 and self._shuffled:
            self._order.arrange(self.taken // len(self._batches))
        self.taken += 1
        chosen, workspace = self._batches[index]
        self.last = workspace
        if self._shuffled:
            self._inputs.take(chosen, 0, workspace.X, "clip")
            self._targets.take(chosen, 1, workspace.targets, "clip")
        return workspace

    def skip(self, count: int) -> None:
        """Pass over the next ``count`` minibatches: what follows is what would have followed them."""
        length = len(self._batches)
        self.taken += count
        if self._shuffled and self.taken % length:
            self._order.arrange(self.taken // length)
        self.last = self._batches[(self.taken - 1) % length][1]


def sum_to_one(targets: Array) -> bool:
    """Tell whether every row sums to 1, but for rounding."""
    rounding = ROUNDING * float(np.finfo(targets.dtype).eps)
    return bool(np.allclose(targets.sum(axis=1), 1, rtol=0, atol=rounding))
