"""The long way -y/p times the Jacobian of p, beside the short way p - y: the same, until a p is 0."""

import re

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.tape.jacobians.jacobian import Jacobian, check_sample, jacobian
from explorer.tape.jacobians.matrices import times
from explorer.tape.jacobians.rule import probabilities_of
from explorer.tape.notation import Notation
from explorer.tape.numbers import MINUS, shown
from explorer.tape.plan import output_name
from explorer.tape.step import Tape

Array = NDArray[np.floating]
NEAR_ONE = 1e-12
"""How near 1 a probability is of which p - 1 keeps few digits."""
NAMES = re.compile(r"∂J/∂[ap]\b|\b[py]\b")
"""What a sentence names: a are the outputs."""


class LongWay(Struct, frozen=True, eq=False):
    """Both ways from the loss to the outputs a of one sample (003.10 to 003.14, 004.(12) to (18), Q7).

    Attributes
    ----------
    name, sample
        The gradient, e.g. "dJ/dz2", and the row of the batch.
    factors
        dJ/dp and dp/da.
    product
        Their product as float64 has it, (C,): NaN where an infinity meets a 0.
    short
        The other way, beta (p - y) or its like, (C,).
    difference
        abs(product - short), (C,).
    sentence
        What happened.
    """

    name: str
    sample: int
    factors: tuple[Jacobian, Jacobian]
    product: Array
    short: Array
    difference: Array
    sentence: str

    @property
    def finite(self) -> bool:
        """True where the long way gave numbers."""
        return bool(np.isfinite(self.product).all())

    @property
    def short_finite(self) -> bool:
        """True where the short way gave numbers."""
        return bool(np.isfinite(self.short).all())

    def sentence_in(self, written: Notation, activations: tuple[str, ...]) -> str:
        """Return what happened, with the names of a notation."""
        names = {"∂J/∂a": self.name, "∂J/∂p": "dJ/dp"}
        return NAMES.sub(lambda found: written.text(names.get(found[0], found[0]), activations), self.sentence)


def long_way(problem: Problem, tape: Tape, sample: int = 0) -> LongWay:
    """Return the long way from the loss to the outputs beside the short way, for one sample.

    Raises
    ------
    ExplorerError
        If the loss has no probabilities, or the tape no such sample.
    """
    check_sample(tape, sample)
    p = probabilities_of(problem, tape, sample)
    output = output_name(problem.network)
    pull, spread = jacobian(problem, tape, "J", "p", sample), jacobian(problem, tape, "p", output, sample)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        product = times(pull.matrix, spread.matrix)[0]
        short = jacobian(problem, tape, "J", output, sample).matrix[0]
        difference = abs(product - short)
    sentence = told(p, pull.matrix[0], product, short)
    return LongWay(f"dJ/d{output}", sample, (pull, spread), product, short, difference, sentence)


def told(p: Array, pull: Array, product: Array, short: Array) -> str:
    """Say in one sentence whether both ways agree, and else where the long one left the numbers."""
    if not np.isfinite(short).all():
        return "Neither way gives numbers: the outputs themselves are not finite."
    if np.isfinite(product).all():
        apart = float(abs(product - short).max())
        where = f"to {apart:.1e}".replace("e-", f"e{MINUS}") if apart else "to the last digit"
        return f"The long way and the short way agree {where}{lost_by_subtraction(p, product, short)}."
    lost = np.flatnonzero(~np.isfinite(pull))
    if not len(lost):
        return "The long way fails: its product is too large for float64; the short way has no such factor."
    k = int(lost[0])
    size, slope = f"{p[k]:.3g}".replace("-", MINUS), shown(float(pull[k]))
    return (
        f"The long way fails: p[{k + 1}] is {size} in float64, so ∂J/∂p[{k + 1}] is {slope}, and times the Jacobian "
        "of p it leaves no number; the short way never divides by p."
    )


def lost_by_subtraction(p: Array, product: Array, short: Array) -> str:
    """Return the clause about an entry of which p - y keeps no digits, for p is 1 but for less than float64 tells.

    The long way has it from p (1 - p), whose second factor is the sum of the other probabilities.
    """
    gone = (1 - p < NEAR_ONE) & (abs(product - short) > abs(product) / 1000)
    if not gone.any():
        return ""
    k = int(np.flatnonzero(gone)[0])
    entry = f"∂J/∂a[{k + 1}]"
    return (
        f", yet {entry} is {rounded(product[k])} the long way and {rounded(short[k])} the short way: "
        f"p[{k + 1}] is too near 1, and p {MINUS} y has lost what is left"
    )


def rounded(number: float) -> str:
    """Return a number with two digits."""
    return f"{number:.2g}".replace("-", MINUS)
