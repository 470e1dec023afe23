"""An optimiser made of an update's numbers, and its own calls, bound block by block to parameters and gradient."""

from copy import copy

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.network import Network, layer_views
from explorer.engine.optimizers import OPTIMIZERS, Optimizer
from explorer.engine.program import Calls, Program
from explorer.engine.update import Update

Array = NDArray[np.floating]
BLOCK = 32_768
"""Parameters that are updated at a time: what one call writes is still in the cache when the next reads it."""


def usual_update(optimizer: str, learning_rate: float | None, *, train_biases: bool) -> Update:
    """Return an update with the optimiser's usual numbers, but for those that are given."""
    named = Update(optimizer, train_biases=train_biases)
    rate = OPTIMIZERS[optimizer].usual_rate if learning_rate is None else learning_rate
    return replace(named, learning_rate=rate)


def make_optimizer(update: Update, theta: Array, decayed: Array) -> Optimizer:
    """Return the optimiser that ``update`` names, for vectors like ``theta``; ``decayed`` is 1 at weights, else 0."""
    rule = OPTIMIZERS[update.optimizer]
    numbers = {name: getattr(update, name) for name in rule.hyperparameters}
    return rule(update.learning_rate, update.schedule, numbers, theta, decayed)


def bound_update(update: Update, network: Network, gradient: Array) -> tuple[Optimizer, Calls]:
    """Return the optimiser of ``network.theta``, and the calls that make one of its updates by ``gradient``, (P,)."""
    rule = OPTIMIZERS[update.optimizer]
    decayed = weights_only(network) if "weight_decay" in rule.hyperparameters else gradient[:0]
    with np.errstate(all="ignore"):
        optimizer = make_optimizer(update, network.theta, decayed)
    program, theta = Program(), network.theta
    if not update.train_biases:
        frozen = np.empty_like(theta)
        program.record(np.multiply, gradient, weights_only(network), frozen)
        gradient = frozen
    change: Array = np.empty(min(BLOCK, theta.size), theta.dtype)
    for start in range(0, theta.size, BLOCK):
        rows = slice(start, start + BLOCK)
        part, block = theta[rows], block_of(optimizer, rows, theta.size)
        program.record(type(block).apply, block, part, gradient[rows], change[: part.size])
    return optimizer, program.calls


def weights_only(network: Network) -> Array:
    """Return a vector like theta, 1 at weights and 0 at biases."""
    mask: Array = np.ones_like(network.theta)
    for layer in layer_views(mask, network.sizes, network.activations):
        layer.bias.fill(0)
    return mask


def block_of(optimizer: Optimizer, rows: slice, size: int) -> Optimizer:
    """Return a twin of the optimizer that works on those rows of its vectors."""
    twin = copy(optimizer)
    for name, value in vars(optimizer).items():
        if isinstance(value, np.ndarray) and value.shape == (size,):
            setattr(twin, name, value[rows])
    return twin
