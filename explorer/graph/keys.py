"""From a chosen place to its neighbour, for those who have no mouse: Shift and the arrow keys."""

from PySide6.QtCore import Qt

from explorer.graph.places import Place, UnitPlace

MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Layers and units to go."""


def neighbour(place: Place | None, key: Qt.Key, sizes: tuple[int, ...]) -> UnitPlace | None:
    """Return the unit that a key leads to in a network of those layer sizes; None if it is no such key."""
    if key not in MOVES:
        return None
    if not isinstance(place, UnitPlace):
        return UnitPlace(0, 0)
    layers, units = MOVES[key]
    layer = min(max(place.layer + layers, 0), len(sizes) - 1)
    return UnitPlace(layer, min(max(place.unit + units, 0), sizes[layer] - 1))
