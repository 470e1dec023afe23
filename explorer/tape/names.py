"""Names on a tape, taken apart: what "dJ/dW2" or "dz2/dh1" is a value, a gradient or a factor of."""

import re
from enum import Enum
from functools import lru_cache

from msgspec import Struct


class Role(Enum):
    """What a named array is to the quantity that it belongs to."""

    VALUE = "value"
    GRADIENT = "gradient"  # dJ/dq
    FACTOR = "factor"  # dq/dr, a factor of the chain rule
    UPDATED = "updated"  # q+, after the update


class Name(Struct, frozen=True):
    """A name taken apart.

    Attributes
    ----------
    symbol
        x, y, z, h, W, b, p, R or J.
    layer
        Layer number from 1; 0 for x and for the whole network.
    role
        What it is to the quantity; of a factor dz2/dh1, ``symbol`` and ``layer`` are the lower ones: h, 1.
    over
        For a factor, the name of the quantity above: z2 in dz2/dh1.
    """

    symbol: str
    layer: int
    role: Role
    over: str = ""

    @property
    def quantity(self) -> str:
        """The plain id of the quantity: "z2" for "dJ/dz2"."""
        return f"{self.symbol}{self.layer or ''}"


PATTERN = re.compile(r"^(?:d(?P<over>[a-zRJ]\d*)/d)?(?P<symbol>[xyzhWbpRJ])(?P<layer>\d*)(?P<plus>\+?)$")


@lru_cache(maxsize=4096)
def parse(name: str) -> Name:
    """Take a step's id or an operand's name apart.

    Raises
    ------
    ValueError
        If the name is not one that a tape holds.
    """
    found = PATTERN.match(name)
    if found is None:
        raise ValueError(f"{name!r} is not a name on a tape")
    over, layer = found["over"] or "", int(found["layer"] or 0)
    role = Role.VALUE
    if found["plus"]:
        role = Role.UPDATED
    elif over == "J":
        role = Role.GRADIENT
    elif over:
        role = Role.FACTOR
    return Name(found["symbol"], layer, role, over)
