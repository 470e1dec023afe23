"""Undo and redo: what was there before each change, kept in bounded memory. No Qt."""

from collections.abc import Hashable

from msgspec import Struct
from msgspec.structs import replace

from explorer.session.drawing import Drawing
from explorer.session.moment import Moment, sample_sizes
from explorer.session.runs import Runs, other_sizes

MOST_ENTRIES = 64
MOST_BYTES = 64 * 2**20
"""What the arrays of all that can be undone may take together; the newest change can be undone whatever it takes."""


class Entry(Struct, frozen=True):
    """A change that can be undone, or done again.

    Attributes
    ----------
    text
        What it is called, after "Undo": "W1[1, 2] = 0.5".
    key
        A change right after another one of the same key is part of it, as in a drag; None is by itself.
    moment
        What to go back to, or on to; None where the change was of the kept runs, or of what is drawn, alone.
    runs, drawing
        The kept runs, and what is drawn, there.
    """

    text: str
    key: Hashable
    moment: Moment | None
    runs: Runs = ()
    drawing: Drawing | None = None


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

    @property
    def undoes_aside(self) -> bool:
        """True where the newest change left the run alone that goes on."""
        return bool(self._past) and self._past[-1].moment is None

    @property
    def redoes_aside(self) -> bool:
        """True where the change undone last left the run alone that goes on."""
        return bool(self._future) and self._future[-1].moment is None

    def __len__(self) -> int:
        """Return how many changes can be undone."""
        return len(self._past)

    def merges(self, key: Hashable) -> bool:
        """Tell whether a change of that key would be a part of the one before."""
        return self._open and key is not None and bool(self._past) and self._past[-1].key == key

    def merge(self, text: str) -> None:
        """Let the newest change go on, under another name."""
        last = self._past.pop()
        self._past.append(replace(last, text=text))

    def push(
        self, text: str, key: Hashable, before: Moment | None, runs: Runs = (), drawing: Drawing | None = None
    ) -> None:
        """Note a change; what was undone before it can not be done again."""
        self._future.clear()
        self._past.append(Entry(text, key, before, runs, drawing))
        self._open = True
        while len(self._past) > 1 and (len(self._past) > MOST_ENTRIES or total_bytes(self._past) > MOST_BYTES):
            del self._past[0]

    def close(self) -> None:
        """Let the next change be one by itself."""
        self._open = False

    def undo(self, now: Moment | None, runs: Runs = (), drawing: Drawing | None = None) -> Entry:
        """Return the newest change, to go back to what was before; it can then be done again up to ``now``."""
        return self._move(self._past, self._future, Entry("", None, now, runs, drawing))

    def redo(self, now: Moment | None, runs: Runs = (), drawing: Drawing | None = None) -> Entry:
        """Return the change undone last, to go on to what was after; it can then be undone again."""
        return self._move(self._future, self._past, Entry("", None, now, runs, drawing))

    def _move(self, source: list[Entry], target: list[Entry], now: Entry) -> Entry:
        self._open = False
        entry = source.pop()
        target.append(replace(now, text=entry.text, key=entry.key))
        return entry


def total_bytes(entries: list[Entry]) -> int:
    """Return what the entries take together, each array counted once.

    Runs that were still kept last do not count, nor do the samples of the newest moment: however many they are, they
    are there for the window too.
    """
    moments = [entry.moment for entry in entries if entry.moment is not None]
    lost = (pair for entry in entries for pair in other_sizes(entry.runs, entries[-1].runs))
    taken = dict((*(pair for moment in moments for pair in moment.sizes()), *lost))
    shown = {key for moment in moments[-1:] for key, _ in sample_sizes(moment.subject)}
    return sum(size for key, size in taken.items() if key not in shown)
