"""A gradient that is wrong, beside the right one and the pass that it came from: what a diagnosis looks at."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.tape.checking.differences import Nudger
from explorer.tape.names import Name
from explorer.tape.step import Tape

Array = NDArray[np.floating]
CLOSE = 1e-7
"""Relative difference below which two numbers count as the same."""


class Evidence(Struct, frozen=True, eq=False):
    """A gradient that is wrong, with all that may explain it.

    Attributes
    ----------
    quantity
        What it is the gradient of.
    found
        What the tape says, in whatever shape.
    true
        What the loss says, in the right shape.
    noise
        How far rounding moves ``true``.
    """

    problem: Problem
    nudger: Nudger
    tape: Tape
    quantity: Name
    found: Array
    true: Array
    noise: float

    def same(self, one: Array, other: Array) -> bool:
        """Tell whether two arrays have one shape and are equal but for rounding."""
        if one.shape != other.shape:
            return False
        return bool((abs(one - other) <= self.noise + CLOSE * (abs(one) + abs(other))).all())

    @property
    def penalty(self) -> Array:
        """The penalty's part of the gradient; 0 where there is none."""
        decay = self.nudger.decay if self.quantity.symbol == "W" else 0.0
        part: Array = decay * self.nudger.arrays[self.quantity.quantity]
        return part

    @property
    def activation(self) -> str:
        """The activation of the layer, identity for the input."""
        return self.problem.network.activations[max(self.quantity.layer, 1) - 1]
