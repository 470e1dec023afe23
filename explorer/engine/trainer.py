"""Training: minibatches in a seeded order, a pass, an update; no threads, no printing, no allocation."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.engine.diagnosis import broken_pass, broken_update
from explorer.engine.errors import ExplorerError, NonFiniteError
from explorer.engine.initialisers import generator
from explorer.engine.metrics import accuracy
from explorer.engine.network import Network, layer_views
from explorer.engine.problem import Objective, Problem, Update, table, targets_matrix
from explorer.engine.workspace import Workspace

Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class StepResult:
    """Where training stands.

    Attributes
    ----------
    step
        Updates made so far.
    epoch
        Whole passes over the data made so far.
    loss
        Loss of the last minibatch, before its update, penalty included.
    accuracy
        Share of the last minibatch classified right, before its update; NaN where the targets are no classes.
    """

    step: int
    epoch: int
    loss: float
    accuracy: float


class Trainer:
    """Stochastic gradient descent on a network, in place.

    Parameters
    ----------
    network
        Changed by every step.
    X
        Inputs, (N, D).
    labels
        Class indices, (N,), or targets, (N, C).
    optimizer
        "sgd": theta <- theta - learning_rate * gradient.
    batch_size
        Samples a minibatch; the last of an epoch holds what is left. N or more means the whole data at once.
    seed
        Of the order in which samples are visited; a new order is drawn for each epoch.

    Raises
    ------
    ExplorerError
        If shapes, names or rates are not usable.
    """

    def __init__(  # noqa: PLR0913 (keywords, as users of scikit-learn expect them)
        self,
        network: Network,
        X: ArrayLike,
        labels: ArrayLike,
        *,
        optimizer: str = "sgd",
        learning_rate: float = 0.1,
        batch_size: int = 32,
        seed: int = 0,
        objective: Objective | None = None,
        train_biases: bool = True,
    ) -> None:
        inputs, targets = checked_data(network, X, labels)
        if batch_size < 1:
            raise ExplorerError(f"batch size {batch_size}: expected 1 or more")
        self.network = network
        self.update = Update(optimizer, learning_rate, train_biases)
        self.objective = objective or Objective()
        self.samples = len(inputs)
        self.batch_size = min(int(batch_size), self.samples)
        self.step, self.epoch = 0, 0
        self.gradient: Array = np.zeros_like(network.theta)
        self._gradients = layer_views(self.gradient, network.sizes, network.activations)
        self._change: Array = np.zeros_like(network.theta)
        self._changes = layer_views(self._change, network.sizes, network.activations)
        self._inputs: Array = np.hstack([inputs, np.ones((self.samples, 1), network.dtype)])
        self._targets = np.ascontiguousarray(targets.T)
        self._rng = generator(seed)
        self._order = np.arange(self.samples)
        self._position = self.samples
        self._workspaces = {size: self._workspace(size) for size in self._batch_sizes()}
        self._last = self._workspaces[self.batch_size]

    @classmethod
    def of(cls, problem: Problem, batch_size: int = 32, seed: int = 0) -> "Trainer":
        """Return a trainer of the problem's network (in place), data and conventions."""
        return cls(
            problem.network,
            problem.X,
            problem.Y,
            optimizer=problem.update.optimizer,
            learning_rate=problem.update.learning_rate,
            batch_size=batch_size,
            seed=seed,
            objective=problem.objective,
            train_biases=problem.update.train_biases,
        )

    @property
    def learning_rate(self) -> float:
        """The rate of the next update; may be changed between steps."""
        return self.update.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.update = replace(self.update, learning_rate=float(rate))

    @property
    def gradients(self) -> dict[str, Array]:
        """The gradients of the last minibatch under the names of the parameters: W1, b1, ..."""
        named: dict[str, Array] = {}
        for number, layer in enumerate(self._gradients, start=1):
            named[f"W{number}"] = layer.weights
            named[f"b{number}"] = layer.bias
        return named

    @property
    def steps_per_epoch(self) -> int:
        """Minibatches in one pass over the data."""
        return math.ceil(self.samples / self.batch_size)

    def run(self, steps: int, losses: Array | None = None) -> StepResult:
        """Make ``steps`` updates; write each minibatch's loss into ``losses`` (at least that long) if given.

        Raises
        ------
        NonFiniteError
            At the step whose pass or update left the finite numbers.
        """
        loss = math.nan
        with np.errstate(all="ignore"):
            for index in range(steps):
                loss = self._step()
                if losses is not None:
                    losses[index] = loss
        return StepResult(self.step, self.epoch, loss, self.minibatch_accuracy())

    def minibatch_accuracy(self) -> float:
        """Return the accuracy on the last minibatch, before its update; NaN before the first step."""
        if not self.step:
            return math.nan
        return accuracy(self.network.predictions(self._last.outputs.T), self._last.targets.T)

    def compute_gradient(self) -> float:
        """Take the next minibatch, fill ``gradient`` and return the loss, without updating."""
        with np.errstate(all="ignore"):
            return self._pass()

    def _pass(self) -> float:
        """Forward and backward through the next minibatch; return J."""
        workspace = self._next_minibatch()
        workspace.forward()
        loss = workspace.backward()
        if self.objective.l2:
            loss += self.objective.penalty(self.network)
        return loss

    def _step(self) -> float:
        """One minibatch: theta <- theta - learning_rate * gradient."""
        loss = self._pass()
        self.step += 1
        if self._position == self.samples:
            self.epoch += 1
        if not math.isfinite(loss):
            raise NonFiniteError(self.step, broken_pass(self._last))
        self._descend()
        if not is_finite(self.network.theta):
            raise NonFiniteError(self.step, broken_update(self._last, self._gradients))
        return loss

    def _descend(self) -> None:
        """Change = learning_rate * gradient, 0 for biases that are not trained; theta <- theta - change."""
        np.multiply(self.gradient, self.update.learning_rate, out=self._change)
        if not self.update.train_biases:
            for layer in self._changes:
                layer.bias.fill(0)
        np.subtract(self.network.theta, self._change, out=self.network.theta)

    def _batch_sizes(self) -> set[int]:
        return {self.batch_size, self.samples % self.batch_size or self.batch_size}

    def _workspace(self, samples: int) -> Workspace:
        workspace = Workspace(self.network, self._gradients, self.objective, samples)
        if samples == self.samples:
            workspace.X[...] = self._inputs
            workspace.targets[...] = self._targets
        return workspace

    def _next_minibatch(self) -> Workspace:
        """Gather the next samples of the order; a batch of all the data is already in place."""
        if self._position == self.samples:
            self._position = 0
            if self.batch_size < self.samples:
                self._rng.shuffle(self._order)
        stop = min(self._position + self.batch_size, self.samples)
        self._last = self._workspaces[stop - self._position]
        if self.batch_size < self.samples:
            chosen = self._order[self._position : stop]
            np.take(self._inputs, chosen, axis=0, out=self._last.X, mode="clip")
            np.take(self._targets, chosen, axis=1, out=self._last.targets, mode="clip")
        self._position = stop
        return self._last


def is_finite(theta: Array) -> bool:
    """Tell whether all numbers are finite: theta . theta answers without an array, unless it overflows."""
    return math.isfinite(theta.dot(theta)) or bool(np.isfinite(theta).all())


def checked_data(network: Network, X: ArrayLike, labels: ArrayLike) -> tuple[Array, Array]:
    """Return inputs (N, D) and targets (N, C) in the network's dtype, or refuse them in one sentence."""
    inputs = table(X, "X", network.dtype)
    if inputs.ndim != 2 or inputs.shape[1] != network.sizes[0]:
        raise ExplorerError(f"X has shape {inputs.shape}: expected (N, {network.sizes[0]}), one sample a row")
    targets, _ = targets_matrix(labels, network.sizes[-1], network.dtype)
    if len(inputs) != len(targets) or not len(inputs):
        counts = f"{len(inputs)} inputs and {len(targets)} targets"
        raise ExplorerError(f"{counts}: expected as many of each, at least 1")
    if not (np.isfinite(inputs).all() and np.isfinite(targets).all()):
        raise ExplorerError("the data hold infinities or NaN: remove or replace these values first")
    return inputs, targets
