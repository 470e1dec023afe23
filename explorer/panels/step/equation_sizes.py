"""Which sizes an equation's matrices try on a card of some height: heat maps grow into it, or shrink. No Qt."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from explorer.panels.step.blocks import Block
from explorer.panels.step.equation_flow import Flow, flow, lines_of
from explorer.panels.step.heat_sizes import squeezed
from explorer.panels.step.matrix_frame import (
    GENEROUS,
    LARGE_LEVELS,
    LEVELS,
    MANY_NUMBERS,
    MANY_ROWS,
    USUAL,
    Frame,
    Level,
    common_pixel,
    frame_of,
    frames_of,
    heat_frame,
    is_few,
    is_readable,
    levels_for,
    numbers_frame,
)

PIXELS = (20, 16, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
SLIM, SLIMMEST = Level(2, 9, 28, 22), Level(2, 9, 26, 22, squeezed=True)
"""Numbers as narrow as can be read, where that saves a line that there is no room for."""
LOW = 17
"""Of a row of numbers, in pixels, where the height is scarce."""
SMALLEST = 6
"""Of an entry, before numbers beside heat maps become heat maps, too."""
Frames = tuple[Frame, ...]


def fitted(
    blocks: Sequence[Block], signs: Sequence[float], width: int, height: int, digits: int
) -> tuple[Frames, Flow]:
    """Return frames and places on lines of that width, the roomiest that are within the height, else the lowest.

    Parameters
    ----------
    signs
        Widths of the signs before the blocks.
    height
        Room for all lines; 0 where there is as much as is needed, and heat maps keep their usual size.
    """
    in_full = [flowing(blocks, level, signs, width) for level in full_levels(blocks, width, digits)]
    if in_full:
        lowest = min(in_full, key=lambda found: found[1].height)
        return next((found for found in in_full if found[1].height <= height), lowest)
    usual = frames_of(blocks, width, round(sum(signs)), digits, height)
    if not height:
        return usual, flow(usual, signs, width)
    many = many_numbers(blocks, signs, width, height, digits) if common_pixel(blocks, width) else None
    if many is not None:
        return many
    tried: list[tuple[Frames, Flow]] = []
    lines = len(lines_of(usual, signs, width))
    for frames, is_larger in candidates(blocks, usual, width, digits):
        placed = flow(frames, signs, width)
        if placed.height <= height and not (is_larger and len(lines_of(frames, signs, width)) > lines):
            return frames, placed
        if not is_larger:
            tried.append((frames, placed))
    pixel = common_pixel(blocks, width)  # numbers are scrolled rather than lost
    if pixel:
        return squeezed(blocks, signs, width, height, pixel, digits)
    return min(tried, key=lambda found: found[1].height)


def full_levels(blocks: Sequence[Block], width: int, digits: int) -> list[Level]:
    """Return the ways to write more digits than usual in which every matrix fits into the width."""
    levels = levels_for(blocks, digits) if digits > USUAL else ()
    return [level for level in levels if all(is_readable(block, level, width) for block in blocks)]


def flowing(blocks: Sequence[Block], level: Level, signs: Sequence[float], width: int) -> tuple[Frames, Flow]:
    """Return numbers at one level on lines."""
    frames = tuple(numbers_frame(block, level) for block in blocks)
    return frames, flow(frames, signs, width)


def candidates(blocks: Sequence[Block], usual: Frames, width: int, digits: int) -> Iterator[tuple[Frames, bool]]:
    """Yield frames from roomy to tight, and whether they are larger than usual: not worth another line."""
    pixel = common_pixel(blocks, width)
    if not pixel:
        yield usual, False
        if digits <= USUAL:
            yield from ((frames, False) for frames in tighter(blocks, width))
        return
    larger = (size for size in PIXELS if size > pixel)
    yield from ((tuple(frame_of(block, width, size, digits) for block in blocks), True) for size in larger)
    yield usual, False
    smaller = [size for size in PIXELS if SMALLEST <= size < pixel] or [pixel]
    yield from ((tuple(frame_of(block, width, size, digits) for block in blocks), False) for size in smaller)
    for size in (pixel, *smaller):
        yield (*(heat_frame(block, size) for block in blocks[:-1]), frame_of(blocks[-1], width, size, digits)), False
    yield from ((tuple(heat_frame(block, size) for block in blocks), False) for size in (pixel, *smaller))


def tighter(blocks: Sequence[Block], width: int) -> Iterator[Frames]:
    """Yield all numbers at one level, from roomy to tight; a digit less only where lower rows do not help."""
    for level in with_low_rows((*LEVELS, SLIM, SLIMMEST)):
        if all(is_readable(block, level, width) for block in blocks):
            yield tuple(numbers_frame(block, level) for block in blocks)


def with_low_rows(levels: Sequence[Level], low: int = LOW) -> tuple[Level, ...]:
    """Return each level, and after it the same with rows as low as they may be."""
    return tuple(each for level in levels for each in (level, replace(level, height=low)))


def many_numbers(
    blocks: Sequence[Block], signs: Sequence[float], width: int, height: int, digits: int
) -> tuple[Frames, Flow] | None:
    """Return numbers of matrices that are heat maps otherwise, where all of them fit into the height."""
    if not all(is_few(block, MANY_ROWS, MANY_NUMBERS) for block in blocks):
        return None
    usual = (*LARGE_LEVELS, *with_low_rows(LEVELS)) if height >= GENEROUS else with_low_rows(LEVELS)
    for level in usual if digits <= USUAL else levels_for(blocks, digits):
        frames = tuple(numbers_frame(block, level) for block in blocks)
        if max(frame.total_width for frame in frames) <= width:
            placed = flow(frames, signs, width)
            if placed.height <= height:
                return frames, placed
    return None
