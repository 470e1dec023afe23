"""From a name to what the window shows: a session as it was saved, or a subject with which one begins."""

from collections.abc import Generator
from pathlib import Path

from msgspec import Struct

from explorer.files.datasets import Progress
from explorer.files.sessions import is_session
from explorer.problems.shelf import shelf_names
from explorer.session import stored
from explorer.session.opening import Opened, opening
from explorer.session.session import Session
from explorer.session.stored.saved import Saved


class Reopened(Struct, frozen=True, eq=False):
    """A session that was read, and its file."""

    saved: Saved
    path: Path


Found = Opened | Reopened
Finding = Generator[Progress, None, Found]


def finding(name: str) -> Finding:
    """Open in steps what a person names: a session file, or what ``opening`` opens.

    Raises
    ------
    ExplorerError
        If nothing of that name can be opened; the sentence says why.
    """
    if is_session(name) and name not in shelf_names():
        path = Path(name)
        return Reopened((yield from stored.opening_session(path)), path)
    return (yield from opening(name))


def session_on(found: Found) -> Session:
    """Return a session that begins with what was found."""
    if not isinstance(found, Reopened):
        return Session(*found)
    session = Session(found.saved.moment.subject, found.saved.moment.settings)
    session.take_up(found.saved)
    return session
