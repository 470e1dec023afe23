"""How large a matrix is drawn: with numbers where they are readable, else as a heat map. Pixels, no Qt."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from explorer.panels.step.blocks import Block
from explorer.tape.numbers import shown

BRACKET = 7
TOP = 21
BOTTOM = 16
NARROW, NOTED, SHORTLY_NOTED = 40, 142, 72
MOST_ROWS, MOST_NUMBERS = 8, 48
MANY_ROWS, MANY_NUMBERS = 12, 100
"""Of a matrix whose numbers are written where there is room for all of them."""
HEAT = 136
THIN = 14
LARGEST_PIXEL = 12
USUAL_SYMBOL = 13
MOST_LINES, LINE, LETTER = 6, 12, 6.05
"""Of a number in its cell, the height of one in pixels, and the width of a letter of the font there."""
Side = Literal["left", "right", "pair"]
SYMBOL, SHAPE, PAIR, MARGIN = 58, 40, 44, 3
"""Room for a symbol beside the cells, for a shape beside them, for both at one side, and above and below them then."""
BESIDE: dict[Side, int] = {"left": SYMBOL + SHAPE, "right": SYMBOL, "pair": PAIR}
LINES = 28
"""Height of a symbol over a shape, beside the cells."""


class Level(Struct, frozen=True):
    """A way to write numbers in cells: digits, the font's and the cell's size in pixels, lines of a number.

    The cell has room for a sign and two letters before the digits, and for ``more`` ones; where ``squeezed``, the
    longest numbers are written narrower instead.
    """

    digits: int
    font: int
    width: int
    height: int
    lines: int = 1
    more: int = 0
    squeezed: bool = False


UNSQUEEZED = (
    Level(4, 12, 58, 26),
    Level(4, 11, 49, 24),
    Level(4, 10, 45, 22),
    Level(3, 10, 39, 22),
    Level(2, 10, 33, 22),
)
LEVELS = (*UNSQUEEZED, Level(2, 10, 33, 22, squeezed=True))
"""From roomy to tight."""
LARGE_LEVELS, GENEROUS = (Level(4, 16, 76, 36), Level(4, 14, 66, 31)), 280
"""Where there is at least that much height: a large window is often seen from afar."""
USUAL = 4
SHARE = 0.6
"""Of a font's size, the width of a letter of it."""


def levels_for(blocks: Sequence[Block], digits: int, height: int = 0) -> tuple[Level, ...]:
    """Return the ways to write that many decimals, from roomy to tight; more than usual stand on several lines.

    ``height`` is the room of the whole equation.
    """
    if digits <= USUAL:
        return (*LARGE_LEVELS, *LEVELS) if height >= GENEROUS else LEVELS
    values = [b.value for b in blocks if b.value is not None and b.value.size <= MANY_NUMBERS]
    longest = max((len(shown(v, digits, signed=True)) for value in values for v in value.ravel().tolist()), default=0)
    found: dict[int, Level] = {}
    for lines in range(1, MOST_LINES + 1):
        letters = max(-(-longest // lines), 4)
        found.setdefault(letters, folded(digits, letters, lines))
    return tuple(found.values())


def folded(digits: int, letters: int, lines: int) -> Level:
    """Return cells in which numbers of that many decimals stand, so many letters on each line."""
    if lines == 1:
        return Level(digits, 11, max(LEVELS[1].width, 7 * letters + 8), 24)
    return Level(digits, 10, round(LETTER * letters) + 7, LINE * lines + 8, lines)


class Shrink(Struct, frozen=True):
    """How high and wide heat maps are at most, in pixels; entries then are lower or narrower, or share a pixel.

    ``noted`` is the room for the note that tells so; where there is none, the tooltip tells it alone.
    """

    height: int
    width: int
    noted: int = SHORTLY_NOTED


FULL = Shrink(HEAT, HEAT)


class Frame(Struct, frozen=True):
    """The drawn size of one matrix.

    Attributes
    ----------
    level
        How numbers are written; None for a heat map.
    width, height
        Of the cells together.
    block
        Rows and columns of the array that share one pixel of a heat map.
    beside
        Where the symbol stands, if it does not stand above the cells and the shape below: "left" of them, the shape
        at the right, both at the "right", or both at the left as a "pair".
    symbol
        Font size of the symbol above the cells.
    noted
        Room for the note that says how many entries share a pixel: below ``NOTED`` it is written short, 0 for none.
    """

    level: Level | None
    width: int
    height: int
    block: tuple[int, int] = (1, 1)
    beside: Side | None = None
    symbol: int = USUAL_SYMBOL
    noted: int = NOTED

    @property
    def left(self) -> int:
        """From the widget's left edge to the cells."""
        if self.beside is None:
            return (self.total_width - self.width) // 2
        return BRACKET + {"left": SYMBOL, "pair": PAIR}.get(self.beside, 0)

    @property
    def top(self) -> int:
        """From the widget's upper edge to the cells."""
        if self.beside is None:
            return TOP + (self.symbol - USUAL_SYMBOL) * 3 // 2
        return (self.total_height - self.height) // 2

    @property
    def downsampled(self) -> bool:
        """Whether a pixel stands for several entries."""
        return self.block != (1, 1)

    @property
    def total_width(self) -> int:
        """With brackets, and room for the symbol and the note."""
        if self.beside is not None:
            return self.width + 2 * BRACKET + BESIDE[self.beside]
        return max(self.width + 2 * BRACKET, self.noted if self.downsampled else 0, NARROW)

    @property
    def total_height(self) -> int:
        """With the symbol above and the shape below."""
        if self.beside is not None:
            return max(self.height, 0 if self.beside == "left" else LINES) + 2 * MARGIN
        return self.top + self.height + BOTTOM + (BOTTOM - 2 if self.downsampled and self.noted else 0)


def numbers_frame(block: Block, level: Level) -> Frame:
    """Return the frame of a matrix with its numbers at that level; small ones, as 0.0084, ask for wider cells."""
    height = level.height if block.rows <= 4 or level.lines > 1 else level.height - 2
    return Frame(level, block.columns * cell_width(block, level), block.rows * height)


def cell_width(block: Block, level: Level) -> int:
    """Return the width of a cell in which every number has all its digits."""
    more = 0 if level.digits > USUAL or level.squeezed else max(level.more, letters_beyond(block))
    return level.width + round(SHARE * level.font * more)


@lru_cache(maxsize=256)
def letters_beyond(block: Block) -> int:
    """Return how many letters more than a sign and two before its digits the longest number of a matrix has."""
    if block.value is None or not is_few(block, MANY_ROWS, MANY_NUMBERS):
        return 0
    numbers = block.value.ravel().tolist()
    return max(0, *(len(shown(number, USUAL, signed=block.signed)) - USUAL - 3 for number in numbers))


def is_readable(block: Block, level: Level, width: int) -> bool:
    """Tell whether the numbers of a matrix fit into a line of that width at that level."""
    return is_few(block) and numbers_frame(block, level).total_width <= width


def is_few(block: Block, rows: int = MOST_ROWS, numbers: int = MOST_NUMBERS) -> bool:
    """Tell whether a matrix has so few numbers that they can be read."""
    return block.rows <= rows and block.rows * block.columns <= numbers


def pixel_beside(longest: int) -> int:
    """Return how large an entry of heat maps is, of which the longest side has that many."""
    return min(LARGEST_PIXEL, max(1, HEAT // longest))


def heat_frame(block: Block, pixel: int, shrink: Shrink = FULL) -> Frame:
    """Return the frame of a heat map whose entries are that large, as its neighbours' are, or lower and narrower."""
    height, rows = _side(block.rows, pixel, shrink.height)
    width, columns = _side(block.columns, pixel, shrink.width)
    return Frame(None, width, height, (rows, columns), noted=NOTED if shrink is FULL else shrink.noted)


def _side(count: int, pixel: int, most: int) -> tuple[int, int]:
    """Return the drawn length of a side, and the entries that share a pixel along it."""
    share = -(-count // most)
    drawn = -(-count // share)
    return max(THIN, drawn * (pixel if most == HEAT else max(1, min(pixel, most // drawn)))), share


def frame_of(block: Block, width: int, pixel: int = 0, digits: int = USUAL, shrink: Shrink = FULL) -> Frame:
    """Return the roomiest frame that fits into a line of that width.

    Beside heat maps, whose entries are of ``pixel``, numbers are not squeezed: the whole then reads as an equation.
    """
    usual = UNSQUEEZED[1:-1] if pixel else LEVELS[1:]
    for level in levels_for((block,), digits) if digits > USUAL else usual:
        if is_readable(block, level, width):
            return numbers_frame(block, level)
    return heat_frame(block, pixel or pixel_beside(max(block.rows, block.columns)), shrink)


def frames_of(
    blocks: Sequence[Block], width: int, between: int, digits: int = USUAL, height: int = 0
) -> tuple[Frame, ...]:
    """Return the frames of an equation's blocks: all at one roomy level where a single line holds them.

    Parameters
    ----------
    width
        Of a line.
    between
        What the signs of the equation take together.
    digits
        Decimals that are wanted.
    height
        Room of all lines, 0 where it does not matter.
    """
    levels = levels_for(blocks, digits, height) if digits <= USUAL else ()
    for level in (level for level in levels if level.digits >= USUAL):
        frames = tuple(numbers_frame(block, level) for block in blocks)
        together = sum(frame.total_width for frame in frames) + between
        if together <= width and all(is_readable(block, level, width) for block in blocks):
            return frames
    pixel = common_pixel(blocks, width)
    return tuple(frame_of(block, width, pixel, digits) for block in blocks)


def common_pixel(blocks: Sequence[Block], width: int) -> int:
    """Return how large the entries of an equation's heat maps are; 0 where all of it is numbers."""
    large = [b for b in blocks if not any(is_readable(b, level, width) for level in LEVELS)]
    longest = max((max(block.rows, block.columns) for block in large), default=0)
    return pixel_beside(longest) if longest else 0
