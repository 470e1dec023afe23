"""What an operation of the tape is; the table of them stands in ``operations.py``, the wrong ones in ``mistakes/``."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.problem import Problem

Array = NDArray[np.floating]
Compute = Callable[[tuple[Array, ...], Problem], Array]

Picture = Literal[
    "affine",
    "product",
    "gated product",
    "elementwise",
    "difference",
    "sum",
    "transpose",
    "map",
    "reduce",
    "update",
    "adapt",
]
"""How an operation is drawn: which rows, columns or cells of its operands make one entry of the result."""


class Operation(Struct, frozen=True):
    """An operation of the table.

    Attributes
    ----------
    compute
        ``compute(inputs, problem)`` gives the value; the problem is asked for its conventions only.
    picture
        How it is drawn.
    signs
        What stands between the drawn operands, first to last; the result follows after "=".
    turned
        Places of the operands that are read transposed.
    before, after
        What stands around a difference, where it is a wrong one: "−", ") ⊙ p (1 − p)".
    summed
        True where a difference leaves the 1/N of the mean out.
    """

    name: str
    compute: Compute
    picture: Picture
    signs: tuple[str, ...] = ()
    turned: tuple[int, ...] = ()
    before: str = ""
    after: str = ")"
    summed: bool = False
