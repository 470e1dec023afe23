"""Training: minibatches in a seeded order, a pass, an update; no threads, no printing, no allocation."""

import math
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import ArrayLike, NDArray

from explorer.engine.descent import bound_update, usual_update
from explorer.engine.diagnosis import broken_pass, broken_update
from explorer.engine.errors import ExplorerError, NonFiniteError
from explorer.engine.kinds import is_whole
from explorer.engine.losses import LOSSES
from explorer.engine.metrics import accuracy, kind_of
from explorer.engine.minibatches import Minibatches
from explorer.engine.network import Network, layer_views, named_arrays
from explorer.engine.problem import Objective, Problem, Update
from explorer.engine.schedules import Schedule
from explorer.engine.training_data import checked_data
from explorer.engine.update import Memory
from explorer.engine.workspace import Workspace

Array = NDArray[np.floating]


class StepResult(Struct, frozen=True):
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

    kept: ClassVar[tuple[str, ...]] = ()
    """Attributes beyond its arguments that a copy takes over."""

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
        if not is_whole(batch_size) or batch_size < 1:
            raise ExplorerError(f"batch size {batch_size}: expected a whole number, 1 or more")
        named = usual_update(optimizer, learning_rate, train_biases=train_biases)
        if update is not None and (named.optimizer, learning_rate, train_biases) != ("sgd", None, True):
            others = "optimizer, learning_rate and train_biases"
            raise ExplorerError(f"update holds the optimiser and its numbers: leave {others} out")
        update = update or named
        self.network = network
        self.objective = objective or Objective()
        self.samples = len(inputs)
        self._kind = kind_of(targets, multilabel=LOSSES[network.loss].multilabel)
        self.batch_size = min(int(batch_size), self.samples)
        self.step = 0
        self._penalised = self.objective.l2 != 0
        self.gradient: Array = np.zeros_like(network.theta)
        self._gradients = layer_views(self.gradient, network.sizes, network.activations)
        self._settings, self._seed = update, seed
        self.optimizer, self._update = bound_update(update, network, self.gradient)
        self._square = partial(network.theta.dot, network.theta)
        self._minibatches = Minibatches(inputs, targets, self.batch_size, seed, self._workspace)
        self._next_minibatch = self._minibatches.next

    @classmethod
    def of(cls, problem: Problem, batch_size: int = 32, seed: int = 0) -> Self:
        """Return a trainer of the problem's network (in place), data and conventions.

        Raises
        ------
        ExplorerError
            If the problem makes mistakes.
        """
        if problem.mistakes:
            named = ", ".join(problem.mistakes)
            raise ExplorerError(f"a Trainer makes no mistakes ({named}): use explorer.tape.mistaken_trainer.trainer_of")
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
    def schedule(self) -> Schedule:
        """How the rate changes from update to update; may be changed between steps, and counts from the first one."""
        return self.optimizer.schedule

    @schedule.setter
    def schedule(self, schedule: Schedule) -> None:
        self._settings = replace(self._settings, schedule=schedule)
        with np.errstate(all="ignore"):
            self.optimizer.schedule = schedule

    @property
    def gradients(self) -> dict[str, Array]:
        """The gradients of the last minibatch under the names of the parameters: W1, b1, ..."""
        return named_arrays(self._gradients)

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
        loss = self.make(steps, losses)
        return StepResult(self.step, self.epoch, loss, self.minibatch_accuracy())

    def make(self, steps: int, losses: Array | None = None) -> float:
        """Make updates as ``run`` does, and return the last loss alone: its accuracy costs as much as an update."""
        loss = math.nan
        with np.errstate(all="ignore"):
            for index in range(steps):
                loss = self._step()
                if losses is not None:
                    losses[index] = loss
        return loss

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

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...], dict[str, object]]:
        """Copy and pickle what it is made of and how far it is: the calls of a step are bound to arrays of its own."""
        X, Y = self._minibatches.samples
        made_of = (type(self), self.network, X, Y, self.batch_size, self._seed, self.objective, self._settings)
        last = self._minibatches.last
        state = {
            "taken": self._minibatches.taken,
            "step": self.step,
            "memory": Memory(self.optimizer.steps, self.optimizer.state),
            "arrays": (self.gradient, last.X, last.targets, last.outputs),
            "kept": {name: getattr(self, name) for name in self.kept},
        }
        return rebuilt, made_of, state

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Go on where the trainer stood that ``__reduce__`` took apart."""
        self.resume(state["taken"], state["memory"])
        self.step = state["step"]
        last = self._minibatches.last
        for array, value in zip((self.gradient, last.X, last.targets, last.outputs), state["arrays"], strict=True):
            array[...] = value
        for name, value in state["kept"].items():
            setattr(self, name, value)

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


def rebuilt(kind: type[Trainer], network: Network, X: Array, Y: Array, *rest: Any) -> Trainer:
    """Return a trainer of that kind, of what ``Trainer.__reduce__`` names."""
    batch_size, seed, objective, update = rest
    return kind(network, X, Y, batch_size=batch_size, seed=seed, objective=objective, update=update)


def is_finite(array: Array) -> bool:
    """Tell whether all numbers are finite."""
    return bool(np.isfinite(array).all())
