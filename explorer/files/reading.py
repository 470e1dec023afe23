"""Reading a file that somebody else may have made: whole, bounded in size, a sentence for what is wrong."""

import os
import stat
from pathlib import Path

from explorer.engine.errors import ExplorerError
from explorer.files.reasons import reason, shown


def read_bytes(path: str | os.PathLike[str], limit: int) -> bytes:
    """Return the contents of a file of at most ``limit`` bytes.

    Raises
    ------
    ExplorerError
        If there is no such file, it cannot be read, it is a folder or a device, or it is larger.
    """
    place = Path(path)
    try:
        refuse_unreadable(place, place.stat(), limit)
        return place.read_bytes()
    except (OSError, ValueError) as error:
        raise ExplorerError(f"{shown(place)} cannot be read, {reason(error, place)}") from error


def refuse_unreadable(place: Path, status: os.stat_result, limit: int) -> None:
    """Refuse folders, files too large, and pipes and devices, at which reading would wait for ever."""
    if stat.S_ISDIR(status.st_mode):
        raise ExplorerError(f"{shown(place)} is a folder: name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise ExplorerError(f"{shown(place)} is a device and not a file: name a file")
    if status.st_size > limit:
        raise ExplorerError(f"{shown(place)} has {status.st_size:,} bytes, too large: expected at most {limit:,}")
