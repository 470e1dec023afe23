"""The full Jacobian of a forward step with respect to one of its operands, for one sample, made when asked for."""

from collections.abc import Callable, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.kinds import is_whole
from explorer.engine.problem import Problem
from explorer.tape.jacobians.loss_rules import (
    loss_by_output,
    loss_by_penalty,
    loss_by_probabilities,
    loss_by_targets,
    through_probabilities,
)
from explorer.tape.jacobians.matrices import Order
from explorer.tape.jacobians.network_rules import (
    by_bias,
    by_input,
    by_weights,
    penalty_by_weights,
    through_activation,
)
from explorer.tape.jacobians.rule import Kind, Pair, Rule
from explorer.tape.jacobians.saying import said
from explorer.tape.names import parse
from explorer.tape.notation import Notation
from explorer.tape.notation_shelf import notation
from explorer.tape.plan import forward
from explorer.tape.step import Instruction, Tape

Array = NDArray[np.floating]

SYMMETRIC: tuple[Kind, ...] = ("identity", "diagonal", "softmax", "number")
"""Kinds whose transpose is themselves."""
MOST_ENTRIES = 20_000_000
"""Entries of the largest Jacobian that is made: 160 MB."""

RULES: dict[tuple[str, str], Callable[[Pair], Rule]] = {
    ("z", "x"): by_input,
    ("z", "h"): by_input,
    ("z", "W"): by_weights,
    ("z", "b"): by_bias,
    ("h", "z"): through_activation,
    ("p", "z"): through_probabilities,
    ("p", "h"): through_probabilities,
    ("R", "W"): penalty_by_weights,
    ("J", "p"): loss_by_probabilities,
    ("J", "z"): loss_by_output,
    ("J", "h"): loss_by_output,
    ("J", "y"): loss_by_targets,
    ("J", "R"): loss_by_penalty,
}
"""By the letters of what is differentiated and by what."""


class Jacobian(Struct, frozen=True, eq=False):
    """d of / d by for one sample, in numerator layout: entry (i, j) is d of_i / d by_j (000.9).

    Attributes
    ----------
    of, by
        Names on the tape, e.g. "z2", "W2".
    sample
        Which row of the batch, from 0.
    matrix
        (width of ``of``, width of ``by``), float64, read-only; a weight matrix counts as one long vector.
    kind
        What it looks like: transpose (W^T), identity, kronecker, diagonal, softmax, row (a gradient), number.
    pattern, column
        LaTeX of it for row vectors and for column vectors, with ``{0}``, ... for the symbols of ``symbols``, and
        ``{t0}``, ... for their transposes.
    symbols
        Names of what the formula shows.
    latex
        The whole equation in the row notation.
    words
        What it means, with ``{line}`` and the like for what depends on how arrays are written.
    order
        How a weight matrix is laid out as a vector: ``W.ravel(order)``.
    """

    of: str
    by: str
    sample: int
    matrix: Array
    kind: Kind
    pattern: str
    column: str
    symbols: tuple[str, ...]
    latex: str
    words: str
    order: Order

    @property
    def name(self) -> str:
        """The name of the derivative, e.g. "dz2/dW2"."""
        return f"d{self.of}/d{self.by}"

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.matrix.shape
        return rows, columns

    @property
    def sentence(self) -> str:
        """What it means, for row vectors and the matrix as it is."""
        return said(self.words, self.order, "row", turned=False)

    def equation(self, written: Notation, activations: tuple[str, ...]) -> str:
        """Return the whole equation in a notation, for its row or column vectors; the matrix is the same."""
        pattern = self.column if written.vectors == "column" else self.pattern
        return equation(written, activations, self.name, pattern, self.symbols)

    def formula(self, written: Notation, activations: tuple[str, ...], *, turned: bool) -> str:
        """Return the right side of that equation, of the transposed matrix where ``turned``."""
        other = turned and self.kind not in SYMMETRIC
        pattern = self.column if (written.vectors == "column") is not other else self.pattern
        return filled(written, activations, pattern, self.symbols)

    def sentence_in(self, written: Notation, activations: tuple[str, ...], *, turned: bool) -> str:
        """Return what it means, with the names and orders of a notation, of the transposed matrix where ``turned``."""
        return written.sentence(said(self.words, self.order, written.vectors, turned=turned), activations)


def jacobian(problem: Problem, tape: Tape, of: str, by: str, sample: int = 0, *, order: Order = "C") -> Jacobian:
    """Return the full Jacobian of a forward step with respect to one of its operands.

    What it is of: z (by x or h: W^T; by W: a Kronecker product; by b: the identity), h (by z: the diagonal of the
    slopes), p (by the logits), R (by W), J (by p, by the array that the loss is on, by y, by R); seeds 000.12 to
    000.15, 001.9, 001.16, 001.25, 003.8, 004.(11), (12). They are those of the right mathematics, with the
    conventions of the problem: J is the mean over the N samples of the tape where the problem's reduction is.

    Parameters
    ----------
    problem
        What the tape was recorded from.
    of, by
        Names on the tape, e.g. "z2", "W2".
    sample
        Which row of the batch, from 0.
    order
        How a weight matrix is laid out as a vector, (D H,): "C" as ``W.ravel()``, "F" as ``W.ravel(order="F")``.

    Raises
    ------
    ExplorerError
        If the tape has no such step, operand or sample, or the matrix would have more than ``MOST_ENTRIES`` entries.
    """
    step = forward_step(forward_steps(problem), of)
    if by not in reads(step):
        known = ", ".join(reads(step))
        raise ExplorerError(f"{of} is not computed from {by}: use one of {known}, or jacobian_chain from {of} to {by}")
    check_sample(tape, sample)
    check_size(tape, of, by)
    pair = Pair(problem, tape, step, by, sample, order)
    rule = RULES[parse(of).symbol, parse(by).symbol](pair)
    matrix = computed(rule)
    name = f"d{of}/d{by}"
    latex = equation(notation("row"), tape.activations, name, rule.pattern, rule.symbols)
    shown = (rule.kind, rule.pattern, rule.column, rule.symbols)
    return Jacobian(of, by, sample, matrix, *shown, latex, rule.words, order)


def equation(written: Notation, activations: tuple[str, ...], name: str, pattern: str, symbols: tuple[str, ...]) -> str:
    """Return the LaTeX of a Jacobian's name, which is a fraction in every notation, and of its formula."""
    return f"{written.derivative(name, activations)} = {filled(written, activations, pattern, symbols)}"


def filled(written: Notation, activations: tuple[str, ...], pattern: str, symbols: tuple[str, ...]) -> str:
    """Return a formula with its symbols in it."""
    factors = [written.factor(symbol, activations) for symbol in symbols]
    return written.filled(pattern, activations, factors)


def computed(rule: Rule) -> Array:
    """Return the matrix, read-only; infinities and NaNs are results, no accidents."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        matrix = np.array(rule.matrix())
    matrix.flags.writeable = False
    return matrix


def forward_steps(problem: Problem) -> Mapping[str, Instruction]:
    """Return the forward steps by id, as they should be, whatever mistakes the tape was recorded with."""
    return {step.id: step for step in forward(problem)}


def forward_step(steps: Mapping[str, Instruction], name: str) -> Instruction:
    """Return the step that computes an array; refuse what no forward step computes."""
    if name not in steps:
        raise ExplorerError(f"{name} is no forward step of this tape: use one of {', '.join(steps)}")
    return steps[name]


def reads(step: Instruction) -> tuple[str, ...]:
    """Return what a step depends on directly: what its formula shows, and what it is computed from."""
    return tuple(dict.fromkeys((*step.operands, *step.inputs)))


def check_sample(tape: Tape, sample: int) -> None:
    """Refuse a sample that the tape does not have, and what is no number of a sample."""
    if not is_whole(sample):
        raise ExplorerError(no_row(sample))
    if not 0 <= sample < tape.samples:
        known = f"0 to {tape.samples - 1}" if tape.samples > 1 else "sample 0 alone"
        raise ExplorerError(f"sample {sample} is not on this tape: it holds {known}")


def no_row(value: object) -> str:
    """Return what is said of a sample that is no whole number; the name of an array is one given by place."""
    name = f'; jacobian_chain takes an array to differentiate as of="{value}"' if isinstance(value, str) else ""
    return f"sample {value!r} is no whole number: give the row of the batch, from 0{name}"


def check_size(tape: Tape, of: str, by: str) -> None:
    """Refuse a matrix that would be too large, before it is made."""
    rows, columns = width(tape, of), width(tape, by)
    if rows * columns > MOST_ENTRIES:
        size = f"a {rows:,} × {columns:,} matrix, more than {MOST_ENTRIES:,} entries"
        way = f'take tape["dJ/d{by}"], which is made without it, or a smaller layer'
        raise ExplorerError(f"d{of}/d{by} would be {size}: {way}")


def width(tape: Tape, name: str) -> int:
    """Return how many numbers of an array belong to one sample; a parameter belongs to each sample whole."""
    value = tape.value(name)
    if parse(name).symbol == "b":
        return width(tape, f"z{parse(name).layer}")
    return value.size if parse(name).symbol in "WRJ" else value.shape[1]
