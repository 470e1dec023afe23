"""The stages between operands and result where one formula hides several: the softmax and the losses. No Qt."""

from collections.abc import Callable

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.panels.step.blocks import Block, Equation, Join
from explorer.tape.numbers import shown
from explorer.tape.step import Step

Array = NDArray[np.floating]
LARGE = 30.0
"""Above this size of a logit, the largest of its row is subtracted before the exponential, as the engine does."""
FLAT = 2


def softmax(equation: Equation, _step: Step, problem: Problem) -> Equation:
    """z, e to the z, their sum over the row, and the quotient."""
    z, p = equation.blocks
    if z.value is None:
        return equation
    axis = 0 if z.transposed else 1
    beta = problem.network.beta
    exponent = beta * z.value
    shifted = bool(np.abs(exponent).max(initial=0) > LARGE)
    if shifted:
        exponent = exponent - exponent.max(axis=axis, keepdims=True)
    powers = np.exp(exponent)
    symbol = ("" if beta == 1 else r"\beta\,") + z.latex + (r"-\max" if shifted else "")
    words = ("" if beta == 1 else f"{shown(beta, 2)} · ") + z.words + (" less the row's largest" if shifted else "")
    raised = derived(z, powers, rf"e^{{{symbol}}}", f"exp({words})")
    total = powers.sum(axis=axis, keepdims=True)
    below = derived(z, total, r"\textstyle\sum_k", f"sum of exp({words})")
    joins = (Join(), Join(arrow=r"\exp"), Join("÷"), Join("="))
    return Equation((z, raised, below, p), joins, "stack" if z.rows <= FLAT and not z.transposed else "line")


def picked(p: Array, y: Array) -> Array:
    """-y log p, and 0 where no target asks."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(y == 0, 0.0, -y * np.log(p))


def either(p: Array, y: Array) -> Array:
    """-(y log p + (1 - y) log(1 - p)), without the logarithm that a yes or a no does not ask for."""
    return picked(p, y) + picked(1 - p, 1 - y)


TERMS: dict[str, Callable[[Array, Array], Array]] = {
    "softmax_cross_entropy": picked,
    "sigmoid_cross_entropy": either,
    "half_squared_error": lambda a, y: 0.5 * (a - y) ** 2,
    "squared_error": lambda a, y: (a - y) ** 2,
}
"""What each cell adds to the loss, by loss: the logarithms that the targets ask for, or the squared differences."""
ARROWS = {
    "softmax_cross_entropy": r"-y \log p",
    "sigmoid_cross_entropy": r"-\log",
    "half_squared_error": r"\tfrac{1}{2} (\cdot)^2",
    "squared_error": r"(\cdot)^2",
}
"""The same over an arrow."""


def loss(equation: Equation, step: Step, problem: Problem) -> Equation:
    """Return guess, target, the loss of each cell, their sum or mean, and the penalty where there is one."""
    guess, target, *others = equation.blocks[:-1]
    result = equation.blocks[-1]
    if guess.value is None or target.value is None:
        return equation
    costs = TERMS[step.operation](guess.value, target.value)
    idle = (target.value == 0) if step.operation == "softmax_cross_entropy" else None
    each = replace(
        derived(guess, costs, r"J_k" if guess.rows == 1 else r"J_{nk}", "the loss of each cell"), struck=idle
    )
    samples = guess.columns if guess.transposed else guess.rows
    divisor = problem.objective.divisor(samples)
    total = r"\textstyle\sum" if divisor == 1 else rf"\tfrac{{1}}{{{divisor}}} \textstyle\sum"
    flat = guess.rows <= FLAT and not guess.transposed
    blocks, joins = [guess, target, each], [Join(), Join(","), Join(arrow=ARROWS[step.operation])]
    if others:
        data = np.array([[costs.sum() / divisor]])
        blocks += [derived(guess, data, r"J_{\mathrm{data}}", "the loss of the data"), *others]
        joins += [Join(arrow=total), *(Join("+") for _ in others), Join("=")]
    else:
        joins.append(Join(arrow=total))
    return Equation((*blocks, result), tuple(joins), "stack" if flat else "line")


def derived(block: Block, value: Array, latex: str, label: str) -> Block:
    """Return a stage made of a block, cell by cell or row by row."""
    rows, columns = value.shape
    return replace(
        block,
        value=value,
        shape=(rows, columns),
        latex=latex,
        label=label,
        role="plain",
        inner=None,
        row=None,
        struck=None,
    )


STAGES: dict[str, Callable[[Equation, Step, Problem], Equation]] = {
    "softmax_cross_entropy_probabilities": softmax,
    **dict.fromkeys(TERMS, loss),
}
"""By operation."""
