"""Training: minibatches in a seeded order, a pass, an update; no threads, no printing, no allocation."""

import math
from copy import copy
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.engine.diagnosis import broken_pass, broken_update
from explorer.engine.errors import ExplorerError, NonFiniteError
from explorer.engine.losses import LOSSES
from explorer.engine.metrics import accuracy, kind_of
from explorer.engine.minibatches import Minibatches
from explorer.engine.network import Network, layer_views
from explorer.engine.optimizers import OPTIMIZERS, Optimizer, make_optimizer
from explorer.engine.problem import Objective, Problem, Update, table, targets_matrix
from explorer.engine.program import Program
from explorer.engine.update import Memory
from explorer.engine.workspace import Workspace

Array = NDArray[np.floating]
BLOCK = 32_768
"""Parameters that are updated at a time."""


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
        A name of ``OPTIMIZERS``, with its usual numbers; "sgd" is theta <- theta - learning_rate * gradient.
    learning_rate
        eta; the optimiser's usual one if left out (0.1 for sgd, 0.005 for adam).
    batch_size
        Samples a minibatch; the last of an epoch holds what is left. N or more means the whole data at once.
    seed
        Of the order in which samples are visited; a new order is drawn for each epoch.
    update
        The optimiser with all of its numbers, instead of ``optimizer``, ``learning_rate`` and ``train_biases``.

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
        learning_rate: float | None = None,
        batch_size: int = 32,
        seed: int = 0,
        objective: Objective | None = None,
        train_biases: bool = True,
        update: Update | None = None,
    ) -> None:
        inputs, targets = checked_data(network, X, labels)
        if batch_size < 1:
            raise ExplorerError(f"batch size {batch_size}: expected 1 or more")
        update = update or usual_update(optimizer, learning_rate, train_biases=train_biases)
        self.network = network
        self.objective = objective or Objective()
        self.samples = len(inputs)
        self._kind = kind_of(targets, multilabel=LOSSES[network.loss].multilabel)
        self.batch_size = min(int(batch_size), self.samples)
        self.step = 0
        self._penalised = self.objective.l2 != 0
        self.gradient: Array = np.zeros_like(network.theta)
        self._gradients = layer_views(self.gradient, network.sizes, network.activations)
        self._settings = update
        with np.errstate(all="ignore"):
            decays = "weight_decay" in OPTIMIZERS[update.optimizer].hyperparameters
            decayed = self._weights_only() if decays else self.gradient[:0]
            self.optimizer = make_optimizer(update, network.theta, decayed)
        self._update = self._update_program(train_biases=update.train_biases).calls
        self._square = partial(network.theta.dot, network.theta)
        self._minibatches = Minibatches(inputs, targets, self.batch_size, seed, self._workspace)
        self._next_minibatch = self._minibatches.next

    @classmethod
    def of(cls, problem: Problem, batch_size: int = 32, seed: int = 0) -> "Trainer":
        """Return a trainer of the problem's network (in place), data and conventions."""
        return cls(
            problem.network,
            problem.X,
            problem.Y,
            batch_size=batch_size,
            seed=seed,
            objective=problem.objective,
            update=problem.update,
        )

    @property
    def learning_rate(self) -> float:
        """The rate of the next update, before its schedule; may be changed between steps."""
        return self.optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self._settings = replace(self._settings, learning_rate=float(rate))
        with np.errstate(all="ignore"):
            self.optimizer.learning_rate = float(rate)

    @property
    def gradients(self) -> dict[str, Array]:
        """The gradients of the last minibatch under the names of the parameters: W1, b1, ..."""
        named: dict[str, Array] = {}
        for number, layer in enumerate(self._gradients, start=1):
            named[f"W{number}"] = layer.weights
            named[f"b{number}"] = layer.bias
        return named

    @property
    def epoch(self) -> int:
        """Whole passes over the data made so far."""
        return self._minibatches.taken // len(self._minibatches)

    @property
    def steps_per_epoch(self) -> int:
        """Minibatches in one pass over the data."""
        return len(self._minibatches)

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

    def resume(self, step: int, memory: Memory) -> None:
        """Go on as a trainer of the same samples, batch size and seed would after ``step`` updates; to be called first.

        Parameters
        ----------
        memory
            What its optimiser remembers there; the network has its weights already.
        """
        self._minibatches.skip(step)
        self.step, self.optimizer.steps = step, memory.updates
        for name, vector in self.optimizer.state.items():
            vector[:] = memory.vectors.get(name, 0)

    def minibatch_accuracy(self) -> float:
        """Return the accuracy on the last minibatch, before its update; NaN before the first step."""
        if not self.step:
            return math.nan
        last = self._minibatches.last
        return accuracy(self.network.predictions(last.outputs.T), last.targets.T, self._kind)

    def compute_gradient(self) -> float:
        """Take the next minibatch, fill ``gradient`` and return the loss, without updating."""
        with np.errstate(all="ignore"):
            return self._pass()

    def _pass(self) -> float:
        """Forward and backward through the next minibatch; return J."""
        loss = self._next_minibatch().compute()
        return loss + self.objective.penalty(self.network) if self._penalised else loss

    def _step(self) -> float:
        """One minibatch: pass and update; return J before the update."""
        loss = self._pass()
        self.step += 1
        if not math.isfinite(loss):
            raise NonFiniteError(self.step, broken_pass(self._minibatches.last))
        self.optimizer.prepare()
        for call in self._update:
            call()
        if not math.isfinite(self._square()) and not is_finite(self.network.theta):  # the square may overflow alone
            raise NonFiniteError(self.step, broken_update(self._minibatches.last, self._gradients))
        return loss

    def _workspace(self, samples: int, *, whole: bool) -> Workspace:
        return Workspace(self.network, self._gradients, self.objective, samples, whole=whole)

    def _weights_only(self) -> Array:
        """Return a vector like theta, 1 at weights and 0 at biases."""
        mask: Array = np.ones_like(self.gradient)
        for layer in layer_views(mask, self.network.sizes, self.network.activations):
            layer.bias.fill(0)
        return mask

    def _update_program(self, *, train_biases: bool) -> Program:
        """Return the calls of an update, block by block: what one writes is in the cache when the next reads it."""
        program, theta = Program(), self.network.theta
        change: Array = np.empty(min(BLOCK, theta.size), theta.dtype)
        gradient = self.gradient if train_biases else np.empty_like(theta)
        if not train_biases:
            program.record(np.multiply, self.gradient, self._weights_only(), gradient)
        for start in range(0, theta.size, BLOCK):
            rows = slice(start, start + BLOCK)
            part, optimizer = theta[rows], block_of(self.optimizer, rows, theta.size)
            program.record(type(optimizer).apply, optimizer, part, gradient[rows], change[: part.size])
        return program


def block_of(optimizer: Optimizer, rows: slice, size: int) -> Optimizer:
    """Return a twin of the optimizer that works on those rows of its vectors."""
    twin = copy(optimizer)
    for name, value in vars(optimizer).items():
        if isinstance(value, np.ndarray) and value.shape == (size,):
            setattr(twin, name, value[rows])
    return twin


def is_finite(array: Array) -> bool:
    """Tell whether all numbers are finite."""
    return bool(np.isfinite(array).all())


def usual_update(optimizer: str, learning_rate: float | None, *, train_biases: bool) -> Update:
    """Return an update with the optimiser's usual numbers, but for those that are given."""
    named = Update(optimizer, train_biases=train_biases)
    rate = OPTIMIZERS[optimizer].usual_rate if learning_rate is None else learning_rate
    return replace(named, learning_rate=rate)


def checked_data(network: Network, X: ArrayLike, labels: ArrayLike) -> tuple[Array, Array]:
    """Return inputs (N, D) and targets (N, C) in the network's dtype, or refuse them in one sentence."""
    inputs = table(X, "X", network.dtype)
    if inputs.ndim != 2 or inputs.shape[1] != network.sizes[0]:
        raise ExplorerError(f"X has shape {inputs.shape}: expected (N, {network.sizes[0]}), one sample a row")
    targets, _ = targets_matrix(labels, network.sizes[-1], network.dtype, network.loss)
    if len(inputs) != len(targets) or not len(inputs):
        counts = f"{len(inputs)} inputs and {len(targets)} targets"
        raise ExplorerError(f"{counts}: expected as many of each, at least 1")
    if not (np.isfinite(inputs).all() and np.isfinite(targets).all()):
        raise ExplorerError("the data hold infinities or NaN: remove or replace these values first")
    return inputs, targets
