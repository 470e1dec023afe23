"""One entry of a step in numbers, spelled out: 0.62 · 0.25 + (−0.31) · 0.50 = 0.0. Says whether the digits add up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite, prod

import numpy as np
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.tape.entries import Cell, Index, Term, entry
from explorer.tape.notation import Notation, notation
from explorer.tape.numbers import number_of, shown
from explorer.tape.step import Step, Tape
from explorer.tape.symbols import is_signed

Array = NDArray[np.floating]
MOST_TERMS = 4
"""Of a longer sum, the first two terms and the last are written."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of the line that is never broken, and the cell whose number it is, if it is one."""

    text: str
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Spelling:
    """An entry in numbers.

    Attributes
    ----------
    atoms
        In order; the last is the result.
    adds_up
        False where the digits that are written give another result than the one that is written.
    """

    atoms: tuple[Atom, ...]
    adds_up: bool = True

    @property
    def text(self) -> str:
        """The line as plain text."""
        return " ".join(atom.text for atom in self.atoms)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an entry is spelled from.

    Attributes
    ----------
    digits
        Decimals that are written.
    script
        The notation: it decides which factor of a product comes first.
    """

    tape: Tape
    step: Step
    index: Index
    problem: Problem
    digits: int
    script: Notation = field(default_factory=notation)

    def value(self, cell: Cell) -> float:
        """Return a cell's number."""
        return float(self.tape.value(cell[0])[cell[1]])

    @property
    def result(self) -> float:
        """The entry's number."""
        return float(self.step.value[self.index])

    def rounded(self, value: float) -> float:
        """Return a number as far as it is written."""
        return number_of(shown(value, self.digits))

    def written(self, value: float) -> float:
        """Return a number of the problem's conventions as far as it is written."""
        return number_of(plainly(value, self.digits))

    def number(self, cell: Cell, *, signed: bool = False, guarded: bool = False) -> Atom:
        """Return a cell's number; ``guarded`` puts a negative one in parentheses."""
        text = shown(self.value(cell), self.digits, signed=signed and is_signed(cell[0]))
        return Atom(f"({text})" if guarded and text.startswith("−") else text, cell)

    def result_atoms(self) -> tuple[Atom, Atom]:
        """Return the equals sign and the result."""
        return Atom("="), self.number((self.step.id, self.index), signed=True)

    def spelled(self, atoms: Sequence[Atom], from_digits: float) -> Spelling:
        """Return the spelling, given what the written digits come to."""
        written = shown(self.result, self.digits)
        same = not isfinite(self.result) or shown(from_digits, self.digits) == written
        return Spelling((*atoms, *self.result_atoms()), same)


def plainly(value: float, digits: int) -> str:
    """Return a number of the problem's conventions, without idle zeros."""
    text = shown(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


Spell = Callable[[Reading], Spelling]


def spell_sum(reading: Reading) -> Spelling:
    """Spell a sum of products; a long one in its first terms and its last."""
    terms = entry(reading.tape, reading.step, reading.index).terms
    alone = len(terms) == 1
    kept = list(enumerate(terms)) if len(terms) <= MOST_TERMS else [(0, terms[0]), (1, terms[1]), (-1, terms[-1])]
    pieces = [term_atoms(reading, term, alone=alone, first=k == 0) for k, term in kept]
    if len(terms) > MOST_TERMS:
        pieces[2:-1] = [(Atom("+"), Atom(f"… {len(terms) - 3} more …"))]
    atoms = [atom for piece in pieces for atom in piece]
    from_digits = sum(term_value(reading, term, reading.rounded) for term in terms)
    return reading.spelled(atoms, from_digits)


def term_atoms(reading: Reading, term: Term, *, alone: bool, first: bool) -> tuple[Atom, ...]:
    """Return a term with the sign before it, its factors kept together."""
    sign = "" if first else "+"
    atoms = [Atom("−" if term.negative else sign)] if term.negative or sign else []
    if term.scale:
        atoms += [Atom(plainly(scale_value(reading.problem, term.scale), reading.digits)), Atom("·")]
    for k, cell in enumerate(ordered(term.cells, reading)):
        atoms += [Atom("·")] if k else []
        guarded = bool(k) or not first or bool(term.scale)
        atoms.append(reading.number(cell, signed=alone, guarded=guarded))
    return tuple(atoms)


def ordered(cells: Sequence[Cell], reading: Reading) -> Sequence[Cell]:
    """Return the factors of a term in the order of the formula."""
    return (
        (cells[1], cells[0], *cells[2:])
        if len(cells) > 1 and reading.script.reverses(reading.step.instruction)
        else cells
    )


def term_value(reading: Reading, term: Term, view: Callable[[float], float]) -> float:
    """Return a term's number, its factors seen through ``view``."""
    size = prod(view(reading.value(cell)) for cell in term.cells)
    scale = reading.written(scale_value(reading.problem, term.scale)) if term.scale else 1.0
    return -scale * size if term.negative else scale * size


def scale_value(problem: Problem, scale: str) -> float:
    """Return the learning rate for η, the factor of W in its gradient for λ′."""
    return problem.rate if scale == "η" else problem.objective.decay
