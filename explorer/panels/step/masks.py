"""The mask of a ReLU: a slope that is 0 shuts its gate, and what it shuts is struck through. No Qt."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from explorer.panels.step.blocks import Block, Equation
from explorer.tape.step import Step, Tape

GATES = {"relu_slope", "relu"}
MOST_NAMED = 6


def with_masks(equation: Equation, step: Step, tape: Tape) -> Equation:
    """Return the equation with what a ReLU shuts struck through: the mask, and what is gated by it."""
    shut = shut_of(step, tape)
    if shut is None:
        return equation
    return replace(equation, blocks=tuple(struck(block, shut, step, tape) for block in equation.blocks))


def shut_of(step: Step, tape: Tape) -> NDArray[np.bool_] | None:
    """Return where the ReLU that a step makes, derives or gates by is off, (N, H); None where there is none."""
    if step.operation in GATES:
        off: NDArray[np.bool_] = step.value == 0
        return off
    slopes = [tape[name] for name in step.operands if name in tape and tape[name].operation == "relu_slope"]
    return slopes[0].value == 0 if slopes and slopes[0].shape == step.shape else None


def struck(block: Block, shut: NDArray[np.bool_], step: Step, tape: Tape) -> Block:
    """Return a block with the shut cells struck, if it is the mask or what the mask lets through."""
    masks = block.role == "written" or (block.name in tape and tape[block.name].operation in GATES)
    if not masks or block.value is None or block.name not in {step.id, *step.operands}:
        return block
    turned = shut.T if block.transposed else shut
    return replace(block, struck=turned) if turned.shape == block.value.shape else block


def mask_words(step: Step, tape: Tape) -> str:
    """Return which units a ReLU shuts, as a sentence; nothing where none is."""
    shut = shut_of(step, tape)
    if shut is None or not shut.any():
        return ""
    dead = np.flatnonzero(shut.all(axis=0))
    many = len(shut) > 1
    if not len(dead):
        return f"The ReLU is off in {int(shut.sum())} of {shut.size} places: no gradient passes there."
    units = ", ".join(str(k + 1) for k in dead[:MOST_NAMED].tolist()) + ("…" if len(dead) > MOST_NAMED else "")
    which = f"Unit {units} is" if len(dead) == 1 else f"Units {units} are"
    return f"{which} off{' for every sample' if many else ''}: the mask is 0 there, so no gradient passes."
