"""A session as plain values and arrays, and back: what a session file holds, and how far it is trusted.

What reads and writes such a file is imported when one is read or written: no start waits for it.
"""

from typing import TYPE_CHECKING

from explorer.lazily import importer

if TYPE_CHECKING:
    from explorer.session.stored.session_file import opening_session, saving_session

HOMES = {
    "opening_session": "explorer.session.stored.session_file",
    "saving_session": "explorer.session.stored.session_file",
}
"""Where each lives."""

__all__ = ["opening_session", "saving_session"]
__getattr__ = importer(HOMES, globals())
