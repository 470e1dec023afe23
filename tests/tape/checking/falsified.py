"""A small problem, and tapes with a falsified step, for tests of the gradient check."""

from collections.abc import Callable

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine import Network, Objective, Problem
from explorer.tape import Tape

Array = NDArray[np.floating]


def small(activation: str = "sigmoid", samples: int = 3, loss: str = "softmax_cross_entropy") -> Problem:
    """A network of 3-4-2 with a penalty."""
    network = Network.random((3, 4, 2), activation, seed=4, loss=loss)
    X = np.random.default_rng(5).normal(size=(samples, 3))
    return Problem(network, X, np.eye(2)[np.arange(samples) % 2], objective=Objective("mean", 0.1, "full"))


def with_value(tape: Tape, name: str, change: Callable[[Array], Array]) -> Tape:
    """The tape with another value at one step."""
    steps = [replace(s, value=change(s.value)) if s.id == name else s for s in tape.steps]
    return replace(tape, steps=tuple(steps))
