"""Which three colours a diverging map runs between. It loads no NumPy: the first frame of the window takes its look."""

from msgspec import Struct


class Diverging(Struct, frozen=True):
    """A diverging colour map over -1 ... 1 between three colours "#RRGGBB"; ``colors.coloured`` goes by it."""

    negative: str
    neutral: str
    positive: str
