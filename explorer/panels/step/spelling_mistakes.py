"""Entries of the mistake lab's wrong operations, in numbers: what is wrong in the formula is wrong in the line."""

import numpy as np

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import softmax
from explorer.panels.step.spelling import Atom, Reading, Spell, Spelling, plainly
from explorer.panels.step.spelling_functions import operand_cell, value_at
from explorer.panels.step.spelling_losses import spell_cross_entropy, spell_loss_after
from explorer.tape.mistakes.operations import WRONG_OPERATIONS
from explorer.tape.operation import Operation
from explorer.tape.operations import OPERATIONS

TWICE = "softmax_cross_entropy{}+double_softmax"


def spell_difference_slipped(reading: Reading) -> Spelling:
    """− 1/2 · (0.50 − 1) = 0.25: what stands around the difference, and nothing that should."""
    operation, problem = OPERATIONS[reading.step.operation], reading.problem
    guess, target = (reading.number(operand_cell(reading, place)) for place in (0, 1))
    inside, _, outside = operation.after.partition(")")
    atoms = [Atom(f"({guess.text}", guess.cell), Atom("−"), Atom(f"{target.text}{inside})", target.cell)]
    front = factors(operation, reading)
    if front:
        atoms.insert(0, Atom(front))
    if outside:
        p = reading.number(operand_cell(reading)).text
        atoms.append(Atom(f"· {p} · (1 − {p})", guess.cell))
    mass = float(reading.tape.value("y")[reading.index[0]].sum())
    cross = "p" in reading.step.operands and abs(mass - 1) > 1e-12 and problem.network.loss == "softmax_cross_entropy"
    if cross:
        atoms.insert(atoms.index(Atom("−")), Atom(f"· {plainly(mass, reading.digits)}"))
    if inside:  # the sum of powers is written as a word: no digits to add up
        return Spelling((*atoms, *reading.result_atoms()))
    return reading.spelled(atoms, reading.result * share_kept(reading, mass if cross else 1.0, kept=bool(outside)))


def share_kept(reading: Reading, mass: float, *, kept: bool) -> float:
    """Return what the difference comes to in the digits that are written, as a share of what it comes to exactly."""
    exact = [reading.value(operand_cell(reading, place)) for place in (0, 1)]
    (p, y), (near_p, near_y) = exact, [reading.rounded(value) for value in exact]
    whole = (p * mass - y) * (p * (1 - p) if kept else 1)
    return (near_p * mass - near_y) * (near_p * (1 - near_p) if kept else 1) / whole if whole else 1.0


def factors(operation: Operation, reading: Reading) -> str:
    """Return the factors before the difference: the wrong ones, the share of a sample, the temperature."""
    problem, loss = reading.problem, reading.problem.network.loss
    divisor = 1 if operation.summed else problem.objective.divisor(reading.tape.samples)
    beta = problem.network.beta if loss == "softmax_cross_entropy" else 1.0
    usual = [f"1/{divisor} ·"] * (divisor > 1) + [f"{plainly(beta, reading.digits)} ·"] * (beta != 1)
    usual += ["2 ·"] * (loss == "squared_error")
    return " ".join(filter(None, (operation.before, *usual)))


def spell_slope_of_h(name: str) -> Spell:
    """σ′(0.6225) = 0.2273."""
    before = {"sigmoid": "σ"}.get(name, ACTIVATIONS[name].title)

    def spell(reading: Reading) -> Spelling:
        atom = reading.number(operand_cell(reading))
        near = np.array([reading.rounded(reading.value(operand_cell(reading)))])
        h, slope = np.array([value_at(name, float(near[0]))]), np.empty(1)
        ACTIVATIONS[name].derivative(near, h, slope)
        return reading.spelled((Atom(f"{before}′({atom.text})", atom.cell),), float(slope[0]))

    return spell


def spell_softmax_twice(reading: Reading) -> Spelling:
    """softmax(softmax(0.72, −0.42)) = 0.6253: the row of logits, and what comes of it."""
    name, row = reading.step.operands[0], reading.index[0]
    width = reading.tape.value(name).shape[1]
    shown = [reading.number((name, (row, k))).text for k in range(min(width, 4))]
    logits = ", ".join((*shown, *(["…"] if width > len(shown) else [])))
    beta, near = reading.problem.network.beta, [reading.rounded(float(z)) for z in reading.tape.value(name)[row]]
    twice = softmax(softmax(np.array([near]), beta), beta)[0, reading.index[1]]
    return reading.spelled((Atom(f"softmax(softmax({logits}))", (name, reading.index)),), float(twice))


def spell_no_loss(_reading: Reading) -> Spelling:
    """Say that there is none."""
    return Spelling((Atom("no pass can be made"),))


WRONG_FUNCTIONS: dict[str, Spell] = {
    **{o.name: spell_difference_slipped for o in WRONG_OPERATIONS if o.picture == "difference"},
    **{f"{name}_slope_of_h": spell_slope_of_h(name) for name in ACTIVATIONS},
    TWICE.format("_probabilities"): spell_softmax_twice,
    TWICE.format(""): spell_cross_entropy,
    "loss_after+double_softmax": spell_loss_after,
    "no_loss_after": spell_no_loss,
}
"""By operation, as ``FUNCTIONS``."""
