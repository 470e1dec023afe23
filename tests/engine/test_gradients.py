"""The trainer's gradients, held to three judges: the tape, complex steps and central differences."""

import numpy as np
import pytest
from hypothesis import assume, given, settings

from explorer.engine import Network, Objective, Problem, Trainer
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.tape import record
from tests import reference
from tests.cases import grid, is_smooth, problems, reference_gradient, reference_loss, targets

DEADLINE = None
"""No clock: other work may share the machine."""


def full_batch(problem: Problem) -> tuple[float, Trainer]:
    trainer = Trainer.of(problem, batch_size=problem.samples)
    return trainer.compute_gradient(), trainer


def assert_close(found: np.ndarray, wanted: np.ndarray, rtol: float) -> None:
    """Compare by the largest entry: a sum of cancelling terms is only as exact as its terms."""
    scale = max(1.0, float(np.abs(wanted).max(initial=0)))
    np.testing.assert_allclose(found, wanted, rtol=rtol, atol=rtol * scale)


@settings(deadline=DEADLINE)
@given(problems())
def test_trainer_tape_and_complex_step_agree(problem: Problem) -> None:
    loss, trainer = full_batch(problem)
    tape = record(problem)
    truth = reference_gradient(problem)
    assert_close(trainer.gradient, truth, 1e-11)
    for name, gradient in trainer.gradients.items():
        assert_close(gradient, tape[f"dJ/d{name}"].value, 1e-12)
    expected = reference_loss(problem, problem.network.theta.astype(complex), problem.X.astype(complex)).real
    assert loss == pytest.approx(expected, rel=1e-12, abs=1e-14)
    assert tape.loss == pytest.approx(expected, rel=1e-12, abs=1e-14)
    assert problem.loss() == pytest.approx(expected, rel=1e-12, abs=1e-14)


@settings(deadline=DEADLINE, max_examples=30)
@given(problems())
def test_central_differences_agree(problem: Problem) -> None:
    assume(is_smooth(problem))
    _, trainer = full_batch(problem)
    X = problem.X.astype(complex)
    numeric = reference.central_difference(lambda theta: reference_loss(problem, theta, X), problem.network.theta)
    assert_close(trainer.gradient, numeric, 1e-6)


@settings(deadline=DEADLINE, max_examples=40)
@given(problems())
def test_input_gradient_of_the_tape_is_the_complex_step(problem: Problem) -> None:
    theta = problem.network.theta.astype(complex)
    shape = problem.X.shape
    truth = reference.complex_step(lambda x: reference_loss(problem, theta, x.reshape(shape)), problem.X.ravel())
    assert_close(record(problem)["dJ/dx"].value.ravel(), truth, 1e-11)


@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("output", sorted(ACTIVATIONS))
@pytest.mark.parametrize("hidden", sorted(ACTIVATIONS))
def test_every_pair_of_activations_under_every_loss(hidden: str, output: str, loss: str) -> None:
    rng = np.random.default_rng(7)
    network = Network((3, 4, 2), (hidden, output), loss, beta=1.0 if LOSSES[loss].multilabel else 1.7)
    network.theta[:] = rng.normal(size=network.theta.size)
    problem = Problem(
        network, rng.normal(size=(5, 3)), targets("soft", (5, 2), rng), None, Objective("mean", 0.1, "full")
    )
    _, trainer = full_batch(problem)
    assert_close(trainer.gradient, reference_gradient(problem), 1e-12)


@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_every_convention_at_every_depth_agrees_with_complex_steps(activation: str, loss: str) -> None:
    for name, problem in grid(activation, loss):
        value, trainer = full_batch(problem)
        wanted = reference_loss(problem, problem.network.theta.astype(complex), problem.X.astype(complex)).real
        assert value == pytest.approx(wanted, rel=1e-12), name
        assert_close(trainer.gradient, reference_gradient(problem), 1e-11)


def test_float32_gradients_are_those_of_float64_to_single_precision() -> None:
    rng = np.random.default_rng(3)
    X, labels = rng.normal(size=(32, 20)), rng.integers(0, 4, 32)
    double = Network.random((20, 15, 4), "tanh", seed=5)
    single = double.copy(np.float32)
    exact, rough = (Trainer(network, X, labels, batch_size=32) for network in (double, single))
    assert rough.compute_gradient() == pytest.approx(exact.compute_gradient(), rel=1e-5)
    assert rough.gradient.dtype == np.float32
    np.testing.assert_allclose(rough.gradient, exact.gradient, rtol=1e-4, atol=1e-6)
