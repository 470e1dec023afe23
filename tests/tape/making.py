"""What the tests of the mistake lab share: a problem for each mistake, and which steps of two tapes differ."""

import numpy as np
from msgspec.structs import replace

from explorer.engine import Network, Problem
from explorer.tape import Tape, record

SIZES = (3, 4, 2)


def problem(activation: str = "tanh", sizes: tuple[int, ...] = SIZES, samples: int = 3) -> Problem:
    rng = np.random.default_rng(5)
    network = Network.random(sizes, activation, seed=2)
    network.theta += 0.1 * rng.normal(size=network.theta.size)
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], samples)]
    return Problem(network, rng.normal(size=(samples, sizes[0])), Y)


def making(right: Problem, *mistakes: str) -> Problem:
    return replace(right, mistakes=mistakes)


def fitting(mistake: str) -> Problem:
    """Return a problem in which that mistake changes something, without it."""
    return problem("relu" if mistake == "forgotten_relu_mask" else "tanh")


def differing(wrong: Tape, right: Tape) -> set[str]:
    return {step.id for step in wrong.steps if not np.array_equal(step.value, right[step.id].value)}


def tapes(mistake: str) -> tuple[Tape, Tape]:
    right = fitting(mistake)
    return record(making(right, mistake)), record(right)
