"""What comes up in bulk: every loss and evaluation, in order, and the newest picture of the network. No Qt.

One thread writes and one reads. ``deque.append`` and ``deque.popleft`` are atomic, and what is handed over is never
written again, so there is no lock.
"""

from collections import deque

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from explorer.engine.network import Network, layer_views
from explorer.engine.optimizers import Optimizer
from explorer.engine.problem import Memory
from explorer.session.history import Evaluation

Float32 = NDArray[np.float32]


class Parcel(Struct, frozen=True, eq=False):
    """What a slice of training measured.

    Attributes
    ----------
    start
        Updates made before the first of ``losses``.
    losses
        The losses of consecutive minibatches, (steps,).
    step, epoch
        Updates and whole passes made, as far as the network is worth showing.
    """

    run_id: int
    start: int
    losses: Float32
    step: int
    epoch: int
    evaluation: Evaluation | None = None


class Snapshot(Struct, frozen=True, eq=False):
    """The network after ``step`` updates, and what the optimiser remembers there; nobody writes them."""

    run_id: int
    step: int
    epoch: int
    network: Network
    memory: Memory = field(default_factory=Memory)


class Mailbox:
    """Parcels, and snapshots to keep, wait until they are taken; of snapshots to show, only the newest does."""

    def __init__(self) -> None:
        self._parcels: deque[Parcel] = deque()
        self._snapshot: deque[Snapshot] = deque(maxlen=1)
        self._kept: deque[Snapshot] = deque()

    def post(self, parcel: Parcel) -> None:
        """Add a parcel (the writer's thread)."""
        self._parcels.append(parcel)

    def show(self, snapshot: Snapshot) -> None:
        """Put a snapshot in place of the one before (the writer's thread)."""
        self._snapshot.append(snapshot)

    def keep(self, snapshot: Snapshot) -> None:
        """Add a snapshot that can be gone back to (the writer's thread)."""
        self._kept.append(snapshot)

    def take_kept(self, newest: Snapshot) -> tuple[Snapshot, ...]:
        """Take the snapshots to keep of that one's run up to it (the reader's thread), in order."""
        taken = []
        while self._kept and (self._kept[0].run_id != newest.run_id or self._kept[0].step <= newest.step):
            taken.append(self._kept.popleft())
        return tuple(each for each in taken if each.run_id == newest.run_id)

    def take(self) -> tuple[tuple[Parcel, ...], Snapshot | None]:
        """Take all there is (the reader's thread); the parcels reach at least as far as the snapshot."""
        snapshot = self._snapshot.pop() if self._snapshot else None
        parcels = tuple(self._parcels.popleft() for _ in range(len(self._parcels)))
        return parcels, snapshot


def frozen_copy(network: Network) -> Network:
    """Return a copy whose arrays refuse to be written."""
    twin = network.copy()
    twin.theta.flags.writeable = False
    twin.layers = layer_views(twin.theta, twin.sizes, twin.activations)
    return twin


def memory_of(optimizer: Optimizer) -> Memory:
    """Return a copy of what the optimiser remembers."""
    return Memory(optimizer.steps, {name: vector.copy() for name, vector in optimizer.state.items()})
