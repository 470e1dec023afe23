"""Each operation its own picture: how its blocks are arranged, and the stages between operands and result. No Qt."""

from collections.abc import Callable

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.panels.step.blocks import Block, Equation, Join
from explorer.panels.step.masks import with_masks
from explorer.panels.step.matrix_frame import MOST_NUMBERS, MOST_ROWS
from explorer.panels.step.stages import STAGES, derived
from explorer.tape.operations import OPERATIONS
from explorer.tape.step import Step, Tape
from explorer.tape.wording import sums_to_one

Array = NDArray[np.floating]
FLAT = 2
"""Rows up to which blocks are stacked cell under cell; taller ones stand side by side, row beside row."""
LONG = 4
"""Columns from which a row is stacked with what moves it."""
MOST_UNROLLED = 16_384
"""Entries of a result up to which the samples' shares of it are pictured."""
LISTS = {"loss_after"}
"""Operations of whose operands each was a step's result."""
MOST_SAMPLES = 6
"""Of more samples, the first two outer products, the sum of those left out, and the last are shown."""


def pictured(equation: Equation, step: Step, tape: Tape, problem: Problem) -> Equation:
    """Return a step's equation as its operation is drawn."""
    equation = with_masks(equation, step, tape)
    picture = OPERATIONS[step.operation].picture
    if step.operation in LISTS:
        return replace(equation, arrangement="list")
    if any(block.value is None for block in equation.blocks):
        return equation
    if step.operation in STAGES and is_small(equation):
        return STAGES[step.operation](equation, step, problem)
    return ARRANGEMENTS[picture](equation, step) if picture in ARRANGEMENTS else equation


def is_small(equation: Equation) -> bool:
    """Tell whether the numbers of all blocks can be read."""
    return all(b.rows <= MOST_ROWS and b.rows * b.columns <= MOST_NUMBERS for b in equation.blocks)


def cell_by_cell(equation: Equation, _step: Step) -> Equation:
    """Stack flat blocks of one shape, so that each cell stands under the cells it is made of."""
    first = equation.blocks[0]
    same = all((b.rows, b.columns) == (first.rows, first.columns) for b in equation.blocks)
    flat = first.rows <= FLAT and first.columns > 1
    return replace(equation, arrangement="stack") if same and flat and not equation.joins[0].text else equation


def difference(equation: Equation, step: Step) -> Equation:
    """Stack p, y and their difference; where the targets of a sample do not sum to 1, p is times their sum."""
    equation = weighed(equation, step)
    first = equation.blocks[0]
    flat = first.rows <= FLAT and first.columns > 1 and not first.transposed and not equation.joins[0].text
    return replace(equation, arrangement="stack") if flat else equation


def weighed(equation: Equation, step: Step) -> Equation:
    """Return the equation with the sum of the targets after p, if that is what the gradient has."""
    p, y, result = equation.blocks
    if not step.operation.startswith("softmax") or y.value is None:
        return equation
    targets = y.value.T if y.transposed else y.value
    if sums_to_one(targets):
        return equation
    total = y.value.sum(axis=0 if y.transposed else 1, keepdims=True)
    index = "k" if len(targets) == 1 else "{nk}"
    mass = derived(y, total, rf"\textstyle\sum_k {y.latex}_{index}", f"sum of {y.words} over the classes")
    first, minus, last = equation.joins
    return replace(equation, blocks=(p, mass, y, result), joins=(first, Join("·"), minus, last))


def moved_row(equation: Equation, step: Step) -> Equation:
    """Stack a long row, what is taken off it and what it becomes; short ones and matrices stand on a line."""
    first = equation.blocks[0]
    return cell_by_cell(equation, step) if first.rows == 1 and first.columns >= LONG else equation


def collapsing(equation: Equation, _step: Step) -> Equation:
    """Stack a batch over its sum: each column falls into the cell below it."""
    above, below = equation.blocks[0], equation.blocks[-1]
    falls = above.rows > 1 and below.rows == 1 and above.columns == below.columns
    return replace(equation, arrangement="stack") if falls else equation


def crossing(equation: Equation, _step: Step) -> Equation:
    """Where lines are too high, let the rows of the left factor cross the columns of the right one."""
    left, right, *added, result = equation.blocks
    rows = all(block.rows == 1 and block.columns == right.columns for block in added)
    fits = rows and left.columns == right.rows and result.columns == right.columns
    return replace(equation, arrangement="crossing") if fits and is_small(equation) else equation


def outer(equation: Equation, step: Step) -> Equation:
    """Lay a column times a row out as a table; for a batch, show the sum of the samples' outer products."""
    if len(equation.blocks) != 3 or not OPERATIONS[step.operation].turned:
        return crossing(equation, step)
    left, right, result = equation.blocks
    if left.columns == right.rows == 1:
        return replace(equation, joins=(Join(), Join("·"), Join("=")), arrangement="table")
    size = result.rows * result.columns
    if left.columns != right.rows or size > MOST_UNROLLED:
        return crossing(equation, step)
    if size <= MOST_NUMBERS // 2 and result.rows <= MOST_ROWS:
        return unrolled(equation, left, right, result, MOST_SAMPLES)
    return crossing(equation, step) if is_small(equation) else unrolled(equation, left, right, result, 2)


def unrolled(equation: Equation, left: Block, right: Block, result: Block, most: int) -> Equation:
    """Return left · right = result = (the outer product of each sample, added up): the result first, to be in sight.

    Of more than ``most`` samples, those in the middle are added up.
    """
    count, first = left.columns, 2 if most > 2 else 1
    shares = [range(n, n + 1) for n in range(count)]
    if count > most:
        shares[first:-1] = [range(first, count - 1)]
    blocks = tuple(outer_block(left, right, result, samples) for samples in shares)
    joins = (Join("="), *(Join("+") for _ in blocks[1:]))
    return Equation((*equation.blocks, *blocks), (*equation.joins, *joins))


def outer_block(left: Block, right: Block, result: Block, samples: range) -> Block:
    """Return what a sample adds, or several in a row."""
    if left.value is None or right.value is None:
        return result
    first, last = samples[0] + 1, samples[-1] + 1
    latex = rf"n = {first}" + (rf" \ldots {last}" if last > first else "")
    who = f"sample {first}'s share" if last == first else f"the shares of samples {first} to {last}, added up,"
    value = left.value[:, samples] @ right.value[samples]
    return replace(result, value=value, latex=latex, label=f"{who} of {result.words}", role="plain")


ARRANGEMENTS: dict[str, Callable[[Equation, Step], Equation]] = {
    "elementwise": cell_by_cell,
    "difference": difference,
    "sum": collapsing,
    "update": moved_row,
    "product": outer,
    "affine": crossing,
}
"""By the picture of the operation; every other one stands on lines."""
