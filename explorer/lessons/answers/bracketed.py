"""Arrays in brackets: [[1, 2], [3, 4]] as lists and NumPy write them, [1 2; 3 4] as MATLAB does."""

import re

from explorer.engine.errors import ExplorerError

OPENING, CLOSING = "[({", "])}"


def bracketed_rows(text: str) -> tuple[list[list[str]], bool]:
    """Return the cells of each row, and whether nothing says that these lie in a row: a list of one level.

    Lines that NumPy breaks within a row go on with it.

    Raises
    ------
    ExplorerError
        If a bracket has no partner, or there are more than two levels.
    """
    groups, deepest = innermost(text)
    if deepest > 2:
        raise ExplorerError(f"there are {deepest} levels of brackets: write a matrix with two, [[1, 2], [3, 4]]")
    if deepest == 2:
        return [cells_in(group) for group in groups if group.strip() or len(groups) == 1], False
    rows = [cells_in(row) for row in groups[0].split(";") if row.strip()]
    return rows, len(rows) == 1


def innermost(text: str) -> tuple[list[str], int]:
    """Return what stands in the innermost brackets, and how many levels there are."""
    groups: list[str] = []
    opened: list[tuple[str, int]] = []
    deepest = start = 0
    for place, letter in enumerate(text):
        if letter in OPENING:
            opened.append((letter, place))
            deepest, start = max(deepest, len(opened)), place + 1
        elif letter in CLOSING:
            if not opened or CLOSING[OPENING.index(opened[-1][0])] != letter:
                raise ExplorerError(
                    f"“{letter}” in line {line_of(text, place)} closes no bracket: write [[1, 2], [3, 4]]"
                )
            if text[place - 1] not in CLOSING or len(opened) == deepest:
                groups.append(text[start:place])
            opened.pop()
        elif not opened and not letter.isspace() and letter != ",":
            raise ExplorerError(f"“{text[place : place + 12]}” stands outside of the brackets: write one array only")
    if opened:
        letter, place = opened[0]
        raise ExplorerError(f"“{letter}” in line {line_of(text, place)} is never closed: write [[1, 2], [3, 4]]")
    return [group for group in groups if not set(group) & set(OPENING)], deepest


def line_of(text: str, place: int) -> int:
    """Return the number of the line in which a letter stands, from 1."""
    return text.count("\n", 0, place) + 1


def cells_in(row: str) -> list[str]:
    """Return the cells of one row: apart by commas, which may leave one empty, or by spaces."""
    plain = re.sub(r"\s+", " ", row).strip()
    if "," not in plain:
        return plain.split()
    pieces = plain.removesuffix(",").split(",")
    return [cell for piece in pieces for cell in (piece.split() or [""])]
