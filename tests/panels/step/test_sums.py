"""Sums in numbers, also of a pass that left the finite numbers."""

from math import inf, isinf, isnan

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import Network, Problem
from explorer.panels.step.spell import spell
from explorer.panels.step.spelling import Reading
from explorer.panels.step.spelling_sums import total
from explorer.problems import load_problem
from explorer.tape import record


def test_a_sum_is_rounded_once() -> None:
    assert total([1e16, 1.0, -1e16]) == 1.0


def test_terms_that_left_the_finite_numbers_add_up_as_floats_do() -> None:
    assert isnan(total([inf, 1.0, -inf]))
    assert total([inf, 1.0]) == inf
    assert isinf(total([1e308] * 20))


@pytest.mark.parametrize("name", ["homework-10-5-10", "net-s"])
@pytest.mark.parametrize("scale", [1e80, 1e155, 1e300])
def test_every_step_of_a_run_that_diverged_is_spelled(name: str, scale: float) -> None:
    problem = load_problem(name)
    network = problem.network.copy(np.float64)
    for values in network.parameters.values():
        np.multiply(values, scale, out=values)
    wild = replace(problem, network=network)
    tape = record(wild)
    for step in tape.steps:
        assert spell(Reading(tape, step, (0,) * len(step.shape), wild, 4)).atoms


@pytest.mark.parametrize("loss", ["half_squared_error", "squared_error"])
@pytest.mark.parametrize("weight", [1e160, -1e155, 1e300])
def test_a_square_that_is_too_large_for_a_float_is_infinite(loss: str, weight: float) -> None:
    network = Network.random((1, 2, 1), activation="tanh", seed=0, loss=loss)
    network.parameters["W2"][0, 0] = weight
    wild = Problem(network, np.ones((1, 1)), np.zeros((1, 1)))
    tape = record(wild)
    spelling = spell(Reading(tape, tape["J"], (), wild, 4))
    assert spelling.atoms
