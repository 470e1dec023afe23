"""Sums in numbers: every term of a short one; of a long one the first two, the last, and what the others add up to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum, prod

import numpy as np

from explorer.engine.problem import Problem
from explorer.panels.step.spelling import Atom, Reading, Spelling, plainly
from explorer.tape.entries import Cell, Term, entry
from explorer.tape.numbers import shown

MOST_TERMS = 12
"""Of a longer sum, the first two terms and the last are written, unless all of them are asked for."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A term of a sum.

    Attributes
    ----------
    atoms
        How it is written, without the sign before it.
    near, exact
        What the written digits come to, and what the term is; both with its sign.
    """

    atoms: tuple[Atom, ...]
    near: float
    exact: float
    negative: bool = False


def added(reading: Reading, pieces: Sequence[Piece]) -> tuple[list[Atom], float]:
    """Return a sum as it is written, and what the written digits come to."""
    if len(pieces) <= MOST_TERMS or reading.everything:
        return signed(pieces), sum(piece.near for piece in pieces)
    written, hidden = (*pieces[:2], pieces[-1]), pieces[2:-1]
    rest = fsum(piece.exact for piece in hidden)
    words = (f"… {len(hidden)} more terms", "that add up to", f"{shown(rest, reading.digits)} …")
    middle = [Atom("+"), *(Atom(word, opens=True) for word in words)]
    first, last = signed(written[:2]), [Atom("−" if written[2].negative else "+"), *written[2].atoms]
    return [*first, *middle, *last], sum(piece.near for piece in written) + reading.rounded(rest)


def signed(pieces: Sequence[Piece]) -> list[Atom]:
    """Return the pieces with the signs between them."""
    atoms: list[Atom] = []
    for k, piece in enumerate(pieces):
        atoms += [Atom("−")] if piece.negative else [Atom("+")] if k else []
        atoms += piece.atoms
    return atoms


def spell_sum(reading: Reading) -> Spelling:
    """Spell a sum of products; what is left out of it is not written, for a minibatch may have thousands of terms."""
    terms = entry(reading.tape, reading.step, reading.index).terms
    if len(terms) <= MOST_TERMS or reading.everything:
        return reading.spelled(*added(reading, [piece_of(reading, term, first=not k) for k, term in enumerate(terms)]))
    first, second = (piece_of(reading, term, first=not k) for k, term in enumerate(terms[:2]))
    last = piece_of(reading, terms[-1], first=False)
    return reading.spelled(*added(reading, [first, second, *unwritten(reading, terms[2:-1]), last]))


def piece_of(reading: Reading, term: Term, *, first: bool) -> Piece:
    """Return a term, its factors kept together."""
    atoms: list[Atom] = []
    if term.scale:
        atoms += [Atom(plainly(scale_value(reading.problem, term.scale), reading.digits)), Atom("·")]
    for k, cell in enumerate(ordered(term.cells, reading)):
        atoms += [Atom("·")] if k else []
        atoms.append(reading.number(cell, guarded=bool(k) or not first or bool(term.scale)))
    near = term_value(reading, term, reading.rounded, reading.written)
    return Piece(tuple(atoms), near, term_value(reading, term, float, float), negative=term.negative)


def unwritten(reading: Reading, terms: Sequence[Term]) -> list[Piece]:
    """Return terms that are only counted; where all are products of the same arrays, at once."""
    kinds = {(tuple(name for name, _ in term.cells), term.scale, term.negative) for term in terms}
    if len(kinds) == 1 and not terms[0].scale:
        values = np.full(len(terms), -1.0 if terms[0].negative else 1.0)
        for cells in zip(*(term.cells for term in terms), strict=True):
            places = tuple(np.array([index for _, index in cells]).T)
            values *= reading.tape.value(cells[0][0])[places]
        return [Piece((), exact, exact, terms[0].negative) for exact in values.tolist()]
    values_of_each = [term_value(reading, term, float, float) for term in terms]
    return [Piece((), exact, exact, term.negative) for exact, term in zip(values_of_each, terms, strict=True)]


def ordered(cells: Sequence[Cell], reading: Reading) -> Sequence[Cell]:
    """Return the factors of a term in the order of the formula."""
    return (
        (cells[1], cells[0], *cells[2:])
        if len(cells) > 1 and reading.script.reverses(reading.step.instruction)
        else cells
    )


def term_value(
    reading: Reading, term: Term, view: Callable[[float], float], scale_view: Callable[[float], float]
) -> float:
    """Return a term's number, its factors and its scale seen through a view each."""
    size = prod(view(reading.value(cell)) for cell in term.cells)
    scale = scale_view(scale_value(reading.problem, term.scale)) if term.scale else 1.0
    return -scale * size if term.negative else scale * size


def scale_value(problem: Problem, scale: str) -> float:
    """Return the learning rate for η, the factor of W in its gradient for λ′."""
    return problem.rate if scale == "η" else problem.objective.decay
