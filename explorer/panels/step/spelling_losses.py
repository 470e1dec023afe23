"""The losses and the penalty in numbers, and where the loss goes with an update."""

from collections.abc import Sequence
from math import inf, isfinite, log

import numpy as np

from explorer.panels.step.spelling import Atom, Reading, Spelling, plainly
from explorer.panels.step.spelling_sums import Piece, added, parenthesised
from explorer.tape.entries import Cell
from explorer.tape.numbers import shown


def log_of(value: float) -> float:
    """Return log value, minus infinity for 0 and what rounding made of it."""
    return log(value) if value > 0 else -inf


def spell_cross_entropy(reading: Reading) -> Spelling:
    """−log 0.2434 = 1.4132: the sum over the classes, of which those without a target are left out."""
    p, y = (reading.tape.value(name) for name in reading.step.operands[:2])
    pieces = []
    for n, k in np.argwhere(y != 0).tolist():
        cell: Cell = ("p", (n, k))
        pieces.append(weighed(reading, cell, float(y[n, k]), reading.number(cell).text, (float(p[n, k]), 0, 1)))
    return averaged(reading, pieces, "−", -1.0, reading.problem.objective.divisor(len(p)))


def spell_yes_or_no(reading: Reading) -> Spelling:
    """−(log 0.7311 + log (1 − 0.1192)) = 0.4402: of a yes the one logarithm, of a no the other."""
    p, y = (reading.tape.value(name) for name in reading.step.operands[:2])
    pieces = []
    for n, k in np.ndindex(p.shape):
        cell, wanted = ("p", (n, k)), float(y[n, k])
        text = reading.number(cell).text
        chance = float(p[n, k])
        sides = ((wanted, text, (chance, 0, 1)), (1 - wanted, f"(1 − {text})", (chance, 1, -1)))
        pieces += [weighed(reading, cell, weight, what, meant) for weight, what, meant in sides if weight]
    return averaged(reading, pieces, "−", -1.0, reading.problem.objective.divisor(len(p)))


def weighed(reading: Reading, cell: Cell, weight: float, what: str, meant: tuple[float, int, int]) -> Piece:
    """Return weight · log of a probability p, or of 1 − p: ``meant`` is p, what it is added to, and with which sign."""
    before = "" if weight == 1 else f"{plainly(weight, reading.digits)} · "
    value, start, sign = meant
    near = reading.written(weight) * log_of(start + sign * reading.rounded(value))
    return Piece((Atom(f"{before}log {what}", cell),), near, weight * log_of(start + sign * value))


def spell_half_squared_error(reading: Reading) -> Spelling:
    """1/2 · ((0.75 − 0.01)² + (0.77 − 0.99)²) = 0.2984."""
    return spell_squares(reading, "1/2 ·", 0.5)


def spell_squared_error(reading: Reading) -> Spelling:
    """(0.75 − 0.01)² + (0.77 − 0.99)² = 0.5967."""
    return spell_squares(reading, "", 1.0)


def spell_squares(reading: Reading, sign: str, factor: float) -> Spelling:
    """Return the sum of squared differences with a factor before it."""
    guess, target = reading.step.operands[:2]
    pieces = []
    for n, k in np.ndindex(reading.tape.value(guess).shape):
        cells = (guess, (n, k)), (target, (n, k))
        first, second = reading.number(cells[0]), reading.number(cells[1], guarded=True)
        exact = [reading.value(cell) for cell in cells]
        near = [reading.rounded(value) for value in exact]
        atom = Atom(f"({first.text} − {second.text})²", cells[0])
        pieces.append(Piece((atom,), squared(near[0] - near[1]), squared(exact[0] - exact[1])))
    return averaged(reading, pieces, sign, factor, reading.problem.objective.divisor(reading.tape.samples))


def squared(number: float) -> float:
    """Return number · number: ∞ where that is too large for a float, of which ``number ** 2`` makes an error."""
    return number * number


def averaged(reading: Reading, pieces: Sequence[Piece], sign: str, factor: float, divisor: int) -> Spelling:
    """Return a sum with what stands before it and its share of a sample, and the penalty after it.

    ``factor`` is what the ``sign`` before the sum stands for.
    """
    share = [Atom(f"1/{divisor} ·")] if divisor > 1 else []
    atoms, near = added(reading, pieces)
    atoms = atoms or [Atom("0.0")]
    if len(pieces) > 1 and (sign or share):
        atoms = parenthesised(atoms)
    total = factor * near / divisor
    if "R" in reading.step.operands:
        atoms += [Atom("+"), reading.number(("R", ()))]
        total += reading.rounded(reading.value(("R", ())))
    before = [Atom(sign)] if sign else []
    return reading.spelled((*before, *share, *atoms), total)


def spell_penalty(reading: Reading) -> Spelling:
    """λ/2 · (sum of the squares of every weight matrix)."""
    half = 0.5 * reading.problem.objective.decay
    squares = [float(np.square(reading.tape.value(name)).sum()) for name in reading.step.operands]
    pieces = [Piece((Atom(shown(size, reading.digits)),), reading.rounded(size), size) for size in squares]
    return averaged(reading, pieces, f"{plainly(half, reading.digits)} ·", reading.written(half), 1)


def spell_loss_after(reading: Reading) -> Spelling:
    """J before and after the update, and which way it went."""
    before, after = reading.tape.loss, reading.result
    went = {1: "falls by", -1: "rises by", 0: "stays"}[int(np.sign(before - after))] if isfinite(after) else "is lost"
    by = "" if went in {"stays", "is lost"} else f" {shown(abs(before - after), reading.digits)}"
    first, last = reading.number(("J", ())), reading.result_atoms()[1]
    near = abs(reading.rounded(before) - reading.rounded(after)) if by else 0.0
    adds_up = not by or shown(near, reading.digits) == by.strip()
    return Spelling((first, Atom("→"), last, Atom(f"({went}{by})")), adds_up)
