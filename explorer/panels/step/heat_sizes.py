"""Heat maps squeezed into a height: entries that are wider than high, or many that share a pixel. No Qt."""

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from explorer.panels.step.blocks import Block
from explorer.panels.step.equation_flow import Flow, flow, lines_of
from explorer.panels.step.matrix_frame import HEAT, USUAL, Frame, Shrink, frame_of, heat_frame

LOWEST = 24
"""Of a heat map, in pixels: below it, rows cannot be told apart at all."""
NARROWER = (Shrink(LOWEST, HEAT), Shrink(LOWEST, 100), *(Shrink(LOWEST, most, 0) for most in (100, 64, 44)))
"""Of heat maps whose entries are a pixel already."""
Frames = tuple[Frame, ...]
Drawing = Callable[[int, Shrink], Frames]


def squeezed(
    blocks: Sequence[Block], signs: Sequence[float], width: int, height: int, pixel: int, digits: int = USUAL
) -> tuple[Frames, Flow]:
    """Return the largest heat maps within width and height, beside as many numbers as there can be.

    Parameters
    ----------
    pixel
        The largest size of an entry.

    Returns
    -------
    Frames and places; the lowest where none are low enough.
    """
    tried: list[tuple[Frames, Flow]] = []
    for drawn in drawings(blocks, width, digits):
        tried += sizes(drawn, signs, width, height, pixel)
        found = [each for each in tried if each[1].height <= height]
        if found:
            return max(found, key=lambda each: worth(each[0]))
    return min(tried, key=lambda each: each[1].height)


def drawings(blocks: Sequence[Block], width: int, digits: int) -> Iterator[Drawing]:
    """Yield how blocks are drawn: numbers where they can be, the result's only, none."""
    *others, last = blocks
    yield lambda pixel, shrink: tuple(frame_of(b, width, pixel, digits, shrink) for b in blocks)
    yield lambda pixel, shrink: (
        *(heat_frame(b, pixel, shrink) for b in others),
        frame_of(last, width, pixel, digits, shrink),
    )
    yield lambda pixel, shrink: tuple(heat_frame(b, pixel, shrink) for b in blocks)


def sizes(drawn: Drawing, signs: Sequence[float], width: int, height: int, pixel: int) -> Iterator[tuple[Frames, Flow]]:
    """Yield, for each width of an entry, maps as high as the lines may be that they then stand on."""
    usual = ((size, NARROWER[0]) for size in range(pixel, 1, -1))
    for wide, shrink in (*usual, *((1, each) for each in NARROWER)):
        frames = drawn(wide, shrink)
        placed = flow(frames, signs, width)
        spare, lines = max(0, height - placed.height), len(lines_of(frames, signs, width))
        for share in dict.fromkeys((spare, spare // lines)):  # for one line of high maps, or for all lines
            larger = drawn(wide, replace(shrink, height=min(LOWEST + share, HEAT)))
            yield larger, flow(larger, signs, width)


def worth(frames: Frames) -> tuple[bool, int]:
    """Return how well heat maps can be read: every entry by itself, then large."""
    maps = [frame for frame in frames if frame.level is None]
    return not any(frame.downsampled for frame in maps), sum(frame.width * frame.height for frame in maps)
