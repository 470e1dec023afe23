"""Which way round an array is written: on the tape samples are rows, and columns or another layout turn what is shown.

Every array has one rule by its name: it is written as it is, or transposed. From that follows, for every operation,
which operands a formula transposes and whether the factors of a matrix product change places: (A B)^T = B^T A^T.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from explorer.tape.names import Role, parse
from explorer.tape.operations import OPERATIONS
from explorer.tape.step import Instruction
from explorer.tape.symbols import is_transposed_weight

Array = NDArray[np.floating]
Vectors = Literal["row", "column"]
Layout = Literal["denominator", "numerator"]
PRODUCTS = {"affine", "product", "gated product"}
"""The pictures of products of matrices."""


def is_flipped(vectors: Vectors, layout: Layout, name: str) -> bool:
    """Tell whether an array is written as the transpose of what the tape holds.

    Column vectors transpose everything. The numerator layout transposes the derivatives: dJ/dq, and dz/dh, which is
    W^T where gradients have the shape of what they are taken by.
    """
    derivative = parse(name).role is Role.GRADIENT or is_transposed_weight(name)
    return (vectors == "column") is not (derivative and layout == "numerator")


def is_turned(vectors: Vectors, layout: Layout, step: Instruction, place: int) -> bool:
    """Tell whether the step's formula has the transpose of what is written under the operand's own symbol."""
    return needs_flip(vectors, layout, step, place) is not is_flipped(vectors, layout, step.operands[place])


def needs_flip(vectors: Vectors, layout: Layout, step: Instruction, place: int) -> bool:
    """Tell whether the step's formula has the transpose of what the tape holds of an operand."""
    operation = OPERATIONS[step.operation]
    transposed = operation.picture == "transpose" or place in operation.turned
    return is_flipped(vectors, layout, step.id) is not transposed


def is_reversed(vectors: Vectors, layout: Layout, step: Instruction) -> bool:
    """Tell whether the two factors of a matrix product change places."""
    return OPERATIONS[step.operation].picture in PRODUCTS and is_flipped(vectors, layout, step.id)


def written(array: Array, *, flipped: bool) -> Array:
    """Return an array as it is written, (rows, columns): a vector is a row, or, flipped, a column."""
    matrix = np.atleast_2d(array)
    return matrix.T if flipped else matrix


def written_shape(shape: tuple[int, ...], *, flipped: bool, whole: bool = False) -> tuple[int, ...]:
    """Return the shape that is written: of a vector that is a column two numbers; ``whole``: of a row, too."""
    if len(shape) == 1:
        return (shape[0], 1) if flipped else (1, shape[0]) if whole else shape
    return shape[::-1] if flipped else shape


def written_index(index: tuple[int, ...], *, flipped: bool) -> tuple[int, ...]:
    """Return an index as it is written: row before column."""
    return index[::-1] if flipped else index
