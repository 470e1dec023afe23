"""The guessing game: the same number hides the same mistake, one that shows; a guess is judged by the numbers."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import ExplorerError, Network, Problem
from explorer.lessons.effects import effect_of
from explorer.lessons.puzzle import MOST, fresh_puzzle, hidden, judged, title
from explorer.problems import load_problem, shelf
from explorer.tape import record
from explorer.tape.mistakes import MISTAKES


@pytest.mark.parametrize("name", [entry.name for entry in shelf()])
def test_what_is_hidden_changes_the_pass_and_returns_with_its_number(name: str) -> None:
    problem = load_problem(name)
    found = [hidden(problem, problem.only(0), puzzle) for puzzle in range(1, 30)]
    assert found == [hidden(problem, problem.only(0), puzzle) for puzzle in range(1, 30)]
    assert len(set(found)) > 1
    for mistake in set(found):
        assert effect_of(replace(problem.only(0), mistakes=(mistake,))).changed


def test_every_mistake_that_shows_is_hidden_by_some_number() -> None:
    problem = load_problem("net-s")
    assert len({hidden(problem, problem, puzzle) for puzzle in range(1, 300)}) == 11


def test_another_puzzle_hides_another_mistake() -> None:
    problem = load_problem("net-s")
    for last in MISTAKES:
        for _ in range(5):
            assert hidden(problem, problem, fresh_puzzle(problem, problem, last)) != last


def test_where_one_mistake_alone_can_be_hidden_it_is_hidden_again(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = load_problem("net-s")
    monkeypatch.setattr("explorer.lessons.puzzle.telling", lambda _problem, _shown: ["sign_slip"])
    assert 1 <= fresh_puzzle(problem, problem, "sign_slip") <= MOST


def test_where_nothing_shows_there_is_no_puzzle() -> None:
    lone = Problem(Network((1, 1), ("identity",), "half_squared_error"), np.zeros((1, 1)), np.zeros((1, 1)))
    with pytest.raises(ExplorerError, match="no known mistake changes the pass that is shown"):
        hidden(lone, lone, 1)


def test_the_first_changed_step_and_the_first_wrong_gradient_are_both_right() -> None:
    shown = replace(load_problem("net-s"), mistakes=("sigma_prime_of_h",), puzzle=1)
    for step, right in (("dh1/dz1", True), ("dJ/dz1", True), ("dJ/dW1", False), ("z1", False)):
        assert judged(shown, step, "sigma_prime_of_h").step_right is right
        assert judged(shown, step, "sigma_prime_of_h").name_right
        assert not judged(shown, step, "sign_slip").name_right
    assert title(shown) == "the slope taken at h"


def test_a_step_that_is_computed_otherwise_is_right_where_its_numbers_stay() -> None:
    """Of two uniform outputs, a second softmax changes p in its formula and not in its numbers."""
    shown = replace(load_problem("trace-003"), mistakes=("double_softmax",), puzzle=3)
    assert judged(shown, "p", "double_softmax").step_right
    assert not judged(shown, "dJ/dz1", "double_softmax").step_right


def test_another_mistake_that_leaves_the_same_numbers_is_as_right() -> None:
    """With two samples, a missing mean and a factor 2 cannot be told apart by numbers."""
    shown = replace(load_problem("trace-003"), mistakes=("missing_mean",), puzzle=1)
    assert judged(shown, "dJ/dz1", "extra_factor_two").name_right


@pytest.mark.parametrize("name", [*MISTAKES])
def test_no_step_of_a_puzzle_tells_of_the_mistake(name: str) -> None:
    network = Network.random((3, 4, 2), "relu" if "relu" in name else "sigmoid", seed=0)
    X = np.random.default_rng(0).normal(size=(3, 3))
    problem = Problem(network, X, np.eye(2)[[0, 1, 1]], mistakes=(name,))
    told, quiet = record(problem), record(replace(problem, puzzle=7))
    for one, other in zip(told.steps, quiet.steps, strict=True):
        np.testing.assert_array_equal(one.value, other.value)
        assert "mistake" not in other.text.lower()
        assert MISTAKES[name].title not in other.text
    assert any(MISTAKES[name].title in step.text for step in told.steps)
