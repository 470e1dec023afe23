"""An entry of a gradient as the product of its named factors: Σₖ W₂[1,k] · (p[k] − y[k]) · h[1] · (1 − h[1]) · x[1].

This is how the write-ups leave the gradients, 004.(20) and (22), with nothing substituted for what was computed before.
"""

from collections.abc import Sequence
from math import isfinite, prod

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.activations import ACTIVATIONS
from explorer.panels.step.spelling import Atom, Reading, Spelling
from explorer.panels.step.spelling_functions import difference, target_sum
from explorer.panels.step.spelling_sums import Piece, parenthesised, signed, total
from explorer.tape.entries import Cell
from explorer.tape.latex_text import as_text
from explorer.tape.names import Role, parse
from explorer.tape.numbers import shown
from explorer.tape.orientation import written_index
from explorer.tape.plan import below, output_name

MOST_NUMBERS = 9
"""Of a longer sum over the units above, its number alone is written: one line carries no more."""
NONE = 1
"""Numbers of a sum of which always its own number is written."""
CLOSE = 1e5
"""Roundings of the tape's numbers by which the product may differ from the entry."""


class Factor(Struct, frozen=True):
    """One factor of the product.

    Attributes
    ----------
    name
        What it is, with the indices of this entry.
    atoms
        Its numbers.
    near, exact
        What the written digits come to, and what it is.
    size
        What it is made of, without cancellation: what its roundings are measured by.
    numbers
        How many numbers are written.
    loose
        Whether it is a sum, which stands in parentheses beside other factors.
    """

    name: str
    atoms: tuple[Atom, ...]
    near: float
    exact: float
    size: float
    numbers: int = 1
    loose: bool = False


Factors = tuple[Factor, ...]


def forms_of(reading: Reading) -> tuple[Spelling, ...]:
    """Return the product in its forms, the fullest first: with a short sum over the units above, then with its number.

    Nothing where that says no more than the entry's own line, where there are several samples to add up, or where it
    would not be true: in a pass with a mistake that was made on purpose.
    """
    forms = (spell_factors(reading, most) for most in (MOST_NUMBERS, NONE))
    return tuple(dict.fromkeys(form for form in forms if form is not None))


def spell_factors(reading: Reading, most: int = MOST_NUMBERS) -> Spelling | None:
    """Return the names of the factors and their numbers, a line each; a sum of more than ``most`` by its number."""
    with np.errstate(all="ignore"):
        factors = factors_of(reading, most) if is_gradient(reading) else ()
        if not factors or not holds(factors, reading):
            return None
        names = joined([replace(factor, atoms=named(factor.name)) for factor in factors])
        lines = ((replace(line[0], begins=True), *line[1:]) for line in (names, joined(factors)))
        return reading.spelled([atom for line in lines for atom in line], prod(factor.near for factor in factors))


def named(name: str) -> tuple[Atom, ...]:
    """Return a name in pieces, between which a line may break."""
    return tuple(Atom(piece, name=True) for piece in name.replace(" · ", "\t·\t").split("\t"))


def joined(factors: Sequence[Factor]) -> tuple[Atom, ...]:
    """Return factors as they are written, with a dot between any two."""
    several, atoms = len(factors) > 1, list[Atom]()
    for factor in factors:
        atoms += [Atom("·", name=factor.atoms[0].name)] if atoms else []
        atoms += parenthesised(factor.atoms) if several and factor.loose else factor.atoms
    return tuple(atoms)


def holds(factors: Factors, reading: Reading) -> bool:
    """Tell whether the product is the entry, but for rounding."""
    exact, size = prod(factor.exact for factor in factors), prod(factor.size for factor in factors)
    rounding = CLOSE * float(np.finfo(reading.step.value.dtype).eps)
    return isfinite(exact) and abs(exact - reading.result) <= rounding * size


def is_gradient(reading: Reading) -> bool:
    """Tell whether the entry is a number of a gradient of a right pass, below the one in which the loss pulls."""
    output = output_name(reading.problem.network)
    gradient = parse(reading.step.id).role is Role.GRADIENT and reading.step.id != f"dJ/d{output}"
    return gradient and not reading.problem.mistakes and isfinite(reading.result)


def factors_of(reading: Reading, most: int) -> Factors:
    """Return the factors of an entry; nothing where its own line has them."""
    parsed, depth, index = parse(reading.step.id), reading.problem.network.depth, reading.index
    layer, alone = parsed.layer, reading.tape.samples == 1
    match parsed.symbol:
        case "z":
            return arriving(reading, (index[0], index[1]), layer, most=most)
        case "h" | "x" if layer + 1 == depth:
            found = above(reading, (index[0], index[1]), layer, most)
            return found if found[0].numbers > 1 else ()
        case "W" if alone and not reading.problem.objective.l2:
            return (*arriving(reading, (0, index[1]), layer, most=most), number(reading, below(layer), (0, index[0])))
        case "b" if alone:
            return arriving(reading, (0, index[-1]), layer, most=most)
    return ()


def arriving(reading: Reading, at: tuple[int, int], layer: int, label: str = "", most: int = 1) -> Factors:
    """Return the factors of dJ/dz of a layer, for a sample and a unit (whose name is the label, if it has one)."""
    network = reading.problem.network
    if layer < network.depth:
        return (*above(reading, at, layer, most), *slope(reading, at, layer, label))
    outer = slope(reading, at, layer, label) if output_name(network).startswith("h") else ()
    return (error(reading, at, label), *outer)


def above(reading: Reading, at: tuple[int, int], layer: int, most: int) -> Factors:
    """Return dJ/dh of a layer: the sum over the units k above of W_jk times what arrives there; of one, its factors."""
    units = reading.problem.network.sizes[layer + 1]
    if units == 1:
        return from_unit(reading, at, layer, 0, "")
    first = from_unit(reading, at, layer, 0, "k")
    name = "Σₖ " + " · ".join(f"({factor.name})" if factor.loose else factor.name for factor in first)
    if units * sum(factor.numbers for factor in first) > most:
        return (by_its_number(reading, at, layer, name),)
    return (summed(name, [from_unit(reading, at, layer, k, "k") for k in range(units)]),)


def from_unit(reading: Reading, at: tuple[int, int], layer: int, k: int, label: str) -> Factors:
    """Return the factors of what comes back to a unit from one unit above."""
    (n, j), up = at, layer + 1
    weight = number(reading, f"W{up}", (j, k), ("", label))
    if up == reading.problem.network.depth:
        return (weight, *arriving(reading, (n, k), up, label))
    return weight, number(reading, f"dJ/dz{up}", (n, k), ("", label))


def by_its_number(reading: Reading, at: tuple[int, int], layer: int, name: str) -> Factor:
    """Return the sum over the units above as one number, which stands in dJ/dh."""
    cell: Cell = (f"dJ/d{below(layer + 1)}", at)
    weights = reading.tape.value(f"W{layer + 1}")[at[1]].astype(np.float64)
    terms = weights * reading.tape.value(f"dJ/dz{layer + 1}")[at[0]]
    exact = float(terms.sum())
    atom = guarded(reading, exact, cell if cell[0] in reading.tape else None)
    return Factor(f"({name})", (atom,), reading.rounded(exact), exact, float(np.abs(terms).sum()))


def summed(name: str, terms: Sequence[Factors]) -> Factor:
    """Return a sum of products as one factor."""
    pieces = [Piece(joined(term), prod(factor.near for factor in term), 0.0) for term in terms]
    near = sum(piece.near for piece in pieces)
    exact = total([prod(factor.exact for factor in term) for term in terms])
    size = total([prod(factor.size for factor in term) for term in terms])
    numbers = sum(factor.numbers for term in terms for factor in term)
    return Factor(name, tuple(signed(pieces)), near, exact, size, numbers, loose=True)


def guarded(reading: Reading, value: float, cell: Cell | None = None) -> Atom:
    """Return a number, in parentheses if it is negative."""
    text = shown(value, reading.digits)
    return Atom(f"({text})" if text.startswith("−") else text, cell)


def number(reading: Reading, name: str, index: tuple[int, int], labels: tuple[str, str] = ("", "")) -> Factor:
    """Return a cell of the tape as a factor; its name leaves out the sample."""
    value = reading.value((name, index))
    text = written(reading, name, index, labels)
    return Factor(text, (guarded(reading, value, (name, index)),), reading.rounded(value), value, abs(value))


def written(reading: Reading, name: str, index: tuple[int, int], labels: tuple[str, str] = ("", "")) -> str:
    """Return a cell's name as the notation has it, e.g. W₂[1,k] or h[1]: indices count from 1, without the sample."""
    places = [label or str(k + 1) for k, label in zip(index, labels, strict=True)]
    if parse(name).symbol == "W":
        turned = written_index((0, 1), flipped=reading.script.flips(name))
        inside = ",".join(places[place] for place in turned)
    else:
        inside = places[1]
    return f"{reading.script.text(name, reading.tape.activations)}[{inside}]"


def error(reading: Reading, at: tuple[int, int], label: str) -> Factor:
    """Return the difference in which the loss pulls, with its share of the mean and the temperature before it."""
    step = reading.tape[f"dJ/d{output_name(reading.problem.network)}"]
    own = replace(reading, step=step, index=at)
    made = difference(own)
    guess, target = (written(reading, name, at, ("", label)) for name in step.operands[:2])
    mass = f" Σ{reading.script.text(step.operands[1], reading.tape.activations)}" if target_sum(own) is not None else ""
    scale = [f"{made.scale} ·"] if made.scale else []
    inner = f"{guess}{mass} − {target}"
    name = " ".join((*scale, f"({inner})")) if scale else inner
    return Factor(name, made.atoms, made.near, made.exact, made.size, 2, loose=not scale)


def slope(reading: Reading, at: tuple[int, int], layer: int, label: str) -> Factors:
    """Return σ′ in the form that the write-ups give it, by h; of other activations its number."""
    activation, labels = reading.problem.network.activations[layer - 1], ("", label)
    cell: Cell = (f"h{layer}", at)
    name, h = written(reading, f"h{layer}", at, labels), reading.value(cell)
    near, text = reading.rounded(h), guarded(reading, h).text
    if activation == "sigmoid":
        rest = Factor(f"(1 − {name})", (Atom(f"(1 − {text})", cell),), 1 - near, 1 - h, 1 + abs(h))
        return number(reading, f"h{layer}", at, labels), rest
    if activation == "tanh":
        return (Factor(f"(1 − {name}²)", (Atom(f"(1 − {text}²)", cell),), 1 - near * near, 1 - h * h, 1 + h * h),)
    if activation == "identity":
        return ()
    function = as_text(ACTIVATIONS[activation].symbol.format())
    made = number(reading, f"dh{layer}/dz{layer}", at)
    return (replace(made, name=f"{function}′({written(reading, f'z{layer}', at, labels)})"),)
