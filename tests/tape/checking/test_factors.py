"""The factors of the chain rule pass against their own forward step where they are right, else they fail."""

import numpy as np
import pytest
from hypothesis import given, settings

from explorer import record
from explorer.engine import Network, Problem
from explorer.problems import load_problem
from explorer.tape.checking.gradcheck import WrongShapeError, check_entry, is_factor
from tests.cases import problems
from tests.tape.checking.falsified import small, with_value


@settings(deadline=None, max_examples=60)
@given(problems(max_samples=2))
def test_every_entry_of_every_factor_passes_by_both_methods(problem: Problem) -> None:
    tape = record(problem)
    names = [step.id for step in tape.steps if is_factor(tape, step.id)]
    assert "dz1/dx" in names
    for name in names:
        for index in np.ndindex(tape[name].shape):
            for method in ("central", "complex"):
                check = check_entry(problem, name, index, tape=tape, method=method)
                assert check.passed, check
                assert check.analytic == tape[name].value[index]


@pytest.mark.parametrize("name", ["dz2/dh1", "dh1/dz1"])
def test_a_wrong_factor_fails(name: str) -> None:
    problem = small()
    tape = record(problem)
    wrong = with_value(tape, name, lambda value: value * 1.001)
    assert check_entry(problem, name, (0, 0), tape=tape).passed
    assert not check_entry(problem, name, (0, 0), tape=wrong).passed


def test_weights_that_an_update_has_changed_before_are_found() -> None:
    problem = load_problem("mazur-sequential")
    assert not check_entry(problem, "dz2/dh1", (0, 0)).passed
    assert check_entry(problem, "dh1/dz1", (0, 0)).passed


def test_a_factor_of_another_shape_is_refused() -> None:
    problem = small()
    tape = record(problem)
    with pytest.raises(WrongShapeError, match="dz2/dh1 has shape"):
        check_entry(problem, "dz2/dh1", (0, 0), tape=with_value(tape, "dz2/dh1", lambda value: value.T))


def test_a_unit_that_stands_at_its_kink_has_no_slope_to_compare() -> None:
    network = Network((1, 1, 1), ("relu", "identity"), "half_squared_error")
    network.theta[:] = 0.0
    problem = Problem(network, np.array([[1.0]]), np.array([[1.0]]))
    assert check_entry(problem, "dh1/dz1", (0, 0)).skipped
    assert not check_entry(problem, "dz2/dh1", (0, 0)).skipped
