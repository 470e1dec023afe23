"""Loss and accuracy over whole sets of samples, cheap enough to be measured while training goes on. No Qt."""

import math

import numpy as np
from numpy.typing import NDArray

from explorer.engine.losses import LOSSES
from explorer.engine.metrics import Kind, accuracy, kind_of
from explorer.engine.network import Network
from explorer.engine.problem import Objective
from explorer.session.history import Evaluation

Array = NDArray[np.floating]
MOST_SAMPLES = 2000
"""While training goes on, a larger set is measured on that many of its samples, always the same ones."""


class SampleSet:
    """Samples to measure on: at most ``most`` of those given, drawn once with the seed.

    Parameters
    ----------
    kind
        What the targets are, by which a sample is taken right or wrong; told from them if left out.
    """

    def __init__(
        self,
        X: Array,
        Y: Array,
        seed: int,
        dtype: np.dtype[np.floating],
        most: int | None = MOST_SAMPLES,
        kind: Kind | None = None,
    ) -> None:
        self._kinds = [kind or kind_of(Y, multilabel=multilabel) for multilabel in (False, True)]
        if most is not None and len(X) > most:
            chosen = np.sort(np.random.default_rng(seed).choice(len(X), most, replace=False))
            X, Y = X[chosen], Y[chosen]
        self.X: Array = X.astype(dtype, copy=False)
        self.Y: Array = Y.astype(dtype, copy=False)

    def measure(self, network: Network) -> tuple[float, float]:
        """Return the mean loss of a sample and the share classified right; NaN where there is nothing to measure."""
        if not len(self.X):
            return math.nan, math.nan
        with np.errstate(all="ignore"):
            outputs, rule = network.forward(self.X), LOSSES[network.loss]
            loss = float(rule.value(outputs, self.Y, network.beta).mean())
        return loss, accuracy(network.predictions(outputs), self.Y, self._kinds[rule.multilabel])


class Evaluator:
    """Measures a network on the training samples and on the held-out ones.

    Losses are on the scale of a minibatch's: the mean over samples plus the penalty, or, where the objective sums
    over samples, a minibatch's worth of them, so that all curves share an axis.
    """

    def __init__(self, train: SampleSet, test: SampleSet, objective: Objective, batch_size: int) -> None:
        self._train, self._test, self._objective = train, test, objective
        self._scale = 1 if objective.reduction == "mean" else batch_size

    def evaluate(self, network: Network, step: int) -> Evaluation:
        """Return the losses and accuracies after ``step`` updates."""
        penalty = self._objective.penalty(network)
        (train_loss, train_accuracy), (test_loss, test_accuracy) = (
            samples.measure(network) for samples in (self._train, self._test)
        )
        return Evaluation(
            step,
            self._scale * train_loss + penalty,
            train_accuracy,
            self._scale * test_loss + penalty,
            test_accuracy,
        )
