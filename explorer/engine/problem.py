"""A problem: a network, its data and its conventions. What a tape records and a trainer trains."""

import math
from collections.abc import Mapping
from typing import Any, Literal, get_args

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import ArrayLike, NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.initialisers import Init
from explorer.engine.losses import LOSSES
from explorer.engine.network import Network
from explorer.engine.update import Memory, Update

__all__ = [
    "L2Form",
    "Memory",
    "Objective",
    "Problem",
    "Reduction",
    "Update",
    "class_count",
    "one_hot",
    "table",
    "targets_matrix",
]

Array = NDArray[np.floating]
Reduction = Literal["mean", "sum"]
L2Form = Literal["half", "full"]
PIECE = 2**16
"""Rows that are filled at one stroke."""


class Objective(Struct, frozen=True):
    """How samples and penalty make one number: J = reduce_n J_n + penalty (biases are never penalised).

    Raises
    ------
    ExplorerError
        If a name is unknown, or l2 is negative or not finite.
    """

    reduction: Reduction = "mean"
    l2: float = 0.0
    l2_form: L2Form = "half"

    def __post_init__(self) -> None:
        """Refuse conventions that mean nothing, in one sentence."""
        if self.reduction not in get_args(Reduction):
            raise ExplorerError(f"reduction {self.reduction!r} is unknown: use mean or sum")
        if self.l2_form not in get_args(L2Form):
            raise ExplorerError(f"l2_form {self.l2_form!r} is unknown: use half or full")
        if not (math.isfinite(self.l2) and self.l2 >= 0):
            raise ExplorerError(f"l2 {self.l2}: expected a finite number, 0 or more")

    def divisor(self, samples: int) -> int:
        """N where the reduction is the mean, 1 where it is the sum."""
        return samples if self.reduction == "mean" else 1

    @property
    def decay(self) -> float:
        """The factor of W in dJ/dW: lambda for lambda/2 sum W^2 (half), 2 lambda for lambda sum W^2."""
        return self.l2 if self.l2_form == "half" else 2 * self.l2

    def penalty(self, network: Network) -> float:
        """R = decay / 2 * the sum of all squared weights."""
        if not self.l2:
            return 0.0
        squares = (float(np.vdot(layer.weights, layer.weights)) for layer in network.layers)
        return 0.5 * self.decay * sum(squares)


class Problem(Struct, frozen=True, eq=False):
    """A network, its data and its conventions.

    Attributes
    ----------
    network
        Read, never written: training works on a copy.
    X
        Inputs, (N, D).
    Y
        Targets, (N, C): one-hot rows where the file gave class indices; with one output, see ``targets_matrix``.
    labels
        The class indices, (N,), where the targets are classes, else None.
    drawn
        True where the weights came from ``init`` and not from the file.
    mistakes
        Names of the mistake lab: what a recorded pass does wrong on purpose.
    puzzle
        The number of the puzzle in which these are to be found, so that no step tells of them; 0 where it is no secret.
    strays
        Parameters that a mistake has given a shape which the network has no room for; a recorded pass reads these.
    memory
        What the optimiser remembers of the updates before; nothing where a problem begins.
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
    mistakes: tuple[str, ...] = ()
    puzzle: int = 0
    strays: Mapping[str, Array] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    @property
    def samples(self) -> int:
        """Number of samples N."""
        return len(self.X)

    @property
    def rate(self) -> float:
        """The learning rate of the coming update."""
        return self.update.rate(self.memory.updates)

    def only(self, sample: int) -> "Problem":
        """Return the same problem with that one sample as its data."""
        rows = slice(sample, sample + 1)
        labels = None if self.labels is None else self.labels[rows]
        strays = {name: array[rows] if name[0] == "b" else array for name, array in self.strays.items()}
        return replace(self, X=self.X[rows], Y=self.Y[rows], labels=labels, strays=strays)

    def only_these(self, samples: NDArray[np.intp]) -> "Problem":
        """Return the same problem with those samples as its data, in that order."""
        labels = None if self.labels is None else self.labels[samples]
        return replace(self, X=self.X[samples], Y=self.Y[samples], labels=labels)

    def with_network(self, network: Network, memory: Memory | None = None) -> "Problem":
        """Return the same problem about other numbers, and with what the updates to there left, if that is new."""
        memory = memory or self.memory
        return replace(self, network=network, memory=memory, strays=memory.strays)

    def loss(self) -> float:
        """Return J = (1/N) sum_n J_n + R, or the sum without 1/N, by the forward pass alone."""
        network, divisor = self.network, self.objective.divisor(self.samples)
        outputs, targets = network.forward(self.X), self.Y.astype(network.dtype)
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            losses = LOSSES[network.loss].value(outputs, targets, network.beta)
            return float(losses.sum()) / divisor + self.objective.penalty(network)


def one_hot(labels: NDArray[np.intp], classes: int, dtype: np.dtype[np.floating]) -> Array:
    """Return (N, C) rows with a single 1 in the column of the class."""
    rows: Array = np.zeros((len(labels), classes), dtype)
    for start in range(0, len(labels), PIECE):  # NumPy lets no other thread work while it assigns to chosen entries
        piece = labels[start : start + PIECE]
        rows[np.arange(start, start + len(piece)), piece] = 1
    return rows


def class_count(outputs: int, loss: str) -> int:
    """Return how many classes the outputs tell apart: one each, but two where a lone output is no softmax's."""
    return 2 if outputs == 1 and not LOSSES[loss].rivals else outputs


def targets_matrix(
    targets: ArrayLike, outputs: int, dtype: np.dtype[np.floating], loss: str = "softmax_cross_entropy"
) -> tuple[Array, NDArray[np.intp] | None]:
    """Return targets as (N, C) rows and, where they are class indices, the indices.

    A class index puts a 1 in its column. With one output and a loss other than the softmax's, the classes are 0
    and 1, and the index is the target itself.

    Raises
    ------
    ExplorerError
        If an index is out of range or the matrix does not have C columns.
    """
    given, classes = table(targets, "targets"), class_count(outputs, loss)
    if given.ndim == 1 and np.issubdtype(given.dtype, np.integer):
        wrong = given[(given < 0) | (given >= classes)]
        if len(wrong):
            wanted = f"0 to {classes - 1} for {outputs} {'output' if outputs == 1 else 'outputs'}"
            matrix = ", or a matrix (N, 1) of values" if classes > outputs else ""
            raise ExplorerError(f"targets hold class {wrong[0]}: expected {wanted}{matrix}")
        labels = given.astype(np.intp)
        return labels[:, None].astype(dtype) if classes > outputs else one_hot(labels, classes, dtype), labels
    if given.ndim != 2 or given.shape[1] != outputs:
        wanted = f"class indices (N,) or a matrix (N, {outputs})"
        raise ExplorerError(f"targets have shape {given.shape}: expected {wanted}")
    return table(given, "targets", dtype), None


def table(given: ArrayLike, what: str, dtype: np.dtype[np.floating] | None = None) -> NDArray[Any]:
    """Return an array of that dtype, or its own if None; refuse what is ragged or holds no numbers.

    It is a new one, unless what is given is such an array already and cannot be written: then nobody need be kept
    from changing it, and gigabytes are not copied.
    """
    if isinstance(given, np.ndarray) and not given.flags.writeable and given.dtype == (dtype or given.dtype):
        return given
    try:
        with np.errstate(over="ignore"):
            return np.array(given, dtype)
    except (TypeError, ValueError):
        wanted = "give rows of equal length, numbers only"
        raise ExplorerError(f"{what}: this is no table of numbers, {wanted}") from None
