"""What a rule for a Jacobian is given, and what it gives."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.losses import LOSSES
from explorer.engine.problem import Problem
from explorer.tape.jacobians.matrices import Order
from explorer.tape.plan import output_name
from explorer.tape.step import Instruction, Tape

Array = NDArray[np.floating]
Kind = Literal["transpose", "identity", "kronecker", "diagonal", "softmax", "row", "number"]
"""What a Jacobian looks like: the way in which a view draws it."""


def probabilities_of(problem: Problem, tape: Tape, sample: int) -> Array:
    """Return the sample's true p, (C,), which a tape recorded with a mistake need not hold.

    Raises
    ------
    ExplorerError
        If the loss has no probabilities.
    """
    network = problem.network
    function = LOSSES[network.loss].probabilities
    if function is None:
        known = ", ".join(name for name, loss in LOSSES.items() if loss.probabilities)
        raise ExplorerError(f"{network.loss} has no probabilities to take the long way through: use {known}")
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        result: Array = function(tape.value(output_name(network))[sample : sample + 1], network.beta)[0]
    return result


class Pair(Struct, frozen=True):
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
    def p(self) -> Array:
        """The sample's probabilities, (C,)."""
        return probabilities_of(self.problem, self.tape, self.sample)

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


class Rule(Struct, frozen=True):
    """A Jacobian, still without its name.

    Attributes
    ----------
    matrix
        Computes it when it is known to fit.
    pattern, column
        LaTeX for row and for column vectors, with ``{0}``, ... for ``symbols``, ``{t0}``, ... for their transposes.
    words
        What it means, with ``{line}`` and the like for what depends on how arrays are written; see ``saying.py``.
    """

    kind: Kind
    matrix: Callable[[], Array]
    pattern: str
    column: str
    symbols: tuple[str, ...]
    words: str
