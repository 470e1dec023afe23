"""The mask of a ReLU: a slope that is 0 shuts its gate, and what it shuts is struck through. No Qt."""

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.panels.step.blocks import Block, Equation
from explorer.tape.names import parse
from explorer.tape.step import Step, Tape

Mask = NDArray[np.bool_]
GATES = {"relu_slope", "relu"}
LEARNING = {"weight_gradient", "bias_gradient"}
MOST_NAMED = 6


def with_masks(equation: Equation, step: Step, tape: Tape) -> Equation:
    """Return the equation with what a ReLU shuts struck through: the mask, what is gated by it, what does not learn."""
    shut = shut_of(step, tape)
    if shut is not None:
        return replace(equation, blocks=tuple(struck(block, shut, step, tape) for block in equation.blocks))
    dead = dead_of(step, tape)
    if dead is None or not dead.any():
        return equation
    return replace(equation, blocks=tuple(idle(block, dead, step) for block in equation.blocks))


def shut_of(step: Step, tape: Tape) -> Mask | None:
    """Return which entries of a step a ReLU shuts; None where none is in it."""
    if step.operation in GATES:
        off: Mask = step.value == 0
        return off
    slopes = [tape[name] for name in step.operands if name in tape and tape[name].operation == "relu_slope"]
    return slopes[0].value == 0 if slopes and slopes[0].shape == step.shape else None


def dead_of(step: Step, tape: Tape) -> Mask | None:
    """Return of the gradient of a layer's weights or biases which units are off for every sample, (H,)."""
    if step.operation not in LEARNING:
        return None
    deltas = [tape[name] for name in step.operands if name in tape and parse(name).symbol == "z"]
    shut = shut_of(deltas[0], tape) if deltas else None
    if shut is None:
        return None
    dead: Mask = np.all(shut, axis=0)
    return dead


def idle(block: Block, dead: Mask, step: Step) -> Block:
    """Return the gradient of weights or biases with the columns of dead units struck."""
    if block.role != "written" or block.value is None or step.shape[-1:] != dead.shape:
        return block
    columns = np.broadcast_to(dead, (block.columns, block.rows) if block.transposed else (block.rows, block.columns))
    return replace(block, struck=columns.T if block.transposed else columns)


def struck(block: Block, shut: Mask, step: Step, tape: Tape) -> Block:
    """Return a block with the shut cells struck, if it is the mask or what the mask lets through."""
    masks = block.role == "written" or (block.name in tape and tape[block.name].operation in GATES)
    if not masks or block.value is None or block.name not in {step.id, *step.operands}:
        return block
    turned = shut.T if block.transposed else shut
    return replace(block, struck=turned) if turned.shape == block.value.shape else block


def gated(block: Block, tape: Tape) -> Block:
    """Return an array of the tape with what a ReLU shuts in it struck, outside of the step that writes it."""
    shut = shut_of(tape[block.name], tape)
    if shut is None or block.value is None:
        return block
    turned = shut.T if block.transposed else shut
    return replace(block, struck=turned) if turned.shape == block.value.shape else block


def mask_words(step: Step, tape: Tape) -> str:
    """Return which units a ReLU shuts, as a sentence; nothing where none is."""
    shut = shut_of(step, tape)
    if shut is None:
        return idle_words(step, tape)
    if not shut.any():
        return ""
    dead = np.flatnonzero(shut.all(axis=0))
    if not len(dead):
        return f"The ReLU is off in {int(shut.sum())} of {shut.size} places: no gradient passes there."
    always = " for every sample" if len(shut) > 1 else ""
    return f"{units_off(dead)} off{always}: the mask is 0 there, so no gradient passes."


def units_off(dead: NDArray[np.intp]) -> str:
    """Return the subject of a sentence on units, with its verb."""
    units = ", ".join(str(k + 1) for k in dead[:MOST_NAMED].tolist()) + ("…" if len(dead) > MOST_NAMED else "")
    return f"Unit {units} is" if len(dead) == 1 else f"Units {units} are"


def idle_words(step: Step, tape: Tape) -> str:
    """Return which units do not learn from this pass, as a sentence; nothing where all do."""
    off = dead_of(step, tape)
    if off is None or not off.any():
        return ""
    which = "it" if off.sum() == 1 else "them"
    return f"{units_off(np.flatnonzero(off))} off: what leads into {which} gets no gradient, and does not learn."
