"""A moment: all that a change can lose, whole, so that it can be gone back to. No Qt.

Arrays are never written once they are shown, so that a moment shares them with the state it was taken of, and going
back to it is exact to the last bit. A tape is not kept: recording it anew gives the same one.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.network import Network
from explorer.engine.problem import Memory
from explorer.session.checkpoints import Pass
from explorer.session.drawing import Drawing
from explorer.session.guests import Guest, Walk
from explorer.session.history import History
from explorer.session.pages import sizes
from explorer.session.run import Run
from explorer.session.settings import Settings
from explorer.session.state import State
from explorer.session.subject import Subject

RESTORED = ("subject", "settings", "network", "memory", "run", "passes", "sample", "whole", "guest", "walk", "drawing")


class Moment(Struct, frozen=True, eq=False):
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
    guest: Guest | None
    walk: Walk | None
    drawing: Drawing | None
    position: int
    document: int | None = None
    """As in ``State``; None, in a moment that was read from a file, for whatever is open."""

    @classmethod
    def of(cls, state: State, history: History) -> "Moment":
        """Return the moment of a state at rest; nobody writes its history from then on."""
        return cls(history=history, **{name: getattr(state, name) for name in (*RESTORED, "position", "document")})

    def onto(self, state: State) -> State:
        """Return the state with all that this moment holds, but the place on the tape, which it has not looked at."""
        document = state.document if self.document is None else self.document
        return replace(state, document=document, **{name: getattr(self, name) for name in RESTORED})

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Give the identity and the bytes of each thing that takes memory: moments share most of them."""
        problem = self.subject.problem
        for network in (self.network, problem.network, *(each.network for each in self.passes)):
            yield id(network), network.theta.nbytes
        for memory in (self.memory, *(each.memory for each in self.passes)):
            yield id(memory), sum(vector.nbytes for vector in memory.vectors.values())
        yield from sample_sizes(self.subject)
        yield from self.history.sizes()


def sample_sizes(subject: Subject) -> Iterator[tuple[int, int]]:
    """Give the identity and the bytes of each array of samples, of those to train on and of those held out."""
    return (pair for part in subject.parts for array in part for pair in sizes(array))
