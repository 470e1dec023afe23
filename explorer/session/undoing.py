"""Undo and redo: what was there before each change, kept whole, in bounded memory. No Qt.

Arrays are never written once they are shown, so that a moment shares them with the state it was taken of, and going
back to it is exact to the last bit. A tape is not kept: recording it anew gives the same one.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace

from explorer.engine.network import Network
from explorer.engine.problem import Memory
from explorer.session.checkpoints import Pass
from explorer.session.history import History
from explorer.session.settings import Settings
from explorer.session.state import Run, State
from explorer.session.subject import Subject

MOST_ENTRIES = 64
MOST_BYTES = 64 * 2**20
"""What the arrays of all that can be undone may take together; the newest change can be undone whatever it takes."""

RESTORED = ("subject", "settings", "network", "memory", "run", "passes", "sample", "whole")


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What a change can lose: all of a state but its tape, what is pointed at, and the notice."""

    subject: Subject
    settings: Settings
    network: Network
    memory: Memory
    run: Run
    passes: tuple[Pass, ...]
    history: History
    sample: int
    whole: bool
    position: int

    @classmethod
    def of(cls, state: State, history: History) -> "Moment":
        """Return the moment of a state at rest; nobody writes its history from then on."""
        return cls(history=history, **{name: getattr(state, name) for name in (*RESTORED, "position")})

    def onto(self, state: State) -> State:
        """Return the state with all that this moment holds, but the place on the tape, which it has not looked at."""
        return replace(state, **{name: getattr(self, name) for name in RESTORED})

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Give the identity and the bytes of each thing that takes memory: moments share most of them."""
        problem = self.subject.problem
        for network in (self.network, problem.network, *(each.network for each in self.passes)):
            yield id(network), network.theta.nbytes
        for memory in (self.memory, *(each.memory for each in self.passes)):
            yield id(memory), sum(vector.nbytes for vector in memory.vectors.values())
        for array in (problem.X, problem.Y, self.subject.test_X, self.subject.test_Y):
            yield id(array), array.nbytes
        yield from self.history.sizes()


@dataclass(frozen=True, slots=True)
class Entry:
    """A change that can be undone, or done again.

    Attributes
    ----------
    text
        What it is called, after "Undo": "W1[1, 2] = 0.5".
    key
        A change right after another one of the same key is part of it, as in a drag; None is by itself.
    moment
        What to go back to, or on to.
    """

    text: str
    key: Hashable
    moment: Moment


class Undoing:
    """Two stacks of entries: what can be undone and what can be done again."""

    def __init__(self) -> None:
        self._past: list[Entry] = []
        self._future: list[Entry] = []
        self._open = False

    @property
    def undo_text(self) -> str:
        """What the newest change is called; empty if there is none."""
        return self._past[-1].text if self._past else ""

    @property
    def redo_text(self) -> str:
        """What the change undone last is called; empty if there is none."""
        return self._future[-1].text if self._future else ""

    def __len__(self) -> int:
        """Return how many changes can be undone."""
        return len(self._past)

    def merges(self, key: Hashable) -> bool:
        """Tell whether a change of that key would be a part of the one before."""
        return self._open and key is not None and bool(self._past) and self._past[-1].key == key

    def merge(self, text: str) -> None:
        """Let the newest change go on, under another name."""
        last = self._past.pop()
        self._past.append(Entry(text, last.key, last.moment))

    def push(self, text: str, key: Hashable, before: Moment) -> None:
        """Note a change; what was undone before it can not be done again."""
        self._future.clear()
        self._past.append(Entry(text, key, before))
        self._open = True
        while len(self._past) > 1 and (len(self._past) > MOST_ENTRIES or total_bytes(self._past) > MOST_BYTES):
            del self._past[0]

    def close(self) -> None:
        """Let the next change be one by itself."""
        self._open = False

    def undo(self, now: Moment) -> Moment:
        """Return the moment before the newest change, which can then be done again up to ``now``."""
        return self._move(self._past, self._future, now)

    def redo(self, now: Moment) -> Moment:
        """Return the moment after the change undone last, which can then be undone again."""
        return self._move(self._future, self._past, now)

    def _move(self, source: list[Entry], target: list[Entry], now: Moment) -> Moment:
        self._open = False
        entry = source.pop()
        target.append(Entry(entry.text, entry.key, now))
        return entry.moment


def total_bytes(entries: list[Entry]) -> int:
    """Return what the entries take together, each array counted once."""
    return sum(dict(pair for entry in entries for pair in entry.moment.sizes()).values())
