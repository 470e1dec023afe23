"""A file in blocks of whole lines, packed by gzip or not: bounded memory, progress in bytes, never a surprise."""

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from msgspec import Struct

from explorer.engine.errors import ExplorerError
from explorer.files.reading import refuse_unreadable
from explorer.files.reasons import reason, shown

BLOCK = 2**18
"""Bytes read at once: a few milliseconds of work, so that a window in the same process keeps its frames."""
LONGEST_LINE = 2**24
NO_LIMIT = 2**63
GZIP = b"\x1f\x8b"


class Progress(Struct, frozen=True):
    """How many bytes of the file are done, of how many."""

    done: int
    total: int


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most that many bytes."""


class Opened(Struct, frozen=True):
    """A file that is read.

    Attributes
    ----------
    stream
        What it holds, unpacked.
    file
        The file itself, which says how far the reading is.
    size
        Its bytes.
    packed
        True where it is a gzip.
    """

    path: Path
    stream: Readable
    file: IO[bytes]
    size: int
    packed: bool

    def progress(self) -> Progress:
        """Return how much of the file is read."""
        return Progress(min(self.file.tell(), self.size), self.size)

    def read(self, count: int) -> bytes:
        """Return at most that many bytes; fewer only at the end."""
        with refusing_damage(self.path):
            return self.stream.read(count)


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[Opened]:
    """Open a file to read, and unpack it on the way where it is a gzip.

    Raises
    ------
    ExplorerError
        If there is no such file, or it cannot be read, or it is a folder or a device.
    """
    place = Path(path)
    try:
        status = place.stat()
        refuse_unreadable(place, status, NO_LIMIT)
        file = place.open("rb")
    except (OSError, ValueError) as error:
        raise ExplorerError(f"{shown(place)} cannot be read, {reason(error, place)}") from error
    with file:
        packed = file.peek(2)[:2] == GZIP
        if not packed:
            yield Opened(place, file, file, status.st_size, packed)
            return
        with gzip.GzipFile(fileobj=file) as stream:
            yield Opened(place, stream, file, status.st_size, packed)


@contextmanager
def refusing_damage(path: Path) -> Iterator[None]:
    """Turn what a disk or a broken gzip raises into a sentence."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ExplorerError(f"{shown(path)} is a damaged gzip: copy or download it again") from error
    except OSError as error:
        raise ExplorerError(f"{shown(path)} cannot be read, {reason(error, path)}") from error


def whole_lines(source: Opened, end: bytes) -> Iterator[bytes]:
    """Return the blocks of a file, each of whole lines that end in ``end``; the last line gets one if it has none.

    Raises
    ------
    ExplorerError
        If a line is too long to be one of a table, or the file is damaged.
    """
    rest = b""
    while chunk := source.read(BLOCK):
        cut = chunk.rfind(end) + 1
        if cut:
            yield rest + chunk[:cut]
            rest = chunk[cut:]
        elif len(rest) > LONGEST_LINE:
            raise ExplorerError(
                f"{shown(source.path)} has a line of more than {LONGEST_LINE:,} bytes: expected a sample a line"
            )
        else:
            rest += chunk
    if rest:
        yield rest + end
