"""The arrays of one minibatch, and the calls that make the forward and the backward pass through them.

Features run down and samples across: a layer's input is [h; 1], (D + 1, B), whose last row of ones carries
the bias, so that z = A^T [h; 1] and dJ/dA = [h; 1] (dJ/dz)^T are one product each.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS, Activation
from explorer.engine.fused import FUSED, Scratch
from explorer.engine.network import Layer, Network
from explorer.engine.problem import Objective
from explorer.engine.program import Calls, Program, plain

Array = NDArray[np.floating]
LARGE = {np.dtype(np.float64): 100.0, np.dtype(np.float32): 40.0}
"""Logits whose squares sum to less than this squared go into exp as they are: neither it nor p leaves the range."""


class LayerBuffers:
    """What one layer computes for B samples; ``above`` is the next layer's input [h; 1], (H + 1, B)."""

    def __init__(self, layer: Layer, gradient: Layer, below: Array, samples: int, *, penalised: bool) -> None:
        units = layer.bias.size
        dtype = layer.folded.dtype
        self.weights, self.folded = layer.weights, layer.folded
        self.weight_gradient, self.folded_gradient = gradient.weights, gradient.folded
        self.activation: Activation = ACTIVATIONS[layer.activation]
        self.linear = layer.activation == "identity"
        self.below = below
        self.above: Array = np.ones((units + 1, samples), dtype)
        self.h: Array = self.above[:-1]
        self.z: Array = self.h if self.linear else np.empty((units, samples), dtype)
        self.delta: Array = np.empty((units, samples), dtype)
        self.slope: Array = self.delta if self.linear else np.empty((units, samples), dtype)
        self.penalty: Array | None = np.empty_like(layer.weights) if penalised else None


class Workspace:
    """Forward and backward pass over minibatches of exactly ``samples`` samples.

    Parameters
    ----------
    whole
        True where every sample's targets sum to 1.

    Attributes
    ----------
    X
        (B, D + 1): the inputs, a sample a row, and a last column of ones. Filled by the caller.
    targets
        (C, B): the targets, a sample a column, laid out as what they are compared with. Filled by the caller.
    """

    def __init__(
        self, network: Network, gradients: tuple[Layer, ...], objective: Objective, samples: int, *, whole: bool = False
    ) -> None:
        dtype = network.dtype
        self.network, self.objective = network, objective
        self.divisor = objective.divisor(samples)
        self.X: Array = np.ones((samples, network.sizes[0] + 1), dtype)
        self.targets: Array = np.zeros((network.sizes[-1], samples), dtype)
        self.layers: list[LayerBuffers] = []
        below = self.X.T
        for layer, gradient in zip(network.layers, gradients, strict=True):
            self.layers.append(LayerBuffers(layer, gradient, below, samples, penalised=objective.l2 != 0))
            below = self.layers[-1].above
        self._forward = self._forward_program().calls
        self._backward = self._backward_program().calls
        size = network.sizes[-1], samples, dtype
        self._usual = self._loss_program(Scratch(*size, large=False, whole=whole))
        self._large = self._loss_program(Scratch(*size, large=True, whole=whole))
        outputs = self.outputs.reshape(-1)
        self._squares = partial(outputs.dot, outputs)
        self._bound = (LARGE[dtype] / max(abs(network.beta), 1e-30)) ** 2

    @property
    def outputs(self) -> Array:
        """The last layer's activations of the last pass, (C, B)."""
        return self.layers[-1].h

    def forward(self) -> None:
        """Compute every z and h."""
        for call in self._forward:
            call()

    def compute(self) -> float:
        """Run both passes: fill the gradients, and return the loss of the minibatch without the penalty."""
        for call in self._forward:
            call()
        calls, factor, product = self._usual if self._squares() < self._bound else self._large
        for call in calls:
            call()
        loss = factor * float(product()) + 0.0  # -0.0 is no loss
        for call in self._backward:
            call()
        return loss

    def _forward_program(self) -> Program:
        """z_l = A_l^T [h_{l-1}; 1], h_l = f_l(z_l)."""
        program = Program()
        for buffers in self.layers:
            program.record(affine, buffers)
            if not buffers.linear:
                program.record(buffers.activation.value, buffers.z, buffers.h)
        return program

    def _loss_program(self, scratch: Scratch) -> tuple[Calls, float, Callable[[], float]]:
        """Return the calls that write dJ/da, without the 1/N, and what gives the loss: a factor and a product."""
        program, top = Program(), self.layers[-1]
        fused = FUSED[self.network.loss]
        factor, left, right = program.record(fused, top.h, self.targets, self.network.beta, top.delta, scratch)
        return program.calls, factor / self.divisor, partial(plain(left).reshape(-1).dot, plain(right).reshape(-1))

    def _backward_program(self) -> Program:
        """From dJ/da down: through f_l, to the parameters, and along W_l to the layer below."""
        program, top = Program(), self.layers[-1]
        if self.divisor != 1:
            program.record(np.multiply, top.delta, 1 / self.divisor, top.delta)
        for lower, buffers in zip([*reversed(self.layers[:-1]), None], reversed(self.layers), strict=True):
            if not buffers.linear:
                program.record(through_activation, buffers)
            program.record(to_parameters, buffers, self.objective.decay)
            if lower is not None:
                program.record(to_layer_below, buffers, lower)
        return program


def affine(layer: LayerBuffers) -> None:
    """Let z = A^T [h; 1] with the h of the layer below."""
    np.dot(layer.folded.T, layer.below, out=layer.z)


def through_activation(layer: LayerBuffers) -> None:
    """dJ/dz = dJ/dh * f'(z), in place."""
    layer.activation.training_derivative(layer.z, layer.h, layer.slope)
    np.multiply(layer.delta, layer.slope, out=layer.delta)


def to_parameters(layer: LayerBuffers, decay: float) -> None:
    """dJ/dA = [h; 1] (dJ/dz)^T, and decay W where weights are penalised."""
    np.dot(layer.below, layer.delta.T, out=layer.folded_gradient)
    if layer.penalty is not None:
        np.multiply(layer.weights, decay, out=layer.penalty)
        np.add(layer.weight_gradient, layer.penalty, out=layer.weight_gradient)


def to_layer_below(layer: LayerBuffers, lower: LayerBuffers) -> None:
    """dJ/dh = W dJ/dz."""
    np.dot(layer.weights, layer.delta, out=lower.delta)
