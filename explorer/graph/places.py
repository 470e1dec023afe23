"""Where on the drawing a named array, or one cell of it, has its place: at units, at edges, or at the loss."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from explorer.tape.entries import Cell
from explorer.tape.names import Role, parse


class UnitPlace(Struct, frozen=True):
    """Unit ``unit`` of a layer; layer 0 is the input."""

    layer: int
    unit: int


class EdgePlace(Struct, frozen=True):
    """The edge into layer ``layer``, from 1, between two units."""

    layer: int
    source: int
    target: int


class LossPlace(Struct, frozen=True):
    """The loss."""


class LayerPlace(Struct, frozen=True):
    """All units of a layer, or all edges into it: where a whole array stands."""

    layer: int
    edges: bool


class FoldPlace(Struct, frozen=True):
    """The words where units of a layer are folded, or could be."""

    layer: int


Place = UnitPlace | EdgePlace | LossPlace | LayerPlace
"""Where a cell of an array may stand."""
Spot = Place | FoldPlace
"""What a mouse finds."""


@lru_cache(maxsize=4096)
def home(name: str, depth: int) -> tuple[str, int]:
    """Return ("units", layer), ("edges", layer) or ("loss", 0) for a name on a tape of that depth."""
    parsed = parse(name)
    if is_transposed(name):
        return "edges", parse(parsed.over).layer
    if parsed.symbol == "W":
        return "edges", parsed.layer
    if parsed.symbol in "JR":
        return "loss", 0
    return "units", depth if parsed.symbol in "py" else parsed.layer


def is_transposed(name: str) -> bool:
    """Tell whether the name is a factor dz/dh: a weight matrix, rows and columns exchanged."""
    parsed = parse(name)
    return parsed.role is Role.FACTOR and parsed.over.startswith("z")


def place_of(cell: Cell | None, row: int, sizes: Sequence[int]) -> Place | None:
    """Return where a cell, or a whole array, has its place in a network of those sizes.

    None where it belongs to another sample than row ``row``, or to an array of a shape for which there is no room.
    """
    if cell is None:
        return None
    name, index = cell
    kind, layer = home(name, len(sizes) - 1)
    if kind == "loss":
        return LossPlace()
    if not index:
        return LayerPlace(layer, kind == "edges")
    if kind == "edges":
        source, target = index[::-1] if is_transposed(name) else index
        inside = source < sizes[layer - 1] and target < sizes[layer]
        return EdgePlace(layer, source, target) if inside else None
    if (len(index) == 2 and index[0] != row) or index[-1] >= sizes[layer]:
        return None
    return UnitPlace(layer, index[-1])
