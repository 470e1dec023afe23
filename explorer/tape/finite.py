"""Where a tape leaves the finite numbers: a pass is recorded to its end all the same, and whoever shows it says so."""

from collections.abc import Container

import numpy as np

from explorer.tape.mistakes.operations import NO_LOSS_AFTER
from explorer.tape.step import Tape

PASS = ("forward", "backward")


def first_not_finite(tape: Tape, phases: Container[str] = (*PASS, "update")) -> str:
    """Return the name of the first array that holds an infinity or a NaN, in the order of the pass, or nothing.

    Where a mistake's shapes allow no pass after the update, the NaN of ``J+`` stands for no number at all.
    """
    steps = (step for step in tape.steps if step.phase in phases and step.operation != NO_LOSS_AFTER)
    arrays = {**tape.given, **{step.id: step.value for step in steps}}
    return next((name for name, array in arrays.items() if not np.isfinite(array).all()), "")


def departure(name: str) -> str:
    """Return the clause that says where a pass left the finite numbers."""
    return f"the pass leaves the finite numbers, first in {name}"
