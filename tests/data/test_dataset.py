"""A set is immutable, refuses parts that do not fit, and gives rows."""

from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import DataSet
from explorer.engine.errors import ExplorerError


def small() -> DataSet:
    return DataSet(
        name="small",
        title="Small",
        X=np.arange(8.0).reshape(4, 2),
        labels=np.array([0, 1, 1, 0]),
        classes=("no", "yes"),
        image_shape=(1, 2),
        features=("a", "b"),
        description="",
        source="",
        licence="",
        scaling="",
    )


def test_arrays_are_copied_and_cannot_be_written() -> None:
    X = np.arange(8.0).reshape(4, 2)
    data = replace(small(), X=X)
    X[0, 0] = 99
    assert data.X[0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        data.X[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        data.labels[0] = 1
    with pytest.raises(AttributeError):
        data.name = "other"  # type: ignore[misc]  # the point of the test


def test_inputs_become_float64_and_labels_intp() -> None:
    single: dict[str, Any] = {"X": np.ones((4, 2), np.float32), "labels": np.array([0, 1, 1, 0], np.uint8)}
    data = replace(small(), **single)
    assert data.X.dtype == np.float64
    assert data.labels.dtype == np.intp


def test_rows_keep_the_order_asked_for() -> None:
    part = small().rows([2, 0, 2])
    np.testing.assert_array_equal(part.X, [[4, 5], [0, 1], [4, 5]])
    np.testing.assert_array_equal(part.labels, [1, 0, 1])
    assert (part.samples, part.dimensions, part.classes) == (3, 2, ("no", "yes"))


@pytest.mark.parametrize("index", [4, -1])
def test_rows_outside_are_refused(index: int) -> None:
    with pytest.raises(ExplorerError, match=rf"^data set 'small' has no sample {index}: expected 0 to 3$"):
        small().rows([0, index])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"X": np.zeros(4)}, r"the inputs have shape \(4,\)"),
        ({"X": np.zeros((0, 2)), "labels": np.zeros(0, int)}, r"the inputs have shape \(0, 2\)"),
        ({"labels": np.array([0, 1])}, r"the labels have shape \(2,\): expected \(4,\)"),
        ({"labels": np.array([0, 1, 2, 0])}, "the labels run from 0 to 2: expected 0 to 1"),
        ({"labels": np.array([0, 1, -1, 0])}, "the labels run from -1 to 1"),
        ({"features": ("a",)}, "1 names of inputs: expected 2"),
        ({"image_shape": (8, 8)}, r"images of \(8, 8\) do not have 2 pixels"),
        ({"X": np.array([[0, 0], [0, np.nan], [0, 0], [0, 0]])}, "sample 1 holds an infinity or a NaN"),
    ],
)
def test_parts_that_do_not_fit_are_refused(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ExplorerError, match=rf"^data set 'small': {sentence}") as caught:
        replace(small(), **change)
    assert "\n" not in str(caught.value)
