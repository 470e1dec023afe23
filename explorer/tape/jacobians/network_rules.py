"""The Jacobians of what a network consists of: the affine map, the activations, the penalty on the weights."""

import numpy as np
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.tape.jacobians.matrices import kronecker
from explorer.tape.jacobians.rule import Pair, Rule

Array = NDArray[np.floating]


def by_input(pair: Pair) -> Rule:
    """dz/dh = W^T: dz_i/dh_j = W_ji; 000.13, 000.15."""
    weights = pair.step.operands[1]
    text = f"Each unit answers to each input by the weight between them: {weights}{{exchanged}}."
    return Rule("transpose", lambda: pair.tape.value(weights).T, "{t0}", "{0}", (weights,), text)


def by_bias(pair: Pair) -> Rule:
    """dz/db = I; 001.15, 001.16."""
    identity = f"I_{{{{{pair.units}}}}}"
    text = "Each unit answers to its own bias alone, one to one: the identity."
    return Rule("identity", lambda: np.eye(pair.units), identity, identity, (), text)


def by_weights(pair: Pair) -> Rule:
    """dz/dW, a Kronecker product; 001.6 to 001.9, 004.(15)."""
    feed, identity = pair.step.operands[0], f"I_{{{{{pair.units}}}}}"
    text = f"Each unit answers to the weights of its own {{line}} of {pair.by} alone, each by its input"
    if pair.order == "F":
        patterns, order = (rf"{identity} \otimes {{0}}", rf"{identity} \otimes {{t0}}"), "unit by unit"
    else:
        patterns, order = (rf"{{0}} \otimes {identity}", rf"{{t0}} \otimes {identity}"), "input by input"
    text += f"; the {{lines}} stand {order}, as in {pair.by}.{{ravel}}."
    return Rule("kronecker", lambda: kronecker(pair.row(feed), pair.units, pair.order), *patterns, (feed,), text)


def through_activation(pair: Pair) -> Rule:
    """dh/dz = diag(f'(z)); 000.14, 004.(19)."""
    activation = ACTIVATIONS[pair.step.operation]

    def matrix() -> Array:
        z, h = pair.row(pair.by).copy(), pair.row(pair.step.id)
        slope = np.empty_like(z)
        activation.derivative(z, h, slope)
        return np.diag(slope)

    text = f"{activation.title} works unit by unit, so only the diagonal, its slopes, is not 0."
    text = text[0].upper() + text[1:]
    pattern = r"\mathrm{{diag}}\left({0}\right)"
    return Rule("diagonal", matrix, pattern, pattern, (f"d{pair.step.id}/d{pair.by}",), text)


def penalty_by_weights(pair: Pair) -> Rule:
    """dR/dW = decay W, as one long row."""
    objective = pair.problem.objective
    factor = r"\lambda\," if objective.l2_form == "half" else r"2\lambda\,"
    pattern = rf"{factor} \mathrm{{{{vec}}}}({{0}})"
    text = f"The penalty grows with each weight by that weight; the {{lines}} stand as in {pair.by}.{{ravel}}."

    def matrix() -> Array:
        return objective.decay * pair.tape.value(pair.by).ravel(pair.order)[None]

    return Rule("row", matrix, pattern, rf"{pattern}^\top", (pair.by,), text)
