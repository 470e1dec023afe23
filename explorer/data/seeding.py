"""One door to random numbers, so that a seed that NumPy would not take is refused in a sentence."""

from typing import TYPE_CHECKING

import numpy as np

from explorer.engine.errors import ExplorerError

if TYPE_CHECKING:
    from numpy.random import Generator


def generator(seed: int) -> "Generator":
    """Return ``numpy.random.default_rng(seed)``.

    Raises
    ------
    ExplorerError
        If the seed is below 0.
    """
    if seed < 0:
        raise ExplorerError(f"seed {seed}: expected a whole number, 0 or more")
    return np.random.default_rng(seed)
