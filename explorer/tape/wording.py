"""Right-hand sides that depend on conventions: mean or sum, temperature, penalty, kind of targets."""

import numpy as np

from explorer.engine.network import Network
from explorer.engine.problem import Objective, Problem


def mean_prefix(problem: Problem) -> str:
    """1/N where the mean is taken over several samples; braces are doubled for ``str.format``."""
    if problem.objective.reduction == "sum" or problem.samples == 1:
        return ""
    return rf"\tfrac{{{{1}}}}{{{{{problem.samples}}}}}"


def probabilities_pattern(network: Network) -> str:
    """softmax(z), or softmax(beta z) where beta is not 1."""
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
    if problem.network.loss == "half_squared_error":
        body = rf"{scale}\tfrac{{{{1}}}}{{{{2}}}} \lVert {{0}} - {{1}} \rVert^2"
    else:
        index, under = ("{{nk}}", "{{n,k}}") if many else ("k", "k")
        body = rf"-{scale}{{{{\textstyle\sum}}}}_{under}\, {{1}}_{index} \log {{0}}_{index}"
    return body + (" + {2}" if problem.objective.l2 else "")


def difference_pattern(problem: Problem) -> str:
    """Return the gradient of the loss at its own argument: p - y or its like."""
    scale = mean_prefix(problem)
    if problem.network.loss == "half_squared_error":
        body = "{0} - {1}"
    else:
        whole = np.allclose(problem.Y.sum(axis=1), 1, rtol=1e-12, atol=0)
        body = "{0} - {1}" if whole else r"{0} {{\textstyle\sum}}_k\, {1}_k - {1}"
        scale += "" if problem.network.beta == 1 else r"\beta\,"
    return rf"{scale}({body})" if scale else body


def weight_pattern(objective: Objective) -> str:
    """h^T dJ/dz, and the penalty's gradient."""
    if not objective.l2:
        return r"{0}^\top\, {1}"
    factor = r"\lambda" if objective.l2_form == "half" else r"2\lambda"
    return rf"{{0}}^\top\, {{1}} + {factor}\, {{2}}"


def bias_pattern(samples: int) -> str:
    """Return the sum over the samples; with one sample, the row itself."""
    return "{0}" if samples == 1 else r"{{\textstyle\sum}}_n \left( {0} \right)_n"
