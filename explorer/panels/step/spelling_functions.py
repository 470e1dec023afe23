"""Entries that are no sums of products, in numbers: activations, their slopes, the softmax, the losses. One table."""

from math import erfc, exp, inf, nan, pi, sqrt

import numpy as np
from msgspec import Struct

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.panels.step.spelling import Atom, Reading, Spell, Spelling, plainly
from explorer.panels.step.spelling_losses import (
    spell_cross_entropy,
    spell_half_squared_error,
    spell_loss_after,
    spell_penalty,
    spell_squared_error,
    spell_yes_or_no,
)
from explorer.panels.step.spelling_sums import Piece, added, parenthesised
from explorer.panels.step.spelling_updates import LINES, spell_adapted
from explorer.panels.step.stages import LARGE
from explorer.tape.entries import Cell
from explorer.tape.latex_text import as_text
from explorer.tape.numbers import shown
from explorer.tape.wording import sums_to_one

MOST_EXPONENT = 709.0
"""Of e, in a float64."""


def value_at(name: str, z: float) -> float:
    """Return an activation at a number."""
    out = np.empty(1)
    ACTIVATIONS[name].value(np.array([z]), out)
    return float(out[0])


def operand_cell(reading: Reading, place: int = 0) -> Cell:
    """Return the cell of an operand at the entry's own index."""
    return reading.step.operands[place], reading.index


def spell_activation(name: str) -> Spell:
    """f(0.5000) = 0.6225."""
    before = "max(0," if name == "relu" else f"{as_text(ACTIVATIONS[name].symbol.format())}("

    def spell(reading: Reading) -> Spelling:
        atom = reading.number(operand_cell(reading))
        close = "" if name == "identity" else ")"
        opening = "" if name == "identity" else before
        gap = " " if opening.endswith(",") else ""
        near = value_at(name, reading.rounded(reading.value(operand_cell(reading))))
        return reading.spelled((Atom(f"{opening}{gap}{atom.text}{close}", atom.cell),), near)

    return spell


def spell_sigmoid_slope(reading: Reading) -> Spelling:
    """0.6225 · (1 − 0.6225) = 0.2350."""
    cell = operand_cell(reading, 1)
    h, near = reading.number(cell), reading.rounded(reading.value(cell))
    return reading.spelled((h, Atom("·"), Atom(f"(1 − {h.text})", cell)), near * (1 - near))


def spell_tanh_slope(reading: Reading) -> Spelling:
    """1 − 0.4621 · 0.4621 = 0.7865."""
    cell = operand_cell(reading, 1)
    h, near = reading.number(cell, guarded=True), reading.rounded(reading.value(cell))
    return reading.spelled((Atom("1"), Atom("−"), h, Atom("·"), h), 1 - near * near)


def spell_softplus_slope(reading: Reading) -> Spelling:
    """σ(0.5000) = 0.6225."""
    atom = reading.number(operand_cell(reading))
    near = value_at("sigmoid", reading.rounded(reading.value(operand_cell(reading))))
    return reading.spelled((Atom(f"σ({atom.text})", atom.cell),), near)


def spell_gelu_slope(reading: Reading) -> Spelling:
    """Φ(0.5000) + 0.5000 · φ(0.5000) = 0.8675."""
    cell = operand_cell(reading)
    z, near = reading.number(cell, guarded=True), reading.rounded(reading.value(cell))
    of, density = z.text.strip("()"), exp(-near * near / 2) / sqrt(2 * pi)
    atoms = (Atom(f"Φ({of})", cell), Atom("+"), z, Atom("·"), Atom(f"φ({of})", cell))
    return reading.spelled(atoms, erfc(-near / sqrt(2)) / 2 + near * density)


def spell_relu_slope(reading: Reading) -> Spelling:
    """1 where z > 0, else 0, or the leak."""
    cell = operand_cell(reading)
    holds = "yes" if reading.value(cell) > 0 else "no"
    text = f"{reading.number(cell).text} > 0 ?"
    return Spelling((Atom(text, cell), Atom(holds), Atom("→"), reading.result_atoms()[1]))


def spell_constant(reading: Reading) -> Spelling:
    """Say that a straight line has the same slope everywhere."""
    return Spelling((Atom("slope of a line"), *reading.result_atoms()))


def spell_softmax(reading: Reading) -> Spelling:
    """exp(0.72) / (exp(0.72) + exp(−0.42)) = 0.7566; of large logits the largest is taken off, as the engine does."""
    name, beta = reading.step.operands[0], reading.problem.network.beta
    row, largest = reading.tape.value(name)[reading.index[0]], 0.0
    if np.abs(beta * row).max() > LARGE:
        largest = float((beta * row).max())
    pieces = [power(reading, (name, (reading.index[0], k)), beta, largest) for k in range(len(row))]
    below, near = added(reading, pieces)
    own = pieces[reading.index[1]]
    return reading.spelled((*own.atoms, Atom("/"), *parenthesised(below)), own.near / near if near else nan)


def power(reading: Reading, cell: Cell, beta: float, largest: float) -> Piece:
    """Return exp(beta z), or exp(beta z − the largest of its row)."""
    before = "" if beta == 1 else f"{plainly(beta, reading.digits)} · "
    less = f" − {shown(largest, reading.digits)}" if largest > 0 else f" + {shown(-largest, reading.digits)}"
    z = reading.value(cell)
    text = f"exp({before}{reading.number(cell, guarded=bool(before)).text}{less if largest else ''})"
    near = raised(reading.written(beta) * reading.rounded(z) - reading.rounded(largest))
    return Piece((Atom(text, cell),), near, raised(beta * z - largest))


def raised(exponent: float) -> float:
    """Return e to that power, infinity where it is too large for a number."""
    return exp(exponent) if exponent < MOST_EXPONENT else inf


class Difference(Struct, frozen=True):
    """The difference in which a loss pulls.

    Attributes
    ----------
    atoms
        How it is written, with its scale before it.
    scale
        The share of a sample, the temperature and the like; empty where it is 1.
    near, exact, size
        What the written digits come to, what it is, and what it is without cancellation.
    """

    atoms: tuple[Atom, ...]
    scale: str
    near: float
    exact: float
    size: float


def spell_difference(reading: Reading) -> Spelling:
    """0.7566 − 1.0000 = −0.2434, with the share of a sample and the temperature before it."""
    made = difference(reading)
    return reading.spelled(made.atoms, made.near)


def difference(reading: Reading) -> Difference:
    """Return the difference of what the network says and what it should say, as it is written."""
    guess, target = reading.number(operand_cell(reading)), reading.number(operand_cell(reading, 1), guarded=True)
    problem, loss = reading.problem, reading.problem.network.loss
    cross, double = loss == "softmax_cross_entropy", 2.0 if loss == "squared_error" else 1.0
    divisor, beta = problem.objective.divisor(reading.tape.samples), problem.network.beta if cross else 1.0
    wanted = reading.value(operand_cell(reading, 1))
    mass = target_sum(reading)
    exact = [reading.value(operand_cell(reading, place)) for place in (0, 1)]
    near = [reading.rounded(value) for value in exact]
    heavy = [] if mass is None else [Atom("·"), Atom(plainly(mass, reading.digits))]
    goal = Atom(plainly(wanted, reading.digits) if wanted in {0, 1} else target.text, target.cell)
    atoms = [guess, *heavy, Atom("−"), goal]
    scale = [f"1/{divisor}"] * (divisor > 1) + [plainly(beta, reading.digits)] * (beta != 1) + ["2"] * (double > 1)
    if scale:
        atoms = [Atom(f"{' · '.join(scale)} ·"), Atom(f"({atoms[0].text}", guess.cell), *atoms[1:]]
        atoms[-1] = Atom(f"{atoms[-1].text})", atoms[-1].cell)
    weight = 1.0 if mass is None else reading.written(mass)
    whole = 1.0 if mass is None else mass
    return Difference(
        tuple(atoms),
        " · ".join(scale),
        double * reading.written(beta) / divisor * (near[0] * weight - near[1]),
        double * beta / divisor * (exact[0] * whole - exact[1]),
        double * abs(beta) / divisor * (abs(exact[0] * whole) + abs(exact[1])),
    )


def target_sum(reading: Reading) -> float | None:
    """Return the sum of the sample's targets where the gradient is p Σy − y; None where all sum to 1, as usual."""
    if reading.problem.network.loss != "softmax_cross_entropy" or sums_to_one(reading.tape.value("y")):
        return None
    return float(reading.tape.value("y")[reading.index[0]].sum())


FUNCTIONS: dict[str, Spell] = {
    **{name: spell_activation(name) for name in ACTIVATIONS},
    "sigmoid_slope": spell_sigmoid_slope,
    "tanh_slope": spell_tanh_slope,
    "relu_slope": spell_relu_slope,
    "leaky_relu_slope": spell_relu_slope,
    "softplus_slope": spell_softplus_slope,
    "gelu_slope": spell_gelu_slope,
    "identity_slope": spell_constant,
    "softmax_cross_entropy_probabilities": spell_softmax,
    "sigmoid_cross_entropy_probabilities": spell_activation("sigmoid"),
    **{f"{name}_gradient": spell_difference for name in LOSSES},
    "softmax_cross_entropy": spell_cross_entropy,
    "sigmoid_cross_entropy": spell_yes_or_no,
    "half_squared_error": spell_half_squared_error,
    "squared_error": spell_squared_error,
    "penalty": spell_penalty,
    "loss_after": spell_loss_after,
    **dict.fromkeys(LINES, spell_adapted),
    "keep": spell_activation("identity"),
}
"""By operation; every other one is a sum of products."""
