"""Mistakes of shape: gradients that lie the other way round than their parameters, a bias for each sample."""

from msgspec.structs import replace

from explorer.engine.problem import Problem
from explorer.tape.mistakes.mistake import Mistake, with_sgd, written_by
from explorer.tape.step import Instruction

TURNED = "weight_gradient_turned"


def is_last_weight_gradient(instruction: Instruction, problem: Problem) -> bool:
    """Choose dJ/dWL."""
    return instruction.id == f"dJ/dW{problem.network.depth}" and instruction.operation != TURNED


def is_weight_gradient(instruction: Instruction, _problem: Problem) -> bool:
    """Choose every dJ/dW that is not turned yet."""
    return instruction.operation == "weight_gradient"


def turned(instruction: Instruction, _problem: Problem) -> Instruction:
    """Exchange the factors: (dJ/dz)^T h for h^T dJ/dz."""
    below, delta, *weights = instruction.operands
    return replace(instruction, operation=TURNED, operands=(delta, below, *weights))


def unsummed(instruction: Instruction, _problem: Problem) -> Instruction:
    """Take dJ/dz itself."""
    return replace(instruction, operation="keep", pattern="{0}")


def needs_samples(problem: Problem) -> str:
    """Return why there is nothing to sum."""
    return "" if problem.samples > 1 else "with one sample there is nothing to sum"


def needs_two_ways(problem: Problem) -> str:
    """Return why a transpose of the gradient of WL is the same."""
    return "" if problem.network.sizes[-2:] != (1, 1) else "a single weight is its own transpose"


def needs_matrix(problem: Problem) -> str:
    """Return why every transpose is the same."""
    return "" if max(problem.network.sizes) > 1 else "every weight matrix is a single number"


LAYOUT_MISTAKES = (
    Mistake(
        "transposed_gradient",
        "a transposed gradient",
        "the two factors of the output layer's gradient are exchanged, which turns rows into columns",
        "dJ/dW has the shape of W: hᵀ · dJ/dz where samples are rows",
        is_last_weight_gradient,
        turned,
        with_sgd(needs_two_ways),
    ),
    Mistake(
        "printed_layout",
        "the gradients as the write-up prints them",
        "every gradient of a weight matrix is laid out as the transpose of its matrix",
        "dJ/dW has the shape of W: hᵀ · dJ/dz where samples are rows",
        is_weight_gradient,
        turned,
        with_sgd(needs_matrix),
        item="E15",
    ),
    Mistake(
        "per_sample_bias",
        "a bias for each sample",
        "the gradient is not summed over the samples, as if each of them had biases of its own",
        "a bias serves every sample: its gradient is the sum over them",
        written_by("dJ/db"),
        unsummed,
        with_sgd(needs_samples),
        item="E12",
    ),
)
