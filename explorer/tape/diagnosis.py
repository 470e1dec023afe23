"""What a wrong gradient looks like: the mistakes that students make, recognised by the numbers that they leave.

Each rule compares what the tape says with what the loss says; the first that explains every entry is told.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.tape.climb import slope
from explorer.tape.differences import Nudger
from explorer.tape.names import Name
from explorer.tape.step import Tape

Array = NDArray[np.floating]
CLOSE = 1e-7
"""Relative difference below which two numbers count as the same."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A gradient that is wrong, with all that may explain it.

    Attributes
    ----------
    quantity
        What it is the gradient of.
    found
        What the tape says, in whatever shape.
    true
        What the loss says, in the right shape.
    noise
        How far rounding moves ``true``.
    """

    problem: Problem
    nudger: Nudger
    tape: Tape
    quantity: Name
    found: Array
    true: Array
    noise: float

    def same(self, one: Array, other: Array) -> bool:
        """Tell whether two arrays are equal but for rounding."""
        if one.shape != other.shape:
            return False
        return bool((abs(one - other) <= self.noise + CLOSE * (abs(one) + abs(other))).all())

    @property
    def penalty(self) -> Array:
        """The penalty's part of the gradient; 0 where there is none."""
        decay = self.nudger.decay if self.quantity.symbol == "W" else 0.0
        part: Array = decay * self.nudger.arrays[self.quantity.quantity]
        return part

    @property
    def activation(self) -> str:
        """The activation of the layer, identity for the input."""
        return self.problem.network.activations[max(self.quantity.layer, 1) - 1]


def diagnosis(evidence: Evidence) -> str:
    """Return what the error looks like, in words; nothing where no rule knows it."""
    with np.errstate(all="ignore"):
        return next((words for rule in RULES if (words := rule(evidence))), "")


def not_finite(e: Evidence) -> str:
    """Name NaN or infinity."""
    return "" if np.isfinite(e.found).all() else "not every entry is a finite number"


def shaped_otherwise(e: Evidence) -> str:
    """Name the right numbers in another shape, or a sum that was not taken."""
    if e.found.shape == e.true.shape:
        return ""
    if e.same(e.found.T, e.true):
        return "its transpose is right"
    if e.found.ndim == e.true.ndim + 1 and e.same(e.found.sum(axis=0), e.true):
        return "its rows are the samples' own: is their sum missing?"
    return ""


def all_zero(e: Evidence) -> str:
    """Name 0 everywhere where the loss has a slope."""
    return "" if e.found.any() else "every entry is 0"


def constant_factor(e: Evidence) -> str:
    """Name one factor in every entry, before or after the penalty's part is added."""
    for part in (e.found, e.found - e.penalty) if e.found.shape == e.true.shape else ():
        true = e.true if part is e.found else e.true - e.penalty
        ratio = float(np.vdot(part, true) / np.vdot(part, part))
        if np.isfinite(ratio) and abs(ratio) > CLOSE and e.same(ratio * part, true):
            return factor_words(ratio, e.problem)
    return ""


def factor_words(ratio: float, problem: Problem) -> str:
    """Return what numeric = ratio times analytic suggests."""
    samples, beta = problem.samples, problem.network.beta
    averaged = problem.objective.reduction == "mean" and samples > 1
    guesses = {
        "is 1/N missing": 1 / samples if averaged else 0.0,
        "is 1/N there twice": float(samples) if averaged else 0.0,
        "is there a factor 2 too many": 0.5,
        "is a factor 2 missing": 2.0,
        "is β missing": beta,
        "is β there twice": 1 / beta if beta else 0.0,
    }
    fitting = [words for words, guess in guesses.items() if guess not in {0.0, 1.0} and np.isclose(ratio, guess, 1e-6)]
    question = f": {', or '.join(fitting)}?" if fitting else ""
    sign = "every entry has the wrong sign" if ratio < 0 else ""
    factor = abs(ratio)
    if np.isclose(factor, 1, 1e-6):
        return sign
    size = f"{1 / factor:.6g} times too large" if factor < 1 else f"{factor:.6g} times too small"
    return (f"{sign} and is {size}" if sign else f"every entry is {size}") + question


def missing_penalty(e: Evidence) -> str:
    """Name the data's part alone."""
    missing = e.penalty.any() and e.same(e.found, e.true - e.penalty)
    return "the penalty's part is missing" if missing else ""


def transposed(e: Evidence) -> str:
    """Name a square gradient with rows and columns exchanged."""
    return "its transpose is right" if e.found.ndim == 2 and e.same(e.found.T, e.true) else ""


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


def kept_slope(e: Evidence) -> str:
    """Name p (1 - p) on top of a loss that has taken it in already."""
    output = e.quantity.layer == e.problem.network.depth
    if not output or "p" not in e.tape or e.quantity.symbol not in "zh" or e.found.shape != e.true.shape:
        return ""
    p = e.tape["p"].value
    return "the slope p(1 − p) of the output is there, but p − y holds it already" * e.same(
        e.true * p * (1 - p), e.found
    )


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


def wrong_signs(e: Evidence) -> str:
    """Name the right sizes with wrong signs."""
    return "the sign of some entries is wrong" if e.same(abs(e.found), abs(e.true)) else ""


RULES: tuple[Callable[[Evidence], str], ...] = (
    not_finite,
    shaped_otherwise,
    all_zero,
    wrong_factor,
    constant_factor,
    missing_penalty,
    transposed,
    wrong_slope,
    kept_slope,
    unmasked,
    wrong_signs,
)
