"""What has been drawn of a session, and whether there is another picture to draw: most changes of a state make none."""

from explorer.session.guessing import known
from explorer.session.state import State
from explorer.tape.notation import Notation

Seen = tuple[State, Notation]


def differs(old: Seen, new: Seen) -> bool:
    """Tell whether two states differ in what the picture is made of, and not only in what is lit."""
    (a, first), (b, second) = old, new
    same = a.tape is b.tape and a.position == b.position and a.sample == b.sample and a.whole == b.whole
    return not (same and a.subject is b.subject and first is second and known(a) == known(b))


def is_next(old: State, new: State) -> bool:
    """Tell whether a person took one step forward."""
    return old.tape is new.tape and new.position == old.position + 1
