"""Single precision learns the digits as well as double does: the same accuracy within what seeds change."""

import numpy as np
import pytest

from explorer.data import load_dataset, split
from explorer.engine import Network, Trainer
from explorer.engine.activations import ACTIVATIONS


def learnt(activation: str, loss: str, seed: int, dtype: str) -> tuple[float, float]:
    """Return the last loss and the held-out accuracy after 600 steps."""
    parts = split(load_dataset("digits"), seed=0)
    network = Network.random((64, 32, 10), activation, seed=seed, dtype=dtype, loss=loss)
    trainer = Trainer(network, parts.train.X, parts.train.labels, learning_rate=0.1, batch_size=32, seed=seed)
    losses = np.empty(600)
    trainer.run(600, losses)
    right = network.predict_proba(parts.test.X).argmax(axis=1) == parts.test.labels
    return float(losses[-50:].mean()), float(right.mean())


@pytest.mark.parametrize("loss", ["softmax_cross_entropy", "sigmoid_cross_entropy"])
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_float32_learns_as_float64_does(activation: str, loss: str) -> None:
    double, single = ([learnt(activation, loss, seed, dtype) for seed in (0, 1)] for dtype in ("float64", "float32"))
    np.testing.assert_allclose(single, double, rtol=0, atol=0.005)
    assert min(accuracy for _, accuracy in double) > 0.85
