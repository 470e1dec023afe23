"""What the tests of the step card share: a session of a shelf problem, arrays as blocks, pictures of widgets."""

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from explorer.engine import Network, Problem
from explorer.panels.step.blocks import Block, Equation, equation_of
from explorer.problems import load_problem
from explorer.session import Session, Settings, Subject, shown_problem
from explorer.tape import notation


def session_of(problem: str | Problem, step: str = "") -> Session:
    """Open a shelf problem or any other, at a step."""
    made = load_problem(problem) if isinstance(problem, str) else problem
    session = Session(Subject.of_problem("test", made), Settings.of_problem(made))
    if step:
        session.go_to_step(step)
    return session


def random_problem(sizes: tuple[int, ...], samples: int = 1) -> Problem:
    """Make a network with random weights on random inputs, all of the class 0."""
    X = np.random.default_rng(0).normal(size=(samples, sizes[0]))
    return Problem(Network.random(sizes, "tanh", seed=0), X, np.eye(sizes[-1])[np.zeros(samples, int)])


def soft_problem(sizes: tuple[int, ...], samples: int = 1) -> Problem:
    """Make such a network whose targets are soft, and do not sum to 1."""
    hard = random_problem(sizes, samples)
    return replace(hard, Y=np.random.default_rng(1).uniform(0.1, 0.9, hard.Y.shape).round(2))


def equation_at(session: Session, step: str) -> Equation:
    """Return a step as blocks."""
    session.go_to_step(step)
    state = session.state
    return equation_of(state.tape, state.position, shown_problem(state), notation("row"), state.row)


def block(value: NDArray[np.floating], role: str = "plain", name: str = "W1") -> Block:
    """Return an array as a block."""
    return Block(name, "W_1", np.atleast_2d(value), value.shape, role)


def pixel(widget: QWidget, point: QPoint) -> QColor:
    """Return the colour of a widget's picture at a point."""
    return widget.grab().toImage().pixelColor(point)
