"""From a chosen place to its neighbour, for those who have no mouse: units by arrows, the edges of one by Return."""

from PySide6.QtCore import Qt

from explorer.graph.key_sets import ARROWS, ENTER
from explorer.graph.places import EdgePlace, LayerPlace, LossPlace, Place, UnitPlace


class Walk:
    """Walks over units, the loss, and the edges of one unit; remembers whose edges it is among."""

    def __init__(self) -> None:
        self._owner: UnitPlace | None = None

    def next(self, place: Place | None, key: Qt.Key, sizes: tuple[int, ...]) -> Place | None:
        """Return the place that a key leads to in a network of those layer sizes; None if it is no such key."""
        if key not in ARROWS and key not in ENTER:
            return None
        if isinstance(place, EdgePlace):
            return self._from_edge(place, key, sizes)
        if key in ENTER:
            return self._enter(place, sizes)
        return beside(place, ARROWS[key], sizes)

    def _enter(self, place: Place | None, sizes: tuple[int, ...]) -> Place | None:
        """Go from a unit to the first of its edges."""
        if not isinstance(place, UnitPlace):
            return None
        self._owner = place
        return edge_of(place, 0, sizes)

    def _from_edge(self, place: EdgePlace, key: Qt.Key, sizes: tuple[int, ...]) -> Place:
        """Go to the next edge of the same unit, or to a unit at one of its ends."""
        left, right = UnitPlace(place.layer - 1, place.source), UnitPlace(place.layer, place.target)
        owner = self._owner if self._owner in (left, right) else right
        if key in ENTER:
            return left if owner == right else right
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return left if key == Qt.Key.Key_Left else right
        self._owner = owner
        arriving = sizes[owner.layer - 1] if owner.layer else 0
        number = place.source if owner == right else arriving + place.target
        return edge_of(owner, number + ARROWS[key][1], sizes)


def edge_of(unit: UnitPlace, number: int, sizes: tuple[int, ...]) -> EdgePlace:
    """Return an edge of a unit by its number, within bounds: those that arrive first, then those that leave."""
    layer, k = unit.layer, unit.unit
    arriving = sizes[layer - 1] if layer else 0
    leaving = sizes[layer + 1] if layer + 1 < len(sizes) else 0
    number = min(max(number, 0), arriving + leaving - 1)
    return EdgePlace(layer, number, k) if number < arriving else EdgePlace(layer + 1, k, number - arriving)


def beside(place: Place | None, move: tuple[int, int], sizes: tuple[int, ...]) -> Place:
    """Return the unit beside a place; beyond the outputs lies the loss."""
    layers, units = move
    last = len(sizes) - 1
    match place:
        case UnitPlace(layer, unit):
            if layer == last and layers > 0:
                return LossPlace()
            to = min(max(layer + layers, 0), last)
            return UnitPlace(to, min(max(unit + units, 0), sizes[to] - 1))
        case LossPlace():
            return UnitPlace(last, 0) if layers < 0 else place
        case LayerPlace(layer, edges=True):
            return EdgePlace(layer, 0, 0)
        case LayerPlace(layer):
            return UnitPlace(layer, 0)
        case _:
            return UnitPlace(0, 0)
