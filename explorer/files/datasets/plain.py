"""The quick way through blocks of numbers, alone or beside a word: NumPy parses them after a look at each byte."""

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


def numbers_beside_words(
    block: bytes, separator: str, decimal: str, columns: int, target: int
) -> tuple[NDArray[np.float64], bytes] | None:
    """Return the numbers, (rows, columns - 1), and the words of the first or last column, the target, as lines.

    None where anything else is in the block, or the target stands between others.
    """
    if columns < 2 or separator == " " or target not in {0, columns - 1}:
        return None
    mark = separator.encode()
    lines = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")[:-1].split(b"\n")
    pairs = [line.rsplit(mark, 1) if target else line.split(mark, 1) for line in lines]
    if min(map(len, pairs)) < 2:
        return None
    first, last = zip(*pairs, strict=True)
    rest, words = (first, last) if target else (last, first)
    numbers = plain_numbers(b"\n".join(rest) + b"\n", separator, decimal, columns - 1)
    return None if numbers is None or len(numbers) != len(words) else (numbers, b"\n".join(words))


def normalised(block: bytes, separator: str, decimal: str) -> bytes:
    """Return the block with line feeds, decimal points, and no spaces beside its separators."""
    text = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if decimal == ",":
        if b"." in text:
            return b"x"
        text = text.replace(b",", b".")
    mark = separator.encode()
    if mark + b"\n" in text:  # what stands behind it is nothing; where it is a missing entry, a line lacks one then
        text = text.replace(mark + b"\n", b"\n")
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
