"""A step as a product of full Jacobians for one sample, and the collapsed form it must come to. No Qt.

Where the notation writes gradients as columns, every factor is transposed and the product reads from right to left, as
the collapsed form does: the same symbol has the same shape in both.
"""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.losses import LOSSES
from explorer.engine.problem import Problem
from explorer.panels.step.blocks import Block, Equation, Join
from explorer.tape.jacobians import Jacobian, jacobian
from explorer.tape.jacobians.jacobian import forward_steps, width
from explorer.tape.jacobians.matrices import Order, times
from explorer.tape.latex_text import as_text
from explorer.tape.names import Role, parse
from explorer.tape.notation import Notation
from explorer.tape.step import Step, Tape

Array = NDArray[np.floating]
MOST_ENTRIES = 2_000_000
"""Entries of the largest Jacobian that is drawn: 16 MB."""


class Sides(Struct, frozen=True, eq=False):
    """The long form of a step.

    Attributes
    ----------
    equation
        The product of full Jacobians, its result last; a single Jacobian where there is nothing to multiply.
    formulas
        LaTeX of what each full Jacobian is.
    difference
        The largest difference between the product and what the collapsed form of this sample comes to.
    sentence
        What is to be seen.
    """

    equation: Equation
    formulas: tuple[str, ...]
    difference: float
    sentence: str


class Look(Struct, frozen=True):
    """What is looked at: a step, for one sample, in a notation."""

    problem: Problem
    tape: Tape
    step: Step
    row: int
    script: Notation

    @property
    def turned(self) -> bool:
        """Whether gradients are written as columns: Jacobians are transposed then, and products reversed."""
        return self.script.flips("dJ/dx")

    @property
    def order(self) -> Order:
        """How W is laid out as vec W: row by row as it is written, so that dz/dW is I ⊗ xᵀ in columns (001.9)."""
        return "F" if self.script.vectors == "column" else "C"

    def block(self, name: str, value: Array, role: str, label: str) -> Block:
        """Return a matrix in numerator layout as it is written."""
        value = value.T if self.turned else value
        signed = parse(name).role is Role.GRADIENT
        return Block(name, self.latex(name), value, (value.shape[0], value.shape[1]), role, signed, label=label)

    def gradient(self, name: str) -> Block:
        """Return the sample's row of a gradient on the tape."""
        return self.block(name, self.tape.value(name)[self.row : self.row + 1], "read", self.of_sample(name))

    def full(self, of: str, by: str) -> tuple[Jacobian, Block]:
        """Return a full Jacobian, by itself and as a block; refuse one that is too large to be drawn."""
        entries = width(self.tape, of) * width(self.tape, by)
        if entries > MOST_ENTRIES:
            raise ExplorerError(
                f"The Jacobian of {self.text(of)} by {self.text(by)} has {entries:,} entries, too many to draw: "
                "look at a smaller layer."
            )
        made = jacobian(self.problem, self.tape, of, by, self.row, order=self.order)
        return made, self.block(made.name, made.matrix, "read", f"{as_text(self.latex(made.name))}, in full")

    def result(self, name: str, value: Array) -> Block:
        """Return what the product comes to."""
        return self.block(name, value, "written", self.of_sample(name))

    def text(self, name: str) -> str:
        """Return a name in plain text."""
        return self.script.text(name, self.tape.activations)

    def latex(self, name: str, *, inline: bool = True) -> str:
        """Return the symbol of a derivative; one by a weight matrix is by all its numbers in one line, vec W."""
        by_weights = parse(name).symbol == "W"
        symbol = self.script.derivative if by_weights else self.script.symbol
        latex = symbol(name, self.tape.activations, inline=inline)
        weights = self.script.symbol(parse(name).quantity, self.tape.activations)
        return latex.replace(weights, rf"\mathrm{{vec}}\,{weights}") if by_weights else latex

    def formula(self, made: Jacobian) -> str:
        """Return what a full Jacobian is, as it is written."""
        right = made.formula(self.script, self.tape.activations, turned=self.turned)
        return f"{self.latex(made.name, inline=False)} = {right}"

    def sentence(self, made: Jacobian) -> str:
        """Return what a full Jacobian means, as it is written."""
        return made.sentence_in(self.script, self.tape.activations, turned=self.turned)

    def of_sample(self, name: str) -> str:
        """Return a name, with the sample where there are several."""
        return as_text(self.latex(name)) + (f" of sample {self.row + 1}" if self.tape.samples > 1 else "")


@np.errstate(all="ignore")
def sides_of(look: Look) -> Sides:
    """Return a step as a product of full Jacobians; its numbers may be those of a run that diverges.

    Raises
    ------
    ExplorerError
        Where the step has no Jacobian, or one too large to be drawn: one sentence that says so.
    """
    parsed = parse(look.step.id)
    if look.step.phase == "update" or parsed.role is Role.UPDATED:
        raise ExplorerError("An update is no derivative: it has no Jacobian; look at a step of the pass.")
    if parsed.role is Role.GRADIENT:
        return pulled_back(look)
    if parsed.role is Role.FACTOR:
        return alone(look, parsed.over, look.step.id.partition("/d")[2])
    if look.step.id == "R":
        return alone(look, "R", look.step.operands[0])
    return alone(look, look.step.id, look.step.operands[0])


def pulled_back(look: Look) -> Sides:
    """Return a gradient as the gradient above it times the Jacobian between them."""
    target = look.step.id.removeprefix("dJ/d")
    above = above_of(look, target)
    if above is None:
        return from_the_loss(look, target)
    row, (made, block) = look.gradient(f"dJ/d{above}"), look.full(above, target)
    product = times(look.tape.value(row.name)[look.row : look.row + 1], made.matrix)
    return together(look, row, (made, block), product)


def above_of(look: Look, target: str) -> str | None:
    """Return the array that the target goes into and that has a gradient on the tape; None if that is the loss."""
    for step in forward_steps(look.problem).values():
        if target in step.operands and f"dJ/d{step.id}" in look.tape and step.id not in {"J", "R"}:
            return step.id
    return None


def from_the_loss(look: Look, target: str) -> Sides:
    """Return the gradient of the loss by its own argument: through the probabilities where there are some."""
    if LOSSES[look.problem.network.loss].probabilities is None:
        return alone(look, "J", target)
    (pull, first), (spread, second) = look.full("J", "p"), look.full("p", target)
    return together(look, first, (spread, second), times(pull.matrix, spread.matrix), pull)


def together(
    look: Look, first: Block, second: tuple[Jacobian, Block], product: Array, pull: Jacobian | None = None
) -> Sides:
    """Return first · second = product beside what the tape says of this sample."""
    made, block = second
    left, right = (block, first) if look.turned else (first, block)
    blocks = (replace(left, inner=1), replace(right, inner=0), look.result(look.step.id, product))
    formulas = tuple(look.formula(made) for made in (pull, made) if made is not None)
    difference = distance(product, collapsed(look))
    return Sides(Equation(blocks, (Join(), Join("·"), Join("="))), formulas, difference, look.sentence(made))


def alone(look: Look, of: str, by: str) -> Sides:
    """Return the one Jacobian of a factor or of a step forward."""
    made, block = look.full(of, by)
    blocks = (replace(block, role="written"),)
    on_tape = parse(look.step.id).role is not Role.VALUE
    difference = distance(made.matrix, collapsed(look)) if on_tape else 0.0
    return Sides(Equation(blocks, (Join(),)), (look.formula(made),), difference, look.sentence(made))


def collapsed(look: Look) -> Array:
    """Return what the tape has of this sample, in the full form: W as one long row, a slope as a diagonal."""
    tape, step, row = look.tape, look.step, look.row
    parsed = parse(step.id)
    if parsed.symbol == "W":
        feed, delta = step.operands[:2]
        feed, delta = (delta, feed) if feed.startswith("dJ/d") else (feed, delta)
        outer: Array = np.outer(tape.value(feed)[row], tape.value(delta)[row])
        return outer.ravel(look.order)[None]
    if parsed.symbol == "b":
        return tape.value(step.operands[0])[row : row + 1]
    if parsed.role is Role.FACTOR and parsed.over.startswith("h"):
        return np.diag(step.value[row])
    return step.value if parsed.role is Role.FACTOR else step.value[row : row + 1]


def distance(left: Array, right: Array) -> float:
    """Return the largest difference; infinite where the shapes differ, NaN where a side is no number."""
    return float(np.abs(left - right).max(initial=0)) if left.shape == right.shape else np.inf
