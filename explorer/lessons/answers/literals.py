"""One number as a person writes it, and how much it says: 0.36 says no more than that it rounds to 0.36."""

import re
from math import inf, nan

from msgspec import Struct

from explorer.engine.errors import ExplorerError

MINUSES = str.maketrans(dict.fromkeys("−–‒－", "-"))
"""Signs that documents and the program itself write for minus."""
NUMBER = re.compile(r"[+-]?(?P<whole>\d*)(?P<point>\.?)(?P<decimals>\d*)(?:[eE](?P<power>[+-]?\d+))?")
NAMED = {"nan": nan, "inf": inf, "infinity": inf, "∞": inf}
BLANKS = {"", "?", "_", "…"}
"""What stands for an entry that is left open."""
LARGEST_POWER = 400


class Literal(Struct, frozen=True):
    """A number that was written.

    Attributes
    ----------
    unit
        What one in its last place is worth: 0.01 for 0.36; 0 for a fraction, which is exact, and for infinity.
    decimals
        Digits after its point; None where it has no point, or an exponent.
    """

    text: str
    value: float
    unit: float = 0.0
    decimals: int | None = None


def literal(text: str, where: str = "") -> Literal | None:
    """Read one number; None where the entry is left open.

    Parameters
    ----------
    text
        With a point, without spaces; a fraction of two numbers is one.
    where
        Stands in a refusal, e.g. " in row 2".

    Raises
    ------
    ExplorerError
        If it is none.
    """
    if text in BLANKS:
        return None
    plain = text.translate(MINUSES)
    top, slash, bottom = plain.partition("/")
    if not slash:
        return single(plain, text, where)
    above, below = single(top, text, where), single(bottom, text, where)
    if not below.value:
        raise ExplorerError(f"“{text}”{where} divides by 0: write a number below the line")
    return Literal(text, above.value / below.value)


def single(plain: str, text: str, where: str) -> Literal:
    """Read a number that is no fraction; ``text`` is what a refusal names."""
    size = plain.lstrip("+-").lower()
    if size in NAMED and len(plain) - len(size) < 2:
        return Literal(text, -NAMED[size] if plain.startswith("-") else NAMED[size])
    found = NUMBER.fullmatch(plain)
    if found is None or not (found["whole"] or found["decimals"]):
        raise ExplorerError(
            f"“{text[:16]}”{where} is no number: write one such as −0.25, 1/3 or 1e-3, or ? to leave it open"
        )
    power, decimals = int(found["power"] or 0), len(found["decimals"])
    if abs(power) > LARGEST_POWER:
        raise ExplorerError(f"“{text[:16]}”{where} is beyond what a float64 holds: write a power between −308 and 308")
    plainly = bool(decimals) and found["power"] is None
    return Literal(text, float(plain), 10.0 ** max(power - decimals, -320), decimals if plainly else None)
