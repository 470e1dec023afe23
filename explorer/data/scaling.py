"""What is done to raw numbers before a network sees them, as two arrays that anybody can apply."""

from collections.abc import Callable, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.data.choices import Fitting
from explorer.engine.errors import ExplorerError

Array = NDArray[np.float64]
FLAT = 1e-12
"""A column whose standard deviation is at most that share of its largest entry is constant but for rounding."""

STANDARDISED = "(raw - mean) / standard deviation of the training samples, column by column"
RANGED = "(raw - least) / (largest - least) of the training samples, column by column"
FILLED = "as they are, but for gaps, which the training samples fill"
IN_A_WORD = {STANDARDISED: "standardised", RANGED: "to 0 … 1", FILLED: "gaps filled"}
"""What a person reads of a scaling, and where there is little room."""


class Scaling(Struct, frozen=True, eq=False):
    """x = (raw - shift) / scale.

    Attributes
    ----------
    shift, scale
        One number a column, (D,), or one for all, (1,).
    words
        What a person reads, e.g. "pixels / 16".
    columns
        Names of the columns of raw; empty where they have none of their own.
    constant
        Those of them that never change in the training part, and are only shifted, to 0.
    fill
        What stands for a gap in each column of raw, (D,); None where there are none.
    """

    shift: Array
    scale: Array
    words: str
    columns: tuple[str, ...] = ()
    constant: tuple[str, ...] = ()
    fill: Array | None = None

    @classmethod
    def from_values(cls, values: Mapping[str, object], words: str) -> "Scaling":
        """Return the scaling that ``as_values`` told.

        Raises
        ------
        ExplorerError
            If these are no numbers to shift and divide by.
        """
        try:
            shift, scale = (np.array(values[name], np.float64) for name in ("shift", "scale"))
        except (KeyError, TypeError, ValueError):
            shift = scale = np.zeros(0)
        usable = shift.ndim == 1 and shift.size and shift.shape == scale.shape
        if not usable or not np.isfinite([shift, scale]).all() or not scale.all():
            raise ExplorerError("its metadata hold no numbers for the scaling: export the weights again")
        columns, constant = (values.get(name, ()) for name in ("columns", "constant"))
        return cls(shift, scale, words, texts(columns), texts(constant), fill_told(values.get("fill"), len(shift)))

    def after(self, before: "Scaling | None") -> "Scaling":
        """Return the scaling of raw numbers that ``before`` went through first."""
        if before is None:
            return self
        shift, scale = before.shift + self.shift * before.scale, before.scale * self.scale
        return Scaling(shift, scale, self.words, self.columns, self.constant, self.fill)

    def applied(self, raw: NDArray[np.floating]) -> Array:
        """Return raw numbers, (N, D), as the network wants them."""
        result = np.array(raw, np.float64)
        self.apply(result)
        return result

    def apply(self, raw: Array) -> None:
        """Change raw numbers, (N, D), which are the caller's alone, into what ``applied`` returns of them."""
        raw -= self.shift
        raw /= self.scale

    def undone(self, scaled: NDArray[np.floating]) -> Array:
        """Return scaled numbers, (N, D), as they were."""
        result: Array = scaled * self.scale + self.shift
        return result

    def as_values(self) -> dict[str, object]:
        """Return it as values that JSON can hold, for whoever uses the weights elsewhere."""
        values: dict[str, object] = {
            "formula": "(raw - shift) / scale",
            "shift": self.shift.tolist(),
            "scale": self.scale.tolist(),
            "columns": list(self.columns),
        }
        if self.constant:
            values["constant"] = list(self.constant)
        if self.fill is not None:
            values["fill"] = self.fill.tolist()
        return values


def fill_told(values: object, columns: int) -> Array | None:
    """Return what may be one finite number a column, that stands for its gaps, as that; None where nothing is told."""
    if values is None:
        return None
    try:
        fill = np.array(values, np.float64)
    except (TypeError, ValueError):
        fill = np.zeros(0)
    if fill.shape != (columns,) or not np.isfinite(fill).all():
        raise ExplorerError("its metadata hold no numbers that fill gaps: export the weights again")
    return fill


def unscaled(columns: tuple[str, ...], fill: Array) -> Scaling:
    """Return what changes nothing but the gaps, which numbers, (D,), stand for."""
    return Scaling(np.zeros(len(columns)), np.ones(len(columns)), FILLED, columns, fill=fill)


def texts(values: object) -> tuple[str, ...]:
    """Return what may be a list of names as names."""
    return tuple(map(str, values)) if isinstance(values, list | tuple) else ()


def divided_by(largest: float, words: str) -> Scaling:
    """Return the scaling of images, whose entries run from 0 to ``largest``: by their range, not column by column."""
    return Scaling(np.zeros(1), np.array([float(largest)]), words)


def standardising(raw: Array, columns: tuple[str, ...]) -> Scaling:
    """Return the scaling by mean and standard deviation of each column of raw, (N, D), which is the training part.

    The deviation is that of the samples themselves (divided by N). A constant column keeps its scale: it becomes 0.

    Raises
    ------
    ExplorerError
        If numbers are so large that their distance from the mean overflows.
    """
    largest = np.array([np.abs(column).max() for column in raw.T])
    unit = np.where(largest > 0, largest, 1.0)  # squares of large numbers overflow, of small ones vanish
    mean = unit * np.array([(column / size).mean() for column, size in zip(raw.T, unit, strict=True)])
    deviation = unit * np.array([(column / size).std() for column, size in zip(raw.T, unit, strict=True)])
    with np.errstate(over="ignore"):
        reach = largest + np.abs(mean)
    refuse_reach(reach, largest, columns)
    flat = deviation <= FLAT * largest
    constant = tuple(name for name, still in zip(columns, flat, strict=True) if still)
    return Scaling(mean, np.where(flat, 1.0, deviation), STANDARDISED, columns, constant)


def ranging(raw: Array, columns: tuple[str, ...]) -> Scaling:
    """Return the scaling of each column of raw, (N, D), the training part, to 0 at its least and 1 at its largest.

    A constant column keeps its scale: it becomes 0.

    Raises
    ------
    ExplorerError
        If numbers are so large that their distance overflows.
    """
    low, high = np.array([(column.min(), column.max()) for column in raw.T]).T
    largest = np.maximum(np.abs(low), np.abs(high))
    with np.errstate(over="ignore"):
        width = high - low
    refuse_reach(width, largest, columns)
    flat = width <= FLAT * largest
    constant = tuple(name for name, still in zip(columns, flat, strict=True) if still)
    return Scaling(low, np.where(flat, 1.0, width), RANGED, columns, constant)


def refuse_reach(reach: Array, largest: Array, columns: tuple[str, ...]) -> None:
    """Refuse columns whose numbers lie further apart than numbers can say."""
    for name, size, far in zip(columns, largest, reach, strict=True):
        if not np.isfinite(far):
            raise ExplorerError(f"column {name!r} holds numbers as large as {size:.3g}: use a larger unit")


FITTINGS: dict[Fitting, Callable[[Array, tuple[str, ...]], Scaling] | None] = {
    "standardise": standardising,
    "range": ranging,
    "none": None,
}
"""Name of what is done to columns, to what fits it to the training samples."""
