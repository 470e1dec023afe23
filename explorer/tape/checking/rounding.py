"""How far rounding can carry the losses of a pass, and their derivatives by whatever way they are computed.

A running error analysis to first order (Higham, Accuracy and Stability of Numerical Algorithms, section 3.3): each
number takes on half an epsilon of its own size, and hands on what it has by the slopes and weights of the pass, all
signs positive. It judges differences that are too small to tell anything; it computes none.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.network import Network
from explorer.tape.checking.climb import Numbers, activated, slope

Array = NDArray[np.floating]
Arrays = dict[str, Array]

UNIT = float(np.finfo(np.float64).eps) / 2
"""Largest relative error of one rounding."""
MARGIN = 3.0
"""What the estimates are multiplied with: measured over networks of all kinds and scales, hardly any error is larger,
and half of them are more than a thirtieth of it."""
SOFTMAX_ROUNDINGS = 4.0
"""A power, a sum, a quotient and their slopes."""
VANISHING = 1e-200
"""Derivatives below this lose digits to underflow on their way."""
NUDGE = 1e-100
"""Along the imaginary axis: so small that only the first order counts, so large that tails do not vanish."""


class Rounding(Struct, frozen=True, eq=False):
    """What rounding can do to a pass.

    Attributes
    ----------
    losses
        To what the loss of each sample adds to J, (N,).
    gradients
        To the derivative of J by each entry of x and every W, b, z and h, by the name of the array.
    """

    losses: Array
    gradients: Arrays


def rounding(network: Network, arrays: Arrays, Y: Array, divisor: int, decay: float) -> Rounding:
    """Return what rounding can do to the pass of those arrays (x, parameters, z and h, by name)."""
    with np.errstate(all="ignore"):
        errors = forward_errors(network, arrays)
        output = arrays[f"h{network.depth}"], errors[f"h{network.depth}"]
        pull, unsure = loss_errors(network, *output, Y)
        size = abs(LOSSES[network.loss].value(output[0], Y, network.beta))
        losses: Array = UNIT * size + (pull * output[1]).sum(axis=1)
        gradients = backward_errors(network, arrays, errors, pull / divisor, unsure / divisor)
        for number, layer in enumerate(network.layers, start=1):
            gradients[f"W{number}"] += UNIT * decay * abs(layer.weights)
    return Rounding(MARGIN * losses / divisor, {name: MARGIN * off + VANISHING for name, off in gradients.items()})


def forward_errors(network: Network, arrays: Arrays) -> Arrays:
    """Return how far every z and h may be off."""
    below, errors = "x", {"x": np.zeros_like(arrays["x"])}
    for number, layer in enumerate(network.layers, start=1):
        z, h, weights = f"z{number}", f"h{number}", abs(layer.weights)
        terms = abs(arrays[below]) @ weights + abs(layer.bias)
        errors[z] = errors[below] @ weights + UNIT * terms
        own = 0.0 if layer.activation == "identity" else UNIT
        errors[h] = abs(slope(layer.activation, arrays[z])) * errors[z] + own * abs(arrays[h])
        below = h
    return errors


def loss_errors(network: Network, a: Array, off: Array, Y: Array) -> tuple[Array, Array]:
    """Return the size of dJ_n/da, (N, C), and how far it may be off where a is off by ``off``."""
    rule, beta = LOSSES[network.loss], network.beta
    pull = abs(rule.gradient(a, Y, beta))
    if rule.probabilities is None:
        factor = 2.0 if network.loss == "squared_error" else 1.0
        return pull, factor * (off + UNIT * (abs(a) + abs(Y))) + UNIT * pull
    p, scale = rule.probabilities(a, beta), abs(beta) if rule.rivals else 1.0
    mass = abs(Y).sum(axis=1, keepdims=True) if rule.rivals else 1.0
    spread = scale * p * (1 - p) * off
    if rule.rivals:
        spread = spread + scale * p * ((p * off).sum(axis=1, keepdims=True) - p * off)
    return pull, scale * (mass * (spread + SOFTMAX_ROUNDINGS * UNIT * p) + UNIT * abs(Y)) + UNIT * pull


def backward_errors(network: Network, arrays: Arrays, errors: Arrays, pull: Array, unsure: Array) -> Arrays:
    """Return how far each gradient may be off, from those at the outputs: their sizes and errors, (N, C)."""
    found = {f"h{network.depth}": unsure}
    for number in range(network.depth, 0, -1):
        layer, weights = network.layers[number - 1], abs(network.layers[number - 1].weights)
        z, below = f"z{number}", "x" if number == 1 else f"h{number - 1}"
        gates, wobble = slope_errors(layer.activation, arrays[z], errors[z])
        unsure, pull = unsure * gates + pull * wobble, pull * gates
        found[z] = unsure
        feed = abs(arrays[below])
        found[f"W{number}"] = feed.T @ unsure + errors[below].T @ pull + UNIT * feed.T @ pull
        found[f"b{number}"] = unsure.sum(axis=0) + UNIT * pull.sum(axis=0)
        unsure, pull = unsure @ weights.T + UNIT * pull @ weights.T, pull @ weights.T
        found[below] = unsure
    return found


def slope_errors(activation: str, z: Array, off: Array) -> tuple[Array, Array]:
    """Return the size of f'(z), and how far it may be off where z is off by ``off``: by f'' and its own rounding."""
    gates = abs(slope(activation, z))
    if activation == "identity":
        return gates, np.zeros_like(gates)
    nudged: Numbers = z + 1j * NUDGE
    bent = np.empty_like(nudged)
    ACTIVATIONS[activation].derivative(nudged.copy(), activated(activation, nudged), bent)
    return gates, abs(bent.imag) / NUDGE * off + UNIT * gates
