"""One entry of a step's result, taken apart: the numbers that were multiplied and added to make it."""

from collections.abc import Callable

import numpy as np
from msgspec import Struct

from explorer.tape.operations import OPERATIONS
from explorer.tape.step import Step, Tape

MOST_CELLS = 4096
"""Of larger arrays of probabilities no single cells are named."""
Index = tuple[int, ...]
Cell = tuple[str, Index]
"""A cell of a named array; the index () of a vector or a matrix stands for all of its cells."""


class Term(Struct, frozen=True):
    """A product of cells, with a sign and a scale in front: sign * scale * cell * cell ..."""

    cells: tuple[Cell, ...]
    scale: str = ""
    negative: bool = False


class Entry(Struct, frozen=True):
    """One entry of a step's result.

    Attributes
    ----------
    terms
        What is added up; empty where the entry is no sum of products (a softmax, a loss).
    reads
        Every cell that the entry depends on directly.
    """

    terms: tuple[Term, ...]
    reads: tuple[Cell, ...]


def entry(tape: Tape, step: Step, index: Index) -> Entry:
    """Return what entry ``index`` of the step's value is made of."""
    return PICTURES[OPERATIONS[step.operation].picture](tape, step, index)


def _sum_of(terms: tuple[Term, ...]) -> Entry:
    return Entry(terms, tuple(cell for term in terms for cell in term.cells))


def _turned(step: Step, place: int, index: Index) -> Index:
    """Return where an operand's cell stands: the other way round where the operation reads it transposed."""
    return index[::-1] if place in OPERATIONS[step.operation].turned else index


def _stretched(tape: Tape, name: str, index: Index) -> Index:
    """Return the cell that NumPy's broadcasting reads for an entry: it is the entry's own where the shapes agree."""
    shape = tape.value(name).shape
    own = index[len(index) - len(shape) :]
    return tuple(0 if size == 1 else k for k, size in zip(own, shape, strict=True))


def _product_terms(tape: Tape, step: Step, index: Index) -> tuple[Term, ...]:
    """Return (A B)_ij = sum_k A_ik B_kj; A is the transpose of the first operand where that is turned."""
    left, right = step.operands[:2]
    i, j = index
    inner = tape.value(right).shape[0]
    return tuple(Term(((left, _turned(step, 0, (i, k))), (right, (k, j)))) for k in range(inner))


def _affine(tape: Tape, step: Step, index: Index) -> Entry:
    name = step.operands[2]
    bias = Term(((name, _stretched(tape, name, index)),))
    return _sum_of((*_product_terms(tape, step, index), bias))


def _product(tape: Tape, step: Step, index: Index) -> Entry:
    penalty = tuple(Term(((name, _turned(step, 2, index)),), scale="λ′") for name in step.operands[2:])
    return _sum_of((*_product_terms(tape, step, index), *penalty))


def _gated_product(tape: Tape, step: Step, index: Index) -> Entry:
    """Return ((A B) * C)_ij = sum_k A_ik B_kj C_ij."""
    gate = step.operands[2]
    width = tape.value(step.operands[1]).shape[1]
    terms = _product_terms(tape, step, (index[0], min(index[1], width - 1)))
    return _sum_of(tuple(Term((*term.cells, (gate, _stretched(tape, gate, index)))) for term in terms))


def _elementwise(tape: Tape, step: Step, index: Index) -> Entry:
    return _sum_of((Term(tuple((name, _stretched(tape, name, index)) for name in step.operands)),))


def _difference(_tape: Tape, step: Step, index: Index) -> Entry:
    reads = tuple((name, index) for name in step.operands)
    return Entry((), reads)


def _sum(tape: Tape, step: Step, index: Index) -> Entry:
    (name,) = step.operands
    return _sum_of(tuple(Term(((name, (n, *index)),)) for n in range(len(tape.value(name)))))


def _transpose(_tape: Tape, step: Step, index: Index) -> Entry:
    name, *gradient = step.operands
    moved = (Term(((other, index[::-1]),), scale="η", negative=True) for other in gradient)
    return _sum_of((Term(((name, index[::-1]),)), *moved))


def _update(tape: Tape, step: Step, index: Index) -> Entry:
    before, gradient = ((name, _stretched(tape, name, index)) for name in step.operands)
    return _sum_of((Term((before,)), Term((gradient,), scale="η", negative=True)))


def _map(tape: Tape, step: Step, index: Index) -> Entry:
    """One cell of each operand; the whole row where a softmax mixes it."""
    if step.operation.startswith("softmax"):
        width = tape.value(step.operands[0]).shape[1]
        return Entry((), tuple((step.operands[0], (index[0], k)) for k in range(width)))
    return Entry((), tuple((name, index) for name in step.operands))


def _reduce(tape: Tape, step: Step, _index: Index) -> Entry:
    """All cells of every operand; of probabilities that targets pick from, the picked ones and their targets."""
    p, *others = step.operands
    if not step.operation.startswith("softmax_cross_entropy") or tape.value(p).size > MOST_CELLS:
        return Entry((), tuple((name, ()) for name in step.operands))
    picked = tuple((int(n), int(k)) for n, k in np.argwhere(tape.value("y")))
    reads = tuple((name, index) for name in (p, "y") for index in picked)
    return Entry((), (*reads, *((name, ()) for name in others if name != "y")))


PICTURES: dict[str, Callable[[Tape, Step, Index], Entry]] = {
    "affine": _affine,
    "product": _product,
    "gated product": _gated_product,
    "elementwise": _elementwise,
    "difference": _difference,
    "sum": _sum,
    "transpose": _transpose,
    "map": _map,
    "reduce": _reduce,
    "update": _update,
    "adapt": _difference,
}
