"""The losses of a slice of training, gathered to be posted at once: a parcel costs as much as an update."""

import numpy as np
from numpy.typing import NDArray

LARGEST = float(np.finfo(np.float32).max)


class LossBuffer:
    """Room for the losses of consecutive updates.

    Parameters
    ----------
    size
        Losses that it holds at most.
    """

    def __init__(self, size: int) -> None:
        self._losses = np.empty(size)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def has_room(self, steps: int) -> bool:
        """Tell whether so many more fit."""
        return self._count + steps <= len(self._losses)

    def room(self, steps: int) -> NDArray[np.float64]:
        """Return where the next losses are to be written, (steps,), NaN at first; ``note`` then counts them."""
        losses = self._losses[self._count : self._count + steps]
        losses.fill(np.nan)
        return losses

    def note(self, steps: int) -> None:
        """Count those that were written since."""
        self._count += steps

    def take(self) -> NDArray[np.float32]:
        """Return a copy of the losses, (count,), within what float32 can hold, and begin anew."""
        taken = np.clip(self._losses[: self._count], -LARGEST, LARGEST).astype(np.float32)
        self._count = 0
        return taken
