"""What counts as agreement: the criteria of three courses and our own, as one table of data.

A course's step h and its threshold belong together: the error of a central difference falls with h^2 until rounding,
which grows as 1/h, takes over. So a criterion holds both.
"""

from collections.abc import Callable
from math import isfinite
from typing import Literal, get_args

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError

Array = NDArray[np.floating]
Method = Literal["central", "complex"]
Measure = Callable[[Array, Array], Array]

COMPLEX_H = 1e-20
"""The nudge along the imaginary axis: nothing is subtracted, so it may be as small as one likes."""
COMPLEX_TOLERANCE = 1e-10
"""Largest relative error that passes where our own criterion judges complex steps."""


class Criterion(Struct, frozen=True):
    """When a gradient counts as right.

    Attributes
    ----------
    name, title
        What one types, and what a person reads.
    formula
        The relative error in letters: a on the tape, n the difference.
    h
        How far an entry is nudged.
    tolerance
        Largest error that passes.
    measure
        ``measure(n, a)`` gives the error of each entry, (E,).
    adaptive
        True where an entry that acts through a large factor is nudged by less than h, and rounding is not taken for
        agreement: where it hides a central difference a complex step decides, and where it hides that too, nothing
        is proven.
    below
        True where an error equal to the tolerance fails.
    by_norm
        True where a gradient is judged as one vector, by |n - a| / (|n| + |a|) in the Euclidean norm.
    method
        "central" for (J(q + h) - J(q - h)) / 2h, "complex" for Im J(q + ih) / h.
    """

    name: str
    title: str
    formula: str
    h: float
    tolerance: float
    measure: Measure
    adaptive: bool = False
    below: bool = False
    by_norm: bool = False
    method: Method = "central"

    def passes(self, error: float) -> bool:
        """Tell whether an error is small enough."""
        return error < self.tolerance if self.below else error <= self.tolerance

    def errors(self, numeric: Array, analytic: Array) -> Array:
        """Return the error of each entry, (E,); infinite where a number is not finite."""
        with np.errstate(all="ignore"):
            errors = self.measure(numeric, analytic)
        return np.where(np.isfinite(errors), errors, np.inf)

    def is_too_noisy(self, numeric: Array, analytic: Array, noise: Array) -> NDArray[np.bool_]:
        """Tell which entries, (E,), are so small that rounding could hide an error of the tolerance."""
        return np.asarray(self.adaptive & (noise > self.tolerance * (abs(numeric) + abs(analytic))), np.bool_)

    def together(self, errors: Array) -> float:
        """Return the error of all entries: the norm of the parts, or the largest."""
        return float(np.linalg.norm(errors) if self.by_norm else errors.max(initial=0.0))


def against_the_sum(numeric: Array, analytic: Array) -> Array:
    """|n - a| / (|n| + |a|); 0 where both are 0."""
    errors: Array = abs(numeric - analytic) / np.where(numeric == analytic, 1.0, abs(numeric) + abs(analytic))
    return errors


def against_one(numeric: Array, analytic: Array) -> Array:
    """|n - a| / max(1, |n|, |a|)."""
    errors: Array = abs(numeric - analytic) / np.maximum(1.0, np.maximum(abs(numeric), abs(analytic)))
    return errors


def against_a_hundred_millionth(numeric: Array, analytic: Array) -> Array:
    """|n - a| / max(1e-8, |n| + |a|)."""
    errors: Array = abs(numeric - analytic) / np.maximum(1e-8, abs(numeric) + abs(analytic))
    return errors


def against_the_norms(numeric: Array, analytic: Array) -> Array:
    """|n - a| / (||n|| + ||a||), which is each entry's part of ||n - a|| / (||n|| + ||a||); 0 where all are 0."""
    norms = float(np.linalg.norm(numeric) + np.linalg.norm(analytic))
    errors: Array = abs(numeric - analytic) / (norms or 1.0)
    return errors


CRITERIA: dict[str, Criterion] = {
    criterion.name: criterion
    for criterion in (
        Criterion("explorer", "Backprop Explorer", "|n − a| / (|n| + |a|)", 1e-5, 1e-5, against_the_sum, adaptive=True),
        Criterion("cs224d", "CS224d", "|n − a| / max(1, |n|, |a|)", 1e-4, 1e-5, against_one),
        Criterion(
            "cs231n", "CS231n", "|n − a| / max(1e-8, |n| + |a|)", 1e-5, 1e-8, against_a_hundred_millionth, below=True
        ),
        Criterion(
            "deeplearning.ai",
            "deeplearning.ai",
            "‖n − a‖ / (‖n‖ + ‖a‖)",
            1e-7,
            2e-7,
            against_the_norms,
            by_norm=True,
        ),
    )
}
DEFAULT = "explorer"


def chosen(
    name: str = DEFAULT, method: str = "central", h: float | None = None, tolerance: float | None = None
) -> Criterion:
    """Return the criterion of that name, with another method, step or tolerance where they are given.

    Raises
    ------
    ExplorerError
        If there is no such criterion or method, or h is no positive number.
    """
    if name not in CRITERIA:
        raise ExplorerError(f"criterion {name!r} is unknown: use one of {', '.join(CRITERIA)}")
    if method not in get_args(Method):
        raise ExplorerError(f"method {method!r} is unknown: use one of {', '.join(get_args(Method))}")
    criterion = CRITERIA[name]
    if method == "complex":
        precise = COMPLEX_TOLERANCE if name == DEFAULT else criterion.tolerance
        criterion = replace(criterion, method="complex", h=COMPLEX_H, tolerance=precise)
    h = criterion.h if h is None else h
    if not (isfinite(h) and h > 0):
        raise ExplorerError(f"h is {h}: expected a positive number, such as {CRITERIA[name].h}")
    return replace(criterion, h=h, tolerance=criterion.tolerance if tolerance is None else tolerance)
