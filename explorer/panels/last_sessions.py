"""What closed windows showed, kept for the next one: of windows that were open together, each by itself.

A window that is closed takes the place of what it went on with, or else of what the one before it had kept; what
another window has kept since it began stays beside that.
"""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from explorer.files.sessions import SUFFIX

STEM = "last"
LAST = f"{STEM}{SUFFIX}"
MOST = 8
"""Files at most; where there are more, the oldest gives way."""
Stamp = tuple[int, int, int]


class LastSessions:
    """Knows which files were there as its window began, and which it has opened since."""

    def __init__(self) -> None:
        self._seen = stamps()

    def meet(self, path: Path) -> None:
        """Know a file that the window opens as it is now."""
        self._seen[path] = stamps().get(path, (0, 0, 0))

    def place(self, opened: Path | None) -> Path:
        """Return the file to keep what the window shows in: no other window has written it meanwhile.

        Parameters
        ----------
        opened
            The one of these files whose session the window goes on with, if it does with any.
        """
        there, last = stamps(), last_path()
        for path in (opened, last):
            if path is not None and there.get(path) == self._seen.get(path):
                return path
        others = [last.with_name(f"{STEM}-{number}{SUFFIX}") for number in range(2, MOST + 1)]
        free = next((path for path in others if path not in there), None)
        return free or min(others, key=lambda path: there[path])


def last_path() -> Path:
    """Return the file that keeps what a closed window showed, where it was the only one."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / LAST


def is_last(path: Path) -> bool:
    """Tell whether a file is one of those."""
    return path.parent == last_path().parent and path.match(f"{STEM}*{SUFFIX}")


def stamps() -> dict[Path, Stamp]:
    """Return by which each of those files that are there would be seen to be another one."""
    found = {}
    for path in last_path().parent.glob(f"{STEM}*{SUFFIX}"):
        with suppress(FileNotFoundError):
            status = path.stat()
            found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def newest_first() -> list[Path]:
    """Return those files that are there, the one that was written last first."""
    found = stamps()
    return sorted(found, key=lambda path: (-found[path][0], path))


def following(path: Path | None) -> Path | None:
    """Return the newest of those files, or after one of them the next older one, in a circle; None without any."""
    files = newest_first()
    if not files:
        return None
    return files[(files.index(path) + 1) % len(files)] if path in files else files[0]
