"""Mistakes on the way back, recognised by what they leave: slopes, weights and probabilities that are not the pass's.

Each rule returns words where it explains every entry of the evidence, else nothing.
"""

import numpy as np

from explorer.engine.losses import LOSSES, softmax
from explorer.tape.checking.climb import slope
from explorer.tape.checking.evidence import Evidence


def doubled(e: Evidence) -> str:
    """Name probabilities that are not those of the logits."""
    network = e.problem.network
    probabilities = LOSSES[network.loss].probabilities
    if probabilities is None or "p" not in e.tape or e.quantity.layer != network.depth:
        return ""
    p = probabilities(e.nudger.arrays[f"h{network.depth}"], network.beta)
    if e.same(e.tape["p"].value, p):
        return ""
    twice = any(e.same(e.tape["p"].value, softmax(p, beta)) for beta in (network.beta, 1.0))
    return "p is the softmax of a softmax" if twice else "p is not that of the logits"


def wrong_at_targets(e: Evidence) -> str:
    """Name a softmax's gradient that is wrong where the target is not 0, and only there."""
    output = e.quantity.layer == e.problem.network.depth and e.quantity.symbol in "zh"
    if not output or "p" not in e.tape or e.found.shape != e.true.shape:
        return ""
    off, at = e.nudger.Y == 0, e.nudger.Y != 0
    if not (off.any() and at.any() and e.same(e.found[off], e.true[off])):
        return ""
    return "only the entries of the right class are wrong: is the diagonal of the softmax's Jacobian p − p²?"


def kept_slope(e: Evidence) -> str:
    """Name p (1 - p) on top of a loss that has taken it in already."""
    output = e.quantity.layer == e.problem.network.depth
    if not output or "p" not in e.tape or e.quantity.symbol not in "zh" or e.found.shape != e.true.shape:
        return ""
    p = e.tape["p"].value
    return "the slope p(1 − p) of the output is there, but p − y holds it already" * e.same(
        e.true * p * (1 - p), e.found
    )


def wrong_slope(e: Evidence) -> str:
    """Name the slope f'(z) missing, there twice, or taken at h instead of z."""
    if e.quantity.symbol != "z" or e.found.shape != e.true.shape:
        return ""
    z, h = (e.nudger.arrays[f"{letter}{e.quantity.layer}"] for letter in "zh")
    right, at_h = slope(e.activation, z), slope(e.activation, h)
    if e.same(e.found * right, e.true):
        return f"the slope of layer {e.quantity.layer} is missing"
    if e.same(e.true * right, e.found):
        return f"the slope of layer {e.quantity.layer} is there twice"
    if e.same(e.true * at_h, e.found * right):
        return f"the slope of layer {e.quantity.layer} is taken at h, not at z"
    return ""


def unmasked(e: Evidence) -> str:
    """Name entries that are not 0 where the loss has no slope; all others right."""
    dead = e.true == 0
    if e.found.shape != e.true.shape or not dead.any() or not e.same(np.where(dead, 0, e.found), e.true):
        return ""
    return "entries that must be 0 are not: is the mask of the ReLU forgotten?"


def wrong_factor(e: Evidence) -> str:
    """Name a factor dz/dh that is not the transpose of the weights of this pass."""
    name = f"dz{e.quantity.layer + 1}/d{e.quantity.quantity}"
    if e.quantity.symbol not in "hx" or name not in e.tape:
        return ""
    weights, factor = f"W{e.quantity.layer + 1}", e.tape[name].value
    if e.same(factor, e.nudger.arrays[weights].T):
        return ""
    if f"{weights}+" in e.tape and e.same(factor, e.tape[f"{weights}+"].value.T):
        return f"its factor {name} is that of the updated {weights}: is {weights} updated before it is used?"
    return f"its factor {name} is not the transpose of {weights}"


def misplaced_slope(e: Evidence) -> str:
    """Name a gradient at x or h that took the slope of the layer above after the weights, or never."""
    name = f"dJ/dh{e.quantity.layer + 1}"
    if e.quantity.symbol not in "hx" or name not in e.tape:
        return ""
    above, weights = f"{e.quantity.layer + 1}", e.nudger.arrays[f"W{e.quantity.layer + 1}"]
    gates = slope(e.problem.network.activations[e.quantity.layer], e.nudger.arrays[f"z{above}"])
    if (gates == 1).all():
        return ""
    passed = e.tape[name].value @ weights.T
    fits = passed.shape == gates.shape
    if e.same(e.found, passed):
        stopped = not fits and name in e.tape[f"dJ/d{e.quantity.quantity}"].operands
        refused = f": after W{above}ᵀ, NumPy refuses to multiply {passed.shape} with {gates.shape}" * stopped
        return f"the slope of layer {above} is missing on the way to it{refused}"
    after = passed * gates if fits or 1 in (passed.shape[1], gates.shape[1]) else passed
    words = f"the slope of layer {above} is multiplied in after the weights: it belongs before W{above}ᵀ"
    return words if e.same(e.found, after) else ""
