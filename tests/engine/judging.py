"""What every library that differentiates by itself is asked: the gradients of the grid of problems."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.engine import Problem, Trainer
from explorer.tape import record
from tests.cases import grid

Gradients = dict[str, NDArray[np.floating]]
Judge = Callable[[Problem], tuple[float, Gradients]]
TOLERANCE = 1e-11


def judge(problem: Problem, by: Judge, name: str) -> None:
    """Hold the tape's and the trainer's loss and gradients to those of ``by``: J, and dJ/dq for q = x, W1, b1, ..."""
    expected, gradients = by(problem)
    tape = record(problem)
    trainer = Trainer.of(problem, batch_size=problem.samples)
    assert tape.loss == pytest.approx(expected, rel=TOLERANCE), name
    assert trainer.compute_gradient() == pytest.approx(expected, rel=TOLERANCE), name
    for quantity, gradient in gradients.items():
        assert_near(tape[f"dJ/d{quantity}"].value, gradient, f"{quantity}: {name}")
        if quantity != "x":
            assert_near(trainer.gradients[quantity], gradient, f"{quantity}: {name}")


def assert_near(found: NDArray[np.floating], wanted: NDArray[np.floating], where: str) -> None:
    """Compare by the largest entry: a sum of cancelling terms is only as exact as its terms."""
    near = TOLERANCE * float(np.abs(wanted).max()) + 1e-300
    np.testing.assert_allclose(found, wanted, rtol=TOLERANCE, atol=near, err_msg=where)


def judge_grid(activation: str, loss: str, by: Judge) -> None:
    """Judge every reduction, penalty, depth and batch size."""
    for name, problem in grid(activation, loss):
        judge(problem, by, name)
