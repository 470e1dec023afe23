"""Axes of zoomed and of logarithmic plots: round ends around what is seen, ticks few and distinct, places paintable."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.panels.training.axis import INTERVALS, MOST_MARKS, Axis, fitted_axis, log_axis, round_mark


@given(st.floats(-1e9, 1e9), st.floats(1e-9, 1e9))
def test_a_fitted_axis_reaches_from_the_least_to_the_largest(low: float, height: float) -> None:
    axis = fitted_axis(low, low + height)
    assert axis.bottom <= low + 1e-6 * abs(low) + 1e-9 * height
    assert axis.top >= (low + height) - 1e-6 * abs(low) - 1e-9 * height
    assert len(axis.ticks) == INTERVALS + 1


def test_an_accuracy_s_axis_does_not_reach_beyond_one() -> None:
    axis = fitted_axis(0.91, 1.0, most=1.0)
    assert [axis.bottom, axis.top] == pytest.approx([0.9, 1.0])


def test_a_level_curve_has_an_axis_whose_ticks_differ() -> None:
    for level in (0.0, 2.3025, -1e-7, 1e300):
        axis = fitted_axis(level, level)
        assert axis.bottom <= level <= axis.top
        assert len({words for _, words in axis.ticks}) == INTERVALS + 1


def test_values_come_back_from_their_places_exactly() -> None:
    values = np.array([0.1, 1 / 3, 7e-5])
    for axis in (Axis(0.25), Axis(1e300), Axis(1e-12), fitted_axis(0.2, 0.4)):
        inside = np.clip(values, axis.bottom, axis.top)
        assert axis.value(axis.place(inside)).tolist() == inside.tolist()


@given(st.floats(1e-200, 1e200), st.floats(1.0, 1e12))
def test_a_logarithmic_axis_has_few_round_ticks_around_the_values(low: float, factor: float) -> None:
    axis = log_axis(low, low * factor)
    assert axis.top >= low * factor * (1 - 1e-6)
    assert axis.bottom <= max(low, low * factor * 1e-10) * (1 + 1e-6)
    assert 2 <= len(axis.ticks) <= MOST_MARKS
    ticks = [value for value, _ in axis.ticks]
    assert ticks == sorted(set(ticks))
    assert axis.bottom <= ticks[0] < ticks[-1] <= axis.top


def test_equal_factors_are_equally_far_apart_and_zero_lies_below() -> None:
    axis = log_axis(0.01, 1.0)
    assert [words for _, words in axis.ticks] == ["0.01", "0.1", "1"]
    places = axis.place(np.array([0.01, 0.1, 1.0, 0.0, -3.0, np.inf]))
    assert np.diff(places[:3]).tolist() == pytest.approx([1.0, 1.0])
    assert np.all(places[3:5] < places[0])
    assert np.isfinite(places).all()


def test_marks_are_one_two_and_five() -> None:
    assert [round_mark(number) for number in range(-2, 5)] == [0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
