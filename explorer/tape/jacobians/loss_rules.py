"""The Jacobians of the losses, in tables: of p, and of the loss by p, by the outputs, by the targets."""

from collections.abc import Callable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.losses import LOSSES, log_softmax
from explorer.tape.jacobians.matrices import sigmoid_jacobian, sigmoid_pull, softmax_jacobian, softmax_pull
from explorer.tape.jacobians.rule import Kind, Pair, Rule
from explorer.tape.wording import difference_pattern, mean_prefix

Array = NDArray[np.floating]


class Probabilities(Struct, frozen=True):
    """How a loss with probabilities goes the long way: the Jacobian of p, and dJ/dp."""

    kind: Kind
    matrix: Callable[[Array, float], Array]
    pattern: str
    column: str
    sentence: str
    pull: Callable[[Array, Array], Array]
    pulled: str


class Targets(Struct, frozen=True):
    """dJ/dy: ``row(a, y, beta)``, its formula, and whether that shows p or the outputs a."""

    row: Callable[[Array, Array, float], Array]
    pattern: str
    from_shown: bool = True


PULL_TEXT = "Where the loss pulls if the probabilities were free to move: hardest where a wanted one is small."
APART = r"\mathrm{{diag}}({0} \odot (1 - {0}))"
PROBABILITIES: dict[str, Probabilities] = {
    "softmax_cross_entropy": Probabilities(
        "softmax",
        softmax_jacobian,
        r"\mathrm{{diag}}({0}) - {t0} {0}",
        r"\mathrm{{diag}}({0}) - {0}\, {t0}",
        "A probability rises with its own logit and falls with every other; each row sums to 0.",
        softmax_pull,
        r"-\frac{{{1}}}{{{0}}}",
    ),
    "sigmoid_cross_entropy": Probabilities(
        "diagonal",
        sigmoid_jacobian,
        APART,
        APART,
        "Each probability answers to its own logit alone, most where it is undecided.",
        sigmoid_pull,
        r"\frac{{1 - {1}}}{{1 - {0}}} - \frac{{{1}}}{{{0}}}",
    ),
}
"""By loss; every loss with probabilities stands here, a test holds that."""

TARGETS: dict[str, Targets] = {
    "softmax_cross_entropy": Targets(lambda a, _, beta: -log_softmax(a[None], beta)[0], r"-\log {0}"),
    "sigmoid_cross_entropy": Targets(lambda a, _, __: -a, "-{0}", from_shown=False),
    "half_squared_error": Targets(lambda a, y, _: y - a, "{1} - {0}"),
    "squared_error": Targets(lambda a, y, _: 2 * (y - a), "2({1} - {0})"),
}
"""By loss."""


def through_probabilities(pair: Pair) -> Rule:
    """dp/da: beta (diag(p) - p^T p) of the softmax, diag(p (1 - p)) of the sigmoid."""
    rule = PROBABILITIES[pair.problem.network.loss]
    beta = pair.problem.network.beta
    scale = r"\beta\," if beta != 1 and rule.kind == "softmax" else ""
    patterns = (scaled(rule.pattern, scale), scaled(rule.column, scale))
    return Rule(rule.kind, lambda: rule.matrix(pair.p, beta), *patterns, ("p",), rule.sentence)


def loss_by_probabilities(pair: Pair) -> Rule:
    """dJ/dp = -y/p of the softmax's loss: the beginning of the long way; 003.10, 003.11, 004.(12)."""
    rule = PROBABILITIES[pair.problem.network.loss]
    return pull(pair, lambda: rule.pull(pair.p, pair.row("y")), rule.pulled, ("p", "y"), PULL_TEXT)


def loss_by_output(pair: Pair) -> Rule:
    """dJ/da, from the logits or outputs in one step; 000.12, 003.14, 004.(18)."""
    loss, beta = LOSSES[pair.problem.network.loss], pair.problem.network.beta
    pattern = difference_pattern(pair.problem)
    text = "The short way: the difference between what the network says and what it should say."
    rows = slice(pair.sample, pair.sample + 1)

    def matrix() -> Array:
        a, y = pair.tape.value(pair.output)[rows], pair.tape.value("y")[rows]
        return loss.gradient(a, y, beta) / pair.divisor

    return Rule("row", matrix, pattern, rf"\left({pattern}\right)^\top", pair.step.operands[:2], text)


def loss_by_targets(pair: Pair) -> Rule:
    """dJ/dy: what the loss would say to other targets (soft labels, 003.13)."""
    rule = TARGETS[pair.problem.network.loss]
    a, y, beta = pair.output, pair.row("y"), pair.problem.network.beta
    shown = pair.step.operands[0] if rule.from_shown else a
    text = "How the loss would change if the targets did."
    return pull(pair, lambda: rule.row(pair.row(a), y, beta), rule.pattern, (shown, "y"), text)


def loss_by_penalty(_pair: Pair) -> Rule:
    """dJ/dR = 1."""
    text = "The penalty is added to the loss as it is."
    return Rule("number", lambda: np.ones((1, 1)), "1", "1", (), text)


def pull(pair: Pair, row: Callable[[], Array], pattern: str, symbols: tuple[str, ...], text: str) -> Rule:
    """Return a gradient of one sample's loss as a row, over N where the loss is the mean."""
    whole = scaled(pattern, mean_prefix(pair.problem))
    return Rule("row", lambda: row()[None] / pair.divisor, whole, rf"\left({whole}\right)^\top", symbols, text)


def scaled(pattern: str, scale: str) -> str:
    """Write a factor in front of a formula: a sum in parentheses, a sign before the factor."""
    if not scale:
        return pattern
    if " - " in pattern:
        return rf"{scale}\left({pattern}\right)"
    sign = "-" * pattern.startswith("-")
    return rf"{sign}{scale}\,{pattern.removeprefix(sign)}"
