"""What lies under a point: asked of the arrays, not of the items. No Qt."""

import numpy as np

from explorer.graph.geometry import MARK_HALF, MARK_REACH, Column, Kind, Layout, pixel_box
from explorer.graph.places import EdgePlace, FoldPlace, LossPlace, Place, Spot, UnitPlace
from explorer.graph.wires import Wires, joining

REACH = 4.0
"""Pixels on the screen between the mouse and an edge that it still points at."""


def place_at(layout: Layout, wires: Wires, x: float, y: float, zoom: float) -> Spot | None:
    """Return what lies under a point of the scene: units and pixels, folds, the loss, then the nearest edge."""
    for layer, column in enumerate(layout.columns):
        unit = unit_at(column, x, y)
        if unit is not None:
            return UnitPlace(layer, unit)
        if at_fold(column, x, y):
            return FoldPlace(layer)
    if layout.loss.holds(x, y):
        return LossPlace()
    row = wires.nearest(x, y, REACH / zoom)
    if row is None:
        return None
    return EdgePlace(int(wires.layer[row]), int(wires.source[row]), int(wires.target[row]))


def middle_of(layout: Layout, place: Place) -> tuple[float, float] | None:
    """Return the point of the scene where a unit (of an image, its pixel), an edge or the loss lies."""
    match place:
        case UnitPlace(layer, unit):
            column = layout.columns[layer]
            pixel = pixel_box(column, unit)
            return (column.x, float(column.heights[unit])) if pixel is None else pixel.middle
        case EdgePlace(layer, source, target):
            x1, y1, x2, y2 = joining(layout, layer, [source], [target]).lines[0].tolist()
            return (x1 + x2) / 2, (y1 + y2) / 2
        case LossPlace():
            return layout.loss.middle
        case _:
            return None


def at_fold(column: Column, x: float, y: float) -> bool:
    """Tell whether a point lies on the words of a fold."""
    return column.fold is not None and abs(x - column.x) <= MARK_REACH and abs(y - column.fold) <= MARK_HALF


def unit_at(column: Column, x: float, y: float) -> int | None:
    """Return the number of the unit under a point, if there is one."""
    pixel = pixel_at(column, x, y)
    if pixel is not None:
        return pixel
    k = int(np.abs(column.y - y).argmin())
    slack = 0.0 if column.kind is Kind.NUMBERS else 2.0
    inside = abs(x - column.x) <= column.half_width + slack and abs(y - column.y[k]) <= column.half_height + slack
    return int(column.units[k]) if inside else None


def pixel_at(column: Column, x: float, y: float) -> int | None:
    """Return the input that the pixel under a point shows, if the input is an image."""
    image, shape = column.image, column.image_shape
    if image is None or shape is None or not image.holds(x, y):
        return None
    row = int((y - image.top) / image.height * shape[0])
    return row * shape[1] + int((x - image.left) / image.width * shape[1])
