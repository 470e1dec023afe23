"""When a notice ends by itself: one that tells of a state ends with that state, one that tells of an event is closed.

A rule is asked at each change of the state; what it does not hold for is not shown any longer.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from explorer.session.state import Lasts, RunStatus, State

Rule = Callable[[State, State], bool]

HOLDS: Mapping[Lasts, Rule] = {
    Lasts.CLOSED: lambda _old, _new: True,
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
