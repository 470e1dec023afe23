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
        where = f"{quantity}: {name}"
        near = {"rtol": TOLERANCE, "atol": TOLERANCE * float(np.abs(gradient).max()) + 1e-300, "err_msg": where}
        np.testing.assert_allclose(tape[f"dJ/d{quantity}"].value, gradient, **near)
        if quantity != "x":
            np.testing.assert_allclose(trainer.gradients[quantity], gradient, **near)


def judge_grid(activation: str, loss: str, by: Judge) -> None:
    """Judge every reduction, penalty, depth and batch size."""
    for name, problem in grid(activation, loss):
        judge(problem, by, name)
