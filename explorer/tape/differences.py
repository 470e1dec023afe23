"""Central differences: nudge one number of a pass both ways, run the rest of the pass, compare the losses.

Nothing here knows a gradient; that makes it a check. Many entries of one array are nudged in one sweep.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.network import Network
from explorer.engine.problem import Problem
from explorer.tape.names import Name

Array = NDArray[np.floating]
Indices = NDArray[np.intp]

SWEEP = 1_000_000
"""Most numbers in one array of a sweep."""
KINK = 0.25
"""A slope that differs by more than this between the two nudged passes has met a kink, as the ReLU's at 0."""
EPSILON = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True)
class Differences:
    """Central differences of J at E entries of an array; every field is (E,).

    Attributes
    ----------
    numeric
        (J(q + step) - J(q - step)) / (2 step).
    steps
        How far each entry was nudged.
    noise
        How much rounding alone may change ``numeric``.
    kinks
        True where a unit changed its side of a kink between the two passes: then there is no derivative.
    """

    numeric: Array
    steps: Array
    noise: Array
    kinks: NDArray[np.bool_]


class Nudger:
    """The forward pass of a problem in float64, with every array that can be nudged."""

    def __init__(self, problem: Problem) -> None:
        self.network = problem.network.copy(np.float64)
        self.Y: Array = problem.Y.astype(np.float64)
        self.divisor = problem.objective.divisor(problem.samples)
        self.decay = problem.objective.decay
        self.arrays = forward_arrays(self.network, problem.X.astype(np.float64))

    def differences(self, quantity: Name, indices: Indices, h: float) -> Differences:
        """Return the central differences of J at entries ``indices``, (E, dimensions), of a quantity.

        The step of an entry is h, or less where the entry is multiplied with something larger than 1 on its
        way into a pre-activation or a softmax, so that none of these moves by much more than h.
        """
        values = self.arrays[quantity.quantity][tuple(indices.T)]
        steps = np.maximum(h / self.levers(quantity, indices), abs(values) * 2.0**-40)
        above, below = values + steps, values - steps
        parts = [
            self.sweep(quantity, indices[rows], above[rows], below[rows]) for rows in self.sweeps(quantity, indices)
        ]
        change, size, kinks = (np.concatenate(part) for part in zip(*parts, strict=True))
        if quantity.symbol == "W":
            change += 0.5 * self.decay * (above - below) * (above + below)
            size += 0.5 * self.decay * values * values
        noise = 32 * EPSILON * size / steps
        return Differences(change / (above - below), steps, noise, kinks)

    def levers(self, quantity: Name, indices: Indices) -> Array:
        """Return the largest factor of each entry on its way into the next z or the softmax; at least 1."""
        symbol, layer = quantity.symbol, quantity.layer
        last = layer == self.network.depth
        lever = np.array(abs(self.network.beta) if last and LOSSES[self.network.loss].probabilities else 1.0)
        if symbol in "xh" and not last:
            lever = abs(self.network.layers[layer].weights).max(axis=1)[indices[:, 1]]
        if symbol == "W":
            lever = lever * abs(self.arrays[fed_by(layer)]).max(axis=0)[indices[:, 0]]
        levers: Array = np.maximum(np.broadcast_to(lever, len(indices)), 1.0)
        return levers

    def sweeps(self, quantity: Name, indices: Indices) -> Iterator[slice]:
        """Cut the entries into slices that fit into one sweep."""
        rows = len(self.Y) if quantity.symbol in "Wb" else 1
        length = max(1, SWEEP // (rows * max(self.network.sizes)))
        yield from (slice(k, k + length) for k in range(0, len(indices), length))

    def sweep(
        self, quantity: Name, indices: Indices, above: Array, below: Array
    ) -> tuple[Array, Array, NDArray[np.bool_]]:
        """Return each entry's change of J without the penalty, the size of what was subtracted, and kinks."""
        nudged = self.nudged_parameter if quantity.symbol in "Wb" else self.nudged_rows
        symbol = "z" if quantity.symbol in "Wb" else quantity.symbol
        sides = []
        for values in (above, below):
            rows, targets = nudged(quantity, indices, values)
            sides.append(climb(self.network, symbol, quantity.layer, rows, targets))
        (upper, size, slopes), (lower, _, other) = sides
        entries = len(indices)
        change = (upper - lower).reshape(entries, -1).sum(axis=1) / self.divisor
        kinks = np.asarray((abs(slopes - other).reshape(entries, -1) > KINK).any(axis=1), np.bool_)
        return change, size.reshape(entries, -1).sum(axis=1) / self.divisor, kinks

    def nudged_rows(self, quantity: Name, indices: Indices, values: Array) -> tuple[Array, Array]:
        """Return a row for each entry of x, z or h, its sample's with the entry replaced, and the targets."""
        samples = indices[:, 0]
        rows = self.arrays[quantity.quantity][samples]
        rows[np.arange(len(rows)), indices[:, 1]] = values
        return rows, self.Y[samples]

    def nudged_parameter(self, quantity: Name, indices: Indices, values: Array) -> tuple[Array, Array]:
        """Return N rows of z for each entry of W or b, (E N, H), one column anew, and targets, (E N, C)."""
        layer, entries = self.network.layers[quantity.layer - 1], np.arange(len(indices))
        columns = indices[:, -1]
        weights, bias = layer.weights.T[columns], layer.bias[columns]
        if quantity.symbol == "W":
            weights[entries, indices[:, 0]] = values
        else:
            bias = values
        z = np.repeat(self.arrays[f"z{quantity.layer}"][None], len(entries), axis=0)
        z[entries, :, columns] = weights @ self.arrays[fed_by(quantity.layer)].T + bias[:, None]
        return z.reshape(-1, z.shape[2]), np.tile(self.Y, (len(entries), 1))


def fed_by(layer: int) -> str:
    """Return the name of what feeds a layer: x, or the activations of the layer below."""
    return "x" if layer == 1 else f"h{layer - 1}"


def forward_arrays(network: Network, X: Array) -> dict[str, Array]:
    """Return x, every parameter, every z_l = h_{l-1} W_l + b_l and h_l = f_l(z_l), by name."""
    arrays = {"x": X, **network.parameters}
    h = X
    for number, layer in enumerate(network.layers, start=1):
        with np.errstate(all="ignore"):
            z = h @ layer.weights + layer.bias
            h = np.empty_like(z)
            ACTIVATIONS[layer.activation].value(z, h)
        arrays[f"z{number}"], arrays[f"h{number}"] = z, h
    return arrays


def climb(network: Network, symbol: str, layer: int, rows: Array, targets: Array) -> tuple[Array, Array, Array]:
    """Run the pass from x, z_l or h_l to the loss.

    Parameters
    ----------
    symbol, layer
        What ``rows``, (R, width), are: "x", 0; "z", l or "h", l.
    targets
        (R, C).

    Returns
    -------
    tuple
        The loss of each row, (R,); the size of the numbers that it is a difference of, (R,); the slopes of
        all units on the way, (R, units).
    """
    slopes: list[Array] = [np.zeros((len(rows), 0))]
    h = rows
    for number in count(layer if symbol == "z" else layer + 1):
        if number > network.depth:
            break
        here = network.layers[number - 1]
        z = h if symbol == "z" and number == layer else h @ here.weights + here.bias
        h, slope = np.empty_like(z), np.empty_like(z)
        ACTIVATIONS[here.activation].value(z, h)
        ACTIVATIONS[here.activation].derivative(z, h, slope)
        slopes.append(slope)
    losses = LOSSES[network.loss].value(h, targets, network.beta)
    size = 1 + abs(losses) + abs(network.beta * h).max(axis=1)
    return losses, size, np.concatenate(slopes, axis=1)
