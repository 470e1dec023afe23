"""Mistakes on the way down: through weights that are updated already, past slopes that are wrong or not there."""

from msgspec.structs import replace

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.problem import Problem
from explorer.tape.mistakes.mistake import Mistake, with_sgd, written_by
from explorer.tape.mistakes.operations import PRODUCT_AFTER, TRANSPOSE_OF_UPDATED
from explorer.tape.names import parse
from explorer.tape.step import Instruction

STRAIGHT = {"identity"}
BROKEN_LINES = {*STRAIGHT, "relu", "leaky_relu"}
"""Their slope at h is that at z, for h has the sign of z."""
MASKED = {*STRAIGHT, "relu"}
"""A ReLU's slope is a mask, which has a mistake of its own."""


def activation_of(instruction: Instruction, problem: Problem) -> str:
    """Return the activation of the layer that the step is about."""
    return problem.network.activations[parse(instruction.id).layer - 1]


def is_hidden_factor(instruction: Instruction, _problem: Problem) -> bool:
    """Choose the factors dz/dh; the layers' own input is not updated through."""
    return instruction.operation == "transpose" and not instruction.id.endswith("/dx")


def is_hidden_chain(instruction: Instruction, _problem: Problem) -> bool:
    """Choose dJ/dh as far as it comes through weights."""
    return instruction.operation == "chain" and instruction.id != "dJ/dx"


def through_updated(instruction: Instruction, _problem: Problem) -> Instruction:
    """Read W - eta dJ/dW for W in a factor, and write the factor so in the product."""
    if instruction.operation == "chain":
        weights = parse(parse(instruction.operands[1]).over).layer
        return replace(instruction, instead=("", updated(weights)))
    (name,) = instruction.operands
    layer = parse(name).layer
    operands = (name, f"dJ/d{name}")
    pattern = r"{0} - \eta\, {1}"
    return replace(
        instruction,
        operation=TRANSPOSE_OF_UPDATED,
        operands=operands,
        pattern=pattern,
        factor=updated(layer),
    )


def updated(layer: int) -> str:
    """Return the pattern of W_l^+."""
    return f"{{W{layer}+}}"


def is_curved_slope(instruction: Instruction, problem: Problem) -> bool:
    """Choose the slopes that differ at h, and the products that they gate."""
    slope = instruction.operation.endswith("_slope") or instruction.operation == "gate"
    return slope and activation_of(instruction, problem) not in BROKEN_LINES


def slope_at_h(instruction: Instruction, problem: Problem) -> Instruction:
    """Take the slope at h; the product with it is written with it."""
    name = activation_of(instruction, problem)
    rule, h = ACTIVATIONS[name], f"h{parse(instruction.id).layer}"
    factor = f"{rule.symbol}'({{{h}}})"
    if instruction.operation == "gate":
        return replace(instruction, instead=("", factor))
    pattern = rule.slope.replace("{z}", "{0}").replace("{h}", rule.symbol + "({0})")
    return replace(instruction, operation=f"{name}_slope_of_h", operands=(h,), pattern=pattern, factor=factor)


def is_gate(instruction: Instruction, problem: Problem) -> bool:
    """Choose the products with a slope that is neither 1 nor a ReLU's mask."""
    return instruction.operation == "gate" and activation_of(instruction, problem) not in MASKED


def is_relu_gate(instruction: Instruction, problem: Problem) -> bool:
    """Choose the products with a ReLU's mask."""
    return instruction.operation == "gate" and activation_of(instruction, problem) == "relu"


def ungated(instruction: Instruction, _problem: Problem) -> Instruction:
    """Hand the gradient at h on as that at z."""
    return replace(instruction, operation="keep", operands=instruction.operands[:1], pattern="{0}")


def product_after(instruction: Instruction, _problem: Problem) -> Instruction:
    """Move the slope past the weights: dJ/dx = (dJ/dh1 W1^T) * f'(z1)."""
    operands = ("dJ/dh1", "dz1/dx", "dh1/dz1")
    return replace(instruction, operation=PRODUCT_AFTER, operands=operands, pattern=r"{0} \cdot {1} \odot {2}")


def needs_hidden(problem: Problem) -> str:
    """Return why no gradient passes through a layer above."""
    return "" if problem.network.depth > 1 else "the network has no hidden layer"


def needs_slope_before_input(problem: Problem) -> str:
    """Return why moving the slope past W1 changes nothing."""
    if problem.network.depth > 1 and problem.network.activations[0] in STRAIGHT:
        return "the slope of the first hidden layer is 1 everywhere"
    if problem.network.depth > 1 and problem.network.sizes[1] == 1:
        return "the slope of a single hidden unit is a number, which may stand anywhere"
    return needs_hidden(problem)


def needs_curved(problem: Problem) -> str:
    """Return why the slope at h is that at z."""
    curved = any(name not in BROKEN_LINES for name in problem.network.activations)
    return "" if curved else "no layer has an activation whose slope at h differs from that at z, such as the sigmoid"


def needs_gate(problem: Problem) -> str:
    """Return why no slope can be missing."""
    gated = any(name not in MASKED for name in problem.network.activations)
    return "" if gated else "no layer has a slope to forget, such as the sigmoid's (for ReLU: forgotten_relu_mask)"


def needs_relu(problem: Problem) -> str:
    """Return why there is no mask to forget."""
    return "" if "relu" in problem.network.activations else "no layer has the activation relu"


CHAIN_MISTAKES = (
    Mistake(
        "sequential_update",
        "the weights above are updated already",
        "the gradient goes back through weights after their step, but it belongs to the weights of the pass",
        "compute every gradient first, with the old weights, and update after that",
        lambda i, problem: is_hidden_factor(i, problem) or is_hidden_chain(i, problem),
        through_updated,
        with_sgd(needs_hidden),
    ),
    Mistake(
        "sigma_prime_of_h",
        "the slope taken at h",
        "f′ is evaluated at h = f(z) and not at z, which applies f twice",
        "f′ belongs at z; for the sigmoid that is h (1 − h), for tanh 1 − h²",
        is_curved_slope,
        slope_at_h,
        needs_curved,
    ),
    Mistake(
        "missing_sigma_prime",
        "σ′ is missing",
        "the gradient at h is handed on as that at z, without the slope of the activation",
        "multiply by f′(z), elementwise",
        is_gate,
        ungated,
        needs_gate,
    ),
    Mistake(
        "forgotten_relu_mask",
        "the ReLU mask is forgotten",
        "the gradient passes units that were switched off, whose z is negative",
        "set the gradient to 0 wherever z ≤ 0",
        is_relu_gate,
        ungated,
        needs_relu,
    ),
    Mistake(
        "product_after_w1",
        "the elementwise product on the wrong side of W1ᵀ",
        "the slope, a number for each hidden unit, comes after W1ᵀ, where there is a number for each input",
        "first the elementwise product with the slope, then W1ᵀ",
        written_by("dJ/dx"),
        product_after,
        needs_slope_before_input,
        item="E1",
    ),
)
