"""The order of training: every sample once an epoch, the same bits from the same seed, the update that was asked."""

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.engine import Network, Objective, Problem, StepResult, Trainer, Update
from explorer.engine.optimizers import OPTIMIZERS

Array = NDArray[np.floating]


def data(samples: int, inputs: int = 3, classes: int = 2) -> tuple[Array, NDArray[np.intp]]:
    rng = np.random.default_rng(11)
    return rng.normal(size=(samples, inputs)), rng.integers(0, classes, samples)


def trained(
    steps: tuple[int, ...], *, seed: int = 0, dtype: str = "float64", batch_size: int = 4
) -> tuple[Network, StepResult]:
    X, labels = data(22)
    network = Network.random((3, 5, 2), "tanh", seed=1, dtype=dtype)
    trainer = Trainer(network, X, labels, batch_size=batch_size, seed=seed, learning_rate=0.3)
    result = None
    for count in steps:
        result = trainer.run(count)
    assert result is not None
    return network, result


def visited(samples: int, batch_size: int, epochs: int) -> list[list[int]]:
    """Return the samples of each minibatch, read off the gradient of W1 for inputs that are unit vectors.

    With half the squared error, zero weights and targets of -1, dJ/dW1 is 1/B in the rows of the samples taken.
    """
    network = Network((samples, 1), ("identity",), "half_squared_error")
    trainer = Trainer(network, np.eye(samples), -np.ones((samples, 1)), batch_size=batch_size, seed=3)
    batches = []
    for _ in range(epochs * trainer.steps_per_epoch):
        trainer.compute_gradient()
        column = trainer.gradients["W1"][:, 0]
        batches.append(np.flatnonzero(column).tolist())
        np.testing.assert_allclose(column[batches[-1]], 1 / len(batches[-1]), rtol=1e-15)
    return batches


@pytest.mark.parametrize(("samples", "batch_size"), [(10, 3), (10, 5), (7, 4), (5, 1), (1, 1), (3, 2), (13, 12)])
def test_every_sample_once_an_epoch_and_the_mean_over_the_actual_count(samples: int, batch_size: int) -> None:
    batches = visited(samples, batch_size, epochs=3)
    per_epoch = -(-samples // batch_size)
    assert len(batches) == 3 * per_epoch
    for epoch in range(3):
        seen = batches[epoch * per_epoch : (epoch + 1) * per_epoch]
        assert sorted(index for batch in seen for index in batch) == list(range(samples))
        assert [len(batch) for batch in seen[:-1]] == [batch_size] * (per_epoch - 1)


def test_the_order_changes_from_epoch_to_epoch() -> None:
    batches = visited(40, 8, epochs=2)
    assert batches[:5] != batches[5:]


@pytest.mark.parametrize("batch_size", [22, 23, 10_000])
def test_a_batch_of_all_the_data_or_more_is_the_whole_data(batch_size: int) -> None:
    X, labels = data(22)
    trainer = Trainer(Network.random((3, 2)), X, labels, batch_size=batch_size)
    assert (trainer.batch_size, trainer.steps_per_epoch) == (22, 1)
    assert trainer.run(2).epoch == 2


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("batch_size", [4, 22])
def test_the_same_seed_gives_the_same_bits(dtype: str, batch_size: int) -> None:
    first, _ = trained((37,), dtype=dtype, batch_size=batch_size)
    again, _ = trained((37,), dtype=dtype, batch_size=batch_size)
    np.testing.assert_array_equal(first.theta, again.theta)
    assert first.theta.dtype == np.dtype(dtype)


def test_another_seed_gives_another_order() -> None:
    assert (trained((37,))[0].theta != trained((37,), seed=1)[0].theta).any()


@pytest.mark.parametrize("chunks", [(10, 10), (1,) * 20, (3, 17), (0, 20)])
def test_slices_make_no_difference(chunks: tuple[int, ...]) -> None:
    whole, result = trained((20,))
    sliced, last = trained(chunks)
    np.testing.assert_array_equal(sliced.theta, whole.theta)
    assert last == result


def test_steps_and_epochs_are_counted() -> None:
    X, labels = data(10)
    trainer = Trainer(Network.random((3, 2)), X, labels, batch_size=4)
    counts = [(result.step, result.epoch) for result in (trainer.run(1) for _ in range(7))]
    assert counts == [(1, 0), (2, 0), (3, 1), (4, 1), (5, 1), (6, 2), (7, 2)]


def test_before_the_first_step_there_is_no_loss_and_no_accuracy() -> None:
    X, labels = data(10)
    result = Trainer(Network.random((3, 2)), X, labels).run(0)
    assert (result.step, result.epoch) == (0, 0)
    assert np.isnan(result.loss)
    assert np.isnan(result.accuracy)


def test_loss_and_accuracy_are_those_before_the_update() -> None:
    X, labels = data(12)
    network = Network.random((3, 4, 2), seed=5)
    before = network.copy()
    losses = np.zeros(1)
    result = Trainer(network, X, labels, batch_size=12, learning_rate=5.0).run(1, losses)
    p = before.predict_proba(X)
    assert result.loss == pytest.approx(-np.log(p[np.arange(12), labels]).mean(), rel=1e-13)
    assert result.accuracy == (p.argmax(axis=1) == labels).mean()
    assert losses[0] == result.loss


@pytest.mark.parametrize("train_biases", [True, False])
def test_the_update_is_theta_minus_rate_times_gradient(train_biases: bool) -> None:
    X, labels = data(9)
    network = Network.random((3, 4, 2), "relu", seed=2)
    network.theta += 0.1
    before = network.copy().parameters
    trainer = Trainer(network, X, labels, batch_size=9, learning_rate=0.25, train_biases=train_biases)
    trainer.run(1)
    for name, gradient in trainer.gradients.items():
        rate = 0.25 if train_biases or name.startswith("W") else 0.0
        np.testing.assert_array_equal(network.parameters[name], before[name] - rate * gradient)
        assert gradient.any()


def test_gradients_are_live_and_stay_unscaled() -> None:
    X, labels = data(9)
    network = Network.random((3, 2), seed=2)
    twin = Trainer(network.copy(), X, labels, batch_size=9)
    twin.compute_gradient()
    trainer = Trainer(network, X, labels, batch_size=9, learning_rate=0.01)
    trainer.run(1)
    np.testing.assert_array_equal(trainer.gradient, twin.gradient)


def test_the_rate_may_change_between_steps() -> None:
    X, labels = data(9)
    network = Network.random((3, 2), seed=2)
    trainer = Trainer(network, X, labels, batch_size=9, learning_rate=0.01)
    trainer.run(3)
    before = network.theta.copy()
    trainer.learning_rate = 2.0
    trainer.run(1)
    np.testing.assert_array_equal(network.theta, before - 2.0 * trainer.gradient)
    assert trainer.learning_rate == 2.0


def test_the_callers_arrays_are_left_alone_and_not_needed_again() -> None:
    X, Y = np.ones((4, 2)), np.eye(2)[[0, 1, 0, 1]]
    networks = [Network.random((2, 3, 2), seed=1) for _ in range(2)]
    first, second = (Trainer(network, X, Y, batch_size=3) for network in networks)
    first.run(5)
    np.testing.assert_array_equal(X, 1)
    X[:], Y[:] = 100, 7
    second.run(5)
    np.testing.assert_array_equal(networks[1].theta, networks[0].theta)


def test_class_indices_and_one_hot_rows_are_the_same_targets() -> None:
    X, labels = data(9)
    networks = [Network.random((3, 2), seed=1) for _ in range(2)]
    Trainer(networks[0], X, labels, batch_size=4).run(9)
    Trainer(networks[1], X.tolist(), np.eye(2)[labels].tolist(), batch_size=4).run(9)
    np.testing.assert_array_equal(networks[0].theta, networks[1].theta)


@pytest.mark.parametrize("sizes", [(1, 1), (1, 1, 1), (1, 3, 1), (4, 1, 2), (1, 2, 2, 1)])
@pytest.mark.parametrize("samples", [1, 2, 5])
def test_the_thinnest_networks_train(sizes: tuple[int, ...], samples: int) -> None:
    X, _ = data(samples, sizes[0])
    network = Network.random(sizes, "tanh", loss="half_squared_error", seed=1)
    problem = Problem(network, X, np.ones((samples, sizes[-1])), update=Update(learning_rate=0.1))
    before = problem.loss()
    Trainer.of(problem, batch_size=2).run(200)
    assert problem.loss() < before


def test_weight_decay_shrinks_weights_and_spares_biases() -> None:
    network = Network((2, 2), ("identity",), "half_squared_error")
    network.theta[:] = 1
    X, Y = np.zeros((3, 2)), np.ones((3, 2))
    Trainer(network, X, Y, batch_size=3, learning_rate=0.5, objective=Objective(l2=0.1)).run(1)
    np.testing.assert_allclose(network.parameters["W1"], 0.95, rtol=1e-15)
    np.testing.assert_array_equal(network.parameters["b1"], 1)


def test_two_intertwined_classes_are_learnt() -> None:
    X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    network = Network.random((2, 8, 2), "tanh", seed=0)
    result = Trainer(network, X, [0, 1, 1, 0], batch_size=4, learning_rate=0.5).run(2000)
    assert result.accuracy == 1.0
    assert result.loss < 0.01


def test_an_optimizer_has_its_usual_rate_where_none_is_named() -> None:
    network, X, labels = Network.random((2, 3, 2)), np.eye(2), [0, 1]
    rates = {name: Trainer(network, X, labels, optimizer=name).learning_rate for name in OPTIMIZERS}
    assert rates == {name: rule.usual_rate for name, rule in OPTIMIZERS.items()}
    assert Trainer(network, X, labels, optimizer="adam", learning_rate=0.25).learning_rate == 0.25
