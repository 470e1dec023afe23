"""The loss's own word on a derivative: nudge one number of a pass, run the rest, look what the loss does.

Central differences nudge both ways and subtract; complex steps nudge along the imaginary axis, where nothing is
subtracted and so nothing is lost (Squire and Trapp, 1998). Nothing here knows a gradient; that makes it a check.
Many entries of one array are nudged in one sweep.
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np
from msgspec import Struct
from msgspec.structs import astuple
from numpy.typing import NDArray

from explorer.engine.losses import LOSSES
from explorer.engine.problem import Problem
from explorer.tape.checking.climb import Climb, Numbers, climb, crossings, forward_arrays, standing_at_kinks
from explorer.tape.checking.criteria import COMPLEX_H, Criterion
from explorer.tape.checking.rounding import Rounding, rounding
from explorer.tape.names import Name

Array = NDArray[np.floating]
Indices = NDArray[np.intp]
Sweep = Callable[[Name, Indices, Array, Array], tuple[Array, NDArray[np.bool_]]]

SWEEP = 1_000_000
"""Most numbers in one array of a sweep."""


class Differences(Struct, frozen=True, eq=False):
    """Derivatives of J at E entries of an array, by nudging; every field is (E,).

    Attributes
    ----------
    numeric
        (J(q + step) - J(q - step)) / (2 step), or Im J(q + i step) / step.
    steps
        How far each entry was nudged.
    noise
        How far rounding alone may carry ``numeric``, and a gradient computed otherwise, from the truth.
    kinks
        True where a unit changed its side of a kink between the two passes, or stands at one: then there is
        no derivative.
    """

    numeric: Array
    steps: Array
    noise: Array
    kinks: NDArray[np.bool_]

    def with_others(self, places: NDArray[np.bool_], others: "Differences") -> "Differences":
        """Return the same with other derivatives where ``places``, (E,), is true."""
        columns = [column.copy() for column in astuple(self)]
        for column, other in zip(columns, astuple(others), strict=True):
            column[places] = other
        return Differences(*columns)


class Nudger:
    """The forward pass of a problem in float64, with every array that can be nudged.

    Attributes
    ----------
    arrays
        x, every parameter, every z and h, by name.
    """

    def __init__(self, problem: Problem) -> None:
        self.network = problem.network.copy(np.float64)
        self.Y: Array = problem.Y.astype(np.float64)
        self.divisor = problem.objective.divisor(problem.samples)
        self.decay = problem.objective.decay
        self.arrays = forward_arrays(self.network, problem.X.astype(np.float64))

    @cached_property
    def rounding(self) -> Rounding:
        """What rounding can do to this pass; worked out where it is asked for."""
        return rounding(self.network, self.arrays, self.Y, self.divisor, self.decay)

    def measured(self, quantity: Name, indices: Indices, how: Criterion) -> Differences:
        """Return the differences that a criterion asks for."""
        if how.method == "complex":
            return self.complex_steps(quantity, indices, how.h)
        return self.differences(quantity, indices, how.h, adaptive=how.adaptive)

    def differences(self, quantity: Name, indices: Indices, h: float, *, adaptive: bool = True) -> Differences:
        """Return the central differences of J at entries ``indices``, (E, dimensions), of a quantity.

        The step of an entry is h; where ``adaptive``, it is less where the entry is multiplied with something
        larger than 1 on its way into a pre-activation or a softmax, so that none of these moves by much more
        than h. An entry too large to feel the step is nudged by more.
        """
        values = self.arrays[quantity.quantity][tuple(indices.T)]
        levers = self.levers(quantity, indices) if adaptive else np.ones(len(values))
        steps = np.maximum(h / levers, abs(values) * 2.0**-40)
        above, below = values + steps, values - steps
        change, kinks = self.swept(self.sweep, quantity, indices, above, below)
        if quantity.symbol == "W":
            change += 0.5 * self.decay * (above - below) * (above + below)
        losses = self.rounding.losses
        lost = np.linalg.norm(losses) if quantity.symbol in "Wb" else losses[indices[:, 0]]
        noise = lost / steps + self.rounding.gradients[quantity.quantity][tuple(indices.T)]
        return Differences(change / (above - below), steps, noise, kinks)

    def complex_steps(self, quantity: Name, indices: Indices, h: float = COMPLEX_H) -> Differences:
        """Return Im J(q + ih) / h at entries ``indices``, (E, dimensions), of a quantity: exact but for rounding."""
        values = self.arrays[quantity.quantity][tuple(indices.T)]
        levers = self.levers(quantity, indices)
        steps = np.maximum(h / levers, 1e-300)
        change, kinks = self.swept(self.complex_sweep, quantity, indices, values, steps)
        numeric = change / steps
        if quantity.symbol == "W":
            numeric += self.decay * values
        noise = self.rounding.gradients[quantity.quantity][tuple(indices.T)]
        return Differences(numeric, steps, noise, kinks)

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

    def swept(
        self, sweep: Sweep, quantity: Name, indices: Indices, first: Array, second: Array
    ) -> tuple[Array, NDArray[np.bool_]]:
        """Run a sweep over as many entries at a time as fit, and join what it returns."""
        rows = len(self.Y) if quantity.symbol in "Wb" else 1
        length = max(1, SWEEP // (rows * max(self.network.sizes)))
        parts = [
            sweep(quantity, indices[here], first[here], second[here])
            for here in (slice(k, k + length) for k in range(0, len(indices), length))
        ]
        change, kinks = (np.concatenate(part) for part in zip(*parts, strict=True))
        return change, kinks

    def sweep(self, quantity: Name, indices: Indices, above: Array, below: Array) -> tuple[Array, NDArray[np.bool_]]:
        """Return each entry's change of J without the penalty, and kinks."""
        upper, lower = (self.nudged(quantity, indices, values) for values in (above, below))
        return self.gathered(len(indices), upper.losses - lower.losses, crossings(upper, lower))

    def complex_sweep(
        self, quantity: Name, indices: Indices, values: Array, steps: Array
    ) -> tuple[Array, NDArray[np.bool_]]:
        """Return each entry's imaginary part of J without the penalty, and kinks."""
        nudged = self.nudged(quantity, indices, values + 1j * steps)
        return self.gathered(len(indices), nudged.losses.imag, standing_at_kinks(nudged))

    def gathered(self, entries: int, change: Array, kinks: NDArray[np.bool_]) -> tuple[Array, NDArray[np.bool_]]:
        """Sum over the rows of each entry: all samples for a parameter, one for x, z and h."""
        total = change.reshape(entries, -1).sum(axis=1) / self.divisor
        return total, np.asarray(kinks.reshape(entries, -1).any(axis=1), np.bool_)

    def nudged(self, quantity: Name, indices: Indices, values: Numbers) -> Climb:
        """Run the pass with each entry replaced by its value, one after the other."""
        parameter = quantity.symbol in "Wb"
        rows, targets = (self.nudged_parameter if parameter else self.nudged_rows)(quantity, indices, values)
        return climb(self.network, "z" if parameter else quantity.symbol, quantity.layer, rows, targets)

    def nudged_rows(self, quantity: Name, indices: Indices, values: Numbers) -> tuple[Numbers, Array]:
        """Return a row for each entry of x, z or h, its sample's with the entry replaced, and the targets."""
        samples = indices[:, 0]
        rows = self.arrays[quantity.quantity][samples].astype(values.dtype)
        rows[np.arange(len(rows)), indices[:, 1]] = values
        return rows, self.Y[samples]

    def nudged_parameter(self, quantity: Name, indices: Indices, values: Numbers) -> tuple[Numbers, Array]:
        """Return N rows of z for each entry of W or b, (E N, H), one column anew, and targets, (E N, C)."""
        layer, entries = self.network.layers[quantity.layer - 1], np.arange(len(indices))
        columns = indices[:, -1]
        weights, bias = (part[columns].astype(values.dtype) for part in (layer.weights.T, layer.bias))
        if quantity.symbol == "W":
            weights[entries, indices[:, 0]] = values
        else:
            bias = values
        z = np.repeat(self.arrays[f"z{quantity.layer}"][None].astype(values.dtype), len(entries), axis=0)
        z[entries, :, columns] = weights @ self.arrays[fed_by(quantity.layer)].T + bias[:, None]
        return z.reshape(-1, z.shape[2]), np.tile(self.Y, (len(entries), 1))


def fed_by(layer: int) -> str:
    """Return the name of what feeds a layer: x, or the activations of the layer below."""
    return "x" if layer == 1 else f"h{layer - 1}"
