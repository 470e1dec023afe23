"""Edges as arrays: all of them, the strongest of them, the nearest to a point."""

import numpy as np
import pytest

from explorer.graph.hits import place_at
from explorer.graph.laying_out import lay_out
from explorer.graph.places import EdgePlace, LossPlace, UnitPlace
from explorer.graph.scene import dealt
from explorer.graph.wires import all_wires, strongest

LAYOUT = lay_out((2, 3, 2), None, 700, 540)


def test_every_pair_of_neighbouring_units_has_an_edge() -> None:
    wires = all_wires(LAYOUT)
    assert len(wires.lines) == 2 * 3 + 3 * 2
    assert [int(wires.source[k]) for k in range(6)] == [0, 0, 0, 1, 1, 1]
    assert [int(wires.target[k]) for k in range(6)] == [0, 1, 2, 0, 1, 2]


def test_folded_units_have_no_edges() -> None:
    wires = all_wires(lay_out((300, 2), None, 700, 540))
    assert len(wires.lines) == 24 * 2
    assert wires.source.max() == 299


def test_the_nearest_edge_is_found_within_reach_only() -> None:
    wires = all_wires(LAYOUT)
    row = 4
    middle = (wires.lines[row, :2] + wires.lines[row, 2:]) / 2
    assert wires.nearest(float(middle[0]), float(middle[1]), within=1) == row
    assert wires.nearest(-100, -100, within=5) is None


def test_of_too_many_edges_the_strongest_are_kept() -> None:
    shares = np.random.default_rng(0).uniform(-1, 1, 4096)
    kept = strongest(shares, most=500)
    assert len(kept) == 500
    assert np.abs(shares[kept]).min() >= np.abs(np.delete(shares, kept)).max()
    assert strongest(shares, most=4096).tolist() == list(range(4096))


@pytest.mark.parametrize(
    ("pairs", "most", "granted"),
    [([4, 6], 100, [4, 6]), ([4, 600], 100, [4, 96]), ([500, 500], 100, [50, 50]), ([900, 10, 900], 110, [50, 10, 50])],
)
def test_what_small_layers_leave_goes_to_the_large(pairs: list[int], most: int, granted: list[int]) -> None:
    assert dealt(pairs, most) == granted


@pytest.mark.parametrize(("layer", "unit"), [(0, 0), (1, 2), (2, 1)])
def test_units_are_hit(layer: int, unit: int) -> None:
    column = LAYOUT.columns[layer]
    found = place_at(LAYOUT, all_wires(LAYOUT), column.x, float(column.y[unit]), zoom=1)
    assert found == UnitPlace(layer, unit)


def test_edges_the_loss_and_nothing_are_hit() -> None:
    wires = all_wires(LAYOUT)
    x, y = (wires.lines[6, :2] * 0.8 + wires.lines[6, 2:] * 0.2).tolist()
    assert place_at(LAYOUT, wires, x, y, zoom=1) == EdgePlace(2, 0, 0)
    loss = LAYOUT.loss
    assert place_at(LAYOUT, wires, loss.left + 5, loss.top + 5, zoom=1) == LossPlace()
    assert place_at(LAYOUT, wires, 5, 5, zoom=1) is None


def test_a_pixel_and_its_cell_are_the_same_unit() -> None:
    layout = lay_out((64, 4), (8, 8), 700, 540)
    column = layout.columns[0]
    image = column.image
    assert image is not None
    pixel = place_at(layout, all_wires(layout), image.left + image.width * 3.5 / 8, image.top + 1, zoom=1)
    cell = place_at(layout, all_wires(layout), column.x, float(column.y[3]), zoom=1)
    assert pixel == cell == UnitPlace(0, 3)
