"""Passes of a run to go back to: fewer the longer it runs, evenly spread, in a fixed budget of memory. No Qt.

Networks that were shown are never written, so that keeping one costs what its arrays take and nothing else, and a
trainer that resumes from it goes on to the last bit as the run did.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import Self

from msgspec import Struct

from explorer.engine.network import Network
from explorer.engine.problem import Memory

BUDGET = 32 * 2**20
"""Bytes of weights, and of what the optimiser remembers, that are kept of a run."""
MOST_KEPT = 512
"""Steps that are kept at most: a slider has no more places."""


class Pass(Struct, frozen=True, eq=False):
    """A pass to go back to: its weights, what the optimiser remembers there, and where the run stood."""

    network: Network
    memory: Memory
    step: int
    epoch: int

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays."""
        return sum(size for _, size in self.sizes())

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Give the identity and the bytes of each thing that takes memory."""
        yield id(self.network), self.network.theta.nbytes
        yield id(self.memory), sum(vector.nbytes for vector in self.memory.vectors.values())


class Checkpoints:
    """The kept passes of a run, in order of their steps: the first, one for each interval of steps, and the newest.

    Where they take more than the budget, the interval doubles. The first and the newest are kept whatever they take.

    Parameters
    ----------
    budget
        Bytes.
    most
        Passes.
    """

    def __init__(self, budget: int = BUDGET, most: int = MOST_KEPT) -> None:
        self.budget, self._most = budget, most
        self._kept: list[Pass] = []
        self._bytes, self._interval = 0, 1

    def __len__(self) -> int:
        """Return the number of passes."""
        return len(self._kept)

    def __iter__(self) -> Iterator[Pass]:
        """Give the passes, the earliest first."""
        return iter(self._kept)

    @property
    def nbytes(self) -> int:
        """Bytes that the kept passes take."""
        return self._bytes

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps that can be gone back to."""
        return tuple(each.step for each in self._kept)

    @classmethod
    def of(cls, passes: Iterable[Pass], interval: int) -> Self:
        """Return the checkpoints that kept these passes, in order of their steps, at that interval."""
        made = cls()
        made._kept, made._interval = list(passes), interval
        made._bytes = sum(each.nbytes for each in made._kept)
        made._fit()
        return made

    @property
    def interval(self) -> int:
        """Steps of which each interval keeps its first pass."""
        return self._interval

    def add(self, newest: Pass) -> None:
        """Keep a pass; others of its step or later are dropped, for the run went back."""
        kept = self._kept
        if kept and kept[-1].network is newest.network and kept[-1].step == newest.step:
            return
        while kept and kept[-1].step >= newest.step:
            self._drop_newest()
        if len(kept) > 1 and self._interval_of(kept[-1]) == self._interval_of(kept[-2]):
            self._drop_newest()
        kept.append(newest)
        self._bytes += newest.nbytes
        self._fit()

    def insert(self, passes: Iterable[Pass]) -> None:
        """Keep also these, as far as they lie between the first and the newest, at steps that are not kept."""
        steps = set(self.steps)
        for each in passes:
            if each.step not in steps and min(steps, default=0) < each.step < max(steps, default=0):
                insort(self._kept, each, key=step_of)
                self._bytes += each.nbytes
        self._fit()

    def _fit(self) -> None:
        while len(self._kept) > 2 and (self._bytes > self.budget or len(self._kept) > self._most):
            self._thin()

    def _drop_newest(self) -> None:
        self._bytes -= self._kept.pop().nbytes

    def _interval_of(self, each: Pass) -> int:
        return each.step // self._interval

    def _thin(self) -> None:
        """Double the interval, and keep the first pass of each, and the newest."""
        self._interval *= 2
        *older, newest = self._kept
        firsts = {self._interval_of(each): each for each in reversed(older)}
        self._kept = [*reversed(firsts.values()), newest]
        self._bytes = sum(each.nbytes for each in self._kept)

    def until(self, step: int) -> "Checkpoints":
        """Return independent checkpoints of the passes up to that step, which share the passes."""
        earlier = Checkpoints(self.budget, self._most)
        earlier._kept = [each for each in self._kept if each.step <= step]
        earlier._bytes, earlier._interval = sum(each.nbytes for each in earlier._kept), self._interval
        return earlier

    def at(self, step: int) -> Pass:
        """Return the newest kept pass that is not after that step; the first where all are.

        Raises
        ------
        IndexError
            If nothing is kept.
        """
        return self._kept[max(bisect_right(self.steps, step) - 1, 0)]

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Give the identity and the bytes of each thing that takes memory, of which checkpoints may share some."""
        for each in self._kept:
            yield from each.sizes()


def step_of(each: Pass) -> int:
    """Return by what passes are in order."""
    return each.step
