"""A step allocates no array: what NumPy asks for while training does not grow with the size of the work.

NumPy itself borrows one buffer of a fixed number of elements when it broadcasts a row or casts a truth value; every
array of the networks below is larger than that, so that a single forgotten ``out=`` shows.
"""

import tracemalloc

import numpy as np
import pytest

from explorer.engine import Network, Objective, Trainer
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES

BOUND = 8 * np.getbufsize() + 4096
"""Bytes: NumPy's own buffer, and room for a few 0-d results."""


def highest_demand(trainer: Trainer, steps: int) -> int:
    """Return by how many bytes traced memory peaks above its level while ``steps`` single steps are made."""
    trainer.run(2 * trainer.steps_per_epoch)
    losses = np.empty(steps)
    tracemalloc.start()
    try:
        with np.errstate(all="ignore"):
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            for index in range(steps):
                losses[index] = trainer._step()
            return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def trainer_of(sizes: tuple[int, ...], batch_size: int, activation: str, loss: str, dtype: str) -> Trainer:
    rng = np.random.default_rng(0)
    network = Network.random(sizes, activation, dtype=dtype, loss=loss, output_activation=activation)
    network.beta = 1.5
    samples = batch_size * 5 // 2
    X = rng.normal(size=(samples, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], samples)]
    objective = Objective("mean", 0.01, "full")
    return Trainer(network, X, Y, batch_size=batch_size, learning_rate=1e-3, objective=objective, train_biases=False)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_no_array_of_units_or_weights(activation: str, loss: str, dtype: str) -> None:
    trainer = trainer_of((192, 160, 160), 192, activation, loss, dtype)
    assert highest_demand(trainer, 9) < BOUND


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_no_row_of_samples_in_two_hundred_steps(loss: str, dtype: str) -> None:
    trainer = trainer_of((2, 3, 2), 20_000, "sigmoid", loss, dtype)
    assert highest_demand(trainer, 200) < BOUND


def test_the_measurement_sees_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = trainer_of((2, 3, 2), 20_000, "sigmoid", "half_squared_error", "float32")
    monkeypatch.setattr(trainer, "_pass", lambda: float(np.zeros(20_000, np.float32).sum()))
    assert highest_demand(trainer, 2) >= BOUND
