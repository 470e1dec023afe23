"""When a notice ends by itself: with the state that it tells of, or, if it tells of an event, once it was read.

A rule is asked at each change of the state; what it does not hold for is not shown any longer.
"""

from collections.abc import Callable, Mapping
from time import monotonic

from msgspec.structs import replace

from explorer.session.notice import Lasts, Notice
from explorer.session.run import RunStatus
from explorer.session.state import State

Rule = Callable[[State, State], bool]
NOTICED, READ_A_SECOND = 4.0, 15
"""Seconds until a notice has caught the eye, and characters that a slow reader takes in in one of them."""


def is_read(notice: Notice) -> bool:
    """Tell whether there was time to read a notice."""
    return monotonic() - notice.since > NOTICED + len(notice.text) / READ_A_SECOND


def in_the_way(old: State, new: State) -> bool:
    """Tell whether a notice was read and something happens: training goes on, or a command, but no mere pointing."""
    return new.notice is not None and is_read(new.notice) and old.hovered == new.hovered


HOLDS: Mapping[Lasts, Rule] = {
    Lasts.CLOSED: lambda _old, _new: True,
    Lasts.READ: lambda old, new: not in_the_way(old, new),
    Lasts.RESTING: lambda _old, new: new.run.status is not RunStatus.RUNNING,
    Lasts.FAILED: lambda _old, new: new.run.status is RunStatus.FAILED,
    Lasts.SHOWN: lambda old, new: new.tape is old.tape or new.run.status is RunStatus.RUNNING,
    Lasts.SUBJECT: lambda old, new: new.subject.key == old.subject.key,
    Lasts.SETTINGS: lambda old, new: new.subject.key == old.subject.key and new.settings == old.settings,
}


def without_stale(old: State, new: State) -> State:
    """Return the new state; a notice that was there before is gone where what it tells of is over."""
    notice = new.notice
    if notice is None or notice is not old.notice or HOLDS[notice.lasts](old, new):
        return new
    return replace(new, notice=None)
