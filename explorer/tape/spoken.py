"""A step read aloud: step 8 of 18, dJ by dz1, 1 by 4, equals dJ by dh1 times sigmoid prime of z1 elementwise."""

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.tape.names import Role, parse
from explorer.tape.operations import OPERATIONS
from explorer.tape.step import Step, Tape
from explorer.tape.symbols import is_per_sample, is_transposed_weight

PATTERNS = {
    "affine": "{0} times {1} plus {2}",
    "product": "{0} times {1}",
    "gated product": "{0} times {1}, then times {2} elementwise",
    "elementwise": "{0} times {1} elementwise",
    "difference": "{0} less {1}",
    "sum": "{0}, summed over the samples",
    "transpose": "{0} transposed",
    "update": "{0} less the learning rate times {1}",
    "adapt": "{0}, moved against {1} by the optimiser",
}
"""By picture of the operation, with what is read."""


def spoken_step(tape: Tape, position: int) -> str:
    """Return a step as a sentence to be heard."""
    step = tape.steps[position]
    name = spoken(step.id, tape)
    return f"step {position + 1} of {len(tape)}, {name}, {spoken_shape(step, tape)}, equals {right_side(step, tape)}"


def spoken_shape(step: Step, tape: Tape) -> str:
    """Return a shape as it is said; rows that are samples are called so where there are several: 32 samples by 4."""
    lengths = [str(length) for length in step.shape]
    if tape.samples > 1 and is_per_sample(step.id) and lengths:
        lengths[0] += " samples"
    return " by ".join(lengths) or "one number"


def right_side(step: Step, tape: Tape) -> str:
    """Return what a step computes, in words."""
    operation = OPERATIONS[step.operation]
    turned = operation.turned if operation.picture == "product" else ()
    read = [spoken(name, tape) + (" transposed" if k in turned else "") for k, name in enumerate(step.operands)]
    pattern = PATTERNS.get(operation.picture)
    if operation.picture == "product" and len(read) == 3:
        pattern = "{0} times {1}, plus the decay times {2}"
    if pattern:
        return pattern.format(*read)
    return f"{function(step)} of {' and '.join(read)}"


def function(step: Step) -> str:
    """Return what an operation that is no arithmetic of its operands is called."""
    name = step.operation
    if name in ACTIVATIONS:
        return ACTIVATIONS[name].title
    if name in LOSSES:
        return f"the loss, {LOSSES[name].title}"
    if name.endswith("_slope"):
        return f"the slope of {ACTIVATIONS[name.removesuffix('_slope')].title}"
    if name.endswith("_probabilities"):
        return "the softmax" if name.startswith("softmax") else "sigmoid"
    return {"penalty": "the penalty", "keep": "a copy"}.get(name, "the loss after the update")


def spoken(name: str, tape: Tape) -> str:
    """Return a name on the tape as it is said: dJ by dz1, W2 transposed, the new W1."""
    parsed = parse(name)
    quantity = f"{parsed.symbol}{parsed.layer or ''}"
    if parsed.role is Role.VALUE:
        return quantity
    if parsed.role is Role.UPDATED:
        return f"the new {quantity}"
    if is_transposed_weight(name):
        return f"W{parse(parsed.over).layer} transposed"
    if parsed.role is Role.FACTOR and parsed.over.startswith("h"):
        return f"{ACTIVATIONS[tape.activations[parsed.layer - 1]].title} prime of {quantity}"
    return f"d{parsed.over} by d{quantity}"
