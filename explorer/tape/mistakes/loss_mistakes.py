"""Mistakes in the loss and in its gradient: factors, signs, slopes, a softmax too many."""

from msgspec.structs import replace

from explorer.engine.losses import LOSSES
from explorer.engine.problem import Problem
from explorer.tape.mistakes.mistake import Change, Mistake
from explorer.tape.mistakes.operations import slipped
from explorer.tape.step import Instruction
from explorer.tape.wording import difference_pattern, probabilities_pattern


def is_loss_gradient(instruction: Instruction, problem: Problem) -> bool:
    """Choose the step at which the backward pass starts."""
    return instruction.operation.split("+")[0] == f"{problem.network.loss}_gradient"


def slip(name: str, write: Change) -> Change:
    """Add a slip to the operation; ``write`` changes how it is written."""

    def change(instruction: Instruction, problem: Problem) -> Instruction:
        slips = (*instruction.operation.split("+")[1:], name)
        return replace(write(instruction, problem), operation=slipped(problem.network.loss, slips))

    return change


def with_pattern(pattern: str) -> Change:
    """Write the right-hand side in another pattern, in which %s is the one before, in parentheses if it needs them."""

    def write(instruction: Instruction, _problem: Problem) -> Instruction:
        before = instruction.pattern
        return replace(instruction, pattern=pattern % (before if before.endswith(")") else f"({before})"))

    return write


def without_mean(instruction: Instruction, problem: Problem) -> Instruction:
    """Write the difference as where the reduction is the sum."""
    summed = replace(problem, objective=replace(problem.objective, reduction="sum"))
    return replace(instruction, pattern=difference_pattern(summed))


def over_the_sum(instruction: Instruction, problem: Problem) -> Instruction:
    """Write y / sum_r exp(z_r) for y."""
    beta = "" if problem.network.beta == 1 else r"\beta "
    (output, _) = instruction.inputs
    powers = rf"{{{{\textstyle\sum}}}}_r\, e^{{{{{beta}({{{output}}})_r}}}}"
    head, _, tail = instruction.pattern.rpartition("- {1}")
    return replace(instruction, pattern=rf"{head}- {{1}} / {powers}{tail}")


DOUBLED = {
    "softmax_cross_entropy_probabilities": "softmax_cross_entropy_probabilities+double_softmax",
    "softmax_cross_entropy": "softmax_cross_entropy+double_softmax",
    "loss_after": "loss_after+double_softmax",
}
"""The steps of the forward pass, and of the one after the update, in which a second softmax works."""


def is_after_softmax(instruction: Instruction, problem: Problem) -> bool:
    """Choose p, J, the start of the backward pass and the loss after the update."""
    return instruction.operation in DOUBLED or is_loss_gradient(instruction, problem)


def softmax_twice(instruction: Instruction, problem: Problem) -> Instruction:
    """Go on with softmax(softmax(z))."""
    if is_loss_gradient(instruction, problem):
        return slip("double_softmax", lambda i, _: i)(instruction, problem)
    pattern = instruction.pattern
    if instruction.id == "p":
        pattern = pattern.replace("{0}", probabilities_pattern(problem.network))
    return replace(instruction, operation=DOUBLED[instruction.operation], pattern=pattern)


def needs_mean(problem: Problem) -> str:
    """Return why 1/N cannot be missing."""
    if problem.objective.reduction == "sum":
        return "the reduction is the sum, which has no 1/N to forget"
    return "with one sample 1/N is 1" if problem.samples == 1 else ""


def needs_probabilities(problem: Problem) -> str:
    """Return why there is no p in whose gradient a slope could be kept."""
    loss = problem.network.loss
    return "" if LOSSES[loss].probabilities else f"{loss} has no slope that p − y took in: use a cross-entropy"


def needs_softmax(problem: Problem) -> str:
    """Return why there is no softmax to get wrong."""
    if problem.network.loss != "softmax_cross_entropy":
        return f"{problem.network.loss} has no softmax: use softmax_cross_entropy"
    return "the softmax of a single output is always 1" if problem.network.sizes[-1] == 1 else ""


LOSS_MISTAKES = (
    Mistake(
        "missing_mean",
        "the mean is missing",
        "the loss is a mean, but 1/N is left out of its gradient, which is N times too large",
        "divide the gradient of the loss by N, once, where the backward pass starts",
        is_loss_gradient,
        slip("missing_mean", without_mean),
        needs_mean,
    ),
    Mistake(
        "jacobian_without_sum",
        "the quotient rule without the sum",
        "the softmax's Jacobian lacks a sum in its first term, its diagonal is p / Σ exp z − p² and not p − p²",
        "the diagonal is p (1 − p): (exp(z) Σ exp z − exp(z)²) / (Σ exp z)²",
        is_loss_gradient,
        slip("jacobian_without_sum", over_the_sum),
        needs_softmax,
        item="E14",
    ),
    Mistake(
        "sigma_prime_kept",
        "σ′ kept on top of the cross-entropy",
        "the slope p (1 − p) of the output comes in once more, but p − y holds it already",
        "with softmax or sigmoid and cross-entropy the gradient is p − y and nothing else",
        is_loss_gradient,
        slip("sigma_prime_kept", with_pattern(r"%s \odot {0} \odot (1 - {0})")),
        needs_probabilities,
    ),
    Mistake(
        "extra_factor_two",
        "a factor 2 too many",
        "the gradient carries a 2 that the loss does not, as if the half of the square were forgotten",
        "differentiate the loss that is used: the half cancels the 2 of the square",
        is_loss_gradient,
        slip("extra_factor_two", with_pattern(r"2\, %s")),
        lambda _problem: "",
    ),
    Mistake(
        "sign_slip",
        "a sign slip",
        "target minus output turns every gradient around, so that the update climbs",
        "the gradient is output minus target, p − y",
        is_loss_gradient,
        slip("sign_slip", with_pattern("-%s")),
        lambda _problem: "",
        item="E11",
    ),
    Mistake(
        "double_softmax",
        "the softmax applied twice",
        "p is the softmax of a softmax, as where a loss that takes logits is given probabilities",
        "give the loss the logits, or take the logarithm of the probabilities, not both",
        is_after_softmax,
        softmax_twice,
        needs_softmax,
    ),
)
