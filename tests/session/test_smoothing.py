"""Smoothed curves: the textbook's recurrence, its bias corrected, over buckets whose means are exact."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.session.series import Series
from explorer.session.smoothing import moving_average, smoothed

Values = NDArray[np.float64]


def by_recurrence(values: Values, weight: float) -> Values:
    """As TensorBoard does: a running value, and the correction of its start."""
    running, made = 0.0, []
    for count, value in enumerate(values, 1):
        running = weight * running + (1 - weight) * value
        made.append(running / (1 - weight**count))
    return np.array(made)


def series_of(values: NDArray[np.floating]) -> Series:
    made = Series()
    made.extend(values.astype(np.float32))
    return made


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=70), st.sampled_from([0.3, 0.9, 0.99]))
def test_it_is_the_corrected_recurrence(values: list[float], weight: float) -> None:
    points = np.array(values)
    expected = by_recurrence(points, weight)
    np.testing.assert_allclose(moving_average(points, weight), expected, rtol=1e-9, atol=1e-6)


def test_no_weight_leaves_the_values_as_they_are() -> None:
    assert moving_average(np.array([3.0, 1.0, 2.0]), 0.0).tolist() == [3, 1, 2]


def test_what_is_not_finite_does_not_count() -> None:
    made = moving_average(np.array([np.nan, 2.0, np.inf, 2.0]), 0.9)
    assert np.isnan(made[0])
    assert made[1:].tolist() == pytest.approx([2, 2, 2])


def test_a_point_that_is_hardly_begun_moves_the_mean_hardly() -> None:
    values = np.array([1.0, 1.0, 1.0, 9.0])
    nothing, half, whole = (moving_average(values, 0.9, np.array([1, 1, 1, last]))[-1] for last in (1e-9, 0.5, 1.0))
    assert nothing == pytest.approx(1.0)
    assert 1.0 < half < whole


def test_points_far_apart_are_smoothed_over_as_long_a_time() -> None:
    level = np.repeat(np.random.default_rng(3).normal(size=40), 5)
    often = moving_average(level, 0.9)
    seldom = moving_average(level[4::5], 0.9, np.full(40, 5.0))
    np.testing.assert_allclose(seldom, often[4::5], rtol=1e-9)


def test_a_short_series_is_smoothed_step_by_step() -> None:
    values = np.random.default_rng(0).normal(size=500)
    x, y = smoothed(series_of(values), 0.9)
    assert (x[0], x[-1], len(x)) == (1, 500, 500)
    np.testing.assert_allclose(y, by_recurrence(values.astype(np.float32), 0.9), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("count", [1025, 5000, 70_001])
def test_a_long_series_is_smoothed_over_the_means_of_its_buckets(count: int) -> None:
    values = np.random.default_rng(1).normal(size=count).astype(np.float32)
    series = series_of(values)
    width = series.width(0, count)
    x, y = smoothed(series, 0.9)
    whole = values[: count // width * width].reshape(-1, width).mean(axis=1, dtype=np.float64)
    np.testing.assert_allclose(y[: len(whole)], by_recurrence(whole, 0.9), rtol=1e-4, atol=1e-6)
    assert x[-1] == count
    assert len(x) <= 1025


def test_a_part_is_smoothed_nearly_as_in_the_whole() -> None:
    values = np.random.default_rng(2).normal(size=1000)
    series = series_of(values)
    whole, part = smoothed(series, 0.9), smoothed(series, 0.9, 600, 800)
    assert (part[0][0], part[0][-1]) == (601, 800)
    np.testing.assert_allclose(part[1], whole[1][600:800], atol=5e-3)


def test_nothing_is_smoothed_to_nothing() -> None:
    assert len(smoothed(Series(), 0.9)[0]) == 0
