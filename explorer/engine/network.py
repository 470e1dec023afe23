"""The multilayer perceptron: its layers' names and numbers, one flat vector of parameters, the forward pass.

Each layer keeps weights and bias together as one matrix A of shape (D + 1, H), the bias its last row, so that
[x, 1] A = x W + b is a single product; all layers lie in one vector theta, so that an update is one call.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, DTypeLike, NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.errors import ExplorerError
from explorer.engine.initialisers import INITIALISERS, Init, generator
from explorer.engine.kinds import is_whole
from explorer.engine.losses import LOSSES

Array = NDArray[np.floating]
MAX_PARAMETERS = 200_000_000


class Layer(Struct, frozen=True, eq=False):
    """Views of a layer's parameters: ``weights`` (D, H) and ``bias`` (H,), inside ``folded`` (D + 1, H)."""

    activation: str
    folded: Array
    weights: Array
    bias: Array


class Network:
    """A multilayer perceptron z_l = h_{l-1} W_l + b_l, h_l = f_l(z_l), with a loss on its last array.

    Parameters
    ----------
    sizes
        Units of the input and of each layer, e.g. (784, 128, 10).
    activations
        One name a layer, e.g. ("sigmoid", "identity").
    loss
        A key of ``LOSSES``.
    beta
        Inverse temperature of the softmax; 1 with sigmoid_cross_entropy, and of no account with squared errors.
    dtype
        float32 or float64.

    Raises
    ------
    ExplorerError
        If a size, a name or the dtype is not usable.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activations: Sequence[str],
        loss: str = "softmax_cross_entropy",
        beta: float = 1.0,
        dtype: DTypeLike = np.float64,
    ) -> None:
        check_architecture(sizes, activations, loss)
        check_beta(beta, loss)
        self.sizes = tuple(int(size) for size in sizes)
        self.activations = tuple(activations)
        self.loss = loss
        self.beta = float(beta)
        self.dtype = checked_dtype(dtype)
        self.theta: Array = np.zeros(sum((d + 1) * h for d, h in pairwise(self.sizes)), self.dtype)
        self.layers = layer_views(self.theta, self.sizes, self.activations)

    @classmethod
    def random(
        cls,
        sizes: Sequence[int],
        activation: str = "sigmoid",
        seed: int = 0,
        dtype: DTypeLike = np.float64,
        *,
        output_activation: str = "identity",
        loss: str = "softmax_cross_entropy",
        init: str | Init = "xavier_uniform",
    ) -> Self:
        """Return a network of random weights and zero biases: ``activation`` on every layer but the last."""
        hidden = max(len(sizes) - 2, 0)
        network = cls(sizes, (*(activation,) * hidden, output_activation), loss, dtype=dtype)
        network.draw(Init(init, seed) if isinstance(init, str) else init)
        return network

    def draw(self, init: Init) -> None:
        """Draw all weights anew and set the biases to zero."""
        if init.scheme not in INITIALISERS:
            known = ", ".join(INITIALISERS)
            raise ExplorerError(f"init scheme {init.scheme!r} is unknown: use one of {known}")
        rng = generator(init.seed)
        for layer, (d, h) in zip(self.layers, pairwise(self.sizes), strict=True):
            layer.weights[...] = INITIALISERS[init.scheme](rng, d, h, init)
            layer.bias[...] = 0

    @property
    def depth(self) -> int:
        """Number of layers L with parameters."""
        return len(self.layers)

    @property
    def parameters(self) -> dict[str, Array]:
        """The live arrays W1 (D, H), b1 (H,), W2, ...; writing into them changes the network."""
        return named_arrays(self.layers)

    def copy(self, dtype: DTypeLike | None = None) -> "Network":
        """Return an independent network with the same numbers, in another dtype if one is given."""
        twin = Network(self.sizes, self.activations, self.loss, self.beta, dtype or self.dtype)
        twin.theta[:] = self.theta
        return twin

    def __reduce__(self) -> tuple[type["Network"], tuple[object, ...], dict[str, Array]]:
        """Pickle and deepcopy theta alone, so that the twin's layers are views of the twin's own theta."""
        made_of = (self.sizes, self.activations, self.loss, self.beta, self.dtype.name)
        return type(self), made_of, {"theta": self.theta}

    def __setstate__(self, state: dict[str, Array]) -> None:
        """Fill in the numbers of a network that ``__reduce__`` took apart."""
        self.theta[:] = state["theta"]

    def forward(self, X: ArrayLike) -> Array:
        """Return the last layer's activations, (N, C): the logits where its activation is the identity."""
        h: Array = np.asarray(X, self.dtype)
        if h.ndim != 2 or h.shape[1] != self.sizes[0]:
            wanted = f"(N, {self.sizes[0]}), one sample a row"
            raise ExplorerError(f"inputs have shape {h.shape}: expected {wanted}")
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            for layer in self.layers:
                z = h @ layer.weights + layer.bias
                ACTIVATIONS[layer.activation].value(z, z)
                h = z
        return h

    def predict_proba(self, X: ArrayLike) -> Array:
        """Return class probabilities, (N, C); where the loss has none, the outputs themselves."""
        return self.predictions(self.forward(X))

    def predictions(self, outputs: Array) -> Array:
        """Return what outputs (N, C) of the last layer predict: p, or themselves where the loss has no p."""
        probabilities = LOSSES[self.loss].probabilities
        if probabilities is None:
            return outputs
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            return probabilities(outputs, self.beta)


def named_arrays(layers: Iterable[Layer]) -> dict[str, Array]:
    """Return the arrays of layers by the names of the parameters: W1, b1, W2, ..."""
    named: dict[str, Array] = {}
    for number, layer in enumerate(layers, start=1):
        named[f"W{number}"] = layer.weights
        named[f"b{number}"] = layer.bias
    return named


def layer_views(theta: Array, sizes: Sequence[int], activations: Sequence[str]) -> tuple[Layer, ...]:
    """Cut the flat vector ``theta`` into layers, without copying."""
    layers, start = [], 0
    for (d, h), activation in zip(pairwise(sizes), activations, strict=True):
        folded = theta[start : start + (d + 1) * h].reshape(d + 1, h)
        layers.append(Layer(activation, folded, folded[:-1], folded[-1]))
        start += folded.size
    return tuple(layers)


def check_architecture(sizes: Sequence[int], activations: Sequence[str], loss: str) -> None:
    """Refuse an architecture that cannot be built, in one sentence."""
    if len(sizes) < 2 or any(not is_whole(size) or size < 1 for size in sizes):
        wanted = "an input and at least one layer, each a whole number, 1 or more"
        raise ExplorerError(f"network sizes {tuple(sizes)}: expected {wanted}")
    if len(activations) != len(sizes) - 1:
        raise ExplorerError(f"{len(activations)} activations for {len(sizes) - 1} layers: give one a layer")
    for name in activations:
        if name not in ACTIVATIONS:
            raise ExplorerError(f"activation {name!r} is unknown: use one of {', '.join(ACTIVATIONS)}")
    if loss not in LOSSES:
        raise ExplorerError(f"loss {loss!r} is unknown: use one of {', '.join(LOSSES)}")
    count = sum((d + 1) * h for d, h in pairwise(sizes))
    if count > MAX_PARAMETERS:
        most = f"{MAX_PARAMETERS:,}"
        raise ExplorerError(f"the network has {count:,} parameters, more than {most}: make a layer smaller")


def check_beta(beta: float, loss: str, called: str = "beta") -> None:
    """Refuse a temperature that is no number, or that a loss of other probabilities than a softmax's is given."""
    if not math.isfinite(beta):
        raise ExplorerError(f"{called} {beta}: expected a finite number")
    if LOSSES[loss].multilabel and beta != 1:
        raise ExplorerError(f"{called} {beta} with {loss}: expected 1, for beta is the temperature of a softmax")


def checked_dtype(dtype: DTypeLike) -> np.dtype[np.floating]:
    """Return the dtype if it is float32 or float64."""
    for supported in (np.dtype(np.float32), np.dtype(np.float64)):
        if dtype in (supported, supported.type, supported.name):
            return supported
    raise ExplorerError(f"dtype {dtype} is not supported: use float32 or float64")
