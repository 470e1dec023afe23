"""Which three colours a diverging map runs between. It loads no NumPy: the first frame of the window takes its look."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Diverging:
    """A diverging colour map over -1 ... 1 between three colours "#RRGGBB"."""

    negative: str
    neutral: str
    positive: str

    def colours(self, values: "ArrayLike", largest: float = 1.0) -> "NDArray[np.uint8]":
        """Return colours (..., 3) of values (...), ``largest`` in size at full colour; NaN is neutral.

        The share of colour grows as |v|^0.75, so that small values still show their sign.
        """
        from explorer.graph.colors import coloured  # noqa: PLC0415 (NumPy, which no first frame waits for)

        return coloured(self, values, largest)

    def dark(self, colours: "NDArray[np.uint8]") -> "NDArray[np.bool_]":
        """Tell of colours (..., 3) where white ink has more contrast than black."""
        from explorer.graph.colors import dark  # noqa: PLC0415 (NumPy, which no first frame waits for)

        return dark(colours)
