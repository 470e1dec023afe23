"""Which steps a plot shows: chosen, zoomed about a step that stays in its place, and whole again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.panels.training.plot_view import FEWEST, SMOOTHINGS, PlotView, span_words


def test_a_range_is_chosen_from_either_end() -> None:
    assert PlotView().selected(300, 100, 1000).span == PlotView().selected(100, 300, 1000).span == (100, 300)


def test_the_range_of_all_steps_is_the_whole_run_which_is_followed() -> None:
    assert PlotView().selected(-5, 1000, 1000).span is None
    assert PlotView(span=(10, 20)).zoomed(1e-6, 15, 1000).span is None


def test_a_range_has_a_few_steps_at_least_and_lies_within_the_run() -> None:
    assert PlotView().selected(500, 501, 1000).span == (498, 502)
    assert PlotView().selected(1000, 1000, 1000).span == (1000 - FEWEST, 1000)
    assert PlotView().selected(0, 1, 1000).span == (0, FEWEST)


@given(st.integers(20, 10**7), st.floats(0, 1), st.floats(1.05, 30))
def test_a_step_that_is_zoomed_about_stays_in_its_place(newest: int, share: float, factor: float) -> None:
    about = share * newest
    span = PlotView().zoomed(factor, about, newest).span
    if span is None or span[1] - span[0] <= FEWEST:
        return
    low, high = span
    assert 0 <= low < high <= newest
    assert (about - low) / (high - low) == pytest.approx(share, abs=1.01 / (high - low))


def test_smoothing_goes_round() -> None:
    view, seen = PlotView(), []
    for _ in SMOOTHINGS:
        seen.append(view.smoothing)
        view = view.smoother()
    assert seen == list(SMOOTHINGS.values())
    assert view == PlotView()


def test_the_scale_goes_there_and_back() -> None:
    assert PlotView().switched().logarithmic
    assert PlotView().switched().switched() == PlotView()


def test_a_range_in_words() -> None:
    assert span_words((1200, 3400)) == "steps 1,200–3,400"
