"""The two parts are the whole, share nothing, hold each class in proportion, and come from the seed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.data import DataSet, load_dataset, split
from explorer.engine.errors import ExplorerError


def labelled(labels: list[int], classes: int = 4) -> DataSet:
    """Return a set whose only input is the number of the sample."""
    return replace(
        load_dataset("xor"),
        X=np.arange(float(len(labels)))[:, None],
        labels=np.array(labels),
        classes=tuple(map(str, range(classes))),
        features=("number",),
    )


def counts(data: DataSet) -> NDArray[np.intp]:
    return np.bincount(data.labels, minlength=len(data.classes))


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=60).filter(lambda labels: len(set(labels)) < len(labels)),
    st.floats(0.01, 0.99),
    st.integers(0, 9),
)
def test_every_sample_is_in_exactly_one_part_in_proportion(labels: list[int], share: float, seed: int) -> None:
    data = labelled(labels)
    parts = split(data, share, seed)
    numbers = np.concatenate([parts.train.X[:, 0], parts.test.X[:, 0]])
    np.testing.assert_array_equal(np.sort(numbers), np.arange(len(labels)))
    for part in (parts.train, parts.test):
        np.testing.assert_array_equal(part.labels, data.labels[part.X[:, 0].astype(int)])
        assert (np.diff(part.X[:, 0]) > 0).all()
    whole, tested = counts(data), counts(parts.test)
    assert (np.abs(tested - whole * share) <= 1).all()
    assert (counts(parts.train)[whole > 0] >= 1).all()
    assert 1 <= parts.test.samples <= max(1, round(share * len(labels)))


def test_digits_leave_a_quarter_of_each_class() -> None:
    parts = split(load_dataset("digits"))
    assert (parts.train.samples, parts.test.samples) == (1348, 449)
    np.testing.assert_array_equal(counts(parts.test), [45, 46, 44, 46, 45, 45, 45, 45, 43, 45])


def test_the_seed_decides() -> None:
    data = load_dataset("digits")
    np.testing.assert_array_equal(split(data, seed=3).test.X, split(data, seed=3).test.X)
    assert not np.array_equal(split(data, seed=3).test.X, split(data, seed=4).test.X)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.5, 2.0, float("nan")])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ExplorerError, match=r"^test share .*: expected a number above 0 and below 1"):
        split(load_dataset("xor"), share)


def test_nothing_to_spare_and_negative_seeds_are_refused() -> None:
    with pytest.raises(ExplorerError, match="has no class with two samples"):
        split(labelled([0, 1, 2]))
    with pytest.raises(ExplorerError, match=r"^seed -1: expected a whole number, 0 or more$"):
        split(load_dataset("xor"), seed=-1)
