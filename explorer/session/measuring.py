"""Measuring a network on whole sets of samples: the numbers behind the curves."""

import math

import numpy as np
from numpy.typing import NDArray

from explorer.engine.losses import LOSSES
from explorer.engine.metrics import accuracy
from explorer.engine.network import Network
from explorer.session.history import Evaluation
from explorer.session.subject import Subject

Array = NDArray[np.floating]


def measure(network: Network, X: Array, Y: Array) -> tuple[float, float]:
    """Return the mean loss (without penalty) and the accuracy over samples X (N, D), Y (N, C); NaN for no samples."""
    if not len(X):
        return math.nan, math.nan
    outputs = network.forward(X)
    losses = LOSSES[network.loss].value(outputs, Y.astype(network.dtype, copy=False), network.beta)
    return float(losses.mean()), accuracy(outputs, Y)


def evaluate(subject: Subject, network: Network, step: int) -> Evaluation:
    """Measure the network on the subject's training and test samples after ``step`` updates."""
    problem = subject.problem
    train = measure(network, problem.X, problem.Y)
    return Evaluation(step, *train, *measure(network, subject.test_X, subject.test_Y))
