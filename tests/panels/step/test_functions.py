"""Activations, slopes and losses in numbers: what is written is what is computed, under every name that there is."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from explorer.engine import Network, Objective, Problem
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.graph.typeset import typeset
from explorer.panels.step.blocks import equation_of
from explorer.panels.step.spell import spell
from explorer.panels.step.spelling import Reading, Spelling
from explorer.tape import notation, record
from explorer.tape.entries import entry


def problem_of(activation: str, loss: str, samples: int = 1) -> Problem:
    """Make a net of 1-1-2 whose hidden pre-activation is 1 for the first sample and -0.5 for the second."""
    network = Network((1, 1, 2), (activation, "identity"), loss)
    network.theta[:] = 0.5, 0, 0.5, -0.25, 0.25, 0.5
    X, Y = np.array([[2.0], [-1.0]]), np.array([[1.0, 0.0], [0.25, 1.0]])
    return Problem(network, X[:samples], Y[:samples], objective=Objective("mean"))


def spelled(problem: Problem, step: str, *index: int) -> Spelling:
    tape = record(problem)
    return spell(Reading(tape, tape[step], index, problem, 4))


@pytest.mark.parametrize(
    ("activation", "value", "slope"),
    [
        ("leaky_relu", "LReLU(−0.5000) = −0.005000", "−0.5000 > 0 ? no → 0.01000"),
        ("softplus", "softplus(−0.5000) = 0.4741", "σ(−0.5000) = 0.3775"),
        ("gelu", "GELU(−0.5000) = −0.1543", "Φ(−0.5000) + (−0.5000) · φ(−0.5000) = 0.1325"),
        ("relu", "max(0, −0.5000) = 0.0000", "−0.5000 > 0 ? no → 0.0000"),
        ("identity", "−0.5000 = −0.5000", "slope of a line = 1.0000"),
    ],
)
def test_activations(activation: str, value: str, slope: str) -> None:
    problem = problem_of(activation, "squared_error", 2)
    assert spelled(problem, "h1", 1, 0).text == value
    found = spelled(problem, "dh1/dz1", 1, 0)
    assert found.text == slope
    assert found.adds_up


@pytest.mark.parametrize(
    ("loss", "samples", "value", "gradient"),
    [
        ("squared_error", 1, "(0.7500 − 1.0000)² + (0.2500 − 0.0000)² = 0.1250", "2 · (0.7500 − 1) = −0.5000"),
        ("half_squared_error", 1, "1/2 · ((0.7500 − 1.0000)² + (0.2500 − 0.0000)²) = 0.06250", "0.7500 − 1 = −0.2500"),
        ("sigmoid_cross_entropy", 1, "− (log 0.6792 + log (1 − 0.5622)) = 1.2128", "0.6792 − 1 = −0.3208"),
        (
            "sigmoid_cross_entropy",
            2,
            (
                "− 1/2 · (log 0.6792 + log (1 − 0.5622) + 0.25 · log 0.5000 + 0.75 · log (1 − 0.5000) + log 0.6514)"
                " = 1.1673"
            ),
            "1/2 · (0.6792 − 1) = −0.1604",
        ),
    ],
)
def test_losses(loss: str, samples: int, value: str, gradient: str) -> None:
    problem = problem_of("identity", loss, samples)
    assert spelled(problem, "J").text == value
    assert spelled(problem, "dJ/dz2", 0, 0).text == gradient


def test_a_probability_of_its_own_reads_its_own_logit() -> None:
    problem = problem_of("identity", "sigmoid_cross_entropy")
    assert spelled(problem, "p", 0, 1).text == "σ(0.2500) = 0.5622"
    tape = record(problem)
    assert entry(tape, tape["p"], (0, 1)).reads == (("z2", (0, 1)),)
    joins = equation_of(tape, tape.index("p"), problem, notation("row")).joins
    assert joins[-1].arrow == r"\sigma"


def test_the_two_of_a_square_stands_before_the_difference() -> None:
    problem = problem_of("identity", "squared_error", 2)
    tape = record(problem)
    joins = equation_of(tape, tape.index("dJ/dz2"), problem, notation("row")).joins
    assert joins[0].text == "1/2 · 2 ("


@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_every_formula_can_be_typeset(activation: str, loss: str, qapp: QApplication) -> None:
    tape = record(problem_of(activation, loss, 2))
    for step in ("h1", "dh1/dz1", "J", "dJ/dz2"):
        assert typeset(tape[step].latex).width(12) > 0
