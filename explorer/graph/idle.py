"""Units that learn nothing, and their marks: off on the shown sample, dead on all samples, or saturated. No Qt."""

from enum import Enum

import numpy as np

from explorer.graph.geometry import Column, Floats, Ints, Kind
from explorer.graph.picture import Picture
from explorer.session.pictures.flow import FLAT, Flow

DIAGONAL, INNER = 0.7071, 0.64
"""Where a stroke begins, on the rim at 45 degrees, and where it leaves room for a number."""
FLAT_HALF, FLAT_AWAY = 0.42, 0.70
"""Half the length of a bar above and below a number, and how far from the middle it lies, in halves of a unit."""
TICK = 5.0
"""Pixels beside a cell too thin to be marked inside."""


class Idle(Enum):
    """Why a unit learns nothing; the value is the word for it."""

    OFF = "off"
    DEAD = "dead"
    DEAD_OUTPUT = "dead as output"
    SATURATED = "saturated"


WORDS = {Idle.OFF: "off", Idle.DEAD: "dead", Idle.DEAD_OUTPUT: "dead", Idle.SATURATED: "flat"}
"""Below the number, where there is room for a few letters."""
SLASH = ((-1.0, 1.0, 1.0, -1.0),)
CROSS = (*SLASH, (-1.0, -1.0, 1.0, 1.0))
FLAT_LINE = ((-1.4, 0.0, 1.4, 0.0),)
STROKES = {Idle.OFF: SLASH, Idle.DEAD: CROSS, Idle.DEAD_OUTPUT: CROSS, Idle.SATURATED: FLAT_LINE}
"""Lines through a unit without a number, in its halves at 45 degrees: struck out, crossed out, flat."""

STILL = {Idle.OFF, Idle.DEAD, Idle.DEAD_OUTPUT}
"""Nothing goes on and nothing comes back: hatched, as what is masked is."""
Idles = dict[Idle, Ints]
NONE: Ints = np.empty(0, np.intp)


NOBODY: Idles = dict.fromkeys(Idle, NONE)


def idle_units(picture: Picture, layer: int) -> Idles:
    """Return which units of a layer are what; one that is dead is off as well, and is told as dead."""
    off, flow = picture.columns[layer].off, measured(picture)
    if off is None and flow is None:
        return NOBODY
    dead, dead_outputs, saturated = (NONE, NONE, NONE) if flow is None else long_idle(flow, layer)
    known = np.concatenate([dead, dead_outputs])
    alone = NONE if off is None else np.setdiff1d(np.flatnonzero(off), known, assume_unique=True)
    return {Idle.OFF: alone, Idle.DEAD: dead, Idle.DEAD_OUTPUT: dead_outputs, Idle.SATURATED: saturated}


def long_idle(flow: Flow, layer: int) -> tuple[Ints, Ints, Ints]:
    """Return which units of a layer are dead, which are dead outputs, and which are saturated."""
    if 0 < layer <= len(flow.units):
        return flow.dead[layer - 1], NONE, flow.saturated[layer - 1]
    return (NONE, flow.dead_outputs, NONE) if layer else (NONE, NONE, NONE)


def measured(picture: Picture) -> Flow | None:
    """Return the measurement, if it is of a network of that shape."""
    flow = picture.measured
    return flow if flow is not None and flow.units == picture.sizes[1:-1] else None


def counts(picture: Picture) -> dict[Idle, int]:
    """Return how many units of the whole network are what; nothing of what there is none."""
    layers = [idle_units(picture, layer) for layer in range(1, picture.depth + 1)]
    numbers = {kind: sum(len(idle[kind]) for idle in layers) for kind in Idle}
    return {kind: number for kind, number in numbers.items() if number}


def reasons(picture: Picture, layer: int, unit: int) -> tuple[str, ...]:
    """Say why a unit learns nothing, with the number behind it."""
    idle, flow, off = idle_units(picture, layer), measured(picture), picture.columns[layer].off
    said = []
    if off is not None and off[unit]:
        onward = "" if layer == picture.depth else "nothing goes on, "
        said.append(f"off: value 0, slope 0; {onward}nothing comes back")
    if flow is not None and unit in idle[Idle.DEAD]:
        said.append(f"dead: so on {every(flow.samples)} looked at")
    if flow is not None and unit in idle[Idle.DEAD_OUTPUT]:
        said.append(dead_output(flow))
    if flow is not None and unit in idle[Idle.SATURATED]:
        share = f"{100 * float(flow.flat[layer - 1][unit]):.3g} % of {flow.samples} samples"
        where = share if flow.samples > 1 else every(1)
        said.append(f"saturated: slope below {100 * FLAT:g} % of the steepest on {where} looked at")
    return tuple(said)


def dead_output(flow: Flow) -> str:
    """Say what it means that an output is dead: a logit of 0 is no small one, but nothing makes it larger."""
    if flow.has_logits:
        return f"dead: its logit is 0 on {every(flow.samples)} looked at; its probability cannot rise by it"
    return f"dead: its value is 0 on {every(flow.samples)} looked at; no gradient reaches its weights"


def every(samples: int) -> str:
    """Return "the one sample", or "all 256 samples"."""
    return "the one sample" if samples == 1 else f"all {samples} samples"


def strokes(column: Column, idle: Idles) -> Floats:
    """Return the lines (E, 4) that mark the units of a column, from the rim inwards: a number stays readable."""
    return np.concatenate([drawn(column, kind, rows_of(column, units)) for kind, units in idle.items()])


def rows_of(column: Column, units: Ints) -> Ints:
    """Return the places of units among those that are drawn."""
    rows: Ints = np.flatnonzero(np.isin(column.units, units, assume_unique=True))
    return rows


def drawn(column: Column, kind: Idle, rows: Ints) -> Floats:
    """Return the lines of one kind of mark."""
    if column.kind is Kind.STRIP:
        return ticks(column, rows)
    shape = np.array(STROKES[kind]) * DIAGONAL
    if column.kind is Kind.NUMBERS:
        shape = bars() if kind is Idle.SATURATED else halves(shape)
    scale = np.array([column.half_width, column.half_height] * 2)
    middles = np.column_stack([np.full(len(rows), column.x), column.y[rows]])
    lines: Floats = (np.tile(middles, 2)[:, None, :] + (shape * scale)[None, :, :]).reshape(-1, 4)
    return lines


def halves(lines: Floats) -> Floats:
    """Return both ends of lines through a middle, as far in as there is room."""
    start, end = lines[:, :2], lines[:, 2:]
    return np.concatenate([np.hstack([side, INNER * side]) for side in (start, end)])


def bars() -> Floats:
    """Return a bar above the number and one below: it is between two flats."""
    return np.array([(-FLAT_HALF, y, FLAT_HALF, y) for y in (-FLAT_AWAY, FLAT_AWAY)])


def same(one: Idles, other: Idles) -> bool:
    """Tell whether the same units are idle."""
    return all(np.array_equal(one[kind], other[kind]) for kind in Idle)


def sample_strokes(kind: Idle, x: float, y: float, radius: float) -> Floats:
    """Return the lines of a mark around a point, for a legend."""
    lines: Floats = np.array(STROKES[kind]) * DIAGONAL * radius + np.array([x, y, x, y])
    return lines


def ticks(column: Column, rows: Ints) -> Floats:
    """Return a short line right of each cell."""
    y, left = column.y[rows], np.full(len(rows), column.x + column.half_width + 1)
    return np.column_stack([left, y, left + TICK, y])


def kinds(column: Column, idle: Idles) -> list[Idle | None]:
    """Return what each drawn unit is."""
    found: list[Idle | None] = [None] * len(column.units)
    for kind, units in idle.items():
        for row in rows_of(column, units).tolist():
            found[row] = kind
    return found
