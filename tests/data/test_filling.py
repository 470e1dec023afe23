"""What fills gaps: the mean of what is known of a column, and its most frequent word."""

import numpy as np
import pytest

from explorer.data import Scaling
from explorer.data.filling import fill_gaps, fill_of
from explorer.data.scaling import unscaled
from explorer.engine.errors import ExplorerError

GAP = np.nan
X = np.array([[1.0, 1, 0, 0], [GAP, 0, 1, 0], [5.0, 0, 1, 0], [3.0, GAP, GAP, GAP], [3.0, 0, 0, 1]])
SPANS = ((0, 1), (1, 3))
FEATURES = ("size", "wall=fair", "wall=good", "wall=poor")


def test_the_mean_and_the_most_frequent_word_stand_for_gaps() -> None:
    fill = fill_of(X, SPANS, FEATURES)
    assert fill.tolist() == [3, 0, 1, 0]
    whole = X.copy()
    fill_gaps(whole, fill)
    assert whole[1].tolist() == [3, 0, 1, 0]
    assert whole[3].tolist() == [3, 0, 1, 0]
    np.testing.assert_array_equal(whole[[0, 2, 4]], X[[0, 2, 4]])


def test_numbers_near_the_largest_have_a_mean() -> None:
    assert fill_of(np.array([[1e308], [1.5e308], [GAP]]), ((0, 1),), ("a",))[0] == pytest.approx(1.25e308)


@pytest.mark.parametrize(("column", "name"), [(slice(0, 1), "size"), (slice(1, 4), "wall")])
def test_a_column_of_which_nothing_is_known_is_refused(column: slice, name: str) -> None:
    unknown = X.copy()
    unknown[:, column] = GAP
    with pytest.raises(ExplorerError, match=f"column '{name}' has no value among the samples to train on"):
        fill_of(unknown, SPANS, FEATURES)


def test_what_fills_gaps_travels_with_the_scaling_and_is_checked() -> None:
    scaling = unscaled(FEATURES, fill_of(X, SPANS, FEATURES))
    told = scaling.as_values()
    again = Scaling.from_values(told, "words")
    assert again.fill is not None
    assert again.fill.tolist() == [3, 0, 1, 0]
    for damaged in ([1.0], ["x"] * 4, [None] * 4, [float("inf")] * 4):
        with pytest.raises(ExplorerError, match="no numbers that fill gaps"):
            Scaling.from_values({**told, "fill": damaged}, "words")
