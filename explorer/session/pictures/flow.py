"""How the gradient flows back through the layers: its norms over time, and which factor shrank it, Wᵀ or σ′."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.losses import LOSSES
from explorer.engine.network import Network
from explorer.session.pictures.signals import Array, Signals, evenly, signals
from explorer.tape.numbers import shown
from explorer.tape.symbols import plain

Norms = NDArray[np.float64]
Written = Callable[[str], str]
MOST_SAMPLES = 256
MOST_PRODUCTS = 20_000_000
"""Samples times parameters of a measurement: with three products of each, about 6 ms."""
HARDLY = 1.25
"""A factor that is nearer to 1, either way, keeps a gradient's size; what is beyond shrinks it or lets it grow."""
NO_UNITS: NDArray[np.intp] = np.empty(0, np.intp)
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0}
FLAT, MOSTLY = 0.05, 0.95
"""A unit is saturated where its slope is below FLAT times the steepest, on the share MOSTLY of the samples."""


class Flow(Struct, frozen=True, eq=False):
    """One measurement after ``step`` updates; entry l - 1 belongs to layer l of L.

    Attributes
    ----------
    weights, deltas
        Frobenius norms of dJ/dW_l, (L,), and of dJ/dz_l, (L,).
    by_weights
        By how much W_{l+1}^T changed the size: ||dJ/dh_l|| / ||dJ/dz_{l+1}||, (L - 1,), for each hidden layer l.
    by_slopes
        By how much σ′ did: ||dJ/dz_l|| / ||dJ/dh_l||, (L - 1,). Both products together give ||dJ/dz_1|| / ||dJ/dz_L||.
    slopes
        Mean σ′(z_l), (L - 1,).
    dead, saturated
        For each hidden layer, the indices of units that are so.
    units
        Units of each hidden layer.
    samples
        How many samples were looked at.
    population
        Of how many: those that are trained on.
    flat
        For each hidden layer, on which share of them each unit is flat, (units,); zeros where no slope is steepest.
    dead_outputs
        Indices of outputs whose value and slope are 0 on every sample: a ReLU on the last layer (Q8).
    has_logits
        Whether the outputs are logits, of which the loss makes probabilities.
    """

    step: int
    weights: Norms
    deltas: Norms
    by_weights: Norms
    by_slopes: Norms
    slopes: Norms
    dead: tuple[NDArray[np.intp], ...]
    saturated: tuple[NDArray[np.intp], ...]
    units: tuple[int, ...]
    samples: int = 0
    population: int = 0
    flat: tuple[Norms, ...] = ()
    dead_outputs: NDArray[np.intp] = NO_UNITS
    has_logits: bool = False


def flow(network: Network, X: Array, Y: Array, step: int) -> Flow:
    """Measure on some of the samples, as many as a few milliseconds allow and always the same ones."""
    chosen = evenly(len(X), min(MOST_SAMPLES, max(MOST_PRODUCTS // network.theta.size, 8)))
    passed = signals(network, X[chosen], Y[chosen])
    layers = range(1, network.depth + 1)
    flat = tuple(flat_shares(network, passed, layer) for layer in layers[:-1])
    deltas, arriving = norms(passed.deltas), norms(passed.arriving[:-1])
    with np.errstate(all="ignore"):
        return Flow(
            step,
            norms([passed.weight_gradient(layer) for layer in layers]),
            deltas,
            ratio(arriving, deltas[1:]),
            ratio(deltas[:-1], arriving),
            np.array([float(slope.mean()) for slope in passed.slopes[:-1]]),
            tuple(dead_units(passed, layer) for layer in layers[:-1]),
            tuple(np.flatnonzero(shares >= MOSTLY) for shares in flat),
            network.sizes[1:-1],
            len(chosen),
            len(X),
            flat,
            dead_units(passed, network.depth),
            LOSSES[network.loss].probabilities is not None,
        )


def norms(arrays: Sequence[Array]) -> Norms:
    """Return the Frobenius norm of each array."""
    with np.errstate(all="ignore"):
        return np.array([float(np.linalg.norm(array)) for array in arrays])


def ratio(part: Norms, whole: Norms) -> Norms:
    """Return part / whole, 0 where both are 0."""
    result = np.zeros(len(whole))
    np.divide(part, whole, out=result, where=whole > 0)
    return result


def dead_units(passed: Signals, layer: int) -> NDArray[np.intp]:
    """Return the units of a layer whose value and slope are 0 on every sample: nothing goes on or comes back."""
    still = (passed.slopes[layer - 1] == 0) & (passed.values[layer - 1] == 0)
    return np.flatnonzero(still.all(axis=0))


def flat_shares(network: Network, passed: Signals, layer: int) -> Norms:
    """Return on which share of the samples each unit of a sigmoid or tanh layer is flat; zeros of other layers."""
    slopes, steepest = passed.slopes[layer - 1], STEEPEST.get(network.activations[layer - 1])
    if steepest is None:
        return np.zeros(slopes.shape[1])
    shares: Norms = (slopes < FLAT * steepest).mean(axis=0)
    return shares


def verdict(measured: Flow, written: Written = plain) -> str:
    """Say in one sentence how the gradient fares on its way to the first layer, and which factor did it.

    Parameters
    ----------
    written
        Returns how an array, e.g. "dJ/dz1", is written.
    """
    if len(measured.deltas) < 2:
        return "One layer: the gradient passes no factor on its way to the weights."
    last, first = measured.deltas[-1], measured.deltas[0]
    if not np.isfinite([last, first]).all():
        return "The gradient has left the finite numbers."
    if last == 0:
        return "The loss gives no gradient: there is nothing left to pass on."
    begin, end = written(f"dJ/dz{len(measured.deltas)}"), written("dJ/dz1")
    if first == 0:
        return f"No gradient reaches {end}: {zero_factor(measured)}."
    left = float(first / last)
    if 1 / HARDLY < left < HARDLY:
        return f"The gradient keeps its size: that of {end} is ×{shown(left, 2)} that of {begin}."
    verb = "grows" if left > 1 else "shrinks"
    return f"The gradient {verb} ×{shown(left, 2)} from {begin} to {end}: {guilty(measured, grown=left > 1)}."


def zero_factor(measured: Flow) -> str:
    """Say where the gradient became 0."""
    layer = int(np.flatnonzero(measured.deltas == 0)[-1]) + 1
    factor = "σ′ is 0 on every sample" if measured.by_weights[layer - 1] else "the weights above are 0"
    return f"in layer {layer} {factor}"


def guilty(measured: Flow, *, grown: bool) -> str:
    """Say by how much each factor multiplied the size of a gradient, and which of them did what came of it."""
    by_weights, by_slopes = (float(np.prod(factors)) for factors in (measured.by_weights, measured.by_slopes))
    mean = shown(float(measured.slopes.mean()), 2)
    factors = [
        (by_slopes, f"σ′ (×{shown(by_slopes, 2)}, mean σ′ {mean})"),
        (by_weights, f"Wᵀ (×{shown(by_weights, 2)})"),
    ]
    factors.sort(key=lambda factor: factor[0], reverse=grown)
    (_, most), (other, words) = factors
    helped = "hardly by" if 1 / HARDLY < other < HARDLY else "and by" if (other > 1) == grown else "against"
    return f"by {most}, {helped} {words}"


def idle_units(measured: Flow) -> str:
    """Count the units that learn nothing, e.g. "layer 1: 3 of 8 dead"; empty where all learn."""
    found = []
    for number, units in enumerate(measured.units):
        for word, idle in (("dead", measured.dead[number]), ("saturated", measured.saturated[number])):
            if len(idle):
                found.append(f"layer {number + 1}: {len(idle)} of {units} {word}")
    if len(measured.dead_outputs):
        found.append(f"outputs: {len(measured.dead_outputs)} dead")
    return ", ".join(found)


MOST_MEASUREMENTS = 512


class FlowLog:
    """The measurements of a run in order of their steps; where there are too many, every second one is dropped."""

    def __init__(self) -> None:
        self.run_id = -1
        self.measured: list[Flow] = []

    def add(self, run_id: int, measurement: Flow) -> None:
        """Put a measurement in its place; a run of another shape begins anew, a branch drops what came after it."""
        if self.measured and (len(self.measured[-1].deltas) != len(measurement.deltas)):
            self.measured = []
        if run_id != self.run_id and measurement.step == 0:
            self.measured = []
        while self.measured and run_id != self.run_id and self.measured[-1].step >= measurement.step:
            self.measured.pop()
        self.run_id = run_id
        place = bisect_left(self.measured, measurement.step, key=lambda each: each.step)
        known = place < len(self.measured) and self.measured[place].step == measurement.step
        self.measured[place : place + known] = [measurement]
        if len(self.measured) > MOST_MEASUREMENTS:
            self.measured = [*self.measured[:-1:2], self.measured[-1]]

    def curve(self, field: str, layer: int) -> tuple[Norms, Norms]:
        """Return steps and values of one layer's entry of ``weights``, ``deltas``, ``by_weights`` or ``by_slopes``."""
        steps = np.array([float(measurement.step) for measurement in self.measured])
        return steps, np.array([float(getattr(measurement, field)[layer - 1]) for measurement in self.measured])
