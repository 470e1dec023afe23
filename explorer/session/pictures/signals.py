"""What runs through a network on many samples at once: the arrays that every picture of learning is made of."""

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.network import Network

Array = NDArray[np.floating]
Value = TypeVar("Value")
Work = Generator[None, None, Value]
"""Yields after each piece of work, and returns the picture."""
PIECE_PRODUCTS = 4_000_000
"""Multiplications of a piece: about 2 ms."""


def finished(work: Work[Value]) -> Value:
    """Return what the work returns, made at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Value = end.value
            return result


def piece_length(network: Network) -> int:
    """Return the samples whose forward pass is one piece of work."""
    return min(max(PIECE_PRODUCTS // network.theta.size, 1), 4096)


def pieces(samples: int, network: Network) -> Iterator[slice]:
    """Cut that many samples into pieces of work."""
    length = piece_length(network)
    return (slice(start, start + length) for start in range(0, samples, length))


def in_pieces(function: Callable[[Array], Array], X: Array, network: Network) -> Work[Array]:
    """Return ``function`` of all rows of X, (N, D), computed piece by piece."""
    parts = []
    for piece in pieces(len(X), network):
        parts.append(function(X[piece]))
        yield
    return np.concatenate(parts)


def evenly(samples: int, most: int) -> NDArray[np.intp]:
    """Return the indices of at most ``most`` samples, spread evenly: always the same ones."""
    if not samples:
        return np.empty(0, np.intp)
    places = np.linspace(0, samples - 1, min(samples, most)).round().astype(np.intp)
    return places[np.diff(places, prepend=-1) > 0]


def array_of(network: Network, X: Array, name: str, layer: int) -> Array:
    """Return z or h (``name``) of a layer, counted from 1, for the rows of X; (N, units)."""
    h: Array = np.asarray(X, network.dtype)
    with np.errstate(all="ignore"):
        for number, part in enumerate(network.layers[:layer], start=1):
            z = h @ part.weights + part.bias
            if number == layer and name == "z":
                return z
            ACTIVATIONS[part.activation].value(z, z)
            h = z
    return h


class Signals(Struct, frozen=True, eq=False):
    """A forward and a backward pass over N samples; entry l - 1 of each tuple belongs to layer l.

    Attributes
    ----------
    inputs
        h_{l-1}, (N, D).
    values, slopes
        h_l = f(z_l) and f'(z_l), (N, H).
    arriving, deltas
        dJ/dh_l and dJ/dz_l, (N, H), with J the mean over the N samples, without a penalty.
    """

    inputs: tuple[Array, ...]
    values: tuple[Array, ...]
    slopes: tuple[Array, ...]
    arriving: tuple[Array, ...]
    deltas: tuple[Array, ...]

    def weight_gradient(self, layer: int) -> Array:
        """Return dJ/dW of a layer, counted from 1: h_{l-1}^T dJ/dz_l, (D, H)."""
        with np.errstate(all="ignore"):
            gradient: Array = self.inputs[layer - 1].T @ self.deltas[layer - 1]
        return gradient


def signals(network: Network, X: Array, Y: Array) -> Signals:
    """Return both passes: dJ/dz_l = (dJ/dz_{l+1} W_{l+1}^T) ⊙ f'(z_l)."""
    h: Array = np.asarray(X, network.dtype)
    inputs, values, slopes = [], [], []
    with np.errstate(all="ignore"):
        for layer in network.layers:
            inputs.append(h)
            z, rule = h @ layer.weights + layer.bias, ACTIVATIONS[layer.activation]
            h, slope = np.empty_like(z), np.empty_like(z)
            rule.value(z.copy(), h)
            rule.derivative(z, h, slope)
            values.append(h)
            slopes.append(slope)
        arriving, deltas = backward(network, h, np.asarray(Y, network.dtype), slopes)
    return Signals(tuple(inputs), tuple(values), tuple(slopes), arriving, deltas)


def backward(
    network: Network, outputs: Array, Y: Array, slopes: Sequence[Array]
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Return dJ/dh_l and dJ/dz_l of every layer, the first one's first."""
    arriving = [LOSSES[network.loss].gradient(outputs, Y, network.beta) / len(Y)]
    deltas = [arriving[0] * slopes[-1]]
    for layer, slope in zip(network.layers[:0:-1], slopes[-2::-1], strict=True):
        arriving.append(deltas[-1] @ layer.weights.T)
        deltas.append(arriving[-1] * slope)
    return tuple(reversed(arriving)), tuple(reversed(deltas))
