"""Writing a file whole or not at all: whatever fails, what was there before is still there.

The bytes go to a temporary file in the same folder, are flushed to the disk, and take the old name in one
move, which no reader and no crash can see half done.
"""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from explorer.engine.errors import ExplorerError
from explorer.files.reasons import reason, shown


def write_atomically(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write ``data`` to ``path``, replacing what is there, and return the path.

    A symbolic link stays, and the file that it names is replaced. A file that is replaced keeps its
    permissions; one that is write-protected is left alone.

    Raises
    ------
    ExplorerError
        If the file cannot be written; then the old file, if any, is untouched and no temporary file is left.
    """
    with written_whole(path) as file:
        file.write(data)
    return Path(path)


@contextmanager
def written_whole(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Give a file to write to, part by part, which takes the place of ``path`` once all is written, as above.

    Raises
    ------
    ExplorerError
        As ``write_atomically`` does.
    """
    given = Path(path)
    with refusals(given, "is not written"):
        target = Path(os.path.realpath(given))
        mode = replaceable_mode(target)
        with temporary_beside(target) as (temporary, file):
            yield file
            file.flush()
            os.fsync(file.fileno())
            file.close()
            if mode is not None:
                temporary.chmod(mode)
            temporary.replace(target)
        sync_folder(target.parent)


def check_writable(path: str | os.PathLike[str]) -> None:
    """Refuse at once, before long work, a path that ``write_atomically`` would refuse after it.

    A temporary file is made beside it and removed; the path itself is not touched.

    Raises
    ------
    ExplorerError
        If no file can be written there.
    """
    given = Path(path)
    with refusals(given, "cannot be written"):
        target = Path(os.path.realpath(given))
        replaceable_mode(target)
        with temporary_beside(target):
            pass


@contextmanager
def refusals(path: Path, verdict: str) -> Iterator[None]:
    """Turn what the system says against ``path`` into one sentence with that verdict."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise ExplorerError(f"{shown(path)} {verdict}, {reason(error, path)}") from error


@contextmanager
def temporary_beside(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Give a new temporary file in the folder of ``target``; afterwards it has another name or is gone."""
    temporary = target.with_name(f".explorer-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            yield temporary, file
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def replaceable_mode(target: Path) -> int | None:
    """Return the permissions of the file in the way, if any, and refuse what must not be replaced."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise ExplorerError(f"{shown(target)} is a folder: add the name of a file")
    if not stat.S_ISREG(status.st_mode):
        raise ExplorerError(f"{shown(target)} is a device and not a file: choose another name")
    if not os.access(target, os.W_OK):
        raise ExplorerError(f"{shown(target)} is write-protected: choose another name, or change its permissions")
    return stat.S_IMODE(status.st_mode)


def sync_folder(folder: Path) -> None:
    """Ask the disk to keep the new name, too, where the system can: the file itself is safe already."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
