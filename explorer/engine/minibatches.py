"""The samples in a seeded order, a new one for each epoch, gathered by minibatches to where they are worked on."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.engine.order import Order, epoch_length
from explorer.engine.workspace import Workspace

Array = NDArray[np.floating]
ROUNDING = 4
"""Machine epsilons by which targets that sum to 1 may miss it."""
LARGE = 2**26
"""Bytes of inputs above which they are not copied."""
PIECE = 2**16
"""Rows that are looked at together."""


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
        self._source = source_of(inputs, targets)
        self._gather = self._source.gather
        self._order = Order(samples, seed)
        self._shuffled, self._size = batch_size < samples, batch_size
        self._length = epoch_length(samples, batch_size)
        rest = samples - (self._length - 1) * batch_size
        whole = sum_to_one(targets)
        self._full = make(min(batch_size, samples), whole=whole)
        self._rest = self._full if rest == batch_size else make(rest, whole=whole)
        self.taken = 0
        self.last = self._space(0)
        if not self._shuffled:
            self._gather(self._order.indices, self.last)

    def __len__(self) -> int:
        """Return the number of minibatches of an epoch."""
        return self._length

    @property
    def samples(self) -> tuple[Array, Array]:
        """Inputs (N, D) and targets (N, C), in their own order; views."""
        return self._source.samples

    def next(self) -> Workspace:
        """Gather the next samples of the order, and return the workspace that holds them."""
        index = self.taken % self._length
        if index == 0 and self._shuffled:
            self._order.arrange(self.taken // self._length)
        self.taken += 1
        self.last = workspace = self._rest if index == self._length - 1 else self._full
        if self._shuffled:
            start = index * self._size
            self._gather(self._order.indices[start : start + self._size], workspace)
        return workspace

    def skip(self, count: int) -> None:
        """Pass over the next ``count`` minibatches: what follows is what would have followed them."""
        self.taken += count
        if self._shuffled and self.taken % self._length:
            self._order.arrange(self.taken // self._length)
        self.last = self._space((self.taken - 1) % self._length)

    def _space(self, index: int) -> Workspace:
        """Return the workspace of an epoch's minibatch of that number."""
        return self._rest if index == self._length - 1 else self._full


class Copied:
    """Samples laid out as a workspace takes them, with a column of ones: each gathering is one stroke for NumPy."""

    def __init__(self, inputs: Array, targets: Array) -> None:
        self._inputs: Array = np.hstack([inputs, np.ones((len(inputs), 1), inputs.dtype)])
        self._targets: Array = np.ascontiguousarray(targets.T)

    @property
    def samples(self) -> tuple[Array, Array]:
        """Inputs (N, D) and targets (N, C); views."""
        return self._inputs[:, :-1], self._targets.T

    def gather(self, chosen: NDArray[np.intp], workspace: Workspace) -> None:
        """Let a workspace hold the chosen samples."""
        self._inputs.take(chosen, 0, workspace.X, "clip")
        self._targets.take(chosen, 1, workspace.targets, "clip")


class Shared:
    """Samples where they are, which nobody can write: of gigabytes, a copy costs more than a gathering gains by it."""

    def __init__(self, inputs: Array, targets: Array) -> None:
        self.samples = inputs, targets

    def gather(self, chosen: NDArray[np.intp], workspace: Workspace) -> None:
        """Let a workspace hold the chosen samples."""
        inputs, targets = self.samples
        workspace.X[:, :-1] = inputs[chosen]
        workspace.targets[...] = targets[chosen].T


def source_of(inputs: Array, targets: Array) -> Copied | Shared:
    """Return what minibatches are gathered from: the samples themselves where they are many and cannot be written."""
    writable = inputs.flags.writeable or targets.flags.writeable
    return Copied(inputs, targets) if writable or inputs.nbytes <= LARGE else Shared(inputs, targets)


def sum_to_one(targets: Array) -> bool:
    """Tell whether every row sums to 1, but for rounding."""
    rounding = ROUNDING * float(np.finfo(targets.dtype).eps)
    pieces = (targets[start : start + PIECE] for start in range(0, len(targets), PIECE))
    return all(np.allclose(piece.sum(axis=1), 1, rtol=0, atol=rounding) for piece in pieces)
