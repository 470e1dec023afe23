"""How a network is laid out in a view: how large its units are, which are folded, where image, names and loss go."""

from collections.abc import Set as AbstractSet

import numpy as np

from explorer.graph.geometry import (
    FOLD_GAP,
    FOOT,
    HEAD,
    NAME_GAP,
    NUMBER_HALF,
    Box,
    Column,
    Kind,
    Layout,
    can_name,
    spread,
)

MARGIN = 20.0
"""The space left and right."""
MOST_NUMBERED, MOST_DRAWN, FOLDED_TO = 12, 64, 24
"""Units of a layer that still carry numbers, that are all drawn, and that a folded layer keeps."""
RADIUS, SHORT_HALF, DOT = 33.0, 24.0, 11.0
"""Largest radius of a numbered unit, half the room of a short number; largest radius of a unit without one."""
BETWEEN, BETWEEN_SHORT = 40.0, 20.0
"""Least room for edges between columns of numbers, and of short ones in deep networks."""
NOTE_LINE, LEAST_NOTED, NOTE_AIR = 16.0, 73.0, 11.0
"""Height of a line of small text, and of a unit that has room for two and for a ring."""
LOSS_HEIGHT = 50.0
LOSS, NARROW_LOSS, NARROW = (74.0, 58.0, 28.0), (64.0, 30.0, 20.0), 420.0
"""Width of the loss's box, the gap before it and that after an image; where the whole drawing is narrower than that."""
LEAST_NAMED, MOST_NAMED, LINES_ROOM = 32.0, 130.0, 17.0
"""Room for the names of classes beside the outputs, at least and at most; that of the lines to the loss behind them."""
NAME_AIR = 4.0
"""Least space between a name and the loss's box."""
STRIP_WIDTH, LEAST_BODY = 12.0, 80.0
MARK_ROOM = 30.0
"""Room of the words below an unfolded layer."""


def lay_out(
    sizes: tuple[int, ...],
    image_shape: tuple[int, int] | None,
    width: float,
    height: float,
    unfolded: AbstractSet[int] = frozenset(),
    names: float = 0.0,
) -> Layout:
    """Return the layout of a network of those layer sizes, the input's first, for a view of that size.

    Layers in ``unfolded`` show all of their units, however many there are; ``names`` is the room that the names of the
    outputs' classes ask for, which they get as far as the columns stay far enough apart for their numbers.
    """
    body = max(height - HEAD - FOOT, LEAST_BODY)
    wide, gap, beside = LOSS if width >= NARROW else NARROW_LOSS
    loss = Box(width - MARGIN - wide, HEAD + body / 2 - LOSS_HEIGHT / 2, wide, LOSS_HEIGHT)
    image = None if image_shape is None else image_box(image_shape, width, body)
    first = MARGIN + 56 if image is None else image.left + image.width + beside + STRIP_WIDTH / 2
    last = loss.left - gap - NUMBER_HALF
    if image is None and (last - first) / (len(sizes) - 1) < 2 * NUMBER_HALF + BETWEEN:
        first = MARGIN + SHORT_HALF + 4  # deep: no room for the small text below the inputs, nor any
    outputs = plain_column(last, sizes[-1], (last - first) / (len(sizes) - 1), body)
    if width < NARROW and outputs.kind is Kind.DOTS:
        last = loss.left - gap - 1.5 * DOT  # no number asks for more, and every pixel between columns is wanted
    broad = max(outputs.half_width - NUMBER_HALF, 0.0) if names else 0.0
    spare = gap - NAME_GAP - LINES_ROOM
    last = max(narrowed(first, last, len(sizes) - 1, max(min(names, MOST_NAMED) - spare + broad, 0.0)), first + 60)
    xs = np.linspace(first, last, len(sizes))
    pitch = float(xs[1] - xs[0])
    columns = evened([plain_column(float(x), size, pitch, body) for x, size in zip(xs, sizes, strict=True)])
    columns = [unrolled(c, body) if c.folded and layer in unfolded else c for layer, c in enumerate(columns)]
    if image is not None and image_shape is not None:
        columns[0] = strip_column(float(xs[0]), image, image_shape, body)
    return Layout(width, height, tuple(columns), loss, room_for_names(columns[-1], loss, names))


def room_for_names(outputs: Column, loss: Box, names: float) -> float:
    """Return the pixels beside the outputs that names get; 0 where they would run into the loss's box."""
    if not names or not can_name(outputs):
        return 0.0
    room = loss.left - outputs.x - outputs.half_width - NAME_GAP
    named = min(max(names, LEAST_NAMED), MOST_NAMED, max(room - LINES_ROOM, LEAST_NAMED))
    if named <= room - NAME_AIR:
        return named
    return room - NAME_AIR if names <= room - NAME_AIR else 0.0


def narrowed(first: float, last: float, gaps: int, wanted: float) -> float:
    """Return where the outputs stand: as far from the loss as wanted, but no column of numbers gets shorter ones."""
    needs = (2 * half + between for half, between in ((NUMBER_HALF, BETWEEN), (SHORT_HALF, BETWEEN_SHORT)))
    kept = next((need for need in needs if (last - first) / gaps >= need), np.inf)
    return max(last - wanted, min(first + kept * gaps, last))


def plain_column(x: float, size: int, pitch: float, body: float) -> Column:
    """Return a column of numbered units where they fit, short ones in deep networks, else of dots."""
    for half, between in ((NUMBER_HALF, BETWEEN), (SHORT_HALF, BETWEEN_SHORT)):
        if size <= MOST_NUMBERED and pitch >= 2 * half + between:
            return numbered(x, size, pitch, body, half)
    return dots(x, size, body)


def numbered(x: float, size: int, pitch: float, body: float, number_half: float = NUMBER_HALF) -> Column:
    """Return units with numbers of that half width inside: circles, or lying ovals where they are many."""
    step = min(body / size, max(190.0, 0.4 * body))
    lines = 2 if step >= LEAST_NOTED and pitch >= 100 else 0
    room = (step - NOTE_LINE * lines) * 0.38
    half = min(RADIUS, room, (step - NOTE_LINE * lines - NOTE_AIR) / 2 if lines else room)
    if number_half < NUMBER_HALF:
        half = min(half, number_half)
    y = spread(size, step, HEAD + (body - NOTE_LINE * lines) / 2)
    return Column(Kind.NUMBERS, x, y, np.arange(size), size, max(half, number_half), half, lines)


def dots(x: float, size: int, body: float) -> Column:
    """Return units without numbers; past ``MOST_DRAWN``, or what fits, only the first and the last."""
    middle = HEAD + body / 2
    if size <= min(MOST_DRAWN, body / 4):
        step = min(body / size, 2 * DOT + 12)
        half = min(DOT, max(step * 0.4, 1.5))
        return Column(Kind.DOTS, x, spread(size, step, middle), np.arange(size), size, half, half)
    each = min(FOLDED_TO, int(body / 8)) // 2
    step = min((body - FOLD_GAP) / (2 * each), 2 * DOT + 4)
    offset = (FOLD_GAP + each * step) / 2
    y = np.concatenate([spread(each, step, middle - offset), spread(each, step, middle + offset)])
    units = np.concatenate([np.arange(each), np.arange(size - each, size)])
    half = min(DOT, step * 0.4)
    return Column(Kind.DOTS, x, y, units, size, half, half, fold=middle)


def unrolled(column: Column, body: float) -> Column:
    """Return a folded layer with all of its units: one cell for each, however thin, above the words to fold it."""
    room, count = body - MARK_ROOM, column.total
    step = min(room / count, 14.0)
    y = spread(count, step, HEAD + room / 2)
    mark = float(y[-1]) + step / 2 + 0.65 * MARK_ROOM
    return Column(Kind.STRIP, column.x, y, np.arange(count), count, STRIP_WIDTH / 2, step / 2, fold=mark)


def evened(columns: list[Column]) -> list[Column]:
    """Give all numbered units the size of the smallest: one network, one look."""
    halves = [column.half_height for column in columns if column.kind is Kind.NUMBERS]
    if not halves:
        return columns
    half = max(min(halves), 15.0)
    return [
        resized(column, min(half, column.half_height)) if column.kind is Kind.NUMBERS else column for column in columns
    ]


def resized(column: Column, half: float) -> Column:
    """Return the column with numbered units of that half height."""
    c, width = column, max(half, min(column.half_width, NUMBER_HALF))
    return Column(c.kind, c.x, c.y, c.units, c.total, width, half, c.note_lines)


def image_box(shape: tuple[int, int], width: float, body: float) -> Box:
    """Return where the input's pixels are drawn."""
    rows, columns = shape
    side = min(176.0, 0.2 * width, 0.6 * body)
    pixel = side / max(rows, columns)
    pixel = float(np.floor(pixel)) if pixel >= 2 else pixel
    wide, high = pixel * columns, pixel * rows
    return Box(MARGIN, HEAD + (body - high) / 2, wide, high)


def strip_column(x: float, image: Box, shape: tuple[int, int], body: float) -> Column:
    """Return the unrolled image: one cell for each pixel, row after row."""
    count = shape[0] * shape[1]
    step = min(body / count, 14.0)
    y = spread(count, step, HEAD + body / 2)
    units = np.arange(count)
    return Column(Kind.STRIP, x, y, units, count, STRIP_WIDTH / 2, step / 2, image=image, image_shape=shape)
