"""The shelf: the problems that come with the program, each a problem file among the assets."""

import json
from functools import cache
from pathlib import Path

from msgspec import Struct

from explorer.resources import assets

ORDER = (
    "net-s",
    "mazur",
    "mazur-sequential",
    "dead-relu",
    "softmax-edge",
    "batch-cross-entropy",
    "trace-003",
    "trace-003-slips",
    "xor",
    "homework-10-5-10",
)
"""As they are taught: a pass by hand, its edges, training; a problem not named here follows, by name."""


class ShelfEntry(Struct, frozen=True):
    """A problem on the shelf: its name, its title, and the first line of its description."""

    name: str
    title: str
    description: str


@cache
def shelf() -> tuple[ShelfEntry, ...]:
    """Return what is on the shelf, in the order in which it is taught."""
    return tuple(entry(name) for name in shelf_names())


@cache
def shelf_names() -> tuple[str, ...]:
    """Return the names on the shelf, in order."""
    found = {path.stem for path in (assets() / "problems").glob("*.json")}
    return (*(name for name in ORDER if name in found), *sorted(found.difference(ORDER)))


def shelf_path(name: str) -> Path:
    """Return the file of a problem on the shelf."""
    return assets() / "problems" / f"{name}.json"


def entry(name: str) -> ShelfEntry:
    """Return the entry of that name."""
    data = json.loads(shelf_path(name).read_text(encoding="utf-8"))
    return ShelfEntry(name, data["title"], data["description"].partition("\n")[0])
