"""What NumPy makes of a wrong shape: it refuses, or it broadcasts without a word. Found out when the shapes are known.

The tape stays complete: a refused update keeps its parameter, a refused product stops before it, and the step says so.
"""

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape.mistakes.operations import NO_LOSS_AFTER, PRODUCT_AFTER, TRANSPOSE_OF_UPDATED
from explorer.tape.operation import Array
from explorer.tape.operations import OPERATIONS
from explorer.tape.step import Instruction
from explorer.tape.symbols import plain

Arrays = Mapping[str, Array]


def fitted(planned: Instruction, arrays: Arrays, problem: Problem) -> Instruction:
    """Return the instruction as NumPy can carry it out on those arrays; with right shapes, as it is planned.

    Raises
    ------
    ExplorerError
        If an earlier update left a parameter in a shape with which the pass cannot be made.
    """
    if planned.operation == PRODUCT_AFTER:
        return fitted_product(planned, arrays)
    if planned.operation == TRANSPOSE_OF_UPDATED:
        return fitted_factor(planned, arrays)
    if planned.id == "J+":
        return fitted_loss_after(planned, arrays, problem)
    if planned.phase == "update" and len(planned.operands) > 1:
        return fitted_update(planned, arrays)
    if problem.strays and not is_possible(planned, arrays, problem):
        raise ExplorerError(
            f"{planned.id} cannot be computed, NumPy refuses {shapes_of(planned.operands, arrays)}: "
            f"a mistake gave {' and '.join(problem.strays)} a shape that no further pass can use, make fewer updates"
        )
    return planned


def is_possible(planned: Instruction, arrays: Arrays, problem: Problem) -> bool:
    """Tell whether the shapes go together, by trying."""
    inputs = tuple(arrays[name] for name in planned.inputs or planned.operands)
    try:
        OPERATIONS[planned.operation].compute(inputs, problem)
    except ValueError:
        return False
    return True


def broadcast(*arrays: Array) -> tuple[int, ...] | None:
    """Return the shape that NumPy gives an elementwise result, None where it refuses."""
    try:
        return np.broadcast_shapes(*(array.shape for array in arrays))
    except ValueError:
        return None


def shapes_of(names: tuple[str, ...], arrays: Arrays) -> str:
    """Return the shapes of those arrays in words: shapes (3, 2) and (2, 3)."""
    shapes = [str(arrays[name].shape) for name in names]
    return f"shapes {', '.join(shapes[:-1])} and {shapes[-1]}" if len(shapes) > 1 else f"shape {shapes[0]}"


def fitted_update(planned: Instruction, arrays: Arrays) -> Instruction:
    """Keep a parameter from which its gradient cannot be subtracted; say so where it changes its shape."""
    name, gradient = planned.operands[:2]
    shape = broadcast(arrays[name], arrays[gradient])
    shapes = shapes_of((name, gradient), arrays)
    if shape is None:
        text = f"{name} stays as it is: NumPy refuses {name} − η {plain(gradient)}, {shapes}."
        return replace(planned, operation="keep", operands=(name,), inputs=(), pattern="{0}", text=text)
    if shape != arrays[name].shape:
        text = f"{name} changes its shape: NumPy stretches {shapes} to {shape} without a word."
        return replace(planned, text=text)
    return planned


def fitted_factor(planned: Instruction, arrays: Arrays) -> Instruction:
    """Take the weights as they are where their gradient has another shape, for then they are not updated too early."""
    name, gradient = planned.operands
    if arrays[name].shape == arrays[gradient].shape:
        return planned
    text = f"{planned.text[:-1]}; {name} is as it was, for {plain(gradient)} has another shape."
    return replace(planned, operation="transpose", operands=(name,), pattern="{0}", factor="", text=text)


def fitted_product(planned: Instruction, arrays: Arrays) -> Instruction:
    """Stop before an elementwise product whose factors have other widths; say so where NumPy stretches one."""
    running, factor, slope = planned.operands
    product = arrays[running] @ arrays[factor]
    shapes = f"{product.shape} and {arrays[slope].shape}"
    shape = broadcast(product, arrays[slope])
    if shape is None:
        text = f"{planned.text[:-1]}; NumPy refuses the elementwise product of {shapes}, the pass stops before it."
        return replace(planned, operation="chain", operands=(running, factor), pattern=r"{0} \cdot {1}", text=text)
    if shape != product.shape:
        return replace(planned, text=f"{planned.text[:-1]}; NumPy stretches {shapes} to {shape} without a word.")
    return planned


def fitted_loss_after(planned: Instruction, arrays: Arrays, problem: Problem) -> Instruction:
    """Say where there is no loss after the update, because no pass can be made with what it wrote."""
    if is_possible(planned, arrays, problem):
        return planned
    text = f"There is no loss after the update: no pass can be made with {shapes_of(planned.operands, arrays)}."
    return replace(planned, operation=NO_LOSS_AFTER, text=text)
