"""Which entry of the current step is meant: the one pointed at, the one chosen, or the first."""

import numpy as np

from explorer.session.state import State
from explorer.tape.entries import Cell, Index, entry
from explorer.tape.operations import OPERATIONS
from explorer.tape.step import Step, Tape
from explorer.tape.symbols import is_per_sample


def entry_in_focus(state: State) -> Index:
    """Return the index of the entry of the current step's result that the cards are about."""
    first = first_entry(state)
    for cell in (state.hovered, state.selected):
        found = entry_of_cell(state.tape, state.step, cell, first) if cell is not None else None
        if found is not None:
            return found
    return first


def first_entry(state: State) -> Index:
    """Return the first entry of the step's result that is not 0, in the row of the shown sample where it has one.

    A product with a blank pixel says nothing; where all are 0, it is the very first.
    """
    value = state.step.value
    if value.ndim < 2:
        telling = np.flatnonzero(value)
        return (int(telling[0]) if len(telling) else 0,) * value.ndim
    own = is_per_sample(state.step.id)
    start = min(state.row, len(value) - 1) if own else 0
    for row in range(start, start + 1 if own else len(value)):  # the first ends it: a whole search takes milliseconds
        telling = np.flatnonzero(value[row])
        if len(telling):
            return row, int(telling[0])
    return start, 0


def entry_of_cell(tape: Tape, step: Step, cell: Cell, first: Index) -> Index | None:
    """Return the entry that a cell belongs to: itself if it is the result's, else the first that is made of it."""
    name, index = cell
    if name == step.id:
        return index if fits(index, step.shape) else None
    if name not in step.operands or not fits(index, tape.value(name).shape):
        return None
    found = made_of(step, step.operands.index(name), index, first)
    return found if fits(found, step.shape) else None


def fits(index: Index, shape: tuple[int, ...]) -> bool:
    """Tell whether the index lies inside the shape."""
    return len(index) == len(shape) and all(0 <= k < size for k, size in zip(index, shape, strict=True))


def made_of(step: Step, place: int, index: Index, first: Index) -> Index:
    """Return the first entry that is made of that cell of that operand; where several are, nearest to ``first``."""
    operation = OPERATIONS[step.operation]
    turned = index[::-1] if place in operation.turned else index
    match operation.picture:
        case "affine" | "product" | "gated product" if place == 0:
            found: Index = (turned[0], first[1])
        case "affine" | "product" | "gated product" if place == 1:
            found = (first[0], index[1])
        case "affine" if len(index) == 1:
            found = (first[0], index[0])
        case "sum":
            found = index[1:]
        case "transpose":
            found = index[::-1]
        case "reduce":
            found = ()
        case _:
            found = turned
    return found


def cells_of_entry(state: State, index: Index) -> tuple[Cell, ...]:
    """Return the entry's own cell and every cell that it is made of."""
    return ((state.step.id, index), *entry(state.tape, state.step, index).reads)
