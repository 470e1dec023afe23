"""The losses and the penalty in numbers, and where the loss goes with an update."""

from collections.abc import Sequence
from math import isfinite, log

import numpy as np

from explorer.panels.step.spelling import MOST_TERMS, Atom, Reading, Spelling, plainly
from explorer.tape.numbers import shown


def elided(pieces: Sequence[Sequence[Atom]], sign: str = "+") -> list[Atom]:
    """Return pieces joined by a sign, the middle of a long row left out."""
    pieces = list(pieces)
    if len(pieces) > MOST_TERMS:
        pieces[2:-1] = [(Atom(f"… {len(pieces) - 3} more …"),)]
    atoms: list[Atom] = []
    for k, piece in enumerate(pieces):
        atoms += [Atom(sign)] if k else []
        atoms += piece
    return atoms


def spell_cross_entropy(reading: Reading) -> Spelling:
    """−log 0.2434 = 1.4132: the sum over the classes, of which those without a target are left out."""
    p, y = (reading.tape.value(name) for name in reading.step.operands[:2])
    divisor = reading.problem.objective.divisor(len(p))
    pieces, total = [], 0.0
    for n, k in np.argwhere(y != 0).tolist():
        cell, near = ("p", (n, k)), reading.rounded(float(p[n, k]))
        weight = "" if y[n, k] == 1 else f"{plainly(float(y[n, k]), reading.digits)} · "
        pieces.append([Atom(f"{weight}log {reading.number(cell).text}", cell)])
        total -= reading.written(float(y[n, k])) * (log(near) if near > 0 else -np.inf)
    return averaged(reading, pieces, total / divisor, "−", divisor)


def spell_yes_or_no(reading: Reading) -> Spelling:
    """−(log 0.7311 + log (1 − 0.1192)) = 0.4402: of a yes the one logarithm, of a no the other."""
    p, y = (reading.tape.value(name) for name in reading.step.operands[:2])
    divisor = reading.problem.objective.divisor(len(p))
    pieces, total = [], 0.0
    for n, k in np.ndindex(p.shape):
        cell, near, wanted = ("p", (n, k)), reading.rounded(float(p[n, k])), float(y[n, k])
        text = reading.number(cell).text
        for weight, what, left in ((wanted, text, near), (1 - wanted, f"(1 − {text})", 1 - near)):
            if weight:
                before = "" if weight == 1 else f"{plainly(weight, reading.digits)} · "
                pieces.append([Atom(f"{before}log {what}", cell)])
                total -= reading.written(weight) * (log(left) if left > 0 else -np.inf)
    return averaged(reading, pieces, total / divisor, "−", divisor)


def spell_half_squared_error(reading: Reading) -> Spelling:
    """1/2 · ((0.75 − 0.01)² + (0.77 − 0.99)²) = 0.2984."""
    return spell_squares(reading, "1/2 ·", 0.5)


def spell_squared_error(reading: Reading) -> Spelling:
    """(0.75 − 0.01)² + (0.77 − 0.99)² = 0.5967."""
    return spell_squares(reading, "", 1.0)


def spell_squares(reading: Reading, sign: str, factor: float) -> Spelling:
    """Return the sum of squared differences with a factor before it."""
    guess, target = reading.step.operands[:2]
    pieces, total = [], 0.0
    for n, k in np.ndindex(reading.tape.value(guess).shape):
        cells = (guess, (n, k)), (target, (n, k))
        first, second = (reading.number(cell) for cell in cells)
        pieces.append([Atom(f"({first.text} − {second.text})²", cells[0])])
        near = [reading.rounded(reading.value(cell)) for cell in cells]
        total += factor * (near[0] - near[1]) ** 2
    divisor = reading.problem.objective.divisor(reading.tape.samples)
    return averaged(reading, pieces, total / divisor, sign, divisor)


def averaged(reading: Reading, pieces: list[list[Atom]], total: float, sign: str, divisor: int) -> Spelling:
    """Return a sum with its sign and its share of a sample before it, and the penalty after it."""
    share = [Atom(f"1/{divisor} ·")] if divisor > 1 else []
    atoms = elided(pieces) or [Atom("0.0")]
    if len(pieces) > 1 and (sign or share):
        atoms[0] = Atom(f"({atoms[0].text}", atoms[0].cell)
        atoms[-1] = Atom(f"{atoms[-1].text})", atoms[-1].cell)
    if "R" in reading.step.operands:
        atoms += [Atom("+"), reading.number(("R", ()))]
        total += reading.rounded(reading.value(("R", ())))
    before = [Atom(sign)] if sign else []
    return reading.spelled((*before, *share, *atoms), total)


def spell_penalty(reading: Reading) -> Spelling:
    """λ/2 · (sum of the squares of every weight matrix)."""
    half = 0.5 * reading.problem.objective.decay
    squares = [float(np.square(reading.tape.value(name)).sum()) for name in reading.step.operands]
    pieces = [[Atom(shown(square, reading.digits))] for square in squares]
    near = reading.written(half) * sum(reading.rounded(square) for square in squares)
    return averaged(reading, pieces, near, f"{plainly(half, reading.digits)} ·", 1)


def spell_loss_after(reading: Reading) -> Spelling:
    """J before and after the update, and which way it went."""
    before, after = reading.tape.loss, reading.result
    went = {1: "falls by", -1: "rises by", 0: "stays"}[int(np.sign(before - after))] if isfinite(after) else "is lost"
    by = "" if went in {"stays", "is lost"} else f" {shown(abs(before - after), reading.digits)}"
    first, last = reading.number(("J", ())), reading.result_atoms()[1]
    near = abs(reading.rounded(before) - reading.rounded(after)) if by else 0.0
    adds_up = not by or shown(near, reading.digits) == by.strip()
    return Spelling((first, Atom("→"), last, Atom(f"({went}{by})")), adds_up)
