"""Sums in numbers: every term of a short one; of a long one the largest, and what the smaller ones add up to."""

from collections.abc import Callable, Sequence
from math import fsum, prod

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.problem import Problem
from explorer.panels.step.spelling import Atom, Reading, Spelling, plainly
from explorer.tape.entries import Cell, Term, entry
from explorer.tape.numbers import shown

MOST_TERMS = 12
"""Of a longer sum, the largest terms are written, unless all of them are asked for."""
LARGEST = 3
"""How many of them; what is not of their kind, a bias, is the last of them however small it is."""


class Piece(Struct, frozen=True):
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
    exact = [piece.exact for piece in pieces]
    return folded(reading, [pieces[k] for k in largest(exact, LARGEST)], exact)


def largest(exact: Sequence[float], count: int) -> list[int]:
    """Return the places of the terms that matter most, the largest first."""
    order = np.argsort(-np.abs(exact), kind="stable")
    return [int(place) for place in order[:count]]


def folded(
    reading: Reading, written: Sequence[Piece], exact: Sequence[float], last: Sequence[Piece] = ()
) -> tuple[list[Atom], float]:
    """Return the largest terms, what the smaller ones add up to, and what stands last.

    Parameters
    ----------
    exact
        All terms but those that stand last.
    """
    smaller = [exact[k] for k in largest(exact, len(exact))[len(written) :]]
    rest, zeros = total(smaller), smaller.count(0.0)
    nothing = f", {zeros} of them 0," if 0 < zeros < len(smaller) else ""
    words = (f"… {len(smaller)} smaller terms{nothing}", "that add up to", f"{shown(rest, reading.digits)} …")
    middle = [Atom("+"), *(Atom(word, opens=True) for word in words)]
    end = [atom for piece in last for atom in (Atom("−" if piece.negative else "+"), *piece.atoms)]
    near = sum(piece.near for piece in (*written, *last))
    return [*signed(written), *middle, *end], near + reading.rounded(rest)


def total(terms: Sequence[float]) -> float:
    """Return the sum, exactly rounded; of terms that leave the finite numbers, as floats add up: infinite or NaN."""
    try:
        return fsum(terms)
    except (ValueError, OverflowError):
        return sum(terms)


def signed(pieces: Sequence[Piece]) -> list[Atom]:
    """Return the pieces with the signs between them."""
    atoms: list[Atom] = []
    for k, piece in enumerate(pieces):
        atoms += [Atom("−")] if piece.negative else [Atom("+")] if k else []
        atoms += piece.atoms
    return atoms


def parenthesised(atoms: Sequence[Atom]) -> list[Atom]:
    """Return a sum in parentheses."""
    first, *others = atoms
    whole = [replace(first, text=f"({first.text}"), *others]
    return [*whole[:-1], replace(whole[-1], text=f"{whole[-1].text})")]


def spell_sum(reading: Reading) -> Spelling:
    """Spell a sum of products; what is left out of it is not written, for a minibatch may have thousands of terms."""
    terms = entry(reading.tape, reading.step, reading.index).terms
    if len(terms) <= MOST_TERMS or reading.everything:
        return reading.spelled(*added(reading, [piece_of(reading, term, first=not k) for k, term in enumerate(terms)]))
    kinds = [kind_of(term) for term in terms]
    same = [term for term, kind in zip(terms, kinds, strict=True) if kind == kinds[0]]
    others = [piece_of(reading, term, first=False) for term, kind in zip(terms, kinds, strict=True) if kind != kinds[0]]
    exact = exactly(reading, same)
    places = largest(exact, LARGEST - bool(others))
    written = [piece_of(reading, same[place], first=not k) for k, place in enumerate(places)]
    return reading.spelled(*folded(reading, written, exact, others))


def kind_of(term: Term) -> tuple[tuple[str, ...], str, bool]:
    """Return the arrays that a term multiplies, its scale and its sign: the terms of a product are of one kind."""
    return tuple([name for name, _ in term.cells]), term.scale, term.negative


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


def exactly(reading: Reading, terms: Sequence[Term]) -> list[float]:
    """Return the numbers of terms of one kind, all at once."""
    if terms[0].scale:
        return [term_value(reading, term, float, float) for term in terms]
    values = np.full(len(terms), -1.0 if terms[0].negative else 1.0)
    for cells in zip(*(term.cells for term in terms), strict=True):
        places = tuple(np.array([index for _, index in cells]).T)
        values *= reading.tape.value(cells[0][0])[places]
    return values.tolist()


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
