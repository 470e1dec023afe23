"""The operations that steps consist of, in one table: what each computes, and what its entries are made of.

Samples are rows. A new operation is one entry here and one line in ``plan.py``; each view of a tape shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.problem import Problem

Array = NDArray[np.floating]
Compute = Callable[[tuple[Array, ...], Problem], Array]

Picture = Literal["affine", "product", "elementwise", "difference", "sum", "transpose", "map", "reduce", "update"]
"""How an operation is drawn: which rows, columns or cells of its operands make one entry of the result."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the table.

    Attributes
    ----------
    compute
        ``compute(inputs, problem)`` gives the value; the problem is asked for its conventions only.
    picture
        How it is drawn.
    signs
        What stands between the drawn operands, first to last; the result follows after "=".
    """

    name: str
    compute: Compute
    picture: Picture
    signs: tuple[str, ...] = ()


def activation_value(name: str) -> Compute:
    """Return what computes h = f(z)."""

    def compute(inputs: tuple[Array, ...], _problem: Problem) -> Array:
        (z,) = inputs
        out = np.empty_like(z)
        ACTIVATIONS[name].value(z, out)
        return out

    return compute


def activation_slope(name: str) -> Compute:
    """dh/dz = f'(z), elementwise."""

    def compute(inputs: tuple[Array, ...], _problem: Problem) -> Array:
        z, h = inputs
        out = np.empty_like(z)
        ACTIVATIONS[name].derivative(z, h, out)
        return out

    return compute


def loss_value(name: str) -> Compute:
    """J = (1/divisor) sum_n J_n, plus the penalty R if there is one."""

    def compute(inputs: tuple[Array, ...], problem: Problem) -> Array:
        a, y, *penalty = inputs
        data_loss = LOSSES[name].value(a, y, problem.network.beta).sum() / problem.objective.divisor(len(a))
        return np.asarray(data_loss + penalty[0] if penalty else data_loss)

    return compute


def loss_gradient(name: str) -> Compute:
    """dJ/da = (1/divisor) dJ_n/da."""

    def compute(inputs: tuple[Array, ...], problem: Problem) -> Array:
        a, y = inputs
        return LOSSES[name].gradient(a, y, problem.network.beta) / problem.objective.divisor(len(a))

    return compute


def probabilities(function: Callable[[Array, float], Array]) -> Compute:
    """p, e.g. softmax(beta a)."""
    return lambda inputs, problem: function(inputs[0], problem.network.beta)


def penalty(weights: tuple[Array, ...], problem: Problem) -> Array:
    """R = decay / 2 * the sum of all squared weights."""
    return np.asarray(0.5 * problem.objective.decay * sum(np.square(W).sum() for W in weights))


def weight_gradient(inputs: tuple[Array, ...], problem: Problem) -> Array:
    """dJ/dW = h^T dJ/dz, and decay W where weights are penalised."""
    h, delta, *weights = inputs
    gradient: Array = h.T @ delta
    return gradient + problem.objective.decay * weights[0] if weights else gradient


def loss_after(updated: tuple[Array, ...], problem: Problem) -> Array:
    """J at W1+, b1+, ..., on the same data, in float64 whatever the network's dtype."""
    network = problem.network.copy(np.float64)
    for live, new in zip(network.parameters.values(), updated, strict=True):
        live[...] = new
    return np.asarray(problem.with_network(network).loss())


GENERAL = (
    Operation("affine", lambda a, _: a[0] @ a[1] + a[2], "affine", ("·", "+")),
    Operation("penalty", penalty, "reduce"),
    Operation("weight_gradient", weight_gradient, "product", ("ᵀ ·", "+")),
    Operation("bias_gradient", lambda a, _: a[0].sum(axis=0), "sum"),
    Operation("transpose", lambda a, _: a[0].T.copy(), "transpose"),
    Operation("chain", lambda a, _: a[0] @ a[1], "product", ("·",)),
    Operation("gate", lambda a, _: a[0] * a[1], "elementwise", ("⊙",)),
    Operation("descend", lambda a, problem: a[0] - problem.update.learning_rate * a[1], "update", ("− η",)),
    Operation("loss_after", loss_after, "reduce"),
    Operation("keep", lambda a, _: a[0].copy(), "map"),
)

OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        *GENERAL,
        *(Operation(name, activation_value(name), "map") for name in ACTIVATIONS),
        *(Operation(f"{name}_slope", activation_slope(name), "map") for name in ACTIVATIONS),
        *(Operation(name, loss_value(name), "reduce") for name in LOSSES),
        *(Operation(f"{name}_gradient", loss_gradient(name), "difference", ("−",)) for name in LOSSES),
        *(
            Operation(f"{name}_probabilities", probabilities(loss.probabilities), "map")
            for name, loss in LOSSES.items()
            if loss.probabilities
        ),
    )
}
