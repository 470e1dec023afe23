"""Initial weights: one scheme, one line of mathematics. Biases start at zero.

``numpy.random`` takes 7 ms to import: none of it may be named here before a number is drawn.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.kinds import is_whole

if TYPE_CHECKING:
    from numpy.random import PCG64, Generator


class Init(Struct, frozen=True):
    """How weights are drawn, from ``numpy.random.default_rng(seed)``, layer by layer from the input.

    Raises
    ------
    ExplorerError
        If the seed is negative, the scale is negative or not finite, or low and high are no finite range.
    """

    scheme: str = "xavier_uniform"
    seed: int = 0
    scale: float = 0.1
    low: float = -0.1
    high: float = 0.1

    def __post_init__(self) -> None:
        """Refuse numbers that nothing can be drawn from."""
        check_seed(self.seed)
        if not (math.isfinite(self.scale) and self.scale >= 0):
            raise ExplorerError(f"init scale {self.scale}: expected a finite number, 0 or more")
        if not (math.isfinite(self.high - self.low) and self.low <= self.high):
            given = f"{self.low} to {self.high}"
            raise ExplorerError(f"init range {given}: expected finite numbers, the lower first")


def check_seed(seed: int) -> None:
    """Refuse a seed that NumPy's generator cannot take."""
    if not is_whole(seed) or seed < 0:
        raise ExplorerError(f"seed {seed}: expected a whole number, 0 or more")


def random_bits(seed: int) -> "PCG64":
    """Return the bits behind NumPy's generator of that seed, or refuse a seed that it cannot take."""
    check_seed(seed)
    return np.random.PCG64(seed)


def generator(seed: int) -> "Generator":
    """Return NumPy's generator of that seed, ``default_rng(seed)``, or refuse a seed that it cannot take."""
    return np.random.Generator(random_bits(seed))


Draw = Callable[["Generator", int, int, Init], NDArray[np.float64]]

INITIALISERS: dict[str, Draw] = {
    # all of W is 0
    "zeros": lambda _rng, d, h, _init: np.zeros((d, h)),
    # W ~ N(0, scale^2)
    "normal": lambda rng, d, h, init: rng.normal(0.0, init.scale, (d, h)),
    # W ~ U[low, high)
    "uniform": lambda rng, d, h, init: rng.uniform(init.low, init.high, (d, h)),
    # W ~ U[-r, r), r = sqrt(6 / (D + H))   (Glorot and Bengio 2010, eq. 16)
    "xavier_uniform": lambda rng, d, h, _init: rng.uniform(-1, 1, (d, h)) * np.sqrt(6 / (d + h)),
    # W ~ N(0, 2 / (D + H))                 (Glorot and Bengio 2010, eq. 12)
    "xavier_normal": lambda rng, d, h, _init: rng.normal(0.0, np.sqrt(2 / (d + h)), (d, h)),
    # W ~ U[-r, r), r = sqrt(6 / D)         (He et al. 2015, eq. 10)
    "he_uniform": lambda rng, d, h, _init: rng.uniform(-1, 1, (d, h)) * np.sqrt(6 / d),
    # W ~ N(0, 2 / D)                       (He et al. 2015, eq. 10)
    "he_normal": lambda rng, d, h, _init: rng.normal(0.0, np.sqrt(2 / d), (d, h)),
}
