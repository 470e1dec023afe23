"""One entry of a step's result, taken apart: the numbers that were multiplied and added to make it."""

from collections.abc import Callable
from dataclasses import dataclass

from explorer.tape.operations import OPERATIONS
from explorer.tape.step import Step, Tape

Index = tuple[int, ...]
Cell = tuple[str, Index]
"""A cell of a named array."""


@dataclass(frozen=True, slots=True)
class Term:
    """A product of cells, with a sign and a scale in front: sign * scale * cell * cell ..."""

    cells: tuple[Cell, ...]
    scale: str = ""
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
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


def _product_terms(tape: Tape, step: Step, index: Index) -> tuple[Term, ...]:
    """Return (A B)_ij = sum_k A_ik B_kj; for a weight gradient A is the transpose of the first operand."""
    left, right = step.operands[:2]
    i, j = index
    transposed = step.operation == "weight_gradient"
    inner = tape.value(right).shape[0]
    return tuple(Term(((left, (k, i) if transposed else (i, k)), (right, (k, j)))) for k in range(inner))


def _affine(tape: Tape, step: Step, index: Index) -> Entry:
    bias = Term(((step.operands[2], index[1:]),))
    return _sum_of((*_product_terms(tape, step, index), bias))


def _product(tape: Tape, step: Step, index: Index) -> Entry:
    penalty = tuple(Term(((name, index),), scale="λ′") for name in step.operands[2:])
    return _sum_of((*_product_terms(tape, step, index), *penalty))


def _elementwise(_tape: Tape, step: Step, index: Index) -> Entry:
    return _sum_of((Term(tuple((name, index) for name in step.operands)),))


def _difference(_tape: Tape, step: Step, index: Index) -> Entry:
    reads = tuple((name, index) for name in step.operands)
    return Entry((), reads)


def _sum(tape: Tape, step: Step, index: Index) -> Entry:
    (name,) = step.operands
    return _sum_of(tuple(Term(((name, (n, *index)),)) for n in range(len(tape.value(name)))))


def _transpose(_tape: Tape, step: Step, index: Index) -> Entry:
    return _sum_of((Term(((step.operands[0], index[::-1]),)),))


def _update(_tape: Tape, step: Step, index: Index) -> Entry:
    parameter, gradient = step.operands
    return _sum_of((Term(((parameter, index),)), Term(((gradient, index),), scale="η", negative=True)))


def _map(tape: Tape, step: Step, index: Index) -> Entry:
    """One cell of each operand; the whole row where a softmax mixes it."""
    if step.id == "p":
        width = tape.value(step.operands[0]).shape[1]
        return Entry((), tuple((step.operands[0], (index[0], k)) for k in range(width)))
    return Entry((), tuple((name, index) for name in step.operands))


def _reduce(_tape: Tape, _step: Step, _index: Index) -> Entry:
    return Entry((), ())


PICTURES: dict[str, Callable[[Tape, Step, Index], Entry]] = {
    "affine": _affine,
    "product": _product,
    "elementwise": _elementwise,
    "difference": _difference,
    "sum": _sum,
    "transpose": _transpose,
    "map": _map,
    "reduce": _reduce,
    "update": _update,
}
