"""The chain of a backward pass, read off the tape: dJ/dz2 · W2ᵀ ⊙ σ′(z1) · W1ᵀ = dJ/dx. No Qt."""

from msgspec import Struct

from explorer.tape.notation import Notation
from explorer.tape.step import Tape

SIGNS = {"gate": "⊙", "chain": "·"}
"""The operations that carry the gradient one factor further, and the sign before that factor."""


class Link(Struct, frozen=True):
    """A factor of the chain.

    Attributes
    ----------
    id
        The step that wrote the factor.
    sign
        What stands before it.
    product
        The step that multiplied it in: the running product; empty for the first link.
    """

    id: str
    sign: str = ""
    product: str = ""

    @property
    def is_matrix(self) -> bool:
        """Whether it is joined by a matrix product, so that inner numbers of the shapes must agree."""
        return self.sign == "·"


def chain_of(tape: Tape) -> tuple[Link, ...]:
    """Return the links in order; the last, with the sign "=", is what the whole chain comes to."""
    links: list[Link] = []
    for step in tape.steps:
        if step.operation in SIGNS:
            running, factor = step.operands
            links = links or [Link(running)]
            links.append(Link(factor, SIGNS[step.operation], step.id))
    return (*links, Link(links[-1].product, "=")) if links else ()


def flipped(tape: Tape, link: Link, notation: Notation) -> bool:
    """Tell whether a link is written as the transpose of what the tape holds, so that the chain can be multiplied."""
    product = tape[link.product] if link.product and link.sign != "=" else None
    return notation.flips(link.id) if product is None else notation.needs_flip(product.instruction, 1)


def is_mirrored(links: tuple[Link, ...], notation: Notation) -> bool:
    """Tell whether the chain is written from right to left, as column vectors have it."""
    return bool(links) and notation.flips(links[0].id)


def current_link(links: tuple[Link, ...], step_id: str) -> int | None:
    """Return the place of the link that a step writes or multiplies in; None where it is no part of the chain."""
    for place, link in enumerate(links):
        if link.id == step_id or (link.product == step_id and place < len(links) - 2):
            return place
    return len(links) - 1 if links and links[-1].id == step_id else None


def window(count: int, room: int, centre: int) -> tuple[int, ...]:
    """Return which of ``count`` links are shown where ``room`` fit: the ends, and those around the centre."""
    if count <= room:
        return tuple(range(count))
    inner = max(1, room - 2)
    start = min(max(1, centre - inner // 2), count - 1 - inner)
    return (0, *range(start, start + inner), count - 1)
