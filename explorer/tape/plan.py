"""The order of a pass: the steps that architecture and conventions ask for, before any number is known."""

from collections.abc import Iterator

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.network import Network
from explorer.engine.problem import Problem
from explorer.tape.mistakes.table import mistaken
from explorer.tape.step import Instruction
from explorer.tape.updates import update_step
from explorer.tape.wording import (
    PROBABILITY_TEXTS,
    bias_pattern,
    difference_pattern,
    difference_text,
    loss_pattern,
    penalty_pattern,
    probabilities_pattern,
    sums_to_one,
    weight_pattern,
)

MOST_PLANS = 64
_usual: dict[tuple[object, ...], tuple[Instruction, ...]] = {}
LOSS_TITLES = {name: loss.title for name, loss in LOSSES.items()}


def plan(problem: Problem) -> tuple[Instruction, ...]:
    """Return the steps of one pass, in the order of the public table of tapes, with the problem's mistakes in them."""
    asked = conventions(problem)
    usual = _usual.get(asked)
    if usual is None:
        if len(_usual) >= MOST_PLANS:
            _usual.clear()
        usual = _usual[asked] = (*forward(problem), *backward(problem), *update(problem))
    return mistaken(usual, problem)


def conventions(problem: Problem) -> tuple[object, ...]:
    """Return what a plan without mistakes depends on: training asks for the same one many times a second."""
    network = problem.network
    loss = network.loss, network.beta, sums_to_one(problem.Y)
    return network.activations, *loss, problem.samples, problem.objective, problem.update


def output_name(network: Network) -> str:
    """Return the array that the loss is on: hL, or zL where the last activation is the identity."""
    letter = "z" if network.activations[-1] == "identity" else "h"
    return f"{letter}{network.depth}"


def below(layer: int) -> str:
    """Return the array that feeds a layer: x, or the activations of the layer below."""
    return "x" if layer == 1 else f"h{layer - 1}"


def forward(problem: Problem) -> Iterator[Instruction]:
    """z1, h1, ..., zL, hL (unless identity), p (losses that have one), R (where l2 > 0), J."""
    network = problem.network
    for layer, activation in enumerate(network.activations, start=1):
        operands = (below(layer), f"W{layer}", f"b{layer}")
        text = f"The pre-activations of layer {layer}: each unit weighs and sums its inputs and adds its bias."
        yield Instruction(f"z{layer}", "forward", "affine", operands, "{0} {1} + {2}", text)
        if layer < network.depth or activation != "identity":
            yield activation_step(layer, activation)
    yield from loss_steps(problem)


def activation_step(layer: int, activation: str) -> Instruction:
    """Return the step h = f(z)."""
    rule = ACTIVATIONS[activation]
    pattern = "{0}" if activation == "identity" else rule.symbol + "({0})"
    text = f"The activations of layer {layer}: {rule.title} of each pre-activation, one by one."
    return Instruction(f"h{layer}", "forward", activation, (f"z{layer}",), pattern, text)


def loss_steps(problem: Problem) -> Iterator[Instruction]:
    """p, R and J."""
    network, objective = problem.network, problem.objective
    output = output_name(network)
    shown = output
    if LOSSES[network.loss].probabilities:
        shown = "p"
        operation, text = f"{network.loss}_probabilities", PROBABILITY_TEXTS[network.loss]
        yield Instruction("p", "forward", operation, (output,), probabilities_pattern(network), text)
    penalty: tuple[str, ...] = ()
    if objective.l2:
        penalty = ("R",)
        weights = tuple(f"W{layer}" for layer in range(1, network.depth + 1))
        text = "The penalty: large weights cost; biases are free."
        yield Instruction("R", "forward", "penalty", weights, penalty_pattern(problem), text)
    text = f"The loss: {LOSS_TITLES[network.loss]}, one number that says how far off the outputs are{over(problem)}."
    operands, inputs = (shown, "y", *penalty), (output, "y", *penalty)
    yield Instruction("J", "forward", network.loss, operands, loss_pattern(problem), text, inputs)


def backward(problem: Problem) -> Iterator[Instruction]:
    """From the loss down to the input: each layer's dJ/dz, dJ/dW, dJ/db, and the chain below."""
    network = problem.network
    yield from loss_gradient_steps(problem)
    for layer in range(network.depth, 0, -1):
        yield from parameter_steps(problem, layer)
        yield from chain_steps(layer)
        if layer > 1:
            yield from activation_gradient_steps(layer - 1, network.activations[layer - 2])


def loss_gradient_steps(problem: Problem) -> Iterator[Instruction]:
    """dJ/da for the array that the loss is on, and through the output activation if there is one."""
    network = problem.network
    output = output_name(network)
    shown = "p" if LOSSES[network.loss].probabilities else output
    text = f"Where the loss pulls: {difference_text(problem)}{share(problem)}."
    operation, pattern = f"{network.loss}_gradient", difference_pattern(problem)
    yield Instruction(f"dJ/d{output}", "backward", operation, (shown, "y"), pattern, text, (output, "y"))
    if output.startswith("h"):
        yield from activation_gradient_steps(network.depth, network.activations[-1])


def activation_gradient_steps(layer: int, activation: str) -> Iterator[Instruction]:
    """Yield the factor dh/dz and the gated gradient dJ/dz."""
    rule = ACTIVATIONS[activation]
    slope = f"dh{layer}/dz{layer}"
    pattern = rule.slope.replace("{z}", "{0}").replace("{h}", "{1}")
    text = f"The slope of {rule.title} at each pre-activation of layer {layer}: how far a nudge is passed on."
    yield Instruction(slope, "backward", f"{activation}_slope", (f"z{layer}", f"h{layer}"), pattern, text)
    text = f"What reaches the pre-activations of layer {layer}: the gradient at the activations, gated by the slopes."
    operands = (f"dJ/dh{layer}", slope)
    yield Instruction(f"dJ/dz{layer}", "backward", "gate", operands, r"{0} \odot {1}", text)


def parameter_steps(problem: Problem, layer: int) -> Iterator[Instruction]:
    """dJ/dW and dJ/db."""
    objective = problem.objective
    delta = f"dJ/dz{layer}"
    operands: tuple[str, ...] = (below(layer), delta, *((f"W{layer}",) if objective.l2 else ()))
    text = f"The gradient of each weight into layer {layer}: its input times the gradient of its unit."
    pattern = weight_pattern(objective)
    yield Instruction(f"dJ/dW{layer}", "backward", "weight_gradient", operands, pattern, text)
    text = f"The gradient of each bias of layer {layer}: that of its unit, summed over the samples."
    pattern = bias_pattern(problem.samples)
    yield Instruction(f"dJ/db{layer}", "backward", "bias_gradient", (delta,), pattern, text)


def chain_steps(layer: int) -> Iterator[Instruction]:
    """Yield the factor dz/dh = W^T and the gradient dJ/dh of what feeds the layer."""
    feed = below(layer)
    factor, delta = f"dz{layer}/d{feed}", f"dJ/dz{layer}"
    text = f"The way back through layer {layer}: the same weights, from each unit to what feeds it."
    yield Instruction(factor, "backward", "transpose", (f"W{layer}",), "{0}", text)
    what = "the input" if layer == 1 else f"the activations of layer {layer - 1}"
    text = f"What reaches {what}: each collects, along its weights, the gradients of the units that it feeds."
    yield Instruction(f"dJ/d{feed}", "backward", "chain", (delta, factor), r"{0} \cdot {1}", text)


def update(problem: Problem) -> Iterator[Instruction]:
    """W1+, b1+, ..., J+."""
    for layer in range(1, problem.network.depth + 1):
        for letter in "Wb":
            yield update_step(problem, f"{letter}{layer}")
    updated = tuple(f"{letter}{layer}+" for layer in range(1, problem.network.depth + 1) for letter in "Wb")
    text = "The loss of the same data after the update."
    pattern = "{J}(" + ", ".join(f"{{{k}}}" for k in range(len(updated))) + ")"
    yield Instruction("J+", "update", "loss_after", updated, pattern, text)


def over(problem: Problem) -> str:
    """Return the clause that says how the losses of several samples make one."""
    return f", the {problem.objective.reduction} over {problem.samples:,} samples" if problem.samples > 1 else ""


def share(problem: Problem) -> str:
    """Return the clause that says how much each of several samples counts in J."""
    if problem.samples == 1:
        return ""
    divisor = problem.objective.divisor(problem.samples)
    return f"; each of {problem.samples:,} samples counts {f'1/{divisor:,}' if divisor > 1 else 'in full'}"
