"""The quick way through blocks that hold nothing but numbers: NumPy parses them whole, after a look at every byte."""

import numpy as np
from numpy.typing import NDArray

DIGITS = b"0123456789+-.eE"


def plain_numbers(block: bytes, separator: str, decimal: str, columns: int) -> NDArray[np.float64] | None:
    """Return the numbers of a block of whole lines, (rows, columns); None where it holds anything else.

    Nothing else means: no quote, no word, no blank line, no missing entry, no infinity, as many entries in each line.
    """
    text = normalised(block, separator, decimal)
    mark = separator.encode()
    if text.translate(None, DIGITS + mark + b"\n"):
        return None
    rows = rows_of(text, mark, columns)
    if not rows:
        return None
    try:
        numbers = np.fromstring(text[:-1].replace(b"\n", mark).decode("ascii"), np.float64, sep=separator)
    except (ValueError, DeprecationWarning):
        return None
    if numbers.size != rows * columns or not np.isfinite(numbers).all():
        return None
    return numbers.reshape(rows, columns)


def normalised(block: bytes, separator: str, decimal: str) -> bytes:
    """Return the block with line feeds, decimal points, and no spaces beside its separators."""
    text = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if decimal == ",":
        if b"." in text:
            return b"x"
        text = text.replace(b",", b".")
    mark = separator.encode()
    if b" " not in text:
        return text
    if separator == " ":
        while b"  " in text:
            text = text.replace(b"  ", b" ")
        return text.replace(b" \n", b"\n").replace(b"\n ", b"\n").removeprefix(b" ")
    return text.replace(mark + b" ", mark).replace(b" " + mark, mark)


def rows_of(text: bytes, mark: bytes, columns: int) -> int:
    """Return the number of lines if each has as many entries as there are columns, none of them empty; else 0."""
    found = np.frombuffer(text, np.uint8)
    ends = (found == mark[0]) | (found == 10)
    places = np.flatnonzero(ends)
    if len(places) % columns or places[0] == 0 or (np.diff(places) == 1).any():
        return 0
    kinds = (found[places] == 10).reshape(-1, columns)
    whole = kinds[:, -1].all() and kinds.sum() == len(kinds)
    return len(kinds) if whole else 0
