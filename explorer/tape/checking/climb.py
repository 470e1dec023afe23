"""From a nudged array up to the loss: the rest of the forward pass, for many nudges at once, real or complex.

It is written apart from the recording of tapes, and knows no gradient: that is what makes a check of it.
"""

from itertools import count
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.network import Network

Numbers = NDArray[Any]
"""An array of float64 or of complex128."""

KINK = 0.25
"""A slope that changes by more than this, and by more than its z, has met a kink: no smooth one here bends faster."""
TINY = 1e-300


class Climb(Struct, frozen=True, eq=False):
    """The pass of R rows from some array up to the loss.

    Attributes
    ----------
    losses
        The loss of each row, (R,).
    met
        The activation and the pre-activations, (R, H), of each layer on the way.
    """

    losses: Numbers
    met: tuple[tuple[str, Numbers], ...]


def climb(network: Network, symbol: str, layer: int, rows: Numbers, targets: NDArray[np.floating]) -> Climb:
    """Run the pass from x, z_l or h_l to the loss.

    Parameters
    ----------
    symbol, layer
        What ``rows``, (R, width), are: "x", 0; "z", l or "h", l.
    targets
        (R, C).
    """
    met: list[tuple[str, Numbers]] = []
    h = rows
    for number in count(layer if symbol == "z" else layer + 1):
        if number > network.depth:
            break
        here = network.layers[number - 1]
        z = h if symbol == "z" and number == layer else h @ here.weights + here.bias
        h = activated(here.activation, z)
        met.append((here.activation, z))
    losses = LOSSES[network.loss].value(h, targets, network.beta)
    return Climb(losses, tuple(met))


def activated(activation: str, z: Numbers) -> Numbers:
    """Return f(z)."""
    h = np.empty_like(z)
    ACTIVATIONS[activation].value(z, h)
    return h


def slope(activation: str, z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return f'(z)."""
    out = np.empty_like(z)
    ACTIVATIONS[activation].derivative(z.copy(), activated(activation, z), out)
    return out


def crossings(above: Climb, below: Climb) -> NDArray[np.bool_]:
    """Tell for each row, (R,), whether a unit stands on other sides of a kink in the two passes."""
    found = np.zeros(len(above.losses), np.bool_)
    for (activation, up), (_, down) in zip(above.met, below.met, strict=True):
        found |= bends(activation, up, down)
    return found


def standing_at_kinks(nudged: Climb) -> NDArray[np.bool_]:
    """Tell for each row, (R,), whether an imaginary nudge moves a unit that stands exactly at a kink."""
    found = np.zeros(len(nudged.losses), np.bool_)
    for activation, z in nudged.met:
        aside = np.where(z.imag != 0, TINY, 0.0)
        found |= bends(activation, z.real + aside, z.real - aside)
    return found


def bends(activation: str, up: NDArray[np.floating], down: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Tell for each row, (R,), whether a slope differs by more than a smooth function's could."""
    change = abs(slope(activation, up) - slope(activation, down))
    return np.asarray(((change > KINK) & (change > abs(up - down))).any(axis=1), np.bool_)


def forward_arrays(network: Network, X: NDArray[np.floating]) -> dict[str, NDArray[np.floating]]:
    """Return x, every parameter, every z_l = h_{l-1} W_l + b_l and h_l = f_l(z_l), by name."""
    arrays = {"x": X, **network.parameters}
    h = X
    for number, layer in enumerate(network.layers, start=1):
        with np.errstate(all="ignore"):
            z = h @ layer.weights + layer.bias
            h = activated(layer.activation, z)
        arrays[f"z{number}"], arrays[f"h{number}"] = z, h
    return arrays
