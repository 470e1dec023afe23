"""The diverging map: orange for negative, the ground's neutral for zero, blue for positive. Arrays in, arrays out."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.graph.diverging import Diverging

RGB = tuple[int, int, int]
LEVELS = 4096
"""Steps of the map from 0 to 1: more than an eye or eight bits tell apart, also near 0, where it is steep."""
CHANNELS = np.arange(256) / 255
LINEAR = np.where(CHANNELS <= 0.04045, CHANNELS / 12.92, ((CHANNELS + 0.055) / 1.055) ** 2.4)
WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def rgb(colour: str) -> RGB:
    """Return the channels of "#RRGGBB"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colours: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the relative luminance of colours (..., 3), 0 to 1 (WCAG 2.1)."""
    weighted: NDArray[np.float64] = LINEAR[colours] @ WEIGHTS
    return weighted


def coloured(colour_map: Diverging, values: ArrayLike, largest: float = 1.0) -> NDArray[np.uint8]:
    """Return colours (..., 3) of values (...), ``largest`` in size at full colour; NaN is neutral.

    The share of colour grows as |v|^0.75, so that small values still show their sign.
    """
    scaled = np.minimum(np.maximum(np.asarray(values, np.float64) / (largest or 1.0), -1.0), 1.0)
    known = np.where(np.isnan(scaled), 0.0, scaled)
    return table_of(colour_map)[(LEVELS * (known + 1.0) + 0.5).astype(np.intp)]


def takes_white_ink(colours: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell of colours (..., 3) where white ink has more contrast than black."""
    light = luminance(colours)
    # Contrast with white is 1.05 / (L + .05), with near-black (L + .05) / .06.
    return (light + 0.05) ** 2 < 1.05 * 0.06


@cache
def table_of(colour_map: Diverging) -> NDArray[np.uint8]:
    """Return the colours (2 LEVELS + 1, 3) of evenly spaced values from -1 to 1."""
    values = np.linspace(-1.0, 1.0, 2 * LEVELS + 1)
    ends = (colour_map.neutral, colour_map.negative, colour_map.positive)
    middle, low, high = (np.array(rgb(colour), np.float64) for colour in ends)
    share = np.abs(values)[:, None] ** 0.75
    return np.rint(middle + share * (np.where(values[:, None] < 0, low, high) - middle)).astype(np.uint8)


def scale_for(name: str, values: ArrayLike) -> float:
    """Return the size that has the full colour in an array of that name: 1 for probabilities, else the largest."""
    return 1.0 if name == "p" else scale_of(values)


def scale_of(values: ArrayLike) -> float:
    """Return the largest finite size among the values, 1 where there is none but zeros."""
    given = np.asarray(values)
    extreme = float(max(given.max(), -given.min())) if given.size else 0.0
    if np.isfinite(extreme):  # no temporary arrays: a picture asks for the scale of every array that it shows
        return extreme or 1.0
    sizes = np.abs(given)
    finite = sizes[np.isfinite(sizes)]
    return float(finite.max(initial=0)) or 1.0
