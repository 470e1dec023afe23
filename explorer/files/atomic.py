"""Writing a file whole or not at all: whatever fails, what was there before is still there.

The bytes go to a temporary file in the same folder, are flushed to the disk, and take the old name in one
move, which no reader and no crash can see half done.
"""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

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
    given = Path(path)
    try:
        replace_file(Path(os.path.realpath(given)), data)
    except (OSError, ValueError) as error:
        raise ExplorerError(f"{shown(given)} is not written, {reason(error, given)}") from error
    return given


def replace_file(target: Path, data: bytes) -> None:
    """Put a new file with these bytes in the place of ``target``, which is no link."""
    mode = replaceable_mode(target)
    temporary = target.with_name(f".explorer-{secrets.token_hex(8)}.tmp")
    try:
        write_to_disk(temporary, data)
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


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


def write_to_disk(path: Path, data: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Ask the disk to keep the new name, too, where the system can: the file itself is safe already."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
