"""What an answer is the answer to: a step of a pass, as it is written in a notation."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.tape.notation import Notation
from explorer.tape.orientation import written, written_index
from explorer.tape.step import Step, Tape

Array = NDArray[np.floating]
Index = tuple[int, ...]


class Question(Struct, frozen=True, eq=False):
    """A step to be worked out.

    Attributes
    ----------
    problem
        What the tape is of.
    tape
        The pass.
    name
        Of the step.
    script
        How everything is written: its arrays are compared as they are shown.
    pool
        All samples, of which ``problem`` may have one or some; None where there are no others.
    kept_back
        Whether what is right is not to be told: it is to be guessed.
    """

    problem: Problem
    tape: Tape
    name: str
    script: Notation
    pool: Problem | None = None
    kept_back: bool = False

    @property
    def step(self) -> Step:
        """The step."""
        return self.tape[self.name]

    @property
    def true(self) -> Array:
        """What is right, as it is written, (rows, columns)."""
        return self.shown(self.name, self.step.value)

    def shown(self, name: str, value: Array) -> Array:
        """Return an array of the tape as it is written, (rows, columns)."""
        return written(value, flipped=self.script.flips(name))

    def spelled(self, name: str) -> str:
        """Return a name as it is written."""
        return self.script.text(name, self.tape.activations)

    def cell(self, place: tuple[int, int]) -> Index:
        """Return the index on the tape of an entry as it is written."""
        row, column = written_index(place, flipped=self.script.flips(self.name))
        return {0: (), 1: (column,)}.get(self.step.value.ndim, (row, column))
