"""The loss on a tape: J from the outputs, the penalty R, and J once more after the update."""

import numpy as np

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.problem import Problem
from explorer.tape.operation import Array, Compute


def loss_value(name: str) -> Compute:
    """J = (1/divisor) sum_n J_n, plus the penalty R if there is one."""

    def compute(inputs: tuple[Array, ...], problem: Problem) -> Array:
        a, y, *added = inputs
        data_loss = LOSSES[name].value(a, y, problem.network.beta).sum() / problem.objective.divisor(len(a))
        return np.asarray(data_loss + added[0] if added else data_loss)

    return compute


def penalty(weights: tuple[Array, ...], problem: Problem) -> Array:
    """R = decay / 2 * the sum of all squared weights."""
    return np.asarray(0.5 * problem.objective.decay * sum(np.square(W).sum() for W in weights))


def outputs_after(updated: tuple[Array, ...], problem: Problem) -> Array:
    """Return the last layer's activations at W1+, b1+, ..., in float64; their shapes need not be the network's."""
    h: Array = problem.X.astype(np.float64)
    for name, W, b in zip(problem.network.activations, updated[::2], updated[1::2], strict=True):
        z = h @ W + b
        ACTIVATIONS[name].value(z, z)
        h = z
    return h


def loss_after(loss: Compute) -> Compute:
    """J at W1+, b1+, ..., on the same data, in float64 whatever the network's dtype; ``loss`` computes J."""

    def compute(updated: tuple[Array, ...], problem: Problem) -> Array:
        added = (penalty(updated[::2], problem),) if problem.objective.l2 else ()
        outputs, targets = outputs_after(updated, problem), problem.Y.astype(np.float64)
        return loss((outputs, targets, *added), problem)

    return compute


def loss_of_problem(inputs: tuple[Array, ...], problem: Problem) -> Array:
    """J by the loss of the problem's network."""
    return loss_value(problem.network.loss)(inputs, problem)
