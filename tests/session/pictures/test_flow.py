"""What is said of a deep network's gradient is right: worked out anew in NumPy, and named as the notation writes it."""

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.engine import Network
from explorer.session import Settings
from explorer.session.opening import open_data
from explorer.session.pictures.flow import flow, verdict
from explorer.tape.notation_shelf import notation
from explorer.tape.numbers import shown

Array = NDArray[np.floating]


def sizes_of(network: Network, X: Array, Y: Array) -> tuple[float, float, float]:
    """By how much the gradient's size changes from the last layer to the first: in all, by the weights, by the slopes.

    Of a network of sigmoid layers under softmax and cross-entropy.
    """
    values = [X]
    for number in range(1, network.depth):
        W, b = network.parameters[f"W{number}"], network.parameters[f"b{number}"]
        values.append(1 / (1 + np.exp(-(values[-1] @ W + b))))
    scores = values[-1] @ network.parameters[f"W{network.depth}"] + network.parameters[f"b{network.depth}"]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    delta = shares / shares.sum(axis=1, keepdims=True) - Y
    last, by_weights, by_slopes = np.linalg.norm(delta), 1.0, 1.0
    for number in range(network.depth, 1, -1):
        arriving = delta @ network.parameters[f"W{number}"].T
        by_weights *= float(np.linalg.norm(arriving) / np.linalg.norm(delta))
        delta = arriving * values[number - 1] * (1 - values[number - 1])
        by_slopes *= float(np.linalg.norm(delta) / np.linalg.norm(arriving))
    return float(np.linalg.norm(delta) / last), by_weights, by_slopes


@pytest.mark.parametrize(("scale", "words"), [(0.5, "and by"), (1.0, "hardly by"), (3.0, "against")])
def test_the_numbers_told_of_a_deep_sigmoid_network_are_right(scale: float, words: str) -> None:
    subject, _ = open_data("moons", Settings((8,) * 6, "sigmoid", 0.1, 16))
    problem, network = subject.problem, subject.problem.network.copy()
    for number in range(1, network.depth + 1):
        network.parameters[f"W{number}"] *= scale
    assert problem.samples <= 256  # all of them are looked at
    left, by_weights, by_slopes = sizes_of(network, problem.X, problem.Y)
    said = verdict(flow(network, problem.X, problem.Y, 0))
    assert said.startswith(
        f"The gradient shrinks ×{shown(left, 2)} from ∂J/∂z7 to ∂J/∂z1: by σ′ (×{shown(by_slopes, 2)}"
    )
    assert said.endswith(f", {words} Wᵀ (×{shown(by_weights, 2)}).")


@pytest.mark.parametrize(
    ("name", "wanted"), [("row", "∂J/∂z₃ to ∂J/∂z₁"), ("delta", "δ³ to δ¹"), ("bracket", "dz^[3] to dz^[1]")]
)
def test_the_gradients_are_named_as_they_are_written(name: str, wanted: str) -> None:
    subject, _ = open_data("moons", Settings((8, 8), "sigmoid", 0.1, 16))
    network, script = subject.problem.network, notation(name)
    measured = flow(network, subject.problem.X, subject.problem.Y, 0)
    assert f"from {wanted}: by" in verdict(measured, lambda array: script.text(array, network.activations))


def test_eightfold_is_not_kept_and_says_what_did_it() -> None:
    subject, _ = open_data("moons", Settings((8, 8), "tanh", 0.1, 16))
    problem, network = subject.problem, subject.problem.network.copy()
    network.parameters["W3"] *= 20
    measured = flow(network, problem.X, problem.Y, 0)
    grown = float(measured.deltas[0] / measured.deltas[-1])
    assert grown > 2
    said = verdict(measured)
    assert said.startswith(f"The gradient grows ×{shown(grown, 2)} from ∂J/∂z3 to ∂J/∂z1: by Wᵀ (×")
    network.parameters["W3"] *= 1.1 / grown
    assert "keeps its size" in verdict(flow(network, problem.X, problem.Y, 0))


def test_a_measurement_knows_of_how_many_samples_it_is() -> None:
    subject, _ = open_data("digits", Settings((8,), "tanh", 0.1, 16))
    measured = flow(subject.problem.network, subject.problem.X, subject.problem.Y, 0)
    assert (measured.samples, measured.population) == (256, subject.problem.samples)
