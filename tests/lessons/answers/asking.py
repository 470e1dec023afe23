"""What the tests of judgements share: problems of every kind, questions about their steps, answers as text."""

import numpy as np
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine import Network, Problem
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.problem import Objective
from explorer.engine.update import Update
from explorer.lessons.answers import Question
from explorer.problems import load_problem
from explorer.tape import notation, record

Array = NDArray[np.floating]


def question(problem: str | Problem, step: str, script: str = "row", layout: str = "denominator") -> Question:
    """Ask for a step of a shelf problem or any other."""
    made = load_problem(problem) if isinstance(problem, str) else problem
    return Question(made, record(made), step, notation(script, "numerator" if layout == "numerator" else "denominator"))


def text_of(array: Array, digits: int = 17) -> str:
    """Write an array with so many significant digits, rows by lines."""
    rows = np.atleast_2d(array)
    return "\n".join(" ".join(f"{value:.{digits - 1}e}" for value in row) for row in rows)


@st.composite
def problems(draw: st.DrawFn, samples: tuple[int, int] = (1, 3)) -> Problem:
    """Draw a problem: sizes, activations, loss, conventions, weights, samples."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = tuple(draw(st.lists(st.integers(1, 4), min_size=2, max_size=4)))
    loss = draw(st.sampled_from(sorted(LOSSES)))
    hidden = draw(st.sampled_from(sorted(ACTIVATIONS)))
    activations = (hidden,) * (len(sizes) - 2) + ("identity",)
    beta = draw(st.sampled_from([1.0, 1.0, 2.0, 0.5])) if loss == "softmax_cross_entropy" else 1.0
    network = Network(sizes, activations, loss, beta=beta)
    network.theta[:] = rng.normal(0, 0.7, network.theta.size)
    count = draw(st.integers(*samples))
    targets = np.eye(sizes[-1])[rng.integers(0, sizes[-1], count)]
    reduction = draw(st.sampled_from(["mean", "sum"]))
    l2 = draw(st.sampled_from([0.0, 0.0, 0.1]))
    objective = Objective("mean" if reduction == "mean" else "sum", l2)
    update = Update(learning_rate=draw(st.sampled_from([0.1, 0.3, 1.0])))
    return Problem(network, rng.normal(size=(count, sizes[0])), targets, objective=objective, update=update)


@st.composite
def questions(draw: st.DrawFn, samples: tuple[int, int] = (1, 3)) -> Question:
    """Draw a step of such a problem, in any notation and layout."""
    problem = draw(problems(samples))
    tape = record(problem)
    step = draw(st.sampled_from([step.id for step in tape.steps]))
    script = notation(draw(st.sampled_from(["row", "column", "bracket", "delta"])), draw(st.sampled_from(LAYOUTS)))
    return Question(problem, tape, step, script)


LAYOUTS = ("denominator", "numerator")


def making(problem: Problem, *mistakes: str) -> Problem:
    """Return the problem with mistakes."""
    return replace(problem, mistakes=mistakes)
