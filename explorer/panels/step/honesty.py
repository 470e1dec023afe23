"""Whether the numbers of a picture, worked out from the digits that are written, give the result that is written.

Each operation is worked out here on what the cells say, stage by stage; what is drawn as a heat map says no numbers.
"""

from collections.abc import Callable, Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.problem import Problem
from explorer.panels.step.blocks import Block, Equation
from explorer.panels.step.stages import LARGE, TERMS
from explorer.tape.numbers import number_of, shown
from explorer.tape.operations import OPERATIONS
from explorer.tape.step import Step
from explorer.tape.updates import remembered

Array = NDArray[np.floating]
NOISE = 1e-14
"""What this working out itself may be off by, as a share of the largest number."""


class Written(Struct, frozen=True, eq=False):
    """A picture as it is written.

    Attributes
    ----------
    digits
        Decimals in the cells of each block; None where it is a heat map.
    """

    equation: Equation
    digits: tuple[int | None, ...]
    step: Step
    problem: Problem

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The arrays."""
        return self.equation.blocks

    def numbers(self, place: int) -> Array:
        """Return what the cells of a block say, (rows, columns)."""
        block, digits = self.blocks[place], self.digits[place]
        if block.value is None or digits is None:
            raise ValueError("a picture that is written has numbers in all of its cells")
        return np.array([[number_of(cell_text(value, digits)) for value in row] for row in block.value.tolist()])

    def array(self, place: int) -> Array:
        """Return what the cells of a block say, as the tape has that array."""
        block, numbers = self.blocks[place], self.numbers(place)
        return (numbers.T if block.transposed else numbers).reshape(block.tape_shape)


Result = Iterator[tuple[Array, int]]
"""Arrays as they come out of the written digits, each with the place of the block that should say the same."""


def cell_text(value: float, digits: int, *, signed: bool = False) -> str:
    """Return a number as a cell has it."""
    return shown(value, digits, signed=signed)


def adds_up(written: Written) -> bool:
    """Tell whether the picture can be worked out as it is written; True where it has no numbers to work with."""
    rule = RULES.get(written.step.operation) or RULES.get(OPERATIONS[written.step.operation].picture)
    if rule is None or None in written.digits or any(block.value is None for block in written.blocks):
        return True
    with np.errstate(all="ignore"):
        return all(says(written, place, found) for found, place in rule(written))


def says(written: Written, place: int, found: Array) -> bool:
    """Tell whether a block says what has been found."""
    block, digits = written.blocks[place], written.digits[place]
    if block.value is None or digits is None or found.shape != block.value.shape:
        return True
    noise = NOISE * float(np.abs(block.value).max(initial=1.0))
    pairs = zip(found.ravel().tolist(), block.value.ravel().tolist(), strict=True)
    return all(abs(a - b) <= noise or cell_text(a, digits) == cell_text(b, digits) for a, b in pairs)


def product(written: Written) -> Result:
    """Yield A B, and what is added to it; for a batch, each sample's share and their sum."""
    left, right, *others = (written.numbers(place) for place in range(len(written.blocks)))
    if len(others) == 1:
        yield left @ right, 2
    elif any(block.label for block in written.blocks[3:]):
        if len(others) - 1 == left.shape[1]:
            yield from ((np.outer(left[:, n], right[n]), 3 + n) for n in range(left.shape[1]))
        yield np.sum(others[1:], axis=0), 2
    else:
        yield left @ right + written.problem.objective.decay * others[0], 3


def affine(written: Written) -> Result:
    """Yield A B + c."""
    left, right, bias = (written.numbers(place) for place in range(3))
    yield left @ right + bias, 3


def elementwise(written: Written) -> Result:
    """Yield the product, cell by cell."""
    yield np.prod([written.numbers(0), written.numbers(1)], axis=0), 2


def difference(written: Written) -> Result:
    """Yield the share of a sample and the like, times p − y, or p Σy − y."""
    last = len(written.blocks) - 1
    operation, problem = OPERATIONS[written.step.operation], written.problem
    loss, beta = problem.network.loss, problem.network.beta
    if operation.before or operation.after != ")":
        return
    guess = written.numbers(0) * (written.numbers(1) if last == 3 else 1.0)
    scale = (beta if loss == "softmax_cross_entropy" else 1.0) * (2.0 if loss == "squared_error" else 1.0)
    divisor = 1 if operation.summed else problem.objective.divisor(problem.samples)
    yield scale / divisor * (guess - written.numbers(last - 1)), last


def summed(written: Written) -> Result:
    """Yield the sum over the samples."""
    above = written.numbers(0)
    yield above.sum(axis=1 if written.blocks[0].transposed else 0, keepdims=True), 1


def update(written: Written) -> Result:
    """Yield W less the learning rate times its gradient."""
    yield written.numbers(0) - written.problem.rate * written.numbers(1), 2


def function(written: Written) -> Result:
    """Yield an activation or its slope, cell by cell."""
    if written.step.operation in ACTIVATIONS:
        yield OPERATIONS[written.step.operation].compute((written.numbers(0),), written.problem), 1
    elif written.step.operation.removesuffix("_slope") in ACTIVATIONS:
        z, h = written.numbers(0), written.numbers(1)
        yield OPERATIONS[written.step.operation].compute((z, h), written.problem), 2


def softmax(written: Written) -> Result:
    """Yield e to the z, their sum, the quotient."""
    if len(written.blocks) != 4:
        return
    z, powers, total = (written.numbers(place) for place in range(3))
    axis, exponent = (0 if written.blocks[0].transposed else 1), written.problem.network.beta * z
    if np.abs(exponent).max(initial=0) > LARGE:
        exponent = exponent - exponent.max(axis=axis, keepdims=True)
    yield np.exp(exponent), 1
    yield powers.sum(axis=axis, keepdims=True), 2
    yield powers / total, 3


def loss(written: Written) -> Result:
    """Yield the loss of each cell, their sum or mean, and the penalty."""
    last = len(written.blocks) - 1
    if last < 3:
        return
    guess, target, each = (written.numbers(place) for place in range(3))
    yield TERMS[written.step.operation](guess, target), 2
    divisor = written.problem.objective.divisor(written.problem.samples)
    yield np.array([[each.sum() / divisor]]), 3
    if last > 3:
        yield np.sum([written.numbers(place) for place in range(3, last)], axis=0), last


def penalty(written: Written) -> Result:
    """Yield the share of the squares of all weights."""
    last = len(written.blocks) - 1
    squares = sum(float(np.square(written.numbers(place)).sum()) for place in range(last))
    yield np.array([[0.5 * written.problem.objective.decay * squares]]), last


def adapted(written: Written) -> Result:
    """Yield an optimiser's update; what it remembers is exact, for these cells do not say it."""
    kept = remembered(written.problem)
    parameter, gradient = written.array(0), written.array(1)
    memory = (kept[name] for name in written.step.instruction.inputs[2:])
    if parameter.shape == gradient.shape:
        yield drawn(written, 2, computed(written, (parameter, gradient, *memory))), 2


def loss_after(written: Written) -> Result:
    """Yield the loss with the new parameters, on the exact data."""
    last = len(written.blocks) - 1
    yield drawn(written, last, computed(written, tuple(map(written.array, range(last))))), last


def computed(written: Written, inputs: tuple[Array, ...]) -> Array:
    """Return what the step's operation makes of other inputs."""
    return OPERATIONS[written.step.operation].compute(inputs, written.problem)


def drawn(written: Written, place: int, found: Array) -> Array:
    """Return an array as a block draws it."""
    block = written.blocks[place]
    return np.atleast_2d(found).T if block.transposed else np.atleast_2d(found)


RULES: dict[str, Callable[[Written], Result]] = {
    "product": product,
    "affine": affine,
    "elementwise": elementwise,
    "difference": difference,
    "sum": summed,
    "update": update,
    "map": function,
    "softmax_cross_entropy_probabilities": softmax,
    "sigmoid_cross_entropy_probabilities": lambda written: iter(
        ((OPERATIONS["sigmoid"].compute((written.numbers(0),), written.problem), 1),)
    ),
    **dict.fromkeys(TERMS, loss),
    "penalty": penalty,
    "adapt": adapted,
    **{name: loss_after for name in OPERATIONS if name.startswith("loss_after")},
}
"""By operation, else by its picture; what is not here (a transpose, an identity) shows the very numbers it reads."""
