"""The wrong operations of the mistake lab, each with its picture; they stand in the one table of operations."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES, softmax
from explorer.engine.problem import Problem
from explorer.tape.loss_steps import loss_after, loss_of_problem
from explorer.tape.operation import Array, Compute, Operation

NO_LOSS_AFTER = "no_loss_after"
PRODUCT_AFTER = "product_after"
TRANSPOSE_OF_UPDATED = "transpose_of_updated"
SLIPS = (
    "missing_mean",
    "jacobian_without_sum",
    "sigma_prime_kept",
    "extra_factor_two",
    "sign_slip",
    "double_softmax",
)
"""What may be wrong with the gradient of a loss, in the order in which an operation's name has them."""
SOFTMAX_ONLY = {"jacobian_without_sum", "double_softmax"}
BEFORE = {"extra_factor_two": "2 ·", "sign_slip": "−"}


def slipped(loss: str, slips: tuple[str, ...]) -> str:
    """Return the name of the operation that computes a loss's gradient with those slips."""
    return "+".join((f"{loss}_gradient", *(slip for slip in SLIPS if slip in slips)))


def slips_of(loss: str) -> tuple[str, ...]:
    """Return the slips that the gradient of a loss can have."""
    if loss == "softmax_cross_entropy":
        return SLIPS
    kept = LOSSES[loss].probabilities is not None
    return tuple(slip for slip in SLIPS if slip not in SOFTMAX_ONLY and (kept or slip != "sigma_prime_kept"))


def slipped_gradient(loss: str, slips: tuple[str, ...]) -> Compute:
    """dJ/da = (1/divisor) dJ_n/da, with slips.

    ``double_softmax`` takes p for the logits; ``jacobian_without_sum`` puts y/S for y, where S = sum_r exp(beta a_r):
    (-y/p) times the printed Jacobian beta (delta p/S - p p) is beta (p sum y - y/S); ``sigma_prime_kept`` multiplies
    by p (1 - p).
    """

    def compute(inputs: tuple[Array, ...], problem: Problem) -> Array:
        a, y = inputs
        rule, beta = LOSSES[loss], problem.network.beta
        if "double_softmax" in slips:
            a = probabilities_again(a, problem)
        result = rule.gradient(a, y, beta)
        if "jacobian_without_sum" in slips:
            result = result + beta * (y - y / np.exp(beta * a).sum(axis=1, keepdims=True))
        if "sigma_prime_kept" in slips and rule.probabilities:
            p = rule.probabilities(a, beta)
            result = result * p * (1 - p)
        scale = (2 if "extra_factor_two" in slips else 1) * (-1 if "sign_slip" in slips else 1)
        divisor = 1 if "missing_mean" in slips else problem.objective.divisor(len(a))
        return scale * result / divisor

    return compute


def slipped_operation(loss: str, slips: tuple[str, ...]) -> Operation:
    """Return the operation with what stands around the difference."""
    name, compute = slipped(loss, slips), slipped_gradient(loss, slips)
    before = " ".join(BEFORE[slip] for slip in ("sign_slip", "extra_factor_two") if slip in slips)
    inside = " / Σ exp z" if "jacobian_without_sum" in slips else ""
    after = f"{inside})" + (" ⊙ p ⊙ (1 − p)" if "sigma_prime_kept" in slips else "")
    return Operation(name, compute, "difference", ("−",), before=before, after=after, summed="missing_mean" in slips)


def slipped_operations() -> Iterator[Operation]:
    """Yield the gradient of every loss with every combination of its slips."""
    for loss in LOSSES:
        possible = slips_of(loss)
        for count in range(1, len(possible) + 1):
            yield from (slipped_operation(loss, slips) for slips in combinations(possible, count))


def slope_of_h(name: str) -> Compute:
    """f'(h) in the place of f'(z), elementwise."""

    def compute(inputs: tuple[Array, ...], _problem: Problem) -> Array:
        h = inputs[0].copy()
        again, out = np.empty_like(h), np.empty_like(h)
        ACTIVATIONS[name].value(h, again)
        ACTIVATIONS[name].derivative(h, again, out)
        return out

    return compute


def weight_gradient_turned(inputs: tuple[Array, ...], problem: Problem) -> Array:
    """(dJ/dW)^T = (dJ/dz)^T h, and decay W^T where weights are penalised."""
    delta, h, *weights = inputs
    gradient: Array = delta.T @ h
    return gradient + problem.objective.decay * weights[0].T if weights else gradient


def transpose_of_updated(inputs: tuple[Array, ...], problem: Problem) -> Array:
    """(W - eta dJ/dW)^T."""
    W, gradient = inputs
    updated: Array = W - problem.rate * gradient
    return updated.T.copy()


def probabilities_again(a: Array, problem: Problem) -> Array:
    """Return softmax(beta a): what a second softmax takes for its logits."""
    return softmax(a, problem.network.beta)


def twice(inputs: tuple[Array, ...], problem: Problem) -> Array:
    """Return p = softmax(softmax(z))."""
    return probabilities_again(probabilities_again(inputs[0], problem), problem)


def loss_of_twice(inputs: tuple[Array, ...], problem: Problem) -> Array:
    """J of p = softmax(softmax(z))."""
    a, *others = inputs
    return loss_of_problem((probabilities_again(a, problem), *others), problem)


GENERAL = (
    Operation("weight_gradient_turned", weight_gradient_turned, "product", ("ᵀ ·", "+"), turned=(0, 2)),
    Operation(TRANSPOSE_OF_UPDATED, transpose_of_updated, "transpose", ("− η ·",)),
    Operation(PRODUCT_AFTER, lambda a, _: a[0] @ a[1] * a[2], "gated product", ("·", "⊙")),
    Operation("softmax_cross_entropy_probabilities+double_softmax", twice, "map"),
    Operation("softmax_cross_entropy+double_softmax", loss_of_twice, "reduce"),
    Operation("loss_after+double_softmax", loss_after(loss_of_twice), "reduce"),
    Operation(NO_LOSS_AFTER, lambda _a, _problem: np.asarray(np.nan), "reduce"),
)

WRONG_OPERATIONS = (
    *GENERAL,
    *slipped_operations(),
    *(Operation(f"{name}_slope_of_h", slope_of_h(name), "map") for name in ACTIVATIONS),
)
