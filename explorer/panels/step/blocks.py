"""A step as blocks: the arrays it reads and the array it writes, with what stands between them. No Qt, no pixels."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Problem
from explorer.tape.entries import Index
from explorer.tape.notation import Notation
from explorer.tape.numbers import shown
from explorer.tape.operation import Operation
from explorer.tape.operations import OPERATIONS
from explorer.tape.step import Step, Tape
from explorer.tape.symbols import is_per_sample, is_signed, plain

Array = NDArray[np.floating]
Arrangement = Literal["line", "stack", "table"]
"""Side by side; one below the other, cell under cell; a column times a row as a multiplication table."""
PRODUCTS = {"affine", "product", "gated product"}
"""The pictures of products of matrices, whose inner numbers must agree."""
ARROWS: dict[str, str | None] = {
    "transpose": r"\top",
    "keep": None,
    "softmax_cross_entropy_probabilities+double_softmax": r"\mathrm{softmax} \circ \mathrm{softmax}",
}
"""What stands over the arrow of an operation that has no rule of its own; None for an equals sign."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One array as it is drawn.

    Attributes
    ----------
    value
        As drawn, (rows, columns): a vector is one row, a scalar one cell; None where it is not computed.
    shape
        As it is written: of the transpose where ``transposed``.
    role
        "read", "written" or "plain".
    row
        The row of the shown sample, where the array has several samples, else None.
    inner
        Which number of the shape meets its neighbour in a matrix product; None where none does.
    label
        What it is called where it is no array of the tape but made of one: its cells are still those of ``name``.
    struck
        Which cells, as drawn, are struck through: gates that are shut, terms that fall away.
    """

    name: str
    latex: str
    value: Array | None
    shape: tuple[int, ...]
    role: str = "plain"
    signed: bool = False
    transposed: bool = False
    row: int | None = None
    inner: int | None = None
    label: str = ""
    struck: NDArray[np.bool_] | None = None

    @property
    def words(self) -> str:
        """What it is called in plain text."""
        return self.label or plain(self.name)

    @property
    def rows(self) -> int:
        """Rows as drawn."""
        return self.shape[0] if len(self.shape) == 2 else 1

    @property
    def columns(self) -> int:
        """Columns as drawn."""
        return self.shape[-1] if self.shape else 1

    @property
    def layout(self) -> tuple[object, ...]:
        """What decides how it is laid out; two blocks of the same layout differ in their numbers alone."""
        return self.name, self.latex, self.shape, self.role, self.signed, self.transposed, self.inner, self.label

    def index(self, row: int, column: int) -> Index:
        """Return the index on the tape of a drawn cell."""
        if len(self.shape) < 2:
            return (column,) if self.shape else ()
        return (column, row) if self.transposed else (row, column)

    def position(self, index: Index) -> tuple[int, int]:
        """Return row and column of an index on the tape."""
        if len(index) < 2:
            return 0, index[0] if index else 0
        return (index[1], index[0]) if self.transposed else (index[0], index[1])


@dataclass(frozen=True, slots=True)
class Join:
    """What stands before a block: a sign, or an arrow that carries the function's LaTeX."""

    text: str = ""
    arrow: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """Blocks in order, the result last, what stands before each of them, and how they are arranged."""

    blocks: tuple[Block, ...]
    joins: tuple[Join, ...]
    arrangement: Arrangement = "line"

    @property
    def layout(self) -> tuple[object, ...]:
        """What decides how it is laid out."""
        return (*(block.layout for block in self.blocks), *self.joins, self.arrangement)


def block_of(tape: Tape, position: int, name: str, latex: str, sample: int = 0) -> Block:
    """Return an array of the tape as a block, hollow where the position comes before it."""
    array = tape.value(name)
    value = np.atleast_2d(array) if tape.computed(name, position) else None
    row = sample if is_per_sample(name) and len(array.shape) == 2 and len(array) > 1 else None
    return Block(name, latex, value, array.shape, signed=is_signed(name), row=row)


def equation_of(tape: Tape, position: int, problem: Problem, notation: Notation, sample: int = 0) -> Equation:
    """Return the step at that position as blocks."""
    step = tape.steps[position]
    operands = [_operand(tape, step, k, notation, position, sample) for k in range(len(step.operands))]
    latex = notation.symbol(step.id, tape.activations, inline=True)
    result = replace(block_of(tape, position, step.id, latex, sample), role="written")
    return Equation((*operands, result), joins_of(tape, step, problem))


def _operand(tape: Tape, step: Step, place: int, notation: Notation, position: int, sample: int) -> Block:
    """Return an operand: the first of a weight gradient transposed, the two of a product with their inner numbers."""
    name = step.operands[place]
    block = block_of(tape, position, name, notation.factor_on(tape, name, inline=True), sample)
    picture = OPERATIONS[step.operation].picture
    inner = 1 - place if picture in PRODUCTS and place < 2 else None
    if place in OPERATIONS[step.operation].turned and block.value is not None:
        latex = rf"{block.latex}^\top"
        block = replace(block, latex=latex, value=block.value.T, shape=block.shape[::-1], transposed=True, row=None)
    return replace(block, role="read", inner=inner)


def joins_of(tape: Tape, step: Step, problem: Problem) -> tuple[Join, ...]:
    """Return what stands before each operand and before the result."""
    signs = [sign.replace("ᵀ ", "") for sign in OPERATIONS[step.operation].signs]
    middle = [Join(sign) for sign in signs[: len(step.operands) - 1]]
    middle += [Join(",")] * (len(step.operands) - 1 - len(middle))
    first, last = Join(), Join("=")
    match OPERATIONS[step.operation].picture:
        case "difference":
            operation = OPERATIONS[step.operation]
            scale = difference_scale(problem, operation)
            if scale or operation.after != ")":
                first, last = Join(f"{scale} ("), Join(f"{operation.after} =".strip())
        case "update":
            middle = [Join("− η ·")]
        case "product" if len(step.operands) == 3:
            middle[1] = Join("+ λ ·" if problem.objective.l2_form == "half" else "+ 2λ ·")
        case "transpose" if len(step.operands) == 2:
            middle, last = [Join("− η ·")], Join(arrow=r"\top")
        case "adapt":
            last = Join(arrow=rf"\mathrm{{{OPTIMIZERS[problem.update.optimizer].title}}}")
        case "map" | "reduce" | "transpose" | "sum":
            arrow = arrow_of(tape, step)
            last = Join("=") if arrow is None else Join(arrow=arrow)
    return (first, *middle, last)


def difference_scale(problem: Problem, operation: Operation) -> str:
    """Return what stands before (p − y): the share of a sample, the temperature, the 2 of a square; no 1."""
    divisor = 1 if operation.summed else problem.objective.divisor(problem.samples)
    loss, beta = problem.network.loss, problem.network.beta
    share = f"1/{divisor}" if divisor > 1 else ""
    heat = shown(beta, 2) if loss == "softmax_cross_entropy" and beta != 1 else ""
    right = " · ".join(filter(None, (share, heat, "2" if loss == "squared_error" else "")))
    return f"{operation.before} {right}".strip()


def arrow_of(tape: Tape, step: Step) -> str | None:
    """Return the LaTeX of the function over the arrow; None where the result is the operand itself."""
    operation = step.operation
    if operation in ACTIVATIONS:
        return ACTIVATIONS[operation].symbol.format()
    for slope in ("_slope", "_slope_of_h"):
        if operation.endswith(slope):
            return ACTIVATIONS[operation.removesuffix(slope)].symbol.format() + "'"
    if operation == "bias_gradient":
        return r"\textstyle\sum_n" if tape.samples > 1 else None
    if operation.endswith("_probabilities"):
        return r"\mathrm{softmax}" if operation.startswith("softmax") else r"\sigma"
    return ARROWS.get(operation, "")
