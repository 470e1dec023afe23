"""Words on as many lines as there is room for, broken after commas and colons first: a symbol belongs to its word."""

import re
from collections.abc import Callable, Iterator, Sequence

PIECE = re.compile(r"\S.*?(?:[,;:](?= )|$)")
Measure = Callable[[str], float]


def wrapped(texts: Sequence[str], room: float, measure: Measure, most: int) -> list[str]:
    """Return texts on at most so many lines, none wider than the room if its words allow; the last takes what is left.

    Parameters
    ----------
    measure
        The width of a text in pixels.
    """
    lines = [line for text in texts for line in broken(text, room, measure)]
    return lines if len(lines) <= most else [*lines[: most - 1], " ".join(lines[most - 1 :])]


def broken(text: str, room: float, measure: Measure) -> Iterator[str]:
    """Yield a text line by line."""
    line = ""
    for piece in pieces(text, room, measure):
        longer = f"{line} {piece}".lstrip()
        if line and measure(longer) > room:
            yield line
            line = piece
        else:
            line = longer
    yield line


def pieces(text: str, room: float, measure: Measure) -> Iterator[str]:
    """Yield what stays together; of a piece that is too wide its words."""
    for piece in PIECE.findall(text):
        yield from [piece] if measure(piece) <= room else piece.split(" ")
