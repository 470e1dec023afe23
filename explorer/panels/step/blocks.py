"""A step as blocks: the arrays it reads and the array it writes, with what stands between them. No Qt, no pixels."""

from collections.abc import Iterable
from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Problem
from explorer.tape.entries import Index
from explorer.tape.notation import Notation
from explorer.tape.numbers import shown
from explorer.tape.operation import Operation
from explorer.tape.operations import OPERATIONS
from explorer.tape.orientation import PRODUCTS, written
from explorer.tape.step import Step, Tape
from explorer.tape.symbols import is_per_sample, is_signed, plain

Array = NDArray[np.floating]
Arrangement = Literal["line", "list", "stack", "table", "crossing"]
"""Side by side, where numbers are scrolled rather than lost, or as maps, where other steps have told the numbers; one
below the other, cell under cell; a product as a table; as a table where lines are too high.
"""
ARROWS: dict[str, str | None] = {
    "keep": None,
    "softmax_cross_entropy_probabilities+double_softmax": r"\mathrm{softmax} \circ \mathrm{softmax}",
}
"""What stands over the arrow of an operation that has no rule of its own; None for an equals sign."""


class Block(Struct, frozen=True, eq=False):
    """One array as it is drawn.

    Attributes
    ----------
    value
        As drawn, (rows, columns): a vector is one row, a scalar one cell; None where it is not computed.
    shape
        As it is written: of the transpose where ``transposed``, which makes of a vector a column.
    text
        Its symbol in plain text.
    turned
        Whether it is the transpose of the array of that symbol, as h is in the formula of its weights.
    vector
        Whether the tape holds a vector, whose cells have one index.
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
    scale
        The size of number that has the full colour, where that is not the array's own: of several that are compared.
    missing
        What stands in place of a value that is None.
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
    text: str = ""
    turned: bool = False
    vector: bool = False
    scale: float = 0.0
    missing: str = "not yet"

    @property
    def words(self) -> str:
        """What it is called in plain text."""
        return self.label or self.text or plain(self.name)

    @property
    def tape_shape(self) -> tuple[int, ...]:
        """The shape on the tape."""
        if self.vector:
            return (max(self.shape),) if self.transposed else self.shape[-1:]
        return self.shape[::-1] if self.transposed else self.shape

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
        if self.vector:
            return (row,) if self.transposed else (column,)
        if not self.shape:
            return ()
        return (column, row) if self.transposed else (row, column)

    def place(self, row: int, column: int) -> Index:
        """Return the index of a drawn cell in the array of that symbol, from 0: row before column."""
        if self.vector:
            return self.index(row, column)
        return (column, row) if self.turned else (row, column)[: len(self.shape)]

    def position(self, index: Index) -> tuple[int, int]:
        """Return row and column of an index on the tape."""
        if len(index) < 2:
            along = index[0] if index else 0
            return (along, 0) if self.transposed else (0, along)
        return (index[1], index[0]) if self.transposed else (index[0], index[1])

    def positions(self, indices: Iterable[Index]) -> list[tuple[int, int]]:
        """Return rows and columns of indices on the tape, quickly where there are many: those of a matrix."""
        if len(self.tape_shape) == 2 and not self.transposed:
            return [(row, column) for row, column in indices]
        return [self.position(index) for index in indices]


class Join(Struct, frozen=True):
    """What stands before a block: a sign, or an arrow that carries the function's LaTeX."""

    text: str = ""
    arrow: str | None = None


class Equation(Struct, frozen=True, eq=False):
    """Blocks in order, the result last or before what it is made of, what stands before each, and their arrangement."""

    blocks: tuple[Block, ...]
    joins: tuple[Join, ...]
    arrangement: Arrangement = "line"

    @property
    def result(self) -> int:
        """The place of the block that the step writes."""
        return next((place for place, block in enumerate(self.blocks) if block.role == "written"), len(self.blocks) - 1)

    @property
    def layout(self) -> tuple[object, ...]:
        """What decides how it is laid out."""
        return (*(block.layout for block in self.blocks), *self.joins, self.arrangement)


def block_of(
    tape: Tape, position: int, name: str, notation: Notation, sample: int = 0, *, flipped: bool | None = None
) -> Block:
    """Return an array of the tape as a block, hollow where the position comes before it.

    ``flipped`` says whether it is the transpose of what the tape holds; left out: as the notation writes the name.
    """
    array, flipped = tape.value(name), notation.flips(name) if flipped is None else flipped
    return Block(
        name,
        notation.factor_on(tape, name, inline=True, flipped=flipped),
        written(array, flipped=flipped) if tape.computed(name, position) else None,
        notation.shape(name, array.shape, flipped=flipped),
        signed=is_signed(name),
        transposed=flipped and array.ndim > 0,
        row=sample if is_per_sample(name) and array.ndim == 2 and len(array) > 1 else None,
        text=notation.text(name, tape.activations),
        turned=flipped is not notation.flips(name),
        vector=array.ndim == 1,
    )


def equation_of(
    tape: Tape, position: int, problem: Problem, notation: Notation, sample: int = 0, *, hollow: bool = False
) -> Equation:
    """Return the step at that position as blocks; ``hollow`` says that its value is kept back."""
    step = tape.steps[position]
    blocks = [
        block_of(tape, position, name, notation, sample, flipped=flipped_in(step, place, notation))
        for place, name in enumerate(step.operands)
    ]
    if notation.reverses(step.instruction):
        blocks[:2] = blocks[1::-1]
    picture = OPERATIONS[step.operation].picture
    inner = (1, 0) if picture in PRODUCTS else ()
    operands = [
        replace(block, role="read", inner=inner[k] if k < len(inner) else None) for k, block in enumerate(blocks)
    ]
    latex = notation.symbol(step.id, tape.activations, inline=True)
    result = replace(block_of(tape, position, step.id, notation, sample), latex=latex, role="written")
    result = replace(result, value=None, missing="?") if hollow else result
    return Equation((*operands, result), joins_of(tape, step, problem, notation))


def flipped_in(step: Step, place: int, notation: Notation) -> bool:
    """Tell whether an operand is drawn as the transpose of what the tape holds; a step that transposes it does not."""
    if OPERATIONS[step.operation].picture == "transpose":
        return notation.flips(step.operands[0])
    return notation.needs_flip(step.instruction, place)


def joins_of(tape: Tape, step: Step, problem: Problem, notation: Notation) -> tuple[Join, ...]:
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
            middle, last = [Join("− η ·")], transposing(step, notation)
        case "adapt":
            last = Join(arrow=rf"\mathrm{{{OPTIMIZERS[problem.update.optimizer].title}}}")
        case "transpose":
            last = transposing(step, notation)
        case "map" | "reduce" | "sum":
            arrow = arrow_of(tape, step)
            last = Join("=") if arrow is None else Join(arrow=arrow)
    return (first, *middle, last)


def transposing(step: Step, notation: Notation) -> Join:
    """Return what stands before a transpose: an equals sign where the notation writes both the same way round."""
    same = notation.flips(step.id) is not notation.flips(step.operands[0])
    return Join("=") if same else Join(arrow=r"\top")


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
