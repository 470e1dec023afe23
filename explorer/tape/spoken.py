"""A step read aloud: step 12 of 21, dJ by dz1, 1 by 2, equals dJ by dh times sigma prime of z1 elementwise."""

import re
from collections.abc import Callable

from explorer.engine.activations import ACTIVATIONS
from explorer.tape.aloud import aloud, shape_aloud
from explorer.tape.latex_text import as_text
from explorer.tape.notation import Notation
from explorer.tape.notation_shelf import notation
from explorer.tape.operations import OPERATIONS
from explorer.tape.step import Step, Tape
from explorer.tape.symbols import is_per_sample

PATTERNS = {
    "affine": "{0} times {1} plus {2}",
    "product": "{0} times {1}",
    "gated product": "{0} times {1}, then times {2} elementwise",
    "elementwise": "{0} times {1} elementwise",
    "difference": "{0} less {1}",
    "transpose": "{0}",
    "update": "{0} less the learning rate times {1}",
    "adapt": "{0}, moved against {1} by the optimiser",
}
"""By picture of the operation, with what is read."""
OPERATION_PATTERNS = {
    "keep": "{0}, as it is",
    "penalty": "the penalty on the squares of {all}",
    "loss_after": "the loss with {all}",
    "no_loss_after": "no number: the loss after this update cannot be told",
    "softmax_cross_entropy": "the cross-entropy of {0} against {1}",
    "sigmoid_cross_entropy": "the binary cross-entropy of {0} against {1}",
    "half_squared_error": "half the squared error of {0} against {1}",
    "squared_error": "the squared error of {0} against {1}",
    "softmax_cross_entropy_probabilities": "softmax of {0}",
    "sigmoid_cross_entropy_probabilities": "sigmoid of {0}",
}
"""By operation, where that says more; ``{all}`` is everything that is read."""
SLIPS = {
    "jacobian_without_sum": ", y over the sum of the powers",
    "sigma_prime_kept": ", times p times 1 less p elementwise",
    "double_softmax": ", with a softmax too many",
}
"""What a wrong step on purpose has besides."""
SCALE = re.compile(r"\\tfrac\{+(\d+)\}+\{+(\d+)\}+")
PENALTY = "{0} times {1}, plus {decay} times {2}"


def spoken_step(tape: Tape, position: int, script: Notation | None = None) -> str:
    """Return a step as a sentence to be heard, in the words of a notation; left out: the usual one."""
    script, step = script or notation(), tape.steps[position]
    name, shape = spoken(step.id, tape, script), spoken_shape(step, tape, script)
    return f"step {position + 1} of {len(tape)}, {name}, {shape}, equals {right_side(step, tape, script)}"


def spoken_shape(step: Step, tape: Tape, script: Notation) -> str:
    """Return a step's shape as it is said; of several samples, which of its numbers counts them: 32 samples by 4."""
    shape = script.shape(step.id, step.shape)
    if tape.samples == 1 or len(shape) != 2 or not is_per_sample(step.id):
        return shape_aloud(shape)
    first, second = shape
    return f"{first} by {second} samples" if script.flips(step.id) else f"{first} samples by {second}"


def spoken(name: str, tape: Tape, script: Notation | None = None) -> str:
    """Return a name on the tape as it is said: dJ by dz1, the new W1."""
    return aloud((script or notation()).text(name, tape.activations))


def right_side(step: Step, tape: Tape, script: Notation, say: Callable[[str], str] = aloud) -> str:
    """Return what a step computes, in words; ``say`` turns symbols into words, or leaves them to be read."""
    instruction = step.instruction
    if instruction.factor or step.operation.endswith("_slope"):
        return say(as_text(script.factor(step.id, tape.activations, inline=True, instead=instruction.factor)))
    places = range(len(step.operands))
    read = [say(as_text(script.operand(instruction, k, tape.activations, inline=True))) for k in places]
    if script.reverses(instruction):
        read[:2] = read[1::-1]
    everything = listed([name.removeprefix("the new ") for name in read])
    everything = f"the new {everything}" if read[0].startswith("the new ") else everything
    return pattern_of(step, tape).format(*read, all=everything)


def pattern_of(step: Step, tape: Tape) -> str:
    """Return the words of a step with holes for what it reads."""
    name, *slips = step.operation.split("+")
    return "".join((right_pattern(name, step, tape), *(SLIPS.get(slip, "") for slip in slips)))


def right_pattern(name: str, step: Step, tape: Tape) -> str:
    """Return the words of a step that makes no mistake."""
    operation, latex, samples = OPERATIONS[step.operation], step.instruction.pattern, tape.samples
    if name in OPERATION_PATTERNS:
        return loss_words(OPERATION_PATTERNS[name], step)
    if operation.picture == "sum":
        return "{0}" if samples == 1 else f"{{0}}, summed over the {samples} samples"
    if operation.picture == "difference":
        return difference_words(latex)
    if operation.picture == "product" and len(step.operands) == 3:
        return PENALTY.replace("{decay}", "2 lambda" if r"2\lambda" in latex else "lambda")
    if operation.picture in PATTERNS:
        return PATTERNS[operation.picture]
    return f"{ACTIVATIONS[name].title if name in ACTIVATIONS else name.replace('_', ' ')} of {{all}}"


def loss_words(words: str, step: Step) -> str:
    """Return the words of a loss with its mean and its penalty, of a softmax with its temperature."""
    if r"\beta" in step.instruction.pattern:
        words = words.replace(" {0}", " beta times {0}") if "{1}" not in words else words
    mean = SCALE.match(step.instruction.pattern.lstrip("-"))
    if "{1}" in words and mean is not None and mean[2] != "2":
        words += f", the mean over {mean[2]} samples"
    return f"{words}, plus {{2}}" if "{1}" in words and len(step.operands) == 3 else words


def difference_words(latex: str) -> str:
    """Return the words of p - y with what it is multiplied by."""
    before = latex.partition("(")[0]
    scale = SCALE.search(before)
    words = "{0} times the sum of {1}, less {1}" if r"\sum" in latex else PATTERNS["difference"]
    times = "2" if before.startswith("2") or (scale is not None and scale[1] == "2") else ""
    for factor in filter(None, (times, "beta" if r"\beta" in before else "")):
        words += f", times {factor}"
    if scale is not None:
        words += f", divided by the {scale[2]} samples"
    return f"{words}, with the wrong sign" if before.startswith("-") else words


def listed(names: list[str]) -> str:
    """Return "W1, b1 and W2"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
