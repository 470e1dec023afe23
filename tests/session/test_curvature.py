"""The largest curvature of a loss, and the rate above which steps overshoot."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import Network, Problem, Trainer, Update
from explorer.session.divergence import largest_curvature, largest_rate
from tests.session.two_classes import problem


def test_the_curvature_of_a_quadratic_is_its_largest_eigenvalue() -> None:
    about = problem(0.1, loss="half_squared_error")
    inputs = np.hstack([about.X, np.ones((40, 1))])
    wanted = np.linalg.eigvalsh(inputs.T @ inputs / 40)[-1]
    assert largest_curvature(about) == pytest.approx(wanted, rel=0.02)


@pytest.mark.parametrize("weight", [1e80, 1e150])
def test_nothing_is_known_of_the_curvature_where_gradients_leave_the_finite_numbers(weight: float) -> None:
    network = Network.random((1, 2, 1), seed=0, loss="half_squared_error")
    network.parameters["W2"][0, 0] = weight
    about = Problem(network, np.ones((3, 1)), np.zeros((3, 1)))
    assert largest_curvature(about) == 0
    assert largest_rate(about) == float("inf")


@pytest.mark.parametrize(("share", "momentum", "grows"), [(0.9, 0.0, False), (1.1, 0.0, True), (0.9, 0.8, False)])
def test_steps_overshoot_just_above_the_largest_rate(share: float, momentum: float, grows: bool) -> None:
    about = problem(0.1, loss="half_squared_error")
    rate = share * largest_rate(about, momentum)
    update = Update("momentum" if momentum else "sgd", rate, momentum=momentum)
    trainer = Trainer.of(replace(about, network=about.network.copy(), update=update), batch_size=40)
    losses = np.empty(300)
    trainer.run(300, losses)
    assert bool(losses[-1] > losses[0]) is grows
