"""Where a step left the finite numbers: the first array, in the order of computation, that is not finite."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.engine.network import Layer
from explorer.engine.workspace import Workspace

Array = NDArray[np.floating]
Named = tuple[str, Array]


def broken_pass(workspace: Workspace) -> str:
    """Name where the forward pass broke, computing it once more: a parameter, z1, h1, ..., p, R or J."""
    return first_non_finite(forward_arrays(workspace), "J")


def broken_update(workspace: Workspace, gradients: Sequence[Layer]) -> str:
    """Name where the backward pass broke, from dJ/dzL down, or else the parameter that the update broke."""
    return first_non_finite(backward_arrays(workspace, gradients), "J")


def first_non_finite(arrays: Iterable[Named], otherwise: str) -> str:
    """Return the name of the first array that holds an infinity or a NaN, or ``otherwise``."""
    return next((name for name, array in arrays if not np.isfinite(array).all()), otherwise)


def forward_arrays(workspace: Workspace) -> Iterator[Named]:
    """Yield W1, b1, ..., then z1, h1, ..., p and R, by their names on a tape."""
    network = workspace.network
    yield from network.parameters.items()
    workspace.forward()
    for number, buffers in enumerate(workspace.layers, start=1):
        yield f"z{number}", buffers.z
        yield f"h{number}", buffers.h
    yield "p", network.predictions(workspace.outputs.T)
    yield "R", np.asarray(workspace.objective.penalty(network))


def backward_arrays(workspace: Workspace, gradients: Sequence[Layer]) -> Iterator[Named]:
    """Yield dJ/dzL, dJ/dWL, dJ/dbL, down to layer 1, then the parameters after the update."""
    for number in range(len(gradients), 0, -1):
        yield f"dJ/dz{number}", workspace.layers[number - 1].delta
        yield f"dJ/dW{number}", gradients[number - 1].weights
        yield f"dJ/db{number}", gradients[number - 1].bias
    yield from workspace.network.parameters.items()
