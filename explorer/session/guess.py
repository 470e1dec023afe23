"""What a person has seen who guesses each value of a pass before it is shown."""

from msgspec import Struct

from explorer.tape.step import Tape


class Guessing(Struct, frozen=True, eq=False):
    """What a person who guesses first has seen.

    Attributes
    ----------
    tape
        The pass; of another one nothing is seen yet.
    seen
        Ids of its steps whose value was answered, or asked for.
    """

    tape: Tape
    seen: frozenset[str] = frozenset()
