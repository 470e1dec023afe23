"""Where the blocks of an equation stand: on one line if they fit, else on several, every sign before its block."""

import math
from collections.abc import Sequence

from msgspec import Struct

from explorer.panels.step.matrix_frame import TOP, Frame

LEADING = 8
LONE_SIGN = 22
"""Height of a line that holds nothing but a sign."""


class Spot(Struct, frozen=True):
    """A block's place.

    Attributes
    ----------
    left, top
        Of its widget.
    sign, middle
        Centre of the sign before it.
    alone
        The sign stands above the block, on a line of its own: together they were too wide.
    below
        The block stands below the one before it: its sign's arrow points down.
    silent
        The sign is not written: the arrangement says it.
    room
        For the sign; where an arrow with its label is wider, the label stands there alone.
    """

    left: float
    top: float
    sign: float
    middle: float
    alone: bool = False
    below: bool = False
    silent: bool = False
    room: float = math.inf


class Flow(Struct, frozen=True):
    """The places of all blocks, and the height that they take."""

    spots: tuple[Spot, ...]
    height: int


def flow(frames: Sequence[Frame], signs: Sequence[float], width: int) -> Flow:
    """Place blocks and the signs before them on centred lines of that width."""
    spots: list[Spot] = []
    top = 0.0
    for line in lines_of(frames, signs, width):
        placed, top = line_of(frames, signs, line, width, top)
        spots += placed
    return Flow(tuple(spots), round(top - LEADING) if spots else 0)


def line_of(
    frames: Sequence[Frame], signs: Sequence[float], line: Sequence[int], width: int, top: float
) -> tuple[list[Spot], float]:
    """Place one line below ``top``; return its spots and the top of the next line."""
    used = sum(frames[k].total_width + signs[k] for k in line)
    alone = used > width and len(line) == 1 and signs[line[0]] > 0
    if alone:
        spot = Spot(
            (width - frames[line[0]].total_width) / 2, top + LONE_SIGN, width / 2, top + LONE_SIGN / 2, alone=True
        )
        return [spot], top + LONE_SIGN + frames[line[0]].total_height + LEADING
    hanging = signs[line[0]] if len(line) == 1 else 0.0  # a block by itself is centred, as those above and below it
    left = max(0.0, min((width - used - hanging) / 2, width - used))
    tallest = max(frames[k].height for k in line)
    below = max(frames[k].total_height - TOP - frames[k].height for k in line)
    middle = top + TOP + tallest / 2
    spots = []
    for k in line:
        start = left + signs[k]
        spots.append(Spot(start, middle - frames[k].height / 2 - TOP, left + signs[k] / 2, middle))
        left = start + frames[k].total_width
    return spots, top + TOP + tallest + below + LEADING


def lines_of(frames: Sequence[Frame], signs: Sequence[float], width: int) -> list[list[int]]:
    """Break the blocks into lines, each as full as it can be."""
    lines: list[list[int]] = [[]]
    used = 0.0
    for k, (frame, sign) in enumerate(zip(frames, signs, strict=True)):
        needed = frame.total_width + sign
        if lines[-1] and used + needed > width:
            lines.append([])
            used = 0.0
        lines[-1].append(k)
        used += needed
    return lines
