"""What a rule for a Jacobian is given, and what it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.tape.jacobians.matrices import Order
from explorer.tape.step import Instruction, Tape

Array = NDArray[np.floating]
Kind = Literal["transpose", "identity", "kronecker", "diagonal", "softmax", "row", "number"]
"""What a Jacobian looks like: the way in which a view draws it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What a Jacobian is asked for: the forward step, one of its operands, and the sample."""

    problem: Problem
    tape: Tape
    step: Instruction
    by: str
    sample: int
    order: Order

    def row(self, name: str) -> Array:
        """Return the sample's row of an array, (width,)."""
        result: Array = self.tape.value(name)[self.sample]
        return result

    @property
    def units(self) -> int:
        """The width of what the step writes."""
        return len(self.row(self.step.id))

    @property
    def output(self) -> str:
        """The array that the loss is on, where the step is the loss."""
        return self.step.inputs[0]

    @property
    def divisor(self) -> int:
        """N where the loss is a mean, else 1."""
        return self.problem.objective.divisor(self.tape.samples)


@dataclass(frozen=True, slots=True)
class Rule:
    """A Jacobian, still without its name.

    Attributes
    ----------
    matrix
        Computes it when it is known to fit.
    pattern, column
        LaTeX for row and for column vectors, with ``{0}``, ... for ``symbols``.
    """

    kind: Kind
    matrix: Callable[[], Array]
    pattern: str
    column: str
    symbols: tuple[str, ...]
    sentence: str
