"""A problem: a network, its data and its conventions. What a tape records and a trainer trains."""

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.initialisers import Init
from explorer.engine.losses import LOSSES
from explorer.engine.network import Network

Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Objective:
    """How samples and penalty make one number: J = reduce_n J_n + penalty (biases are never penalised)."""

    reduction: Literal["mean", "sum"] = "mean"
    l2: float = 0.0
    l2_form: Literal["half", "full"] = "half"

    def divisor(self, samples: int) -> int:
        """N where the reduction is the mean, 1 where it is the sum."""
        return samples if self.reduction == "mean" else 1

    @property
    def decay(self) -> float:
        """The factor of W in dJ/dW: lambda for lambda/2 sum W^2 (half), 2 lambda for lambda sum W^2 (full)."""
        return self.l2 if self.l2_form == "half" else 2 * self.l2

    def penalty(self, network: Network) -> float:
        """R = decay / 2 * the sum of all squared weights."""
        if not self.l2:
            return 0.0
        return 0.5 * self.decay * sum(float(np.vdot(layer.weights, layer.weights)) for layer in network.layers)


@dataclass(frozen=True, slots=True)
class Update:
    """How one step changes the parameters: theta <- theta - learning_rate * gradient; biases only if trained."""

    optimizer: str = "sgd"
    learning_rate: float = 0.1
    train_biases: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """A network, its data and its conventions.

    Attributes
    ----------
    network
        Read, never written: training works on a copy.
    X
        Inputs, (N, D).
    Y
        Targets, (N, C): one-hot rows where the file gave class indices.
    labels
        The class indices, (N,), where the targets are classes, else None.
    drawn
        True where the weights came from ``init`` and not from the file.
    """

    network: Network
    X: Array
    Y: Array
    labels: NDArray[np.intp] | None = None
    objective: Objective = field(default_factory=Objective)
    update: Update = field(default_factory=Update)
    init: Init = field(default_factory=Init)
    drawn: bool = False
    title: str = "Untitled"
    description: str = ""
    source: str = ""
    notation: str = "row"

    @property
    def samples(self) -> int:
        """Number of samples N."""
        return len(self.X)

    def only(self, sample: int) -> "Problem":
        """Return the same problem with that one sample as its data."""
        rows = slice(sample, sample + 1)
        labels = None if self.labels is None else self.labels[rows]
        return replace(self, X=self.X[rows], Y=self.Y[rows], labels=labels)

    def with_network(self, network: Network) -> "Problem":
        """Return the same problem about other numbers."""
        return replace(self, network=network)

    def loss(self) -> float:
        """Return J = (1/N) sum_n J_n + R, or the sum without 1/N, by the forward pass alone."""
        network = self.network
        losses = LOSSES[network.loss].value(network.forward(self.X), self.Y.astype(network.dtype), network.beta)
        return float(losses.sum()) / self.objective.divisor(self.samples) + self.objective.penalty(network)


def one_hot(labels: NDArray[np.intp], classes: int, dtype: np.dtype[np.floating]) -> Array:
    """Return (N, C) rows with a single 1 in the column of the class."""
    rows: Array = np.zeros((len(labels), classes), dtype)
    rows[np.arange(len(labels)), labels] = 1
    return rows


def targets_matrix(targets: ArrayLike, classes: int, dtype: np.dtype[np.floating]) -> tuple[Array, NDArray[np.intp] | None]:
    """Return targets as (N, C) rows and, where they are class indices, the indices.

    Raises
    ------
    ExplorerError
        If an index is out of range or the matrix does not have C columns.
    """
    given = np.asarray(targets)
    if given.ndim == 1 and np.issubdtype(given.dtype, np.integer):
        wrong = given[(given < 0) | (given >= classes)]
        if len(wrong):
            raise ExplorerError(f"targets hold class {wrong[0]}: expected 0 to {classes - 1} for {classes} outputs")
        labels = given.astype(np.intp)
        return one_hot(labels, classes, dtype), labels
    if given.ndim != 2 or given.shape[1] != classes:
        raise ExplorerError(f"targets have shape {given.shape}: expected class indices (N,) or a matrix (N, {classes})")
    return given.astype(dtype), None
