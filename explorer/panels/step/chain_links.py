"""The chain of a backward pass, read off the tape: dJ/dz2 · W2ᵀ ⊙ σ′(z1) · W1ᵀ = dJ/dx. No Qt."""

from msgspec import Struct

from explorer.tape.mistakes.operations import PRODUCT_AFTER
from explorer.tape.notation import Notation
from explorer.tape.step import Step, Tape

SIGNS = {"gate": ("⊙",), "chain": ("·",), PRODUCT_AFTER: ("·", "⊙")}
"""The operations that carry the gradient further, and the sign before each factor."""


class Link(Struct, frozen=True):
    """A factor of the chain.

    Attributes
    ----------
    id
        The step that wrote the factor.
    sign
        What stands before it.
    product
        The step that multiplied it in; empty for the first link.
    within
        Whether that step multiplies another factor in after it.
    """

    id: str
    sign: str = ""
    product: str = ""
    within: bool = False

    @property
    def running(self) -> str:
        """The step whose array is what the chain comes to with this factor; empty where none is."""
        return "" if self.within else self.product

    @property
    def is_matrix(self) -> bool:
        """Whether it is joined by a matrix product, so that inner numbers of the shapes must agree."""
        return self.sign == "·"


def chain_of(tape: Tape) -> tuple[Link, ...]:
    """Return the links in order; the last, with the sign "=", is what the whole chain comes to.

    It is followed back from its end: where a mistake goes past a step, that step is no part of it.
    """
    end = next((step.id for step in reversed(tape.steps) if step.operation in SIGNS), "")
    links: list[Link] = []
    start, step = end, carrying(tape, end)
    while step is not None:
        links[:0] = links_of(step)
        start = step.operands[0]
        step = carrying(tape, start)
    return (Link(start), *links, Link(end, "=")) if links else ()


def carrying(tape: Tape, name: str) -> Step | None:
    """Return the step that carried the gradient to a name, past those that hand it on; None where none did."""
    while name in tape and tape[name].operation == "keep":
        name = tape[name].operands[0]
    return tape[name] if name in tape and tape[name].operation in SIGNS else None


def links_of(step: Step) -> list[Link]:
    """Return the factors that a step multiplies in."""
    pairs = list(zip(step.operands[1:], SIGNS[step.operation], strict=True))
    return [Link(factor, sign, step.id, within=place < len(pairs)) for place, (factor, sign) in enumerate(pairs, 1)]


def flipped(tape: Tape, link: Link, notation: Notation) -> bool:
    """Tell whether a link is written as the transpose of what the tape holds, so that the chain can be multiplied."""
    product = tape[link.product] if link.product and link.sign != "=" else None
    if product is None:
        return notation.flips(link.id)
    return notation.needs_flip(product.instruction, product.operands.index(link.id))


def is_mirrored(links: tuple[Link, ...], notation: Notation) -> bool:
    """Tell whether the chain is written from right to left, as column vectors have it."""
    return bool(links) and notation.flips(links[0].id)


def current_link(links: tuple[Link, ...], step_id: str) -> int | None:
    """Return the place of the link that a step writes or multiplies in; None where it is no part of the chain."""
    for place, link in enumerate(links):
        if link.id == step_id or (link.running == step_id and place < len(links) - 2):
            return place
    return len(links) - 1 if links and links[-1].id == step_id else None


def window(count: int, room: int, centre: int) -> tuple[int, ...]:
    """Return which of ``count`` links are shown where ``room`` fit: the ends, and those around the centre."""
    if count <= room:
        return tuple(range(count))
    inner = max(1, room - 2)
    start = min(max(1, centre - inner // 2), count - 1 - inner)
    return (0, *range(start, start + inner), count - 1)
