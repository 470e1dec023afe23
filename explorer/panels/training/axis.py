"""The vertical axis of a curve plot: from 0 to a round number that keeps a spike from flattening all else. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
INTERVALS = 4
HIGHEST = 1e300
"""No axis reaches higher: beyond it lie the numbers that a painter cannot scale."""
ROUND_STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0)
TALL = 25
"""A point is out of scale where it is that many times above three quarters of all points."""
USUAL_START = 10.0
"""The loss of a sensible start is not above this, and stays in sight."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Ticks at 0, step, ..., ``INTERVALS`` steps."""

    step: float

    @property
    def top(self) -> float:
        """The value at the upper end."""
        return INTERVALS * self.step

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Each tick's value and its words."""
        return tuple((number * self.step, tick_words(number * self.step)) for number in range(INTERVALS + 1))


def tick_words(value: float) -> str:
    """Return 0, 0.6, 1.2, 250, 5e6, 2e−5: no longer than a tick may be."""
    text = f"{value:.4g}"
    if "e" in text or abs(value) >= 1e5:
        mantissa, exponent = f"{value:e}".split("e")
        text = f"{float(mantissa):g}e{int(exponent)}"
    return text.replace("-", "−")


def share_axis() -> Axis:
    """Return the axis of a share: 0 to 1."""
    return Axis(1 / INTERVALS)


def loss_axis(curves: Sequence[Values]) -> Axis:
    """Return an axis on which the curves' shape can be read; each curve is finite, its first point the oldest."""
    drawn = [curve for curve in curves if len(curve)]
    if not drawn:
        return round_axis(1.0)
    points = np.concatenate(drawn)
    start = max(curve[0] for curve in drawn)
    usual = max(TALL * float(np.quantile(points, 0.75)), float(np.quantile(points, 0.98)))
    return round_axis(min(float(points.max()), max(usual, min(start, USUAL_START))))


def round_axis(top: float) -> Axis:
    """Return the smallest axis with a round step that reaches ``top``."""
    wanted = min(max(top, 1e-12), HIGHEST) / INTERVALS
    power = 10.0 ** np.floor(np.log10(wanted))
    factor = next(step for step in ROUND_STEPS if step * power >= wanted * (1 - 1e-9))
    return Axis(float(f"{factor * power:.6g}"))
