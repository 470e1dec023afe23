"""How a step changes the parameters: the optimiser's name and numbers, and what it remembers from step to step."""

import math
from collections.abc import Callable, Mapping

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.kinds import is_number
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import Schedule

Array = NDArray[np.floating]

HYPERPARAMETERS: dict[str, tuple[Callable[[float], bool], str]] = {
    "momentum": (lambda mu: 0 <= mu < 1, "from 0 to below 1"),
    "rho": (lambda rho: 0 <= rho < 1, "from 0 to below 1"),
    "beta1": (lambda beta: 0 <= beta < 1, "from 0 to below 1"),
    "beta2": (lambda beta: 0 <= beta < 1, "from 0 to below 1"),
    "epsilon": (lambda epsilon: 0 < epsilon <= 1, "above 0, at most 1"),
    "weight_decay": (lambda decay: 0 <= decay <= 1, "from 0 to 1"),
}
"""What an optimiser's numbers may be, and how that is said, by the field of ``Update``."""


class Update(Struct, frozen=True):
    """How a step changes the parameters; the formulas stand at the classes of ``OPTIMIZERS``.

    Attributes
    ----------
    optimizer
        A name of ``OPTIMIZERS``.
    learning_rate
        eta, before the schedule.
    train_biases
        False where the biases stay as they are.
    momentum
        mu of momentum and nesterov.
    rho
        Of rmsprop: how much of its mean square it keeps (alpha in PyTorch).
    beta1, beta2
        Of adam and adamw: how much of their means they keep.
    epsilon
        What rmsprop, adam and adamw add to the root that they divide by.
    weight_decay
        Of adamw: the share of the weights, times eta, that an update takes away.
    schedule
        How the rate changes from update to update.

    Raises
    ------
    ExplorerError
        If the optimizer is unknown, the learning rate is not a finite number above 0, or a number is out of range.
    """

    optimizer: str = "sgd"
    learning_rate: float = 0.1
    train_biases: bool = True
    momentum: float = 0.9
    rho: float = 0.99
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.01
    schedule: Schedule = field(default_factory=Schedule)

    def __post_init__(self) -> None:
        """Refuse an update that cannot be made, in one sentence."""
        if self.optimizer not in OPTIMIZERS:
            known = ", ".join(OPTIMIZERS)
            raise ExplorerError(f"optimizer {self.optimizer!r} is unknown: use one of {known}")
        rate = self.learning_rate
        if not (is_number(rate) and math.isfinite(rate) and rate > 0):
            raise ExplorerError(f"learning rate {self.learning_rate}: expected a finite number above 0")
        for name, (fits, expected) in HYPERPARAMETERS.items():
            value = getattr(self, name)
            if not (is_number(value) and fits(value)):
                raise ExplorerError(f"{name} {value}: expected a number {expected}")

    def rate(self, updates: int) -> float:
        """Return eta of the update that follows on ``updates`` updates."""
        return self.learning_rate * self.schedule.share(updates)


class Memory(Struct, frozen=True, eq=False):
    """What an optimiser remembers from update to update.

    Attributes
    ----------
    updates
        Updates made.
    vectors
        By name (v; m and v), laid out as ``Network.theta``; those that are missing are zero.
    strays
        Parameters that a mistake in these updates has given a shape which the network has no room for.
    """

    updates: int = 0
    vectors: Mapping[str, Array] = field(default_factory=dict)
    strays: Mapping[str, Array] = field(default_factory=dict)
