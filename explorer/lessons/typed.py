"""The numbers of a typed answer, each with the decimals that were written."""

import re

from msgspec import Struct

from explorer.engine.errors import ExplorerError
from explorer.tape.numbers import MINUS

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
APART = re.compile(r"[\s,;×x()\[\]]+")


class Typed(Struct, frozen=True):
    """A number as it was typed; ``decimals`` is how many places after the point it was written to."""

    value: float
    decimals: int


def numbers_typed(text: str) -> tuple[Typed, ...]:
    """Return the numbers of a text: apart by spaces, commas, semicolons or ×, brackets around them or not.

    Raises
    ------
    ExplorerError
        If something in it is no number.
    """
    return tuple(number_of(word) for word in APART.split(text.replace(MINUS, "-")) if word)


def number_of(word: str) -> Typed:
    """Return a number, or the quotient of two: 1/3."""
    above, _, below = word.partition("/")
    if not NUMBER.fullmatch(above) or (below and not NUMBER.fullmatch(below)) or (below and not float(below)):
        raise ExplorerError(f"“{word[:12]}” is no number: type one such as {MINUS}0.25, 1/3 or 1e-3")
    if below:
        return Typed(float(above) / float(below), 15)
    mantissa, _, power = above.lower().partition("e")
    return Typed(float(above), len(mantissa.partition(".")[2]) - int(power or 0))
