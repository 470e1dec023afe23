"""Right-hand sides that depend on conventions: mean or sum, temperature, penalty, kind of targets."""

import numpy as np
from numpy.typing import NDArray

from explorer.engine.network import Network
from explorer.engine.problem import Objective, Problem


def mean_prefix(problem: Problem) -> str:
    """1/N where the mean is taken over several samples; braces are doubled for ``str.format``."""
    if problem.objective.reduction == "sum" or problem.samples == 1:
        return ""
    return rf"\tfrac{{{{1}}}}{{{{{problem.samples}}}}}"


PROBABILITY_TEXTS = {
    "softmax_cross_entropy": "The probabilities: the softmax makes logits positive and lets each sample's sum to 1.",
    "sigmoid_cross_entropy": "The probabilities: the sigmoid makes of each logit, on its own, how likely a yes is.",
}
"""The sentence of step p, by loss."""


def probabilities_pattern(network: Network) -> str:
    """softmax(z), or softmax(beta z) where beta is not 1; sigma(z) where each output has a probability of its own."""
    if network.loss == "sigmoid_cross_entropy":
        return r"\sigma({0})"
    scale = "" if network.beta == 1 else r"\beta\, "
    return rf"\mathrm{{{{softmax}}}}({scale}{{0}})"


def penalty_pattern(problem: Problem) -> str:
    """lambda/2 (|W1|^2 + ...), or without the half."""
    squares = " + ".join(rf"\lVert {{{k}}} \rVert^2" for k in range(problem.network.depth))
    factor = r"\tfrac{{\lambda}}{{2}}" if problem.objective.l2_form == "half" else r"\lambda\,"
    return factor + (squares if problem.network.depth == 1 else rf"\left( {squares} \right)")


def loss_pattern(problem: Problem) -> str:
    """Return the loss in terms of p or the outputs, and y."""
    scale, many = mean_prefix(problem), problem.samples > 1
    index, under = ("{nk}", "{{n,k}}") if many else ("k", "k")
    total = rf"{{{{\textstyle\sum}}}}_{under}\, "
    yes_or_no = r"\left( {1} \log {0} + (1 - {1}) \log (1 - {0}) \right)"  # indices would make it too wide for a list
    body = {
        "softmax_cross_entropy": rf"-{scale}{total}{{1}}_{index} \log {{0}}_{index}",
        "sigmoid_cross_entropy": rf"-{scale}{total}{yes_or_no}",
        "half_squared_error": rf"{scale}\tfrac{{{{1}}}}{{{{2}}}} \lVert {{0}} - {{1}} \rVert^2",
        "squared_error": rf"{scale}\lVert {{0}} - {{1}} \rVert^2",
    }[problem.network.loss]
    return body + (" + {2}" if problem.objective.l2 else "")


def sums_to_one(targets: NDArray[np.floating]) -> bool:
    """Tell whether the targets of every sample, (N, C), sum to 1: only then is the gradient of the softmax p - y."""
    return bool((np.abs(targets.sum(axis=1) - 1) <= 1e-12).all())


def difference_pattern(problem: Problem) -> str:
    """Return the gradient of the loss at its own argument: p - y or its like."""
    scale, loss, body = mean_prefix(problem), problem.network.loss, "{0} - {1}"
    if loss == "softmax_cross_entropy":
        if not sums_to_one(problem.Y):
            body = r"{0} {{\textstyle\sum}}_k\, {y}_k - {1}"
        scale += "" if problem.network.beta == 1 else r"\beta\,"
    if loss == "squared_error":
        scale = scale.replace("1", "2", 1) or "2"
    return rf"{scale}({body})" if scale else body


def difference_text(problem: Problem) -> str:
    """Return in words what the loss pulls at; soft targets need not sum to 1."""
    if problem.network.loss == "softmax_cross_entropy" and not sums_to_one(problem.Y):
        return "what the network says, times the sum of the sample's targets (it is not 1), less what it should say"
    return "the difference between what the network says and what it should say"


def weight_pattern(objective: Objective) -> str:
    """h^T dJ/dz, and the penalty's gradient."""
    if not objective.l2:
        return r"{0}\, {1}"
    factor = r"\lambda" if objective.l2_form == "half" else r"2\lambda"
    return rf"{{0}}\, {{1}} + {factor}\, {{2}}"


def bias_pattern(samples: int) -> str:
    """Return the sum over the samples; with one sample, the row itself."""
    return "{0}" if samples == 1 else r"{{\textstyle\sum}}_n \left( {0} \right)_n"
