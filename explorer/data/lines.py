"""Where samples stand in their file: blank lines, remarks, quoted line breaks and rows left out make lines no count."""

from typing import Self

import numpy as np
from msgspec import Struct
from msgspec.structs import force_setattr
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError

Numbers = NDArray[np.integer]


class Lines(Struct, frozen=True, eq=False):
    """The line on which each row begins, kept as stretches of rows that follow each other line by line.

    Attributes
    ----------
    rows
        The first row of each stretch, (K,), from 0, ascending, int32, read-only.
    lines
        Its line, (K,), from 1, int32, read-only.

    Raises
    ------
    ExplorerError
        If they are no stretches.
    """

    rows: NDArray[np.int32]
    lines: NDArray[np.int32]

    def __post_init__(self) -> None:
        for name in ("rows", "lines"):
            given = np.asarray(getattr(self, name))
            array = np.array(given, np.int32) if given.dtype.kind in "iu" else np.empty(0, np.int32)
            array.flags.writeable = False
            force_setattr(self, name, array)
        rows, lines = self.rows, self.lines
        if rows.ndim != 1 or rows.shape != lines.shape or not len(rows) or rows[0] != 0 or (np.diff(rows) <= 0).any():
            wanted = "expected the first row of each stretch, from 0, and its line"
            raise ExplorerError(f"lines {lines.shape} of rows {rows.shape}: {wanted}")

    @classmethod
    def of(cls, lines: Numbers) -> Self:
        """Return where rows stand that begin on these lines, (N,), N at least 1."""
        starts = jumps(lines, int(lines[0]) - 1)
        return cls(starts.astype(np.int32), lines[starts].astype(np.int32))

    def at(self, rows: Numbers) -> NDArray[np.int32]:
        """Return the lines of these rows, (n,), each counted from 0."""
        stretch = np.searchsorted(self.rows, rows, "right") - 1
        return (self.lines[stretch] + (rows - self.rows[stretch])).astype(np.int32)

    def chosen(self, rows: Numbers) -> "Lines":
        """Return where these rows stand, (n,), n at least 1, when they are all that is left, in that order."""
        return Lines.of(self.at(rows))


def jumps(lines: Numbers, expected: int) -> NDArray[np.intp]:
    """Return the indices of lines, (n,), that do not follow the one before; the first should be ``expected``."""
    return np.flatnonzero(np.diff(lines, prepend=expected - 1) != 1)
