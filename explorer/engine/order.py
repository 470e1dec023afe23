"""The order in which an epoch visits the samples: by its number alone, so that no run need be replayed to know it."""

from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.engine.initialisers import check_seed, random_bits

STRIDE = 0x9E3779B97F4A7C15F39CC0605CEDC835
"""2^128 / golden ratio: draws between two blocks of epochs, as many as NumPy's ``PCG64.jumped`` passes over, for the
same reason: at a stride that is a power of 2 the streams would have low bits in common."""
PERIOD = 2**128
BLOCK = 8
"""Epochs in a row of which each shuffles the order of the one before: to go to a place in the stream takes 2 µs, as
long as to shuffle 100 samples."""


class Order:
    """The samples in the order of one epoch; another one for each, by the seed.

    Parameters
    ----------
    seed
        Of the orders.

    Attributes
    ----------
    indices
        (N,); rearranged in place.
    """

    def __init__(self, samples: int, seed: int) -> None:
        check_seed(seed)
        self._seed = seed
        self._unshuffled = np.arange(samples)
        self.indices = np.arange(samples)
        self._epoch = -1

    @cached_property
    def _stream(self) -> "Stream":
        return Stream(self._seed)  # for the first order: who only shows a network does not import numpy.random

    def arrange(self, epoch: int) -> None:
        """Bring the samples into the order of that epoch, counted from 0."""
        block, place = divmod(epoch, BLOCK)
        shuffles = 1
        if not place or epoch != self._epoch + 1:
            self._stream.go_to(block * STRIDE % PERIOD)
            self.indices[:] = self._unshuffled
            shuffles = place + 1
        for _ in range(shuffles):
            self._stream.rng.shuffle(self.indices)
        self._epoch = epoch


class Stream:
    """The random numbers of a seed, from any place on."""

    def __init__(self, seed: int) -> None:
        self._bits = random_bits(seed)
        self._start, self.rng = self._bits.state, np.random.Generator(self._bits)

    def go_to(self, draws: int) -> None:
        """Go on after so many draws from the start."""
        self._bits.state = self._start
        self._bits.advance(draws)


def epoch_length(samples: int, batch_size: int) -> int:
    """Return the minibatches of an epoch; the last of them holds what is left."""
    return -(-samples // batch_size)


@lru_cache(maxsize=8)
def epoch_order(samples: int, seed: int, epoch: int) -> NDArray[np.intp]:
    """Return the samples in an epoch's order, (N,), to be read only."""
    order = Order(samples, seed)
    order.arrange(epoch)
    order.indices.flags.writeable = False
    return order.indices


def minibatch_after(taken: int, samples: int, batch_size: int, seed: int) -> NDArray[np.intp]:
    """Return the samples of the minibatch that a trainer takes after so many others, in its order, to be read only.

    Where one minibatch holds all samples, they are in their own order.
    """
    if batch_size >= samples:
        return every(samples)
    epoch, place = divmod(taken, epoch_length(samples, batch_size))
    return epoch_order(samples, seed, epoch)[place * batch_size : (place + 1) * batch_size]


@lru_cache(maxsize=1)
def every(samples: int) -> NDArray[np.intp]:
    """Return all samples in their own order, to be read only."""
    indices = np.arange(samples)
    indices.flags.writeable = False
    return indices
