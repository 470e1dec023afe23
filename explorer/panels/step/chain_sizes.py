"""How large the matrices of the chain view are: chosen for the whole sheet together, so that it fills its room. No Qt.

Numbers as large as one line of them can be; where they would be too small on one line, on several; where there are too
many of them, heat maps whose entries are all of one size, but for short sides, along which no entries share a pixel.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from explorer.panels.step.blocks import Block
from explorer.panels.step.chain_columns import ChainColumn
from explorer.panels.step.matrix_frame import (
    MANY_NUMBERS,
    MANY_ROWS,
    USUAL,
    USUAL_SYMBOL,
    Frame,
    Level,
    is_few,
    levels_for,
    numbers_frame,
)

SIGN, EDGE, BUTTON, BETWEEN, NARROWEST = 34, 8, 20, 10, 60
"""Room of a sign, around everything, of a step's button, between factor and product; the least width of a column."""
FONTS = (22, 20, 18, 16, 15, 14, 13, 12, 11, 10)
READABLE = 11
"""Font down to which one line is better than two."""
TIGHT = (Level(2, 11, 40, 18), Level(2, 10, 34, 18))
"""Two decimals are better than none."""
PIXELS = (24, 20, 16, 14, 12, 10, 8, 7, 6, 5, 4, 3, 2, 1)
THIN, WIDE = 22, 46
"""Least height of a heat map, and the width to which one of few columns grows."""
SPREAD = 6
"""Pixels of an entry down from which heat maps go onto several lines, where one line does not hold them."""
SHARES = (2, 3, 4, 6, 8, 12, 16, 24)
Frames = tuple[Frame, ...]


class Sizes(Struct, frozen=True):
    """The drawn sizes of a chain.

    Attributes
    ----------
    factors
        One for each column.
    products
        By column, where there is one.
    lines
        The columns of each line.
    """

    factors: Frames
    products: dict[int, Frame]
    lines: tuple[tuple[int, ...], ...]

    def width_of(self, place: int) -> int:
        """Return the width of a column without its sign."""
        under = self.products[place].total_width if place in self.products else 0
        return max(self.factors[place].total_width, under, NARROWEST)

    def line_width(self, line: Sequence[int]) -> int:
        """Return the width of a line with its signs."""
        return sum(self.width_of(place) + (SIGN if place else 0) for place in line)

    def above(self, line: Sequence[int]) -> int:
        """Return the height of the highest factor of a line."""
        return max(self.factors[place].total_height for place in line)

    def below(self, line: Sequence[int]) -> int:
        """Return the height of the highest product of a line, 0 where there is none."""
        return max((self.products[place].total_height for place in line if place in self.products), default=0)

    def line_height(self, line: Sequence[int]) -> int:
        """Return the height of a line with its buttons."""
        below = self.below(line)
        return self.above(line) + BUTTON + (BETWEEN + below + BUTTON if below else 0)

    @property
    def width(self) -> int:
        """Of everything."""
        return max(map(self.line_width, self.lines)) + 2 * EDGE

    @property
    def height(self) -> int:
        """Of everything."""
        return sum(map(self.line_height, self.lines)) + BETWEEN * (len(self.lines) - 1) + 2 * EDGE


def sizes_of(columns: Sequence[ChainColumn], width: int, height: int, digits: int) -> Sizes:
    """Return the roomiest sizes that fit into a sheet of that width and height; the smallest ones if none does."""
    last = None
    for last in candidates(columns, width, digits):
        if last.width <= width and last.height <= height:
            return last
    if last is None:
        raise ValueError("a chain has columns")
    return last


def candidates(columns: Sequence[ChainColumn], width: int, digits: int) -> Iterator[Sizes]:
    """Yield sizes from the most to the least wanted."""
    if all(is_few(block, MANY_ROWS, MANY_NUMBERS) for block in blocks_of(columns)):
        levels = [*(level_of(font, digits) for font in FONTS), *(TIGHT if digits <= USUAL else ())]
        yield from (numbers_at(columns, level) for level in levels if level.font >= READABLE and level not in TIGHT)
        yield from (wrapped(numbers_at(columns, level), width) for level in levels)
        in_full = levels_for(list(blocks_of(columns)), digits) if digits > USUAL else ()
        yield from (wrapped(numbers_at(columns, level), width) for level in in_full)
    yield from (heat_maps(columns, pixel, 1) for pixel in PIXELS if pixel > 1)
    yield from (wrapped(heat_maps(columns, pixel, 1), width) for pixel in PIXELS if pixel <= SPREAD)
    yield from (wrapped(heat_maps(columns, 1, share), width) for share in SHARES)


def heat_maps(columns: Sequence[ChainColumn], pixel: int, share: int) -> Sizes:
    """Return heat maps on one line, entries of that many pixels or that many entries a pixel."""
    factors = tuple(heat(column.factor, pixel, share) for column in columns)
    products = {k: heat(c.product, pixel, share) for k, c in enumerate(columns) if c.product}
    return Sizes(factors, products, (tuple(range(len(columns))),))


def heat(block: Block, pixel: int, share: int) -> Frame:
    """Return a heat map of entries of that size; one of a few columns has larger ones, for there is room."""
    shared = shared_along(block.rows, share), shared_along(block.columns, share)
    rows, columns = (-(-count // along) for count, along in zip((block.rows, block.columns), shared, strict=True))
    wide = max(pixel * columns, min(WIDE, PIXELS[0] * columns))
    high = max(pixel * rows, min(THIN, PIXELS[0] * rows))
    return Frame(None, wide, high, shared, symbol=USUAL_SYMBOL + 2, noted=NARROWEST)


def shared_along(count: int, share: int) -> int:
    """Return how many entries share a pixel along a side: none of a side that is short as it is."""
    return min(share, -(-count // WIDE))


def wrapped(whole: Sizes, width: int) -> Sizes:
    """Return the same on as many lines as the width asks for."""
    lines: list[list[int]] = [[]]
    for place in range(len(whole.factors)):
        if lines[-1] and whole.line_width((*lines[-1], place)) + 2 * EDGE > width:
            lines.append([])
        lines[-1].append(place)
    return replace(whole, lines=tuple(map(tuple, lines)))


def numbers_at(columns: Sequence[ChainColumn], level: Level) -> Sizes:
    """Return all numbers at one level, on one line."""
    factors = tuple(numbers(column.factor, level) for column in columns)
    products = {k: numbers(c.product, level) for k, c in enumerate(columns) if c.product}
    return Sizes(factors, products, (tuple(range(len(columns))),))


def numbers(block: Block, level: Level) -> Frame:
    """Return a matrix of numbers, its symbol as large as they are; its size is that of numbers not computed yet."""
    return replace(numbers_frame(replace(block, value=None), level), symbol=max(USUAL_SYMBOL, level.font))


def level_of(font: int, digits: int) -> Level:
    """Return the cells in which numbers of a font's size stand, a sign and one digit before their decimals."""
    return Level(
        digits,
        font,
        round(0.605 * font * (digits + 3)) + (8 if font > READABLE else 3),
        font * 2 + (0 if font <= READABLE else 2),
        more=1 if font > READABLE else 0,
    )


def blocks_of(columns: Sequence[ChainColumn]) -> Iterator[Block]:
    """Yield factors and products."""
    for column in columns:
        yield column.factor
        if column.product is not None:
            yield column.product
