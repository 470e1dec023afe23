"""One entry of a step in numbers, spelled out: 0.62 · 0.25 + (−0.31) · 0.50 = 0.0. Says whether the digits add up."""

from collections.abc import Callable, Sequence
from math import isfinite

from msgspec import Struct, field
from msgspec.structs import replace

from explorer.engine.problem import Problem
from explorer.tape.aloud import factors_aloud
from explorer.tape.entries import Cell, Index
from explorer.tape.notation import Notation
from explorer.tape.notation_shelf import notation
from explorer.tape.numbers import number_of, shown
from explorer.tape.step import Step, Tape


class Atom(Struct, frozen=True):
    """A piece of the line that is never broken.

    Attributes
    ----------
    cell
        The cell whose number it is, if it is one.
    opens
        Whether it stands for terms that are left out, and shows them when it is clicked.
    begins
        Whether it begins a line of its own.
    name
        Whether it names a number, in letters.
    """

    text: str
    cell: Cell | None = None
    opens: bool = False
    begins: bool = False
    name: bool = False


class Spelling(Struct, frozen=True):
    """An entry in numbers.

    Attributes
    ----------
    atoms
        In order; the last is the result, or that of the last line.
    adds_up
        False where the digits that are written give another result than the one that is written.
    """

    atoms: tuple[Atom, ...]
    adds_up: bool = True

    @property
    def text(self) -> str:
        """The line as plain text."""
        return "".join(f"{chr(10) if atom.begins else ' '}{atom.text}" for atom in self.atoms)[1:]

    @property
    def said(self) -> str:
        """The line for a screen reader, which stumbles over the names of numbers."""
        named = (replace(atom, text=factors_aloud(atom.text)) if atom.name else atom for atom in self.atoms)
        return Spelling(tuple(named)).text


class Reading(Struct, frozen=True):
    """What an entry is spelled from.

    Attributes
    ----------
    digits
        Decimals that are written.
    script
        The notation: it decides which factor of a product comes first.
    everything
        Write every term of a sum, however long it is.
    """

    tape: Tape
    step: Step
    index: Index
    problem: Problem
    digits: int
    script: Notation = field(default_factory=notation)
    everything: bool = False

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

    def number(self, cell: Cell, *, guarded: bool = False) -> Atom:
        """Return a cell's number; ``guarded`` puts a negative one in parentheses."""
        text = shown(self.value(cell), self.digits)
        return Atom(f"({text})" if guarded and text.startswith("−") else text, cell)

    def result_atoms(self) -> tuple[Atom, Atom]:
        """Return the equals sign and the result."""
        return Atom("="), self.number((self.step.id, self.index))

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
