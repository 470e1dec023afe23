"""What a wrong gradient looks like: the mistakes that students make, recognised by the numbers that they leave.

Each rule compares what the tape says with what the loss says; the first that explains every entry is told.
"""

from collections.abc import Callable

import numpy as np

from explorer.engine.problem import Problem
from explorer.tape.checking import chain_diagnosis as chain
from explorer.tape.checking.evidence import CLOSE, Evidence


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
    if e.found.shape != e.true.shape:
        return ""
    for what, penalty in {"every entry": 0 * e.penalty, "every entry, but for the penalty's part,": e.penalty}.items():
        part, true = e.found - penalty, e.true - penalty
        ratio = float(np.vdot(part, true) / np.vdot(part, part))
        if np.isfinite(ratio) and abs(ratio) > CLOSE and e.same(ratio * part, true):
            return factor_words(ratio, e.problem, what)
    return ""


def factor_words(ratio: float, problem: Problem, what: str) -> str:
    """Return what numeric = ratio times analytic suggests about ``what``."""
    fitting = [words for words, guess in known_factors(problem).items() if np.isclose(ratio, guess, 1e-6)]
    asks = fitting and not np.isclose(abs(ratio), 1, 1e-6)
    return size_words(ratio, what) + (f": {', or '.join(fitting)}?" if asks else "")


def size_words(ratio: float, what: str) -> str:
    """Return by how much ``what`` is too large or too small where numeric = ratio times analytic, and its sign."""
    sign = f"{what} has the wrong sign" if ratio < 0 else ""
    factor = abs(ratio)
    if np.isclose(factor, 1, 1e-6):
        return sign
    size = f"{1 / factor:.6g} times too large" if factor < 1 else f"{factor:.6g} times too small"
    return f"{sign} and is {size}" if sign else f"{what} is {size}"


def known_factors(problem: Problem) -> dict[str, float]:
    """Return by what a gradient is to be multiplied where a factor of this problem was forgotten, or taken twice."""
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
    return {words: guess for words, guess in guesses.items() if guess not in {0.0, 1.0}}


def missing_penalty(e: Evidence) -> str:
    """Name the data's part alone."""
    missing = e.penalty.any() and e.same(e.found, e.true - e.penalty)
    return "the penalty's part is missing" if missing else ""


def transposed(e: Evidence) -> str:
    """Name a square gradient with rows and columns exchanged."""
    return "its transpose is right" if e.found.ndim == 2 and e.same(e.found.T, e.true) else ""


def wrong_signs(e: Evidence) -> str:
    """Name the right sizes with wrong signs."""
    return "the sign of some entries is wrong" if e.same(abs(e.found), abs(e.true)) else ""


RULES: tuple[Callable[[Evidence], str], ...] = (
    not_finite,
    chain.doubled,
    chain.misplaced_slope,
    shaped_otherwise,
    all_zero,
    chain.wrong_factor,
    chain.unmasked,
    chain.wrong_slope,
    chain.kept_slope,
    constant_factor,
    missing_penalty,
    transposed,
    chain.wrong_at_targets,
    wrong_signs,
)
