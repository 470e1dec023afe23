"""Early stopping: keep the best weights by the loss on held-out samples, and know when it is time to stop. No Qt."""

import numpy as np
from numpy.typing import NDArray

from explorer.engine.trainer import Trainer
from explorer.session.history import Evaluation

Array = NDArray[np.floating]


class Best:
    """The weights of the epoch with the smallest held-out loss, with what the optimiser remembered there.

    Attributes
    ----------
    evaluation
        What was measured there; None before the first.
    epoch
        How many epochs were done there.
    waited
        Epochs since then.
    """

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._kept: dict[str, Array] = {}
        self._steps = 0
        self.evaluation: Evaluation | None = None
        self.epoch, self.waited = 0, 0

    def note(self, evaluation: Evaluation) -> None:
        """Take what was measured at the end of an epoch; a loss that is not below the best one is no improvement."""
        if self.evaluation is None or evaluation.test_loss < self.evaluation.test_loss:
            self.evaluation, self.epoch, self.waited = evaluation, self._trainer.epoch, 0
            self._kept = {name: array.copy() for name, array in self._live().items()}
            self._steps = self._trainer.optimizer.steps
        else:
            self.waited += 1

    def restore(self) -> None:
        """Give the network and the optimiser back what they were at the best epoch, if there was one."""
        if self.evaluation is None:
            return
        for name, array in self._live().items():
            array[...] = self._kept[name]
        self._trainer.optimizer.steps = self._steps

    def _live(self) -> dict[str, Array]:
        return {"theta": self._trainer.network.theta, **self._trainer.optimizer.state}
