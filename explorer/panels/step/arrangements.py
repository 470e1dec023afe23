"""Where the blocks of an equation stand: in a stack, in a table, else on lines. Pixels, no Qt."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from explorer.panels.step.blocks import Block, Equation
from explorer.panels.step.equation_flow import Flow, Spot
from explorer.panels.step.equation_sizes import LOW, fitted, with_low_rows
from explorer.panels.step.heat_sizes import squeezed
from explorer.panels.step.matrix_frame import (
    LARGE_LEVELS,
    LARGEST_PIXEL,
    LEVELS,
    USUAL,
    Frame,
    Level,
    Side,
    is_readable,
    letters_beyond,
    levels_for,
    numbers_frame,
)

FEWER, MOST_PIECES = (16, 14, 12, 10, 9, 8, 7, 6, 5), 4
"""Numbers of digits that are tried where more have no room; lines on which a number can still be read."""
GAP = 2
"""Between the blocks of a stack or a table."""
NARROW_LEVELS = (*LEVELS[1:], Level(2, 10, 28, 22), Level(2, 9, 26, 22), Level(2, 9, 26, 22, squeezed=True))
"""Of a stack in which symbol and shape share a side; its numbers may be squeezed a little."""
LOW_SIDES: tuple[Side, ...] = ("left", "pair")
"""Where symbols stand in a stack that is to be low."""
LOWEST = 16
"""Of a row of numbers there, where nothing else brings them into sight."""
TALL, TINY = 5, 13
"""Rows of a matrix beside which others are stacked; pixels of one, where nothing else brings all of them into sight."""
SLIM = 34
"""Room that such a stack keeps for its signs."""
MOST_KNOWN = 200
"""Arrangements that are remembered: those of a few windows' widths."""
Frames = tuple[Frame, ...]


def arranged(
    equation: Equation, signs: Sequence[float], width: int, digits: int, height: int = 0
) -> tuple[Frames, Flow]:
    """Return frames and places of an equation's blocks on that width; what does not fit its arrangement flows on lines.

    Of more digits than usual, cells have as many as can be read within the height.

    Parameters
    ----------
    signs
        Widths of the signs before the blocks.
    height
        Room that lines should not exceed; 0 for as much as they need.
    """
    usual = arranged_at(equation, signs, width, min(digits, USUAL), height)
    if digits <= USUAL or all(frame.level is None for frame in usual[0]):
        return usual
    written = {place for place, frame in enumerate(usual[0]) if frame.level}
    for many in (digits, *(fewer for fewer in FEWER if fewer < digits)):
        found = arranged_at(equation, signs, width, many, height)
        if is_legible(found, written) and (not height or found[1].height <= max(height, usual[1].height)):
            return found
    return usual


def is_legible(arrangement: tuple[Frames, Flow], written: Collection[int]) -> bool:
    """Tell whether numbers are not broken into too many pieces, and none has become a heat map."""
    levels = [frame.level for frame in arrangement[0]]
    return all(levels[place] for place in written) and all(level.lines <= MOST_PIECES for level in levels if level)


def arranged_at(
    equation: Equation, signs: Sequence[float], width: int, digits: int, height: int
) -> tuple[Frames, Flow]:
    """Return the same with exactly that many digits, wherever they then stand."""
    special = {"stack": stacked, "table": as_table, "crossing": as_table}.get(equation.arrangement)
    found = special(equation.blocks, signs, width, digits, height) if special else None
    if found is not None and equation.arrangement != "crossing" and (not height or found[1].height <= height):
        return found
    on_lines = fitted(equation.blocks, signs, width, height, digits)
    if found is None:
        in_sight = not height or digits > USUAL or on_lines[1].height <= height
        if not in_sight and equation.arrangement == "list":
            return squeezed(equation.blocks, signs, width, height, LARGEST_PIXEL, digits)
        if in_sight:
            return on_lines
        return low_stack(equation.blocks, signs, width, height) or lower(equation, on_lines, signs, width, height)
    if equation.arrangement == "crossing":
        best = max(on_lines, found, key=lambda arrangement: worth(arrangement, height))
        return best if digits > USUAL else lower(equation, best, signs, width, height)
    return found if found[1].height <= on_lines[1].height else on_lines


class Arranger:
    """Arranges equations, and remembers how those of one size and of numbers as long stood: passes are alike."""

    def __init__(self) -> None:
        self._known: dict[object, tuple[Frames, Flow]] = {}

    def __call__(
        self, equation: Equation, signs: Sequence[float], width: int, digits: int, height: int
    ) -> tuple[Frames, Flow]:
        """Return what ``arranged`` returns."""
        if digits > USUAL:
            return arranged(equation, signs, width, digits, height)  # the numbers themselves decide
        shapes = tuple((block.rows, block.columns, letters_beyond(block)) for block in equation.blocks)
        key = shapes, equation.arrangement, tuple(signs), width, digits, height
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = arranged(equation, signs, width, digits, height)
        return self._known[key]


def worth(arrangement: tuple[Frames, Flow], height: int) -> tuple[bool, int, int]:
    """Return how well blocks stand: within the height, with many digits, low where they are too high."""
    frames, placed = arrangement
    fits = not height or placed.height <= height
    digits = min((frame.level.digits if frame.level else 0) for frame in frames)
    return fits, min(digits, USUAL), 0 if fits else -placed.height


def stacked(
    blocks: Sequence[Block], signs: Sequence[float], width: int, digits: int, height: int = 0
) -> tuple[Frames, Flow] | None:
    """Place blocks one below the other, symbols left and shapes right; None where they are too wide."""
    before = max(signs)
    rows = sum(block.rows for block in blocks)
    levels = [
        each for each in levels_for(blocks, digits, height) if each not in LARGE_LEVELS or rows * each.height < height
    ]
    frames = level_frames(blocks, ["left"] * len(blocks), width - round(before), levels)
    if not frames:
        narrow = NARROW_LEVELS if digits <= USUAL else levels_for(blocks, digits)
        frames = level_frames(blocks, ["pair"] * len(blocks), width - SLIM, narrow)
        before = min(before, width - max((frame.total_width for frame in frames), default=0))
    if not frames:
        return None
    return frames, one_below_the_other(frames, before, width)


def low_stack(blocks: Sequence[Block], signs: Sequence[float], width: int, height: int) -> tuple[Frames, Flow] | None:
    """Place blocks one below the other with rows as low as they may be: all of them in sight, if in fewer digits.

    None where that does not fit, either.
    """
    levels = [level for low in (LOW, LOWEST) for level in with_low_rows(NARROW_LEVELS, low)]
    for level in levels:
        for side in LOW_SIDES:
            before = min(max(signs), SLIM)
            frames = level_frames(blocks, [side] * len(blocks), width - round(before), (level,))
            if frames:
                placed = one_below_the_other(frames, before, width)
                if placed.height <= height:
                    return frames, placed
    return None


def lower(
    equation: Equation, usual: tuple[Frames, Flow], signs: Sequence[float], width: int, height: int
) -> tuple[Frames, Flow]:
    """Return a product that is too high beside its tall factor, where that is lower; else as usual."""
    if equation.arrangement != "crossing" or not height or usual[1].height <= height:
        return usual
    found = beside_a_tall_one(equation.blocks, signs, width, height)
    return usual if found is None or found[1].height >= usual[1].height else found


def beside_a_tall_one(
    blocks: Sequence[Block], signs: Sequence[float], width: int, height: int
) -> tuple[Frames, Flow] | None:
    """Place a row above the tall matrix that it is multiplied by, and beside that, stacked, all that follows.

    The roomiest within the height, else the lowest; None where blocks are none such, or too wide.
    """
    left, right, *others = blocks
    if left.rows > 1 or right.rows < TALL or any(block.rows > 1 for block in others):
        return None
    found: tuple[Frames, Flow] | None = None
    for level in (level for low in (LOW, LOWEST, TINY) for level in with_low_rows(NARROW_LEVELS, low)):
        frames = level_frames(blocks, ["pair"] * len(blocks), width, (level,))
        placed = around_a_tall_one(frames, signs, width) if frames else None
        if placed is not None and (found is None or placed.height < found[1].height):
            found = frames, placed
            if placed.height <= height:
                break
    return found


def around_a_tall_one(frames: Frames, signs: Sequence[float], width: int) -> Flow | None:
    """Return the places of a row, of the tall matrix below it and of what is stacked beside that; None if too wide."""
    (left, right, *others), follow = frames, max(signs[2:])
    column = signs[1] + right.total_width
    start = (width - column - follow - max(frame.total_width for frame in others)) / 2
    if start < 0:
        return None
    top = left.total_height + GAP
    tall = Spot(start + signs[1], top, start + signs[1] / 2, top + right.total_height / 2)
    spots = [Spot((width - left.total_width) / 2, 0, 0, left.total_height / 2), tall]
    down = top + max(0.0, (right.total_height - sum(frame.total_height + GAP for frame in others) + GAP) / 2)
    for frame in others:
        beside = start + column
        spots.append(Spot(beside + follow, down, beside + follow / 2, down + frame.total_height / 2))
        down += frame.total_height + GAP
    return Flow(tuple(spots), round(max(top + right.total_height, down - GAP)))


def one_below_the_other(frames: Frames, before: float, width: int) -> Flow:
    """Return the places of a stack whose signs have that much room before it."""
    left = before + max(0.0, (width - before - max(frame.total_width for frame in frames)) / 2)
    spots, top = [], 0.0
    for frame in frames:
        middle = top + frame.total_height / 2
        spots.append(Spot(left, top, left - before / 2, middle, below=True, room=before))
        top += frame.total_height + GAP
    return Flow(tuple(spots), round(top - GAP))


def as_table(
    blocks: Sequence[Block], _signs: Sequence[float], width: int, digits: int, height: int = 0
) -> tuple[Frames, Flow] | None:
    """Place a product as a table: each cell of the result where a row of the left factor crosses a column of the right.

    What is added to the product stands between the right factor and the result, column under column. None where the
    numbers are too wide.
    """
    right: Side = "right"
    sides = (None, *(right for _ in blocks[1:]))
    found, levels = None, levels_for(blocks, digits, height)
    for level in with_low_rows(levels) if height and digits <= USUAL else levels:
        frames = level_frames(blocks, sides, width, (level,))
        if not frames or frames[0].total_width + max(frame.total_width for frame in frames[1:]) > width:
            continue
        if found is not None and found[0][0].level is not None and level.digits < found[0][0].level.digits:
            break  # a line less is not worth a digit
        found = crossed(frames, width)
        if not height or found[1].height <= height:
            break
    return found


def crossed(frames: Frames, width: int) -> tuple[Frames, Flow]:
    """Place the frames of a table: the left factor beside the result, the others above it."""
    left, *others = frames
    right = [replace(frame, width=others[0].width) for frame in others]
    start = (width - left.total_width - right[0].total_width) / 2
    above = sum(frame.total_height for frame in right[:-1])
    inset = (right[-1].total_height - right[-1].height) // 2
    down = max(0, left.top - inset - above)
    spots = [Spot(start, down + above + inset - left.top, 0, 0, silent=True)]
    for frame in right:
        corner = start + left.total_width - 6, down + frame.total_height / 2
        spots.append(Spot(start + left.total_width, down, *corner, silent=frame is right[-1]))
        down += frame.total_height
    bottom = max(down, round(spots[0].top) + left.total_height)
    return (left, *right), Flow(tuple(spots), bottom)


def level_frames(blocks: Sequence[Block], sides: Sequence[Side | None], width: int, levels: Sequence[Level]) -> Frames:
    """Return frames of one level, the roomiest in which every block fits into the width; none if there is none."""
    pairs = list(zip(blocks, sides, strict=True))
    more = max(map(letters_beyond, blocks))
    for level in (replace(level, more=more) for level in levels):
        frames = tuple(replace(numbers_frame(block, level), beside=side) for block, side in pairs)
        even = tuple(
            replace(frame, height=block.rows * level.height) for block, frame in zip(blocks, frames, strict=True)
        )
        if all(is_readable(b, level, width) for b in blocks) and max(f.total_width for f in even) <= width:
            return even
    return ()
