"""On which line of its file a row stands: short where rows follow each other, right wherever they stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data import Lines
from explorer.engine.errors import ExplorerError

anywhere = st.lists(st.integers(1, 40), min_size=1, max_size=30)


@given(anywhere)
def test_each_row_is_found_on_its_line(lines: list[int]) -> None:
    where = Lines.of(np.array(lines))
    assert where.at(np.arange(len(lines))).tolist() == lines


@given(anywhere, st.data())
def test_rows_that_are_chosen_stay_on_their_lines(lines: list[int], data: st.DataObject) -> None:
    chosen = np.array(data.draw(st.lists(st.integers(0, len(lines) - 1), min_size=1)))
    where = Lines.of(np.array(lines)).chosen(chosen)
    assert where.at(np.arange(len(chosen))).tolist() == [lines[row] for row in chosen]


def test_a_million_rows_below_a_header_are_one_stretch() -> None:
    where = Lines.of(np.arange(2, 1_000_002))
    assert (where.rows.tolist(), where.lines.tolist()) == ([0], [2])


@pytest.mark.parametrize(("rows", "lines"), [([], []), ([1], [2]), ([0, 0], [1, 2]), ([0, 2], [1]), ([[0]], [[1]])])
def test_what_are_no_stretches_is_refused(rows: list[int], lines: list[int]) -> None:
    with pytest.raises(ExplorerError, match="expected the first row of each stretch"):
        Lines(np.array(rows), np.array(lines))
