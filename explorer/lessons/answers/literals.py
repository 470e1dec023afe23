"""One number as a person writes it, and how much it says: 0.36 says no more than that it rounds to 0.36."""

import re
from math import inf, isfinite, nan

from msgspec import Struct

from explorer.engine.errors import ExplorerError

MINUSES = str.maketrans(dict.fromkeys("−–‒－", "-"))
"""Signs that documents and the program itself write for minus."""
NUMBER = re.compile(r"[+-]?(?P<whole>\d*)(?P<point>\.?)(?P<decimals>\d*)(?:[eE](?P<power>[+-]?\d+))?")
NAMED = {"nan": nan, "inf": inf, "infinity": inf, "∞": inf}
BLANKS = {"", "?", "_", "…"}
"""What stands for an entry that is left open."""
LARGEST_POWER = 400
"""Beyond any number that float64 holds, whatever digits stand before it."""
FINEST = -323
"""The power of ten of the smallest number that float64 holds."""


class Literal(Struct, frozen=True):
    """A number that was written.

    Attributes
    ----------
    unit
        What one in its last place is worth: 0.01 for 0.36; 0 for a fraction, which is exact, and for infinity.
    decimals
        Digits after its point; None where it has no point, or an exponent.
    needed
        With an exponent, what one in the place of its last digit but zeros is worth; else 0.
    """

    text: str
    value: float
    unit: float = 0.0
    decimals: int | None = None
    needed: float = 0.0


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
        raise ExplorerError(f"“{text[:16]}”{where} divides by 0: write a number below the line")
    quotient = above.value / below.value
    if isfinite(above.value) and (not isfinite(quotient) or (above.value and isfinite(below.value) and not quotient)):
        raise beyond(text, where)
    return Literal(text, quotient)


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
    value, decimals = float(plain), len(found["decimals"])
    written = float(f"{found['whole']}.{found['decimals']}0")
    power = float(found["power"] or 0)
    if abs(power) > LARGEST_POWER or not isfinite(value) or (written and not value):
        raise beyond(text, where)
    plainly = bool(decimals) and found["power"] is None
    digits = found["whole"] + found["decimals"]
    zeros = len(digits) - len(digits.rstrip("0"))
    needed = unit_of(int(power) - decimals + zeros) if found["power"] and value else 0.0
    return Literal(text, value, unit_of(int(power) - decimals), decimals if plainly else None, needed)


def unit_of(power: int) -> float:
    """Return a power of ten, the nearest that float64 holds."""
    return float(f"1e{min(max(power, FINEST), 308)}")


def beyond(text: str, where: str) -> ExplorerError:
    """Refuse a number that is too large or too small."""
    return ExplorerError(
        f"“{text[:16]}”{where} is beyond what a float64 holds: write a number between 1e−308 and 1e308 in size, or 0"
    )
