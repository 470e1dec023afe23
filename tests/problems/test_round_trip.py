"""A problem that is written reads back to the same problem, bit for bit."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.engine import ExplorerError, Network, Problem, Update
from explorer.engine.initialisers import INITIALISERS, Init
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import SCHEDULES, Schedule
from explorer.problems import load_problem, problem_from, problem_to_json, shelf_names
from tests.cases import problems

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
HUGE = st.floats(allow_nan=False, allow_infinity=False)


def assert_same(found: Problem, expected: Problem) -> None:
    assert found.network.sizes == expected.network.sizes
    assert found.network.activations == expected.network.activations
    assert (found.network.loss, found.network.beta) == (expected.network.loss, expected.network.beta)
    for name, array in expected.network.parameters.items():
        assert found.network.parameters[name].tobytes() == array.astype(np.float64).tobytes()
    assert found.X.tobytes() == expected.X.tobytes()
    assert found.Y.tobytes() == expected.Y.tobytes()
    assert (found.labels is None) == (expected.labels is None)
    for field in ("objective", "update", "init", "title", "description", "source", "notation"):
        assert getattr(found, field) == getattr(expected, field)


@st.composite
def updates(draw: st.DrawFn) -> Update:
    """Make an update with numbers of its own optimiser alone: those of others are not written."""
    optimizer = draw(st.sampled_from(sorted(OPTIMIZERS)))
    numbers = {name: draw(st.floats(0.001, 0.99)) for name in OPTIMIZERS[optimizer].hyperparameters}
    kind, counts, share = draw(st.sampled_from(sorted(SCHEDULES))), st.integers(1, 10**9), st.floats(0, 1)
    schedule = Schedule(kind, draw(counts), draw(share), draw(counts)) if draw(st.booleans()) else Schedule()
    if kind == "constant":
        schedule = Schedule(warmup=schedule.warmup)
    rate, biases = draw(st.floats(1e-300, 10)), draw(st.booleans())
    return Update(optimizer, rate, biases, **numbers, schedule=schedule)


@settings(deadline=None)
@given(problems(), TEXT, TEXT, st.sampled_from(sorted(INITIALISERS)), st.integers(0, 2**63 - 1), st.data())
def test_read_of_write(problem: Problem, title: str, source: str, scheme: str, seed: int, data: st.DataObject) -> None:
    problem.network.theta[0] = data.draw(HUGE)
    init, update = Init(scheme, seed, scale=0.25), data.draw(updates())
    problem = replace(problem, title=title, source=source, init=init, update=update)
    assert_same(problem_from(problem_to_json(problem)), problem)


@pytest.mark.parametrize("name", shelf_names())
def test_the_shelf_reads_back(name: str, tmp_path: Path) -> None:
    problem = load_problem(name)
    path = tmp_path / "copy.json"
    path.write_text(problem_to_json(problem), encoding="utf-8")
    assert_same(load_problem(path), problem)


def test_matrices_stand_row_by_row() -> None:
    text = problem_to_json(load_problem("mazur"))
    assert "          [0.15, 0.25],\n          [0.2, 0.3]\n" in text
    assert '"update": {"optimizer": "sgd", "learning_rate": 0.5, "train_biases": false}' in text
    assert json.loads(text)["network"]["layers"][0]["bias"] == [0.35, 0.35]


def test_drawn_weights_are_written_and_then_count_as_given() -> None:
    problem = load_problem("homework-10-5-10")
    again = problem_from(problem_to_json(problem))
    assert problem.drawn
    assert not again.drawn
    assert again.network.theta.tobytes() == problem.network.theta.tobytes()


def test_float32_is_written_as_the_float64_of_the_same_value() -> None:
    problem = Problem(Network.random((2, 3), dtype="float32"), np.ones((1, 2)), np.eye(3)[:1])
    again = problem_from(problem_to_json(problem))
    assert (again.network.theta == problem.network.theta).all()
    assert again.network.dtype == np.float64


def test_a_diverged_network_is_not_written() -> None:
    problem = load_problem("net-s")
    problem.network.theta[-1] = np.nan
    with pytest.raises(ExplorerError, match=r"^b2 holds a number that is not finite"):
        problem_to_json(problem)
