"""The chain rule as a product of full Jacobians: every factor on the way, and every partial product."""

from collections.abc import Iterator
from itertools import accumulate

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape.jacobians.jacobian import Jacobian, forward_step, forward_steps, jacobian, reads
from explorer.tape.jacobians.matrices import Order, times
from explorer.tape.step import Instruction, Tape

Array = NDArray[np.floating]


class JacobianChain(Struct, frozen=True, eq=False):
    """d of / d by for one sample as a product of Jacobians, read from left to right (000.9, 000.11).

    Attributes
    ----------
    of, by, sample
        What is differentiated, by what, in which row of the batch.
    factors
        The Jacobians in the order of the formula: those of dJ/dx are dJ/dz2, dz2/dh1, dh1/dz1, dz1/dx.
    partials
        ``partials[k]`` is the product of the first k + 1 factors; read-only.
    """

    of: str
    by: str
    sample: int
    factors: tuple[Jacobian, ...]
    partials: tuple[Array, ...]

    @property
    def product(self) -> Array:
        """The whole product, (width of ``of``, width of ``by``)."""
        return self.partials[-1]

    @property
    def names(self) -> tuple[str, ...]:
        """What each partial product is: dJ/dz2, dJ/dh1, dJ/dz1, dJ/dx."""
        return tuple(f"d{self.of}/d{factor.by}" for factor in self.factors)


def jacobian_chain(
    problem: Problem,
    tape: Tape,
    by: str,
    sample: int = 0,
    *,
    of: str = "J",
    long_way: bool = False,
    order: Order = "C",
) -> JacobianChain:
    """Return the Jacobians from ``of`` (J) down to any array below it, and their products from left to right.

    For x, h and z the product is the sample's row of ``tape["dJ/d..."]``. For W and b it is what the sample adds to
    that gradient: reshape a dJ/dW with ``product.reshape(W.shape, order=order)``; the products of all samples,
    and with l2 the ``jacobian`` of R, which is a second way from J to W, sum to the tape's (000.8).

    Realises 000.11, 000.16, 004.(13), (15), (17) (``of="p"``), 004.(19), (21) (``of="h1"``) and, with ``long_way``,
    003.10 and 004.(14), (16): from J to p first, and by the Jacobian of p.

    Parameters
    ----------
    problem
        What the tape was recorded from.
    by
        x, or any h, z, W, b, p, y or R that ``of`` depends on.
    long_way
        Go through the probabilities, with a loss that has them. It fails where a p is 0; see ``long_way``.

    Raises
    ------
    ExplorerError
        If ``of`` does not depend on ``by``, or one of the matrices would be too large.
    """
    route = tuple(route_between(problem, of, by, long_way=long_way))
    factors = tuple(jacobian(problem, tape, *pair, sample, order=order) for pair in route)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        partials = tuple(accumulate((factor.matrix for factor in factors), times))
    for partial in partials:
        partial.flags.writeable = False
    return JacobianChain(of, by, sample, factors, partials)


def route_between(problem: Problem, of: str, by: str, *, long_way: bool) -> Iterator[tuple[str, str]]:
    """Yield the pairs of neighbours on the way down: each array, and what it is computed from."""
    steps = forward_steps(problem)
    step = forward_step(steps, of)
    while by not in reads(step) or (long_way and skips(step, by)):
        beneath = step.operands[0] if long_way or not step.inputs else step.inputs[0]
        if beneath not in steps:
            raise ExplorerError(f"{of} does not depend on {by}: take an array that comes before {of} on the tape")
        yield step.id, beneath
        step = steps[beneath]
    yield step.id, by


def skips(step: Instruction, by: str) -> bool:
    """Tell whether going from the loss to the outputs at once passes over the probabilities."""
    return bool(step.inputs) and by == step.inputs[0] != step.operands[0]
