"""The operations that steps consist of, in one table: what each computes, and what its entries are made of.

Samples are rows. A new operation is one entry here and one line in ``plan.py``; each view of a tape shows it.
"""

from collections.abc import Callable

import numpy as np

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.problem import Problem
from explorer.tape.loss_steps import loss_after, loss_of_problem, loss_value, penalty
from explorer.tape.mistakes.operations import WRONG_OPERATIONS
from explorer.tape.operation import Array, Compute, Operation
from explorer.tape.updates import UPDATES


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
        ACTIVATIONS[name].derivative(z.copy(), h, out)
        return out

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


def weight_gradient(inputs: tuple[Array, ...], problem: Problem) -> Array:
    """dJ/dW = h^T dJ/dz, and decay W where weights are penalised."""
    h, delta, *weights = inputs
    gradient: Array = h.T @ delta
    return gradient + problem.objective.decay * weights[0] if weights else gradient


GENERAL = (
    Operation("affine", lambda a, _: a[0] @ a[1] + a[2], "affine", ("·", "+")),
    Operation("penalty", penalty, "reduce"),
    Operation("weight_gradient", weight_gradient, "product", ("ᵀ ·", "+"), turned=(0,)),
    Operation("bias_gradient", lambda a, _: a[0].sum(axis=0), "sum"),
    Operation("transpose", lambda a, _: a[0].T.copy(), "transpose"),
    Operation("chain", lambda a, _: a[0] @ a[1], "product", ("·",)),
    Operation("gate", lambda a, _: a[0] * a[1], "elementwise", ("⊙",)),
    Operation("loss_after", loss_after(loss_of_problem), "reduce"),
    Operation("keep", lambda a, _: a[0].copy(), "map"),
)

OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        *GENERAL,
        *UPDATES,
        *(Operation(name, activation_value(name), "map") for name in ACTIVATIONS),
        *(Operation(f"{name}_slope", activation_slope(name), "map") for name in ACTIVATIONS),
        *(Operation(name, loss_value(name), "reduce") for name in LOSSES),
        *(Operation(f"{name}_gradient", loss_gradient(name), "difference", ("−",)) for name in LOSSES),
        *(
            Operation(f"{name}_probabilities", probabilities(loss.probabilities), "map")
            for name, loss in LOSSES.items()
            if loss.probabilities
        ),
        *WRONG_OPERATIONS,
    )
}
