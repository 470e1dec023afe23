"""Write-up 003, Problem 4: its three networks, trained on the 8 x 8 digits, behave as the printed logs do.

The printed runs were on MNIST with data order, seed and initial values unknown: what can be compared is the shape of
each curve. The bands hold what eight seeds of this program gave (scales and rates found so that the curves meet).
"""

import math

import numpy as np
import pytest
from msgspec import Struct

from explorer.data.digits import digits
from explorer.data.split import split
from explorer.engine import Network, Trainer
from explorer.engine.initialisers import Init
from explorer.engine.metrics import accuracy
from tests.seeds.nets import Array

LINES = 10
"""A printed log has ten lines, at 0, 1000, ..., 9000."""
PARAMETERS = {
    "003.17": ((10,), 7850, 650),
    "003.18": ((50, 50, 10), 42310, 6310),
    "003.19": ((70, 70, 10), 60630, 10230),
}


class Digits(Struct, frozen=True):
    """1,347 training and 450 held-out images; pixels / 16, or standardised by the training images."""

    X: Array
    Y: Array
    X_test: Array
    Y_test: Array

    @classmethod
    def load(cls, *, standardised: bool = False) -> "Digits":
        parts = split(digits(), 450 / 1797)
        train, test = parts.train.X, parts.test.X
        if standardised:
            mean, deviation = train.mean(axis=0), train.std(axis=0)
            train, test = ((X - mean) / np.where(deviation == 0, 1, deviation) for X in (train, test))
        return cls(train, np.eye(10)[parts.train.labels], test, np.eye(10)[parts.test.labels])

    def trainer(self, network: Network, rate: float) -> Trainer:
        return Trainer(network, self.X, self.Y, learning_rate=rate, batch_size=100)

    def held_out(self, network: Network) -> float:
        return accuracy(network.predict_proba(self.X_test), self.Y_test)


def log_of(data: Digits, network: Network, rate: float) -> tuple[Array, Array]:
    """Return J before, and the accuracy after, each update of number 0, 1000, ..., 9000."""
    trainer, lines = data.trainer(network, rate), []
    for line in range(LINES):
        loss = trainer.run(1).loss
        lines.append((loss, data.held_out(network)))
        trainer.run(999 if line < LINES - 1 else 1)
    losses, accuracies = np.array(lines).T
    return losses, accuracies


def at_the_end(data: Digits, network: Network, rate: float) -> tuple[float, float]:
    """Return the mean J of the last 500 of 9,000 minibatches, and the accuracy on the held-out images."""
    trainer, losses = data.trainer(network, rate), np.empty(500)
    trainer.run(8500)
    trainer.run(500, losses)
    return float(losses.mean()), data.held_out(network)


@pytest.mark.parametrize("item", PARAMETERS)
@pytest.mark.parametrize(("inputs", "place"), [(784, 0), (64, 1)])
def test_003_17_003_18_003_19_the_numbers_of_parameters(item: str, inputs: int, place: int) -> None:
    """003.17, 003.18, 003.19: (a), (b), (c) on 784 and on 64 inputs."""
    layers, *counts = PARAMETERS[item]
    assert Network((inputs, *layers), ("relu",) * len(layers)).theta.size == counts[place]


def network_a(scale: float) -> Network:
    return Network.random((64, 10), init=Init("normal", scale=scale))


def network_b() -> Network:
    return Network.random((64, 50, 50, 10), "relu", init="he_normal")


def network_c(last: str) -> Network:
    """Weights and biases from U[0, 0.1), as the course's code has them."""
    network = Network((64, 70, 70, 10), ("relu", "relu", last))
    network.theta[:] = np.random.default_rng(0).uniform(0, 0.1, network.theta.size)
    return network


A_PRINTED = [3.365241, 2.327228, 2.709532, 2.212323, 2.030988, 1.940232, 1.639684, 1.473641, 1.523897, 1.383028]
A_ACCURACY = [0.14, 0.17, 0.17, 0.25, 0.38, 0.39, 0.44, 0.51, 0.50, 0.53]
B_PRINTED = [2.321385, 2.137152, 2.041333, 1.867324, 1.612603, 1.491312, 1.416254, 1.295941, 1.215856, 1.103257]
B_ACCURACY = [0.13, 0.28, 0.41, 0.47, 0.53, 0.57, 0.61, 0.65, 0.68, 0.70]


def test_003_17_the_single_layer() -> None:
    """003.17: J falls from above 3 to about 1.4 while the accuracy climbs from chance to more than one half."""
    losses, accuracies = log_of(Digits.load(), network_a(0.45), 0.001)
    assert 2.9 < losses[0] < 4.5
    assert (abs(losses[1:] - A_PRINTED[1:]) < 0.7).all()
    assert (abs(accuracies - A_ACCURACY) < 0.2).all()
    assert 1.2 < losses[-1] < 1.6
    assert 0.5 < accuracies[-1] < 0.7


@pytest.mark.parametrize(("rate", "loss", "share"), [(0.001, 1.16, 0.90), (0.01, 0.28, 0.95), (0.1, 0.085, 0.965)])
def test_003_17_the_single_layer_at_other_rates(rate: float, loss: float, share: float) -> None:
    """003.17: small weights and larger rates go further: the printed run stopped early on the way."""
    found, accurate = at_the_end(Digits.load(), network_a(0.01), rate)
    assert found == pytest.approx(loss, rel=0.2)
    assert accurate == pytest.approx(share, abs=0.03)


def test_003_18_three_layers_with_a_linear_last_one() -> None:
    """003.18: J falls slowly from about ln 10 to about 1, the accuracy climbs without a plateau."""
    losses, accuracies = log_of(Digits.load(), network_b(), 0.0004)
    assert 2.25 < losses[0] < 2.8
    assert (abs(losses[1:] - B_PRINTED[1:]) < 0.3).all()
    assert (abs(accuracies - B_ACCURACY) < 0.25).all()
    assert (np.diff(accuracies) > -0.02).all()
    assert 0.7 < accuracies[-1] < 0.9


def test_003_18_at_a_larger_rate() -> None:
    """003.18: a rate of 0.1 learns the digits by heart."""
    loss, accurate = at_the_end(Digits.load(), network_b(), 0.1)
    assert loss < 0.005
    assert accurate == pytest.approx(0.975, abs=0.02)


def dead_classes(data: Digits, network: Network) -> list[int]:
    """Return the classes whose ReLU logit is 0 on every training image of their own."""
    logits = network.forward(data.X)
    return [k for k in range(10) if not logits[data.Y[:, k] == 1, k].any()]


def test_003_19_relu_logits_kill_classes() -> None:
    """003.19: J and accuracy stand still from iteration 1000 on: some classes are dead, and cost ln 10 a sample."""
    data, network = Digits.load(standardised=True), network_c("relu")
    losses, accuracies = log_of(data, network, 0.3)
    dead = dead_classes(data, network)
    assert dead
    assert 2.2 < losses[0] < 2.6
    assert (abs(accuracies[1:] - accuracies[-1]) < 0.03).all()
    lost = sum(data.Y[:, k].mean() for k in dead)
    p = network.predict_proba(data.X)
    whole = -np.log(p[data.Y == 1]).mean()
    assert whole >= lost * math.log(10)
    assert whole == pytest.approx(losses[1:].mean(), abs=0.2)
    for k in dead:
        assert (p[data.Y[:, k] == 1, k] <= 0.1).all()
    assert accuracies[-1] <= 1 - sum(data.Y_test[:, k].mean() for k in dead if k) + 0.02


def test_003_19_linear_logits_do_not() -> None:
    """003.19: the same weights, data and rate with a linear last layer."""
    data, network = Digits.load(standardised=True), network_c("identity")
    losses = np.empty(500)
    trainer = data.trainer(network, 0.3)
    trainer.run(1500)
    trainer.run(500, losses)
    assert losses.mean() < 0.05
    assert data.held_out(network) > 0.93
    assert not dead_classes(data, network)
