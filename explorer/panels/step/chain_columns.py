"""The chain as columns of matrices: every factor with its numbers, the running product that it makes below. No Qt."""

from msgspec import Struct
from msgspec.structs import replace

from explorer.panels.step.blocks import Block, block_of
from explorer.panels.step.chain_links import chain_of, flipped, is_mirrored
from explorer.panels.step.masks import gated
from explorer.tape.notation import Notation
from explorer.tape.step import Tape


class ChainColumn(Struct, frozen=True, eq=False):
    """One link as it is laid out.

    Attributes
    ----------
    sign
        What stands before the factor.
    product
        What the chain comes to with this factor; None at the ends.
    """

    sign: str
    factor: Block
    product: Block | None

    @property
    def layout(self) -> tuple[object, ...]:
        """What decides how it is laid out; columns of the same layout differ in their numbers alone."""
        return self.sign, self.factor.layout, self.product.layout if self.product else None


def columns_of(tape: Tape, position: int, notation: Notation, sample: int) -> tuple[ChainColumn, ...]:
    """Return the chain in the order in which the notation writes it; hollow where nothing is computed yet."""
    links = chain_of(tape)
    mirrored = is_mirrored(links, notation)
    order = range(len(links))[::-1] if mirrored else range(len(links))
    columns = []
    for number, place in enumerate(order):
        link = links[place]
        known = len(tape) - 1 if is_known(tape, link.id, position) else position
        factor = block_of(tape, known, link.id, notation, sample, flipped=flipped(tape, link, notation))
        inner = inner_place(tuple(other.sign for other in links), place, mirrored=mirrored)
        has_product = link.running and place < len(links) - 2
        product = block_of(tape, position, link.running, notation, sample) if has_product else None
        later = max(place, order[number - 1]) if number else 0
        role = "written" if link.sign == "=" else "read"
        columns.append(
            ChainColumn(
                links[later].sign if number else "",
                replace(gated(factor, tape), inner=inner, role=role),
                gated(product, tape) if product else None,
            )
        )
    return tuple(columns)


def is_known(tape: Tape, name: str, position: int) -> bool:
    """Tell whether a factor is nothing but weights that are there: no step needs to be waited for."""
    step = tape[name]
    return step.operation == "transpose" and all(tape.computed(operand, position) for operand in step.operands)


def inner_place(signs: tuple[str, ...], place: int, *, mirrored: bool) -> int | None:
    """Return which number of a link's shape meets the neighbour that it is multiplied with, the one before it first."""
    if signs[place] == "·":
        return 1 if mirrored else 0
    meets_next = place + 1 < len(signs) and signs[place + 1] == "·"
    return (0 if mirrored else 1) if meets_next else None
