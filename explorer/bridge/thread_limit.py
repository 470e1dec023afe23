"""When the linear algebra's threads are limited for the window's runs: before anything that it would share out."""

from typing import TYPE_CHECKING

from explorer.engine.network import Network
from explorer.engine.threads import blas_threads, may_be_shared

if TYPE_CHECKING:
    from threadpoolctl import threadpool_limits


class ThreadLimit:
    """Gives a run the threads that it is fast with; for the GUI thread alone.

    To look for the libraries takes 6 ms the first time: a run that cannot share its evaluation out, as on the example
    with which the window opens, waits for that only when it trains.
    """

    def __init__(self) -> None:
        self._limit: threadpool_limits | None = None
        self._limited_for: tuple[tuple[int, ...], int] = ((), 0)
        self._due: tuple[Network, int] | None = None

    def prepare(self, network: Network, batch_size: int, samples: int) -> None:
        """Limit them before a run is loaded, which evaluates so many samples; or leave that to ``take``."""
        self._due = network, batch_size
        if may_be_shared(network, samples):
            self.take()

    def take(self) -> None:
        """Limit them before a run trains, if that is still due."""
        if self._due is None:
            return
        (network, batch_size), self._due = self._due, None
        if self._limited_for != (network.sizes, batch_size):
            self.restore()
            self._limit = blas_threads(network, batch_size)
            self._limited_for = network.sizes, batch_size

    def restore(self) -> None:
        """Give the linear algebra back the threads that it had before the run."""
        if self._limit is not None:
            self._limit.restore_original_limits()
            self._limit = None
