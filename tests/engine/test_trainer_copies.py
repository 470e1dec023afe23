"""A copied trainer goes on, bit for bit, as the one it was copied from, and on arrays of its own."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from explorer.engine import ExplorerError, Network, Problem, Trainer, Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.tape.mistaken_trainer import trainer_of

COPIERS: dict[str, Callable[[Trainer], Trainer]] = {
    "deepcopy": copy.deepcopy,
    "pickle": lambda trainer: pickle.loads(pickle.dumps(trainer)),  # noqa: S301 (our own bytes)
}


def trainer(optimizer: str, batch_size: int = 4) -> Trainer:
    rng = np.random.default_rng(2)
    X, labels = rng.normal(size=(22, 3)), rng.integers(0, 2, 22)
    network = Network.random((3, 5, 2), "tanh", seed=1)
    return Trainer(network, X, labels, batch_size=batch_size, seed=7, update=Update(optimizer, 0.05))


@pytest.mark.parametrize("copier", COPIERS)
@pytest.mark.parametrize("batch_size", [4, 22])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_copy_goes_on_alike_and_alone(optimizer: str, batch_size: int, copier: str) -> None:
    first = trainer(optimizer, batch_size)
    first.run(9)
    first.compute_gradient()
    first.learning_rate = 0.03
    second = COPIERS[copier](first)
    assert second.minibatch_accuracy() == first.minibatch_accuracy()
    np.testing.assert_array_equal(second.gradient, first.gradient)
    before = first.network.theta.copy()
    result = second.run(25)
    np.testing.assert_array_equal(first.network.theta, before)
    assert first.run(25) == result
    np.testing.assert_array_equal(second.network.theta, first.network.theta)
    assert not np.array_equal(first.network.theta, before)


def test_a_copy_makes_the_same_mistakes() -> None:
    rng = np.random.default_rng(3)
    network = Network.random((2, 3, 2), "sigmoid", seed=0)
    problem = Problem(network, rng.normal(size=(6, 2)), np.eye(2)[[0, 1, 0, 1, 1, 0]], mistakes=("sign_slip",))
    first = trainer_of(problem, batch_size=6)
    first.run(1)
    second = copy.deepcopy(first)
    assert second.run(2) == first.run(2)


def test_what_is_named_twice_and_mistakes_are_refused() -> None:
    X, labels = np.eye(2), [0, 1]
    with pytest.raises(ExplorerError, match="leave optimizer, learning_rate and train_biases out"):
        Trainer(Network.random((2, 2)), X, labels, learning_rate=0.1, update=Update())
    with pytest.raises(ExplorerError, match=r"makes no mistakes \(sign_slip\)"):
        Trainer.of(Problem(Network.random((2, 2)), X, np.eye(2), mistakes=("sign_slip",)))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"batch_size": 2.5}, r"batch size 2.5: expected a whole number"),
        ({"seed": 1.5}, r"seed 1.5: expected a whole number"),
        ({"seed": None}, r"seed None: expected a whole number"),
        ({"learning_rate": "0.1"}, r"learning rate 0.1: expected a finite number"),
    ],
)
def test_what_is_no_number_is_refused(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ExplorerError, match=words):
        Trainer(Network.random((2, 2)), np.eye(2), [0, 1], **arguments)


def test_half_a_unit_is_refused() -> None:
    sizes: Any = (2, 2.5)
    with pytest.raises(ExplorerError, match="each a whole number"):
        Network(sizes, ("identity",))
