"""Kept passes: few and even in a fixed budget, the first and the newest among them, shared by what shares a past."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.engine import Network
from explorer.engine.problem import Memory
from explorer.session.checkpoints import Checkpoints, Pass

NETWORK = Network.random((2, 3, 2), seed=0)
SIZE = NETWORK.theta.nbytes


def at(step: int) -> Pass:
    return Pass(NETWORK.copy(), Memory(), step, step // 10)


def run_of(steps: list[int], budget: int = 20 * SIZE, most: int = 1000) -> Checkpoints:
    made = Checkpoints(budget, most)
    for step in steps:
        made.add(at(step))
    return made


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=200), st.integers(2, 40))
def test_the_budget_holds_and_the_ends_stay(gaps: list[int], room: int) -> None:
    steps = np.cumsum(gaps).tolist()
    made = run_of(steps, budget=room * SIZE)
    assert made.nbytes == SIZE * len(made) <= room * SIZE
    assert (made.steps[0], made.steps[-1]) == (steps[0], steps[-1])
    assert set(made.steps) <= set(steps)
    assert list(made.steps) == sorted(set(made.steps))


def test_a_long_run_is_kept_evenly() -> None:
    made = run_of(list(range(0, 30_000, 7)), budget=100 * SIZE)
    gaps = np.diff(made.steps)[:-1]
    assert 45 <= len(made) <= 100
    assert gaps.max() <= 1.1 * np.median(gaps)


def test_no_more_are_kept_than_a_slider_has_places() -> None:
    assert len(run_of(list(range(100)), budget=10**9, most=16)) <= 16


def test_a_network_larger_than_the_budget_is_kept_at_both_ends() -> None:
    assert run_of([0, 5, 9], budget=1).steps == (0, 9)


def test_the_nearest_kept_step_is_not_after_the_wanted_one() -> None:
    made = run_of([3, 10, 20])
    assert [made.at(step).step for step in (0, 3, 9, 10, 19, 20, 99)] == [3, 3, 3, 10, 10, 20, 20]
    with pytest.raises(IndexError):
        Checkpoints().at(0)


def test_a_run_that_went_back_forgets_what_came_later() -> None:
    made = run_of([0, 10, 20, 15])
    assert made.steps == (0, 10, 15)
    assert made.nbytes == 3 * SIZE


def test_what_comes_late_is_put_where_it_belongs() -> None:
    made = run_of([0, 10, 20])
    made.insert([at(5), at(10), at(15), at(20), at(25)])
    assert made.steps == (0, 5, 10, 15, 20)
    assert made.nbytes == 5 * SIZE
    crowded = run_of([0, 32], budget=4 * SIZE)
    crowded.insert([at(step) for step in range(1, 9)])
    assert (crowded.steps[0], crowded.steps[-1]) == (0, 32)
    assert crowded.nbytes == len(crowded) * SIZE <= 4 * SIZE


def test_beginnings_share_their_passes_and_go_on_by_themselves() -> None:
    made = run_of([0, 10, 20])
    earlier = made.until(12)
    earlier.add(at(13))
    assert (earlier.steps, made.steps) == ((0, 10, 13), (0, 10, 20))
    assert len(dict([*made.sizes(), *earlier.sizes()])) == 2 * (len(made) + 1)
