"""Long series: every point kept, every extreme drawn, the newest point exact, beginnings shared."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.session.series import CHUNK, WIDTH, Series

Array = NDArray[np.float32]
SIZES = st.lists(st.integers(0, 2 * CHUNK // 3), min_size=1, max_size=7)


def random_points(count: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).normal(size=count).astype(np.float32)


def series_of(points: Array, sizes: list[int] | None = None) -> Series:
    made = Series()
    for chunk in np.split(points, np.cumsum(sizes)[:-1]) if sizes else [points]:
        made.extend(chunk)
    return made


@given(SIZES)
def test_a_series_keeps_every_point(sizes: list[int]) -> None:
    points = random_points(sum(sizes))
    made = series_of(points, sizes)
    assert len(made) == len(points)
    np.testing.assert_array_equal(made.view(), points)


def test_a_view_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="read-only"):
        series_of(random_points(3)).view()[0] = 2


@given(SIZES, st.sampled_from([4, 16, 64, 1024]))
def test_a_curve_keeps_extremes_and_ends(sizes: list[int], buckets: int) -> None:
    points = random_points(sum(sizes), 1)
    x, y = series_of(points, sizes).polyline(buckets=buckets)
    assert len(x) == len(y) <= 2 * buckets + 2 * 20 + 1
    if len(points):
        assert (y.min(), y.max()) == (points.min(), points.max())
        assert np.all(np.diff(x) >= 0)
        assert x[0] >= 1
        assert (x[-1], y[-1]) == (len(points), points[-1])


@given(st.integers(1, 60_000), st.integers(0, 59_999), st.integers(0, 60_000), st.sampled_from([8, 300]))
def test_a_curve_of_a_part_has_its_extremes(count: int, start: int, length: int, buckets: int) -> None:
    points = random_points(count, 2)
    start = min(start, count - 1)
    stop = min(start + length + 1, count)
    x, y = series_of(points).polyline(start, stop, buckets)
    part = points[start:stop]
    width = 1 << (-(-len(part) // buckets) - 1).bit_length()
    wider = points[start // width * width : stop]
    assert wider.min() <= y.min() <= part.min()
    assert part.max() <= y.max() <= wider.max()
    assert (x[-1], y[-1]) == (stop, part[-1])


def test_a_curve_does_not_depend_on_the_chunks() -> None:
    points = random_points(5000, 3)
    at_once, by_seven = series_of(points), series_of(points, [7] * 714 + [2])
    for left, right in zip(at_once.polyline(buckets=32), by_seven.polyline(buckets=32), strict=True):
        np.testing.assert_array_equal(left, right)


def test_short_curves_are_drawn_point_by_point() -> None:
    x, y = series_of(np.array([3, 1, 2], np.float32)).polyline()
    np.testing.assert_array_equal(x, [1, 2, 3])
    np.testing.assert_array_equal(y, [3, 1, 2])


@given(st.integers(0, 3 * CHUNK), st.integers(0, 3 * CHUNK))
def test_a_beginning_goes_on_by_itself_and_shares_what_is_full(count: int, cut: int) -> None:
    points = random_points(count)
    whole = series_of(points)
    part = whole.until(cut)
    np.testing.assert_array_equal(part.view(), points[:cut])
    part.extend(np.full(WIDTH, 9, np.float32))
    np.testing.assert_array_equal(whole.view(), points)
    expected = np.concatenate([points[:cut], np.full(WIDTH, 9, np.float32)])
    for left, right in zip(part.polyline(), series_of(expected).polyline(), strict=True):
        np.testing.assert_array_equal(left, right)
    shared = {key for key, _ in whole.sizes()} & {key for key, _ in part.sizes()}
    assert len(shared) >= min(cut, count) // CHUNK


@given(st.integers(1, 40_000), st.integers(0, 39_999), st.integers(1, 40_000))
def test_the_spread_of_a_part_is_that_of_all_its_points(count: int, start: int, length: int) -> None:
    points = random_points(count, 3)
    start = min(start, count - 1)
    stop = min(start + length, count)
    low, mean, high = series_of(points).spread(start, stop)
    assert (low, high) == (points[start:stop].min(), points[start:stop].max())
    assert mean == pytest.approx(points[start:stop].mean(dtype=np.float64), abs=1e-6)


def test_a_beginning_has_the_means_of_its_own_points() -> None:
    points = random_points(3 * CHUNK, 4)
    early = series_of(points).until(CHUNK + 100)
    early.extend(points[:1000])
    expected = np.concatenate([points[: CHUNK + 100], points[:1000]])
    assert early.spread(0, len(early))[1] == pytest.approx(expected.mean(dtype=np.float64), abs=1e-6)


def test_infinities_of_both_signs_have_no_mean_and_are_no_error() -> None:
    points = np.ones(2 * WIDTH, np.float32)
    points[:2] = np.inf, -np.inf
    made = series_of(points)
    assert np.isnan(made.means(0, len(made), WIDTH)[1]).tolist() == [True, False]
