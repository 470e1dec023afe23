"""An answer as it is typed or pasted: a number, rows of them, an array of NumPy or MATLAB, cells of a spreadsheet."""

import re

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.lessons.answers.bracketed import bracketed_rows
from explorer.lessons.answers.commas import has_decimal_commas
from explorer.lessons.answers.literals import Literal, literal

Shape = tuple[int, int]
NAME = re.compile(r"^[^\[({=]*=\s*")
"""What an answer is said to be: ∂J/∂W1 = ..."""
WRAPPER = re.compile(r"^(?:[A-Za-z_]\w*\.)?(?:array|asarray|matrix|tensor)\s*\((.*)\)$", re.DOTALL | re.IGNORECASE)
KIND = re.compile(r",\s*(?:dtype|shape|device|grad_fn|requires_grad)\s*=.*$", re.DOTALL)
POWER = re.compile(r"\s*[·×*]\s*10\s*(?:\^|\*\*)\s*[({]?([+\-−–]?\d+)[)}]?")
SLASH = re.compile(r"\s*/\s*")
LEFT_OUT = re.compile(r"\.\.\.|…")
OPENING = "[({"
TELLING = 4
"""Different numbers that end in zeros by chance hardly ever: one in 10,000 times."""


class Answer(Struct, frozen=True, eq=False):
    """What a person answered, (rows, columns) as it was written.

    Attributes
    ----------
    values
        NaN where an entry is left open.
    units
        What one in the last place of each entry is worth; 0 where it is exact.
    open
        Which entries are left open.
    texts
        The entries as they were written, row by row.
    flat
        True where nothing says whether it is a row or a column: a list of one level.
    """

    values: NDArray[np.floating]
    units: NDArray[np.floating]
    open: NDArray[np.bool_]
    texts: tuple[str, ...]
    flat: bool = False

    @property
    def shape(self) -> Shape:
        """Rows and columns."""
        rows, columns = self.values.shape
        return rows, columns

    def reshaped(self, shape: Shape) -> "Answer":
        """Return the same entries, row by row, in rows of another length."""
        values, units = self.values.reshape(shape), self.units.reshape(shape)
        return Answer(values, units, self.open.reshape(shape), self.texts, self.flat)


def read_answer(text: str, size: int | None = None) -> Answer:
    """Read an answer.

    Parameters
    ----------
    text
        Rows end with a new line or a semicolon; columns are apart by spaces, tabs or commas.
    size
        How many numbers are expected, which tells a decimal comma from one between numbers.

    Raises
    ------
    ExplorerError
        In one sentence: what cannot be read, where, and how to write it.
    """
    inside = unwrapped(text)
    if not inside:
        raise ExplorerError("nothing is typed: write a number, or rows of numbers")
    if inside[0] in OPENING:
        rows, flat = bracketed_rows(inside)
        return gathered(rows, flat=flat)
    decimal = has_decimal_commas(inside, size)
    rows = [cells_of(line, decimal=decimal) for line in re.split(r"[\n;]", inside)]
    return gathered([row for row in rows if row], flat=False)


def unwrapped(text: str) -> str:
    """Return an answer without the name before it and the function around it, powers and fractions in one word."""
    inside = NAME.sub("", text.replace("\r", "").strip(" \n"), count=1)
    wrapper = WRAPPER.match(inside.strip())
    inside = KIND.sub("", wrapper[1]).strip().rstrip(",") if wrapper else inside
    if LEFT_OUT.search(inside):
        raise ExplorerError(
            "“...” stands where NumPy left numbers out: paste what W.tolist() prints, or print with "
            "np.set_printoptions(threshold=10**6)"
        )
    return SLASH.sub("/", POWER.sub(r"e\1", inside))


def cells_of(line: str, *, decimal: bool) -> list[str]:
    """Return the cells of one row; an empty one between tabs or commas is left open.

    ``decimal`` says that a comma between digits is a decimal one.
    """
    line = re.sub(r"(?<=\d),(?=\d)", ".", line) if decimal else line
    if "\t" in line:
        return [cell.strip().rstrip(",") for cell in line.split("\t")] if line.strip() else []
    if "," not in line:
        return line.split()
    pieces = line.strip().removesuffix(",").split(",")
    return [cell for piece in pieces for cell in (piece.split() or [""])]


def gathered(rows: list[list[str]], *, flat: bool) -> Answer:
    """Return the cells as arrays.

    Raises
    ------
    ExplorerError
        If a cell is no number, or a row has more cells than another.
    """
    if not any(rows):
        raise ExplorerError("the brackets are empty: write the numbers between them")
    odd = next((k for k, row in enumerate(rows) if len(row) != len(rows[0])), None)
    if odd is not None:
        raise ExplorerError(
            f"row {odd + 1} has {counted(len(rows[odd]))}, row 1 has {len(rows[0])}: give every row as many, "
            "with ? for an entry that you leave open"
        )
    entries = [[literal(cell, place(rows, number)) for cell in row] for number, row in enumerate(rows)]
    values = np.array([[np.nan if entry is None else entry.value for entry in row] for row in entries])
    left = np.array([[entry is None for entry in row] for row in entries])
    return Answer(values, units_of(entries), left, tuple(cell for row in rows for cell in row), flat)


def units_of(entries: list[list[Literal | None]]) -> NDArray[np.floating]:
    """Return what one in the last place is worth; a whole number counts as written to the decimals of its fellows."""
    read = [e for row in entries for e in row if e is not None]
    least = 10.0 ** -min((e.decimals for e in read if e.decimals is not None), default=0)
    filled = filled_to(read)
    return np.array([[0.0 if e is None else unit_of(e, least, filled) for e in row] for row in entries])


def unit_of(entry: Literal, least: float, filled: float) -> float:
    """Return what one in the last place of an entry is worth among its fellows."""
    unit = least if entry.unit == 1 else entry.unit
    return max(unit, filled) if entry.needed else unit


def filled_to(read: list[Literal]) -> float:
    """Return the place to which numbers with exponents were rounded before NumPy filled them up with zeros: 2.4300e-02.

    0 where they are too few to tell.
    """
    needed = [entry.needed for entry in read if entry.needed]
    return min(needed) if len({abs(entry.value) for entry in read if entry.needed}) >= TELLING else 0.0


def place(rows: list[list[str]], row: int) -> str:
    """Return where a cell stands, for a refusal."""
    return f" in row {row + 1}" if len(rows) > 1 else ""


def counted(numbers: int) -> str:
    """Return how many numbers."""
    return "1 number" if numbers == 1 else f"{numbers} numbers"
