"""Where the cells of a confusion matrix lie, what lies under a point, and what is left out where there is no room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from explorer.panels.pictures.confusion_layout import HEADS, MARGIN, NAMES, WIDEST, ConfusionLayout

LENGTHS = st.floats(20, 400)
SIZES = st.builds(ConfusionLayout.of, st.floats(150, 2000), st.floats(60, 1200), st.integers(1, 60), LENGTHS, LENGTHS)


@given(SIZES, st.data())
def test_what_lies_in_the_middle_of_a_cell_is_that_cell(places: ConfusionLayout, data: st.DataObject) -> None:
    numbers = st.integers(0, places.count - 1)
    cell = data.draw(numbers), data.draw(numbers)
    assert places.cell_at(places.box(*cell).center()) == cell


@given(SIZES)
def test_beside_the_cells_there_is_none(places: ConfusionLayout) -> None:
    last = places.count - 1
    around = places.recall(last), places.precision(last), places.row_name(0), places.column_name(0)
    assert [places.cell_at(room.center()) for room in around if not room.isEmpty()] == [None] * (3 + bool(places.head))
    assert places.cell_at(QPointF(-5, -5)) is None


@given(st.floats(150, 2000), st.floats(60, 1200), st.integers(1, 60), LENGTHS, LENGTHS)
def test_everything_lies_within_the_widget_and_nothing_upon_the_cells(
    width: float, height: float, count: int, widest: float, widest_class: float
) -> None:
    places = ConfusionLayout.of(width, height, count, widest, widest_class)
    cells = places.box(0, 0) | places.box(count - 1, count - 1)
    inner = cells.adjusted(0.01, 0.01, -0.01, -0.01)
    ends = 0, count - 1
    rates = [room for end in ends for room in (places.recall(end), places.precision(end))]
    names = [room for end in (*ends, count) for room in (places.row_name(end), places.column_name(end))]
    whole = QRectF(0, 0, width, height).adjusted(-0.01, -0.01, 0.01, 0.01)
    for room in (cells, *rates, *names):
        assert room.isEmpty() or whole.contains(room)
    assert not any(room.intersects(inner) for room in (*rates, *names))


@pytest.mark.parametrize(("height", "head"), [(400, HEADS[0][0]), (124, HEADS[1][0]), (90, 0)])
def test_the_names_above_the_columns_give_way_to_the_numbers(height: float, head: int) -> None:
    places = ConfusionLayout.of(300, height, 10, 60)
    assert (places.head, places.top) == (head, MARGIN + head)
    assert places.column_name(0).height() == head


@pytest.mark.parametrize(
    ("height", "longest", "turned"), [(450, 56, True), (450, 12, False), (180, 56, False), (450, 300, True)]
)
def test_names_too_wide_for_their_columns_are_turned_where_rows_stay_high(
    height: float, longest: float, turned: bool
) -> None:
    places = ConfusionLayout.of(350, height, 10, 60, longest)
    assert places.turned is turned
    assert places.down >= (20 if turned else 9)
    if turned:
        assert longest <= places.head <= NAMES + 8 or longest > NAMES
        assert places.head <= NAMES + 8


def test_cells_are_as_wide_as_the_widest_name_asks_and_what_is_left_lies_on_both_sides() -> None:
    narrow, wide = ConfusionLayout.of(900, 300, 3, 30), ConfusionLayout.of(900, 300, 3, 130)
    assert (narrow.across, wide.across) == (WIDEST, 142)
    assert narrow.row_name(0).width() > 38
    assert 900 - narrow.recall(0).right() == pytest.approx(narrow.left - 38)


def test_a_name_takes_no_more_than_its_share_of_a_narrow_widget() -> None:
    assert ConfusionLayout.of(200, 100, 20, 400).left == NAMES + 8


def test_the_names_of_the_rates_stand_where_the_rates_do() -> None:
    places = ConfusionLayout.of(400, 300, 4, 60)
    assert places.column_name(4).left() == places.recall(0).left()
    assert places.row_name(4).top() == places.precision(0).top()
