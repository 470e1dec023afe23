"""Why the system refused a file, in words that a user can act on: one table behind every such sentence."""

import errno
import os
from pathlib import Path

DENIED = "permission is denied for it or its folder {parent}: change the permissions, or choose another place"

REASONS: dict[int, str] = {
    errno.ENOTDIR: "{parent} is not a folder: choose another one",
    errno.EISDIR: "it is a folder: add the name of a file",
    errno.EACCES: DENIED,
    errno.EPERM: DENIED,
    errno.EROFS: "{parent} is on a read-only disk: choose another folder",
    errno.ENOSPC: "the disk is full: make room, or choose another one",
    errno.EDQUOT: "your share of the disk is used up: make room, or choose another disk",
    errno.EFBIG: "the file would be too large for the disk: choose another one",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.ELOOP: "its links lead in a circle: mend the links, or choose another name",
    errno.EIO: "the disk reports an error: choose another one",
}
"""What an error number means; ``{parent}`` is the folder."""


def shown(path: str | os.PathLike[str]) -> str:
    """Return the path on one line: what cannot be printed, a line break say, stands as its escape."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in os.fspath(path))


def reason(error: OSError | ValueError, path: Path) -> str:
    """Return what went wrong with ``path`` and how to mend it; a ValueError is about the name itself."""
    if isinstance(error, ValueError):
        return "the name holds characters that no file name can have: choose another one"
    parent = Path(os.path.realpath(path)).parent
    if isinstance(error, FileNotFoundError):
        return missing(parent)
    words = REASONS.get(error.errno or 0, f"{error.strerror or type(error).__name__}: choose another name or folder")
    return words.replace("{parent}", shown(parent))


def missing(parent: Path) -> str:
    """Say whether the folder or only the file in it is missing."""
    if parent.is_dir():
        return "there is no such file: check the name"
    return f"there is no folder {shown(parent)}: create it, or choose another one"
