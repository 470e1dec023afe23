"""Training that leaves the finite numbers says at which step and in which tensor, and no later than that."""

import pickle

import numpy as np
import pytest

from explorer.engine import ExplorerError, Network, NonFiniteError, Objective, Trainer

X = np.array([[1.0, -2.0], [0.5, 3.0], [-1.0, 1.0]])
LABELS = [0, 1, 1]


def network_of(activation: str = "relu", loss: str = "softmax_cross_entropy", dtype: str = "float64") -> Network:
    return Network.random((2, 3, 2), activation, seed=3, loss=loss, dtype=dtype)


def failure(trainer: Trainer, steps: int) -> NonFiniteError:
    with pytest.raises(NonFiniteError) as caught:
        trainer.run(steps)
    return caught.value


def test_it_reads_as_one_sentence_with_a_way_out() -> None:
    error = NonFiniteError(7, "W2")
    assert isinstance(error, ExplorerError)
    assert str(error) == (
        "training left the finite numbers at step 7, first in W2: lower the learning rate or scale the inputs, "
        "and start again"
    )


def test_it_crosses_a_process_boundary() -> None:
    error = pickle.loads(pickle.dumps(NonFiniteError(7, "W2")))  # noqa: S301 (our own bytes)
    assert (error.step, error.tensor, str(error)) == (7, "W2", str(NonFiniteError(7, "W2")))


def test_an_absurd_rate_loses_the_second_pass() -> None:
    """The first update makes weights of about 1e300, which are finite; their product is not."""
    error = failure(Trainer(network_of(), X, LABELS, batch_size=3, learning_rate=1e300), 100)
    assert (error.step, error.tensor) == (2, "z2")


def test_an_absurd_rate_in_single_precision_loses_the_first_update() -> None:
    trainer = Trainer(network_of(dtype="float32"), X, LABELS, batch_size=3, learning_rate=1e300)
    error = failure(trainer, 100)
    assert (error.step, error.tensor) == (1, "W1")


@pytest.mark.parametrize("steps", [1, 10])
@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_a_lost_parameter_is_named_at_once(name: str, steps: int) -> None:
    """An infinite weight behind a saturated sigmoid leaves the loss finite, and is found all the same."""
    network = network_of("sigmoid")
    trainer = Trainer(network, X, LABELS, batch_size=2)
    trainer.run(4)
    network.parameters[name].flat[0] = np.inf
    error = failure(trainer, steps)
    assert (error.step, error.tensor) == (5, name)


@pytest.mark.parametrize(
    ("weights", "tensor"),
    [({"W1": 1e308}, "z1"), ({"W1": 1e200, "W2": 1e200}, "z2")],
)
def test_an_overflow_in_the_forward_pass_is_named(weights: dict[str, float], tensor: str) -> None:
    network = network_of("identity")
    for name, value in weights.items():
        network.parameters[name][:] = value * np.sign(network.parameters[name])
    error = failure(Trainer(network, 10 * X, LABELS, batch_size=3), 1)
    assert (error.step, error.tensor) == (1, tensor)


def test_an_overflow_of_the_temperature_is_in_the_loss_for_p_stays_between_0_and_1() -> None:
    network = Network((2, 2), ("identity",), beta=1e200)
    network.parameters["W1"][:] = [[1e200, -1e200], [1e200, -1e200]]
    assert failure(Trainer(network, X, LABELS, batch_size=3), 1).tensor == "J"


def test_an_overflow_of_the_penalty_is_in_r() -> None:
    network = Network((2, 2), ("sigmoid",))
    network.parameters["W1"][:] = 1e160
    trainer = Trainer(network, X, LABELS, batch_size=3, objective=Objective(l2=1.0))
    assert failure(trainer, 1).tensor == "R"


def test_an_overflow_of_the_loss_is_in_j() -> None:
    network = Network((2, 2), ("identity",), "half_squared_error")
    network.parameters["W1"][:] = 1e160
    assert failure(Trainer(network, X, LABELS, batch_size=3), 1).tensor == "J"


def test_an_update_that_overflows_names_the_gradient() -> None:
    network = Network((1, 1, 1), ("identity", "identity"), "half_squared_error")
    network.parameters["W1"][:], network.parameters["W2"][:] = 0.0, 1e100
    error = failure(Trainer(network, [[1e250]], [[-1.0]], batch_size=1), 1)
    assert (error.step, error.tensor) == (1, "dJ/dW1")


def test_numbers_that_are_large_and_finite_are_no_failure() -> None:
    network = Network((1, 1), ("identity",), "half_squared_error")
    network.parameters["b1"][:] = 1e153
    result = Trainer(network, [[0.0]], [[0.0]], batch_size=1, learning_rate=1e-9).run(3)
    assert result.loss == pytest.approx(0.5e306, rel=1e-6)
    network.parameters["W1"][:] = 1e200
    assert Trainer(network, [[0.0]], [[0.0]], batch_size=1).run(1).step == 1


def test_no_warning_escapes_and_the_step_is_counted() -> None:
    trainer = Trainer(network_of(), X, LABELS, batch_size=3, learning_rate=1e300)
    failure(trainer, 100)
    assert trainer.step == 2


def test_gradients_may_be_asked_for_without_a_warning() -> None:
    network = network_of("sigmoid")
    network.theta *= 1e6
    assert np.isfinite(Trainer(network, X, LABELS, batch_size=3).compute_gradient())
