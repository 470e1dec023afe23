"""What the formats for people share: the order of a sheet, rounded numbers, large matrices cut."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.tape.conventions import sentences
from explorer.tape.notation import Notation
from explorer.tape.step import Tape

DIGITS = 7
"""Significant digits of a number on a sheet."""
ROUNDED = f"Numbers are rounded to {DIGITS} significant digits; the JSON format has all of them."
HEADINGS = {"given": "Given", "forward": "Forward pass", "backward": "Backward pass", "update": "Update"}


class Line(Struct, frozen=True, eq=False):
    """One array on a sheet: its heading, its formula, its numbers and its sentence.

    Attributes
    ----------
    phase
        A key of ``HEADINGS``.
    symbol, equation
        LaTeX; the equation is empty for what was given.
    value
        As it is written in the notation: (rows, columns), or a number.
    shape
        As it is written: of a row vector one number.
    """

    phase: str
    name: str
    symbol: str
    equation: str
    value: NDArray[np.floating]
    shape: tuple[int, ...]
    text: str


class Section(Struct, frozen=True, eq=False):
    """What stands under one heading: of what was given, first how the pass is made, in sentences; then the arrays."""

    heading: str
    conditions: list[str]
    lines: list[Line]


class Grid(Struct, frozen=True):
    """A matrix as far as it is shown: ``rows`` of its numbers, and how many rows and columns are left out."""

    rows: list[list[float]]
    hidden_rows: int
    hidden_columns: int


def sections(tape: Tape, notation: Notation) -> Iterator[Section]:
    """Yield what was given, then the steps, phase by phase."""
    for phase, found in groupby(lines(tape, notation), attrgetter("phase")):
        yield Section(HEADINGS[phase], conditions(tape) if phase == "given" else [], list(found))


def lines(tape: Tape, notation: Notation) -> Iterator[Line]:
    """Yield what was given, with what the optimiser remembers, then every step."""
    for name in tape.given:
        yield line_of("given", tape, name, notation, "", "")
    yield from memory_lines(tape, notation)
    for step in tape.steps:
        equation = notation.equation(step.instruction, tape.activations)
        yield line_of(step.phase, tape, step.id, notation, equation, notation.sentence(step.text, tape.activations))


def memory_lines(tape: Tape, notation: Notation) -> Iterator[Line]:
    """Yield what the optimiser remembers of each parameter, written as that; nothing before the first update."""
    known = tape.conventions
    for letter, arrays in known.memory.items() if known.updates else ():
        for name, value in arrays.items():
            if name.startswith("b") and not known.update.train_biases:
                continue
            symbol, text = notation.symbol(name, tape.activations), notation.text(name, tape.activations)
            array, shape = notation.array(name, value), notation.shape(name, value.shape)
            yield Line("given", f"{letter} of {text}", f"{letter}_{{{symbol}}}", "", array, shape, "")


def conditions(tape: Tape) -> list[str]:
    """Return what else the pass was computed with, a sentence each."""
    return list(sentences(tape.conventions))


def line_of(phase: str, tape: Tape, name: str, notation: Notation, equation: str, text: str) -> Line:
    """Return an array as it is written in the notation."""
    value, symbol = tape.value(name), notation.symbol(name, tape.activations)
    array, shape = notation.array(name, value), notation.shape(name, value.shape)
    return Line(phase, notation.text(name, tape.activations), symbol, equation, array, shape, text)


def remarks(notation: Notation) -> str:
    """Say that numbers are rounded, and which way round arrays are written where it is not the usual one."""
    return " ".join(filter(None, (ROUNDED, orientation(notation))))


def orientation(notation: Notation) -> str:
    """Say which way round arrays are written where it is not the usual one; nothing where it is."""
    columns = "Samples are columns." if notation.vectors == "column" else ""
    return " ".join(filter(None, (columns, notation.remark("dJ/dx"))))


def grid(value: NDArray[np.floating], most_rows: int, most_columns: int) -> Grid:
    """Return the first rows and columns of a matrix; a vector is one row."""
    matrix = np.atleast_2d(value)
    height, width = matrix.shape
    shown = matrix[:most_rows, :most_columns].tolist()
    return Grid(shown, max(height - most_rows, 0), max(width - most_columns, 0))


def cut_note(value: NDArray[np.floating], cut: Grid) -> str:
    """Say what is left out, or nothing."""
    height, width = np.atleast_2d(value).shape
    parts = [f"the first {height - cut.hidden_rows} of {height} rows"] if cut.hidden_rows else []
    parts += [f"the first {width - cut.hidden_columns} of {width} columns"] if cut.hidden_columns else []
    return f"Shown: {' and '.join(parts)}." if parts else ""


def numeral(number: float, minus: str = "−") -> str:
    """Return a number rounded to ``DIGITS`` significant digits; negative zero is zero."""
    text = f"{number:.{DIGITS}g}"
    return "0" if text == "-0" else text.replace("-", minus)


def one_line(title: str, instead: str = "Tape") -> str:
    """Return a title without line breaks, or what stands instead of none."""
    return " ".join(title.split()) or instead
