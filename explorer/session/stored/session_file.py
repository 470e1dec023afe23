"""From a session to its file and back, in steps."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from explorer.engine.errors import ExplorerError
from explorer.files.datasets import Progress
from explorer.files.datasets.reading import without_bytes
from explorer.files.sessions import reading_session, writing_session
from explorer.problems.reading import shown
from explorer.session.stored.checks import check
from explorer.session.stored.packing import Array, Packing, Unpacking
from explorer.session.stored.saved import Saved
from explorer.session.stored.sources import Source, elsewhere_in, large_sets, reread, sources_of

FAULTS = (msgspec.ValidationError, ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError)
"""All that is raised where a file holds something else than a session says."""


def saving_session(saved: Saved, path: Path) -> Generator[Progress, None, Path]:
    """Write a session to a file, whole or not at all, and return its path.

    Raises
    ------
    ExplorerError
        If it cannot be written, or its samples would be lost.
    """
    sets = large_sets(saved)
    sources = yield from without_bytes(sources_of(saved, sets))
    packing = Packing(elsewhere_in(saved, sets))
    root = packing.packed(saved)
    told = {"sources": msgspec.to_builtins(sources), "objects": packing.objects, "session": root}
    return (yield from writing_session(path, packing.arrays, told))


def opening_session(path: Path) -> Generator[Progress, None, Saved]:
    """Read the session that ``saving_session`` wrote.

    Raises
    ------
    ExplorerError
        If there is none, it is damaged or of another version, or the samples that it names are gone or others.
    """
    arrays, values = yield from reading_session(path)
    try:
        return (yield from session_in(arrays, values, path))
    except ExplorerError as error:
        raise ExplorerError(f"{shown(path.name)}: {error}") from error
    except FAULTS as error:
        raise ExplorerError(f"{shown(path.name)}: it is damaged, what it says is no session: copy it again") from error


def session_in(arrays: list[Array], values: dict[str, Any], path: Path) -> Generator[Progress, None, Saved]:
    """Make the session of what a file says, and prove that it can be shown."""
    nothing = Progress(1, 1)
    found: dict[str, Array] = {}
    for number, source in enumerate(msgspec.convert(values["sources"], list[Source])):
        found |= yield from reread(source, number, path)
    unpacking = Unpacking(arrays, found)
    for told in values["objects"]:
        with np.errstate(all="ignore"):
            unpacking.add(told)
        yield nothing
    saved = unpacking.unpacked(values["session"])
    if not isinstance(saved, Saved):
        raise ExplorerError("it holds no session: save it again")
    check(saved)
    yield nothing
    with np.errstate(all="ignore"):
        saved.looked_back(saved.state(1))
    return saved
