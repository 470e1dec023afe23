"""Where the blocks of an equation stand: in a stack, in a multiplication table, else on lines. Pixels, no Qt."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.panels.step.blocks import Block, Equation
from explorer.panels.step.equation_flow import Flow, Spot
from explorer.panels.step.equation_sizes import fitted
from explorer.panels.step.matrix_frame import (
    LEVELS,
    USUAL,
    Frame,
    Level,
    Side,
    is_readable,
    levels_for,
    numbers_frame,
)

GAP = 2
"""Between the blocks of a stack or a table."""
NARROW_LEVELS = (*LEVELS[1:], Level(2, 10, 28, 22), Level(2, 9, 26, 22))
"""Of a stack in which symbol and shape share a side; its numbers may be squeezed a little."""
SLIM = 34
"""Room that such a stack keeps for its signs."""
Frames = tuple[Frame, ...]


def arranged(
    equation: Equation, signs: Sequence[float], width: int, digits: int, height: int = 0
) -> tuple[Frames, Flow]:
    """Return frames and places of an equation's blocks on that width; what does not fit its arrangement flows on lines.

    Parameters
    ----------
    signs
        Widths of the signs before the blocks.
    height
        Room that lines should not exceed; 0 for as much as they need.
    """
    special = {"stack": stacked, "table": as_table}.get(equation.arrangement)
    found = special(equation.blocks, signs, width, digits) if special else None
    if found is not None and (not height or found[1].height <= height):
        return found
    on_lines = fitted(equation.blocks, signs, width, height, digits)
    return found if found is not None and found[1].height <= on_lines[1].height else on_lines


def stacked(blocks: Sequence[Block], signs: Sequence[float], width: int, digits: int) -> tuple[Frames, Flow] | None:
    """Place blocks one below the other, symbols left and shapes right; None where they are too wide."""
    before = max(signs)
    frames = level_frames(blocks, ["left"] * len(blocks), width - round(before), levels_for(blocks, digits))
    if not frames:
        narrow = NARROW_LEVELS if digits <= USUAL else levels_for(blocks, digits)
        frames = level_frames(blocks, ["pair"] * len(blocks), width - SLIM, narrow)
        before = min(before, width - max((frame.total_width for frame in frames), default=0))
    if not frames:
        return None
    left = before + max(0.0, (width - before - max(frame.total_width for frame in frames)) / 2)
    spots, top = [], 0.0
    for frame in frames:
        middle = top + frame.total_height / 2
        spots.append(Spot(left, top, left - before / 2, middle, below=True, room=before))
        top += frame.total_height + GAP
    return frames, Flow(tuple(spots), round(top - GAP))


def as_table(blocks: Sequence[Block], _signs: Sequence[float], width: int, digits: int) -> tuple[Frames, Flow] | None:
    """Place a column, a row and their product as a table: every cell beside its factor and below its factor.

    None where they are too wide.
    """
    tried = (level_frames(blocks, [None, "right", "right"], width, (level,)) for level in levels_for(blocks, digits))
    frames = next((found for found in tried if found and found[0].total_width + found[2].total_width <= width), ())
    if not frames:
        return None
    column, row, result = frames
    result = replace(result, width=row.width)
    left = (width - column.total_width - result.total_width) / 2
    down = max(float(row.total_height), column.top - result.top)
    places = (
        (left, down + result.top - column.top),
        (left + column.total_width, 0.0),
        (left + column.total_width, down),
    )
    corner = left + column.total_width - 6, row.total_height / 2
    spots = tuple(Spot(*place, *corner, silent=place is places[-1]) for place in places)
    bottom = down + max(result.total_height, column.total_height + result.top - column.top)
    return (column, row, result), Flow(spots, round(bottom))


def level_frames(blocks: Sequence[Block], sides: Sequence[Side | None], width: int, levels: Sequence[Level]) -> Frames:
    """Return frames of one level, the roomiest in which every block fits into the width; none if there is none."""
    for level in levels:
        pairs = list(zip(blocks, sides, strict=True))
        frames = tuple(replace(numbers_frame(block, level), beside=side) for block, side in pairs)
        even = tuple(
            replace(frame, height=block.rows * level.height) for block, frame in zip(blocks, frames, strict=True)
        )
        if all(is_readable(b, level, width) for b in blocks) and max(f.total_width for f in even) <= width:
            return even
    return ()
