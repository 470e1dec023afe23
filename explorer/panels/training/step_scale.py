"""How steps lie along the horizontal axis: evenly, or closer together the further a run has come. No Qt."""

from math import expm1, log1p

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Values = NDArray[np.float64]


class StepScale(Struct, frozen=True):
    """Where a step t is painted, from 0 on: at t, or at log(1 + t), which has a place for step 0 too."""

    logarithmic: bool = False

    def place(self, step: float) -> float:
        """Return the place of a step."""
        return log1p(max(step, 0.0)) if self.logarithmic else float(step)

    def places(self, steps: Values) -> Values:
        """Return the places of steps."""
        return np.log1p(np.maximum(steps, 0.0)) if self.logarithmic else steps

    def step(self, place: float) -> float:
        """Return the step at a place."""
        return expm1(place) if self.logarithmic else place


EVEN = StepScale()
