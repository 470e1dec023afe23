"""Two classes of samples with a network that trains on them at a rate."""

import numpy as np

from explorer.engine import Network, Problem, Update
from explorer.engine.problem import one_hot


def problem(rate: float, scale: float = 1.0, optimizer: str = "sgd", loss: str = "softmax_cross_entropy") -> Problem:
    rng = np.random.default_rng(0)
    labels = np.arange(40) % 2
    X, Y = scale * (rng.normal(size=(40, 2)) + labels[:, None]), one_hot(labels, 2, np.dtype(np.float64))
    return Problem(Network.random((2, 2), seed=3, loss=loss), X, Y, labels, update=Update(optimizer, rate))
