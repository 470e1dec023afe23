"""Optimisers: what an update makes of the gradient. One class a rule, each in place on the flat vector of a network.

``apply`` is made of NumPy calls that write into arrays which are there, and of nothing else: the trainer records these
calls once and replays them. What changes from update to update stands in arrays of shape (), written by ``prepare``.
"""

import math
from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from explorer.engine.schedules import Schedule

Array = NDArray[np.floating]


class Optimizer:
    """Plain (stochastic) gradient descent: theta <- theta - eta g; the others build on it.

    Parameters
    ----------
    learning_rate, schedule
        eta, and how it changes from update to update.
    numbers
        Its ``hyperparameters``, by name.
    theta
        The vector to be updated, (P,), or one like it: of its size and dtype are the optimiser's own vectors.
    decayed
        (P,): 1 at the weights, 0 at the biases, which a weight decay leaves alone.

    Attributes
    ----------
    rate
        eta of the coming update, ().
    steps
        Updates that were prepared.
    """

    title: ClassVar[str] = "SGD"
    usual_rate: ClassVar[float] = 0.1
    """The learning rate where a person names none."""
    hyperparameters: ClassVar[tuple[str, ...]] = ()
    """The names of its numbers, beyond the rate and its schedule: no other number of an update means anything to it."""
    memory: ClassVar[tuple[str, ...]] = ()
    """The names of the vectors that it keeps from update to update."""
    corrects_bias: ClassVar[bool] = False
    """True where scalars change at every update, schedule or not."""

    def __init__(
        self, learning_rate: float, schedule: Schedule, numbers: Mapping[str, float], theta: Array, decayed: Array
    ) -> None:
        self.steps = 0
        self.decayed = decayed
        self.rate: Array = np.zeros((), theta.dtype)
        self._learning_rate, self._schedule = learning_rate, schedule
        self._allocate(numbers, theta)
        self._write_scalars()

    def _allocate(self, numbers: Mapping[str, float], theta: Array) -> None:
        """Make the vectors and take the hyperparameters over."""

    @property
    def state(self) -> dict[str, Array]:
        """What it remembers, each (P,): with ``steps`` all that is needed to go on, bit for bit, where it stopped."""
        return {name: getattr(self, name) for name in self.memory}

    @property
    def learning_rate(self) -> float:
        """The rate on which the schedule builds."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self._learning_rate = rate
        self._write_scalars()

    @property
    def schedule(self) -> Schedule:
        """How the rate changes from update to update."""
        return self._schedule

    @schedule.setter
    def schedule(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._write_scalars()

    def prepare(self) -> None:
        """Make the scalars those of the coming update, and count it."""
        if self.corrects_bias or self._schedule.varies:
            self._write_scalars()
        self.steps += 1

    def _write_scalars(self) -> None:
        """Eta = learning rate * s(t), where t updates were made before."""
        self.rate.fill(self._learning_rate * self._schedule.share(self.steps))

    def apply(self, theta: Array, gradient: Array, change: Array) -> None:
        """Update ``theta`` in place; ``change`` is scratch; all are (P,), or the same part of it as the state.

        theta <- theta - eta g.
        """
        np.multiply(gradient, self.rate, out=change)
        np.subtract(theta, change, out=theta)


class Momentum(Optimizer):
    """SGD with momentum, as PyTorch has it: v <- mu v + g; theta <- theta - eta v.

    Source: Polyak (1964); the rate stands outside of v, so that a schedule acts on all of it at once.
    """

    title = "Momentum"
    usual_rate = 0.02
    hyperparameters: ClassVar[tuple[str, ...]] = ("momentum",)
    memory: ClassVar[tuple[str, ...]] = ("v",)

    def _allocate(self, numbers: Mapping[str, float], theta: Array) -> None:
        self.mu = numbers["momentum"]
        self.v: Array = np.zeros_like(theta)

    def apply(self, theta: Array, gradient: Array, change: Array) -> None:
        """Let v <- mu v + g; theta <- theta - eta v."""
        np.multiply(self.v, self.mu, out=self.v)
        np.add(self.v, gradient, out=self.v)
        np.multiply(self.v, self.rate, out=change)
        np.subtract(theta, change, out=theta)


class Nesterov(Momentum):
    """Nesterov's momentum, as PyTorch has it: v <- mu v + g; theta <- theta - eta (g + mu v).

    Source: Sutskever, Martens, Dahl and Hinton (2013), written for the parameters ahead of the velocity.
    """

    title = "Nesterov"

    def apply(self, theta: Array, gradient: Array, change: Array) -> None:
        """Let v <- mu v + g; theta <- theta - eta (g + mu v)."""
        np.multiply(self.v, self.mu, out=self.v)
        np.add(self.v, gradient, out=self.v)
        np.multiply(self.v, self.mu, out=change)
        np.add(change, gradient, out=change)
        np.multiply(change, self.rate, out=change)
        np.subtract(theta, change, out=theta)


class RMSProp(Optimizer):
    """v <- rho v + (1 - rho) g^2; theta <- theta - eta g / (sqrt(v) + epsilon).

    Source: Hinton, Neural Networks for Machine Learning, lecture 6e (2012); epsilon stands where PyTorch has it.
    """

    title = "RMSProp"
    usual_rate = 0.002
    hyperparameters: ClassVar[tuple[str, ...]] = ("rho", "epsilon")
    memory: ClassVar[tuple[str, ...]] = ("v",)

    def _allocate(self, numbers: Mapping[str, float], theta: Array) -> None:
        self.rho, self.epsilon = numbers["rho"], numbers["epsilon"]
        self.rest = 1 - self.rho
        self.v: Array = np.zeros_like(theta)

    def apply(self, theta: Array, gradient: Array, change: Array) -> None:
        """Let v <- rho v + (1 - rho) g^2; theta <- theta - eta g / (sqrt(v) + epsilon)."""
        np.multiply(self.v, self.rho, out=self.v)
        np.multiply(gradient, gradient, out=change)
        np.multiply(change, self.rest, out=change)
        np.add(self.v, change, out=self.v)
        np.sqrt(self.v, out=change)
        np.add(change, self.epsilon, out=change)
        np.divide(gradient, change, out=change)
        np.multiply(change, self.rate, out=change)
        np.subtract(theta, change, out=theta)


class Adam(Optimizer):
    """m <- beta1 m + (1 - beta1) g; v <- beta2 v + (1 - beta2) g^2; theta <- theta - eta m^ / (sqrt(v^) + epsilon).

    Both are corrected for their start at 0: m^ = m / (1 - beta1^t) and v^ = v / (1 - beta2^t) at update t = 1, 2, ...
    The corrections are taken into two scalars, which changes nothing but spares two calls:
    eta m^ / (sqrt(v^) + epsilon) = alpha m / (sqrt(v) + floor) with root = sqrt(1 - beta2^t),
    floor = epsilon root and alpha = eta root / (1 - beta1^t).

    Source: Kingma and Ba (2015), algorithm 1 and the end of section 2.
    """

    title = "Adam"
    usual_rate = 0.005
    hyperparameters: ClassVar[tuple[str, ...]] = ("beta1", "beta2", "epsilon")
    memory: ClassVar[tuple[str, ...]] = ("m", "v")
    corrects_bias = True

    def _allocate(self, numbers: Mapping[str, float], theta: Array) -> None:
        self.beta1, self.beta2, self.epsilon = numbers["beta1"], numbers["beta2"], numbers["epsilon"]
        self.rest1, self.rest2 = 1 - self.beta1, 1 - self.beta2
        self.alpha: Array = np.zeros((), theta.dtype)
        self.floor: Array = np.zeros((), theta.dtype)
        self.m: Array = np.zeros_like(theta)
        self.v: Array = np.zeros_like(theta)

    def _write_scalars(self) -> None:
        """Floor = epsilon sqrt(1 - beta2^t) and alpha = eta sqrt(1 - beta2^t) / (1 - beta1^t)."""
        super()._write_scalars()
        update = self.steps + 1
        root = math.sqrt(1 - self.beta2**update)
        self.floor.fill(self.epsilon * root)
        self.alpha.fill(self._learning_rate * self._schedule.share(self.steps) * root / (1 - self.beta1**update))

    def apply(self, theta: Array, gradient: Array, change: Array) -> None:
        """Let m and v become their new means; theta <- theta - alpha m / (sqrt(v) + floor)."""
        np.multiply(self.m, self.beta1, out=self.m)
        np.multiply(gradient, self.rest1, out=change)
        np.add(self.m, change, out=self.m)
        np.multiply(self.v, self.beta2, out=self.v)
        np.multiply(gradient, gradient, out=change)
        np.multiply(change, self.rest2, out=change)
        np.add(self.v, change, out=self.v)
        np.sqrt(self.v, out=change)
        np.add(change, self.floor, out=change)
        np.divide(self.m, change, out=change)
        np.multiply(change, self.alpha, out=change)
        np.subtract(theta, change, out=theta)


class AdamW(Adam):
    """Adam with decoupled weight decay: W <- W - eta weight_decay W before each of Adam's updates; biases do not decay.

    Source: Loshchilov and Hutter, Decoupled weight decay regularization (2019), as PyTorch has it.
    """

    title = "AdamW"
    hyperparameters: ClassVar[tuple[str, ...]] = (*Adam.hyperparameters, "weight_decay")

    def _allocate(self, numbers: Mapping[str, float], theta: Array) -> None:
        super()._allocate(numbers, theta)
        self.weight_decay = numbers["weight_decay"]
        self.decay: Array = np.zeros((), theta.dtype)

    def _write_scalars(self) -> None:
        super()._write_scalars()
        self.decay.fill(self._learning_rate * self._schedule.share(self.steps) * self.weight_decay)

    def apply(self, theta: Array, gradient: Array, change: Array) -> None:
        """W <- W - decay W; then Adam's update."""
        np.multiply(theta, self.decayed, out=change)
        np.multiply(change, self.decay, out=change)
        np.subtract(theta, change, out=theta)
        super().apply(theta, gradient, change)


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": Optimizer,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "rmsprop": RMSProp,
    "adam": Adam,
    "adamw": AdamW,
}
"""By name; a new optimiser is a class and a line here, and a line in ``tape/updates.py``."""
