"""The arrays of one minibatch, and the forward and the backward pass through them without allocating.

Features run down and samples across: a layer's input is [h; 1], (D + 1, B), whose last row of ones carries
the bias, so that z = A^T [h; 1] and dJ/dA = [h; 1] (dJ/dz)^T are one product each.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS, Activation
from explorer.engine.fused import FUSED, Scratch
from explorer.engine.network import Layer, Network
from explorer.engine.problem import Objective

Array = NDArray[np.floating]


class LayerBuffers:
    """What one layer computes for B samples; ``above`` is the next layer's input [h; 1], (H + 1, B)."""

    def __init__(self, layer: Layer, gradient: Layer, below: Array, samples: int, *, penalised: bool) -> None:
        units = layer.bias.size
        dtype = layer.folded.dtype
        self.layer, self.gradient = layer, gradient
        self.activation: Activation = ACTIVATIONS[layer.activation]
        self.linear = layer.activation == "identity"
        self.below = below
        self.above: Array = np.ones((units + 1, samples), dtype)
        self.h: Array = self.above[:-1]
        self.z: Array = self.h if self.linear else np.empty((units, samples), dtype)
        self.delta: Array = np.empty((units, samples), dtype)
        self.slope: Array = np.empty((units, samples), dtype)
        self.penalty: Array | None = np.empty_like(layer.weights) if penalised else None
        self.folded_T, self.delta_T = layer.folded.T, self.delta.T


class Workspace:
    """Forward and backward pass over minibatches of exactly ``samples`` samples.

    Attributes
    ----------
    X
        (B, D + 1): the inputs, a sample a row, and a last column of ones. Filled by the caller.
    targets
        (C, B): the targets, a sample a column, laid out as what they are compared with. Filled by the caller.
    """

    def __init__(self, network: Network, gradients: tuple[Layer, ...], objective: Objective, samples: int) -> None:
        dtype = network.dtype
        self.network, self.objective = network, objective
        self.X: Array = np.ones((samples, network.sizes[0] + 1), dtype)
        self.targets: Array = np.zeros((network.sizes[-1], samples), dtype)
        self.layers: list[LayerBuffers] = []
        below = self.X.T
        for layer, gradient in zip(network.layers, gradients, strict=True):
            self.layers.append(LayerBuffers(layer, gradient, below, samples, penalised=objective.l2 != 0))
            below = self.layers[-1].above
        self.downwards = list(pairwise(reversed(self.layers)))
        self.scratch = Scratch(network.sizes[-1], samples, dtype)
        self.fused = FUSED[network.loss]
        self.divisor = objective.divisor(samples)

    @property
    def outputs(self) -> Array:
        """The last layer's activations of the last pass, (C, B)."""
        return self.layers[-1].h

    def forward(self) -> None:
        """z_l = A_l^T [h_{l-1}; 1], h_l = f_l(z_l)."""
        for buffers in self.layers:
            np.dot(buffers.folded_T, buffers.below, out=buffers.z)
            if not buffers.linear:
                buffers.activation.value(buffers.z, buffers.h)

    def backward(self) -> float:
        """Fill the gradients and return the loss of the minibatch (without the penalty).

        dJ/dz_L = dJ/da * f_L'(z_L); dJ/dA_l = [h_{l-1}; 1] (dJ/dz_l)^T + decay W_l;
        dJ/dh_l = W_{l+1} dJ/dz_{l+1}; dJ/dz_l = dJ/dh_l * f_l'(z_l).
        """
        top = self.layers[-1]
        loss = self.fused(top.h, self.targets, self.network.beta, top.delta, self.scratch)
        if self.divisor != 1:
            np.multiply(top.delta, 1 / self.divisor, out=top.delta)
        for upper, lower in self.downwards:
            self.through_activation(upper)
            self.to_parameters(upper)
            np.dot(upper.layer.weights, upper.delta, out=lower.delta)
        self.through_activation(self.layers[0])
        self.to_parameters(self.layers[0])
        return loss / self.divisor

    @staticmethod
    def through_activation(buffers: LayerBuffers) -> None:
        """dJ/dz = dJ/dh * f'(z), in place."""
        if not buffers.linear:
            buffers.activation.derivative(buffers.z, buffers.h, buffers.slope)
            np.multiply(buffers.delta, buffers.slope, out=buffers.delta)

    def to_parameters(self, buffers: LayerBuffers) -> None:
        """dJ/dA = [h; 1] (dJ/dz)^T, and decay W where weights are penalised."""
        np.dot(buffers.below, buffers.delta_T, out=buffers.gradient.folded)
        if buffers.penalty is not None:
            np.multiply(buffers.layer.weights, self.objective.decay, out=buffers.penalty)
            np.add(buffers.gradient.weights, buffers.penalty, out=buffers.gradient.weights)
