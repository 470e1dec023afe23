"""The curves: nothing is lost, nothing grows without need, the newest point is exact."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.history import MAX_EVALUATIONS, Envelope, Evaluation, Growing, History

CHUNKS = st.lists(st.integers(0, 700), min_size=1, max_size=12)


def chunks_of(points: np.ndarray, sizes: list[int]) -> list[np.ndarray]:
    return np.split(points, np.cumsum(sizes)[:-1])


@given(CHUNKS)
def test_growing_keeps_every_point(sizes: list[int]) -> None:
    points = np.random.default_rng(0).normal(size=sum(sizes)).astype(np.float32)
    growing = Growing()
    for chunk in chunks_of(points, sizes):
        growing.extend(chunk)
    np.testing.assert_array_equal(growing.view(), points)


def test_a_view_cannot_be_written() -> None:
    growing = Growing()
    growing.extend(np.ones(3, np.float32))
    with pytest.raises(ValueError, match="read-only"):
        growing.view()[0] = 2


@given(CHUNKS, st.sampled_from([4, 16, 64]))
def test_an_envelope_keeps_extremes_and_ends(sizes: list[int], buckets: int) -> None:
    points = np.random.default_rng(1).normal(size=sum(sizes)).astype(np.float32)
    envelope = Envelope(buckets)
    for chunk in chunks_of(points, sizes):
        envelope.extend(chunk)
    x, y = envelope.polyline()
    assert len(x) == len(y)
    assert len(x) <= 3 * buckets + 2 * len(points) / buckets
    if len(points):
        assert y.min() == points.min()
        assert y.max() == points.max()
        assert np.all(np.diff(x) >= 0)
        assert x[0] >= 1
        assert x[-1] <= len(points)


def test_an_envelope_does_not_depend_on_the_chunks() -> None:
    points = np.random.default_rng(2).normal(size=5000).astype(np.float32)
    at_once, one_by_one = Envelope(32), Envelope(32)
    at_once.extend(points)
    for start in range(0, 5000, 7):
        one_by_one.extend(points[start : start + 7])
    for left, right in zip(at_once.polyline(), one_by_one.polyline(), strict=True):
        np.testing.assert_array_equal(left, right)


def test_short_curves_are_drawn_point_by_point() -> None:
    envelope = Envelope()
    envelope.extend(np.array([3, 1, 2], np.float32))
    x, y = envelope.polyline()
    np.testing.assert_array_equal(x, [1, 2, 3])
    np.testing.assert_array_equal(y, [3, 1, 2])


def test_an_evaluation_at_the_same_step_replaces_the_last() -> None:
    history = History()
    history.add(Evaluation(0, 2.0, 0.1, 2.1, 0.1))
    history.add(Evaluation(0, 1.0, 0.2, 1.1, 0.2))
    assert [e.train_loss for e in history.evaluations] == [1.0]


def test_evaluations_stay_few_and_keep_their_ends() -> None:
    history = History()
    for step in range(3 * MAX_EVALUATIONS):
        history.add(Evaluation(step, 1.0, 0.5, 1.0, 0.5))
    assert len(history.evaluations) <= MAX_EVALUATIONS
    steps, _ = history.curve("train_loss")
    assert steps[0] == 0
    assert steps[-1] == 3 * MAX_EVALUATIONS - 1
    assert np.all(np.diff(steps) > 0)


def test_an_evaluation_of_an_earlier_step_drops_what_came_after_it() -> None:
    history = History()
    for step in (0, 26, 28, 26):
        history.add(Evaluation(step, float(step), 0.5, 1.0, 0.5))
    assert [e.step for e in history.evaluations] == [0, 26]


def test_twelve_minutes_of_evaluations_lie_evenly_over_the_run() -> None:
    history, seconds = History(), 12 * 60
    early = [round(1.1**power) for power in range(8, 80)]
    late = [round(2500 + tick * 11_000 / 30) for tick in range(1, 30 * seconds)]
    for step in (0, *early, *late):
        history.add(Evaluation(step, 1 / (step + 1), 0.5, 1.0, 0.5))
        assert len(history.evaluations) <= MAX_EVALUATIONS
        assert history.evaluations[-1].step == step
    steps = np.array([e.step for e in history.evaluations])
    gaps = np.diff(steps)[:-1]
    assert steps[0] == 0
    assert len(steps) > MAX_EVALUATIONS / 3
    assert gaps.max() < 3 * np.median(gaps)
    drawn, _ = history.curve("train_loss", 400)
    assert np.abs(drawn - np.linspace(0, steps[-1], 400)).max() < 0.01 * steps[-1]
