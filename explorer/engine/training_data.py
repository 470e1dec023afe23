"""What a trainer takes as its samples, or refuses."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network
from explorer.engine.problem import table, targets_matrix

Array = NDArray[np.floating]


def checked_data(network: Network, X: ArrayLike, labels: ArrayLike) -> tuple[Array, Array]:
    """Return inputs (N, D) and targets (N, C) in the network's dtype.

    Raises
    ------
    ExplorerError
        If a shape does not fit the network, there is no sample, or a number is not finite.
    """
    inputs = table(X, "X", network.dtype)
    if inputs.ndim != 2 or inputs.shape[1] != network.sizes[0]:
        raise ExplorerError(f"X has shape {inputs.shape}: expected (N, {network.sizes[0]}), one sample a row")
    targets, _ = targets_matrix(labels, network.sizes[-1], network.dtype, network.loss)
    if len(inputs) != len(targets) or not len(inputs):
        counts = f"{len(inputs)} inputs and {len(targets)} targets"
        raise ExplorerError(f"{counts}: expected as many of each, at least 1")
    if not (np.isfinite(inputs).all() and np.isfinite(targets).all()):
        raise ExplorerError("the data hold infinities or NaN: remove or replace these values first")
    return inputs, targets
