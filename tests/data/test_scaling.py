"""Standardising is that of the training part, can be undone, and leaves constant columns at 0."""

import numpy as np
import pytest

from explorer.data import Scaling, divided_by, standardising
from explorer.data.scaling import ranging
from explorer.engine.errors import ExplorerError


def test_a_column_gets_mean_0_and_deviation_1() -> None:
    raw = np.random.default_rng(0).normal([3, -1e6], [0.01, 1e4], (500, 2))
    scaling = standardising(raw, ("a", "b"))
    scaled = scaling.applied(raw)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(scaled.std(axis=0), 1, rtol=1e-9)
    np.testing.assert_allclose(scaling.undone(scaled), raw, rtol=1e-12)


@pytest.mark.parametrize("value", [0.0, 7.0, 0.1, -1e300])
def test_a_constant_column_becomes_0_and_is_named(value: float) -> None:
    raw = np.column_stack([np.full(7, value), np.arange(7.0)])
    scaling = standardising(raw, ("still", "b"))
    np.testing.assert_allclose(scaling.applied(raw)[:, 0], 0, atol=abs(value) * 1e-15)
    assert scaling.constant == ("still",)
    assert scaling.as_values()["constant"] == ["still"]


def test_numbers_too_large_for_their_own_mean_are_refused() -> None:
    with pytest.raises(ExplorerError, match=r"column 'b' holds numbers as large as 1.7e\+308: use a larger unit"):
        standardising(np.array([[0.0, 1.7e308], [1.0, -1.7e308], [2.0, 1.7e308]]), ("a", "b"))


def test_images_are_divided_by_their_range() -> None:
    scaling = divided_by(255, "pixels / 255")
    assert scaling.applied(np.array([[0.0, 255.0]])).tolist() == [[0, 1]]
    values = {"formula": "(raw - shift) / scale", "shift": [0.0], "scale": [255.0], "columns": []}
    assert scaling.as_values() == values


def test_a_range_becomes_0_to_1_and_what_never_changes_0() -> None:
    raw = np.column_stack([np.linspace(-3, 5, 9), np.full(9, 4.0)])
    scaling = ranging(raw, ("a", "still"))
    scaled = scaling.applied(raw)
    np.testing.assert_allclose(scaled[:, 0], np.linspace(0, 1, 9), rtol=1e-15)
    assert not scaled[:, 1].any()
    assert scaling.constant == ("still",)
    with pytest.raises(ExplorerError, match="larger unit"):
        ranging(np.array([[-1.7e308], [1.7e308]]), ("far",))


def test_one_scaling_after_another_is_one() -> None:
    raw = np.random.default_rng(1).integers(0, 256, (50, 3)).astype(np.float64)
    first = divided_by(255, "pixels / 255")
    second = standardising(first.applied(raw), ("a", "b", "c"))
    np.testing.assert_allclose(second.after(first).applied(raw), second.applied(first.applied(raw)), rtol=1e-12)
    assert second.after(None) is second


def test_a_scaling_is_told_in_values_and_read_back() -> None:
    made = standardising(np.array([[1.0, 2.0], [4.0, 2.0]]), ("a", "still"))
    again = Scaling.from_values(made.as_values(), made.words)
    assert again.as_values() == made.as_values()


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"shift": [1], "scale": [0]},
        {"shift": [1, 2], "scale": [1]},
        {"shift": ["x"], "scale": [1]},
        {"shift": [float("nan")], "scale": [1]},
        {"shift": 3, "scale": 4},
    ],
)
def test_values_that_are_no_scaling_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ExplorerError, match="scaling"):
        Scaling.from_values(values, "")
