"""Where units stand: inside the view, apart from each other, folded where they are too many."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.graph.geometry import FOOT, NAME_GAP, NUMBER_HALF, Kind, Layout, pixel_box
from explorer.graph.laying_out import BETWEEN_SHORT, NOTE_LINE, lay_out

RING = 6.2
"""Pixels outside a unit that the ring of a written one takes."""
SIZES = st.lists(st.integers(1, 300), min_size=2, max_size=5).map(tuple)


def check_inside(layout: Layout) -> None:
    for column in layout.columns:
        box = column.box
        assert box.left >= 0
        assert box.left + box.width <= layout.loss.left
        assert box.top >= 0
        assert box.top + box.height <= layout.height


@given(SIZES, st.sampled_from([(700, 540), (1100, 760), (560, 420)]))
def test_every_unit_is_inside_and_apart(sizes: tuple[int, ...], view: tuple[int, int]) -> None:
    layout = lay_out(sizes, None, *view)
    check_inside(layout)
    for column in layout.columns:
        assert (np.diff(column.y) >= 2 * column.half_height - 1e-9).all()
    xs = [column.x for column in layout.columns]
    assert xs == sorted(xs)


def test_small_layers_carry_numbers_and_notes() -> None:
    layout = lay_out((2, 2, 2), None, 700, 540)
    assert {column.kind for column in layout.columns} == {Kind.NUMBERS}
    assert all(column.half_height == 33 and column.note_lines == 2 for column in layout.columns)


def test_numbered_units_of_one_network_are_equally_large() -> None:
    halves = {column.half_height for column in lay_out((2, 8, 3), None, 700, 540).columns}
    assert len(halves) == 1


@pytest.mark.parametrize(("size", "kind"), [(12, Kind.NUMBERS), (13, Kind.DOTS), (64, Kind.DOTS)])
def test_up_to_64_units_are_all_drawn(size: int, kind: Kind) -> None:
    column = lay_out((2, size, 2), None, 700, 540).columns[1]
    assert column.kind is kind
    assert column.folded == 0
    assert column.fold is None


def test_wide_layers_fold_their_middle() -> None:
    column = lay_out((2, 512, 2), None, 700, 540).columns[1]
    assert column.folded == 488
    assert column.units.tolist() == [*range(12), *range(500, 512)]
    assert column.fold is not None
    assert column.y[11] + column.half_height < column.fold - 15
    assert column.fold + 15 < column.y[12] - column.half_height


def test_an_image_is_drawn_as_pixels_and_unrolled_in_full() -> None:
    layout = lay_out((64, 32, 10), (8, 8), 700, 540)
    column = layout.columns[0]
    assert column.kind is Kind.STRIP
    assert len(column.y) == 64
    assert column.image is not None
    assert column.image.left + column.image.width < column.box.left
    check_inside(layout)


def test_pixels_run_row_after_row() -> None:
    column = lay_out((64, 32, 10), (8, 8), 700, 540).columns[0]
    first, ninth = pixel_box(column, 0), pixel_box(column, 8)
    assert first is not None
    assert ninth is not None
    assert (ninth.left, ninth.top) == (first.left, first.top + first.height)


def test_columns_too_close_for_numbers_are_dots() -> None:
    layout = lay_out((2,) * 10, None, 700, 540)
    assert {column.kind for column in layout.columns} == {Kind.DOTS}


@pytest.mark.parametrize(("width", "short"), [(605, True), (1100, False)])
def test_a_deep_network_keeps_its_numbers_short_where_there_is_little_room(width: int, *, short: bool) -> None:
    layout = lay_out((3, 4, 4, 3, 2), None, width, 424)
    assert [(column.kind, column.short) for column in layout.columns] == [(Kind.NUMBERS, short)] * 5
    assert layout.columns[0].x - layout.columns[0].half_width - RING > 0
    for left, right in pairwise(layout.columns):
        assert right.x - left.x >= left.half_width + right.half_width + BETWEEN_SHORT


def test_the_small_text_below_a_unit_keeps_clear_of_the_ring_of_the_next() -> None:
    for units in range(1, 13):
        for height in range(300, 900, 20):
            column = lay_out((2, units, 2), None, 605, height).columns[1]
            if column.note_lines:
                step = float(np.diff(column.y).min(initial=height))
                assert step - 2 * column.half_height - column.note_lines * NOTE_LINE - RING >= 3


@given(SIZES, st.sampled_from([(356, 218), (610, 420), (700, 540), (1100, 760)]), st.floats(1, 300))
def test_names_of_classes_get_room_that_numbers_can_spare(
    sizes: tuple[int, ...], view: tuple[int, int], names: float
) -> None:
    plain, named = lay_out(sizes, None, *view), lay_out(sizes, None, *view, names=names)
    check_inside(named)
    assert [column.kind for column in named.columns] == [column.kind for column in plain.columns]
    assert [column.short for column in named.columns] == [column.short for column in plain.columns]


def test_a_long_name_moves_the_outputs_away_from_the_loss() -> None:
    layout = lay_out((2, 8, 8, 2), None, 610, 420, names=66.0)
    assert layout.named == 66.0
    outputs = layout.columns[-1]
    assert layout.loss.left - outputs.x - outputs.half_width > 66 + 15
    assert lay_out((2, 8, 8, 2), None, 610, 420).named == 0.0


@pytest.mark.parametrize(("sizes", "view"), [((2, 16, 16, 2), (610, 466)), ((2, 16, 16, 2), (1000, 490))])
def test_large_circles_of_few_outputs_leave_names_their_room(sizes: tuple[int, ...], view: tuple[int, int]) -> None:
    layout = lay_out(sizes, None, *view, names=61.0)
    assert layout.columns[-1].half_width > NUMBER_HALF
    assert layout.named == 61.0


@given(SIZES, st.integers(300, 700), st.floats(1, 300))
def test_no_name_runs_into_the_loss(sizes: tuple[int, ...], width: int, names: float) -> None:
    layout = lay_out(sizes, None, width, 265.0, names=names)
    outputs = layout.columns[-1]
    assert layout.named == 0 or outputs.x + outputs.half_width + NAME_GAP + layout.named < layout.loss.left


def test_a_narrow_drawing_makes_room_for_short_names() -> None:
    assert lay_out((2, 8, 2), None, 360.0, 265.0, names=27.0).named >= 27
    assert lay_out((2, 8, 8, 8, 2), None, 300.0, 265.0, names=27.0).named == 0


def test_the_ring_of_what_is_read_or_written_touches_no_name() -> None:
    assert NAME_GAP > RING + 2


@pytest.mark.parametrize(("sizes", "shape"), [((64, 32, 10), (8, 8)), ((784, 64, 10), (28, 28))])
def test_columns_of_a_narrow_drawing_of_images_leave_room_for_their_symbols(
    sizes: tuple[int, ...], shape: tuple[int, int]
) -> None:
    layout = lay_out(sizes, shape, 356.0, 218.0)
    assert layout.pitch > 58
    assert layout.columns[0].image is not None
    assert layout.columns[0].box.left > layout.columns[0].image.left + layout.columns[0].image.width + 10


@pytest.mark.parametrize("sizes", [(2, 8, 8, 2), (64, 32, 10), (4, 8, 3)])
def test_a_low_drawing_keeps_its_units_above_the_weights_symbols(sizes: tuple[int, ...]) -> None:
    shape = (8, 8) if sizes[0] == 64 else None
    layout = lay_out(sizes, shape, 330.0, 205.0)
    for column in layout.columns:
        assert column.box.top + column.box.height <= 205.0 - FOOT + 1
    pitches = np.diff([column.x for column in layout.columns])
    assert pitches.min() >= 40
    assert layout.loss.left > layout.columns[-1].x + layout.columns[-1].half_width + 30
