"""How many threads the linear algebra may use: on small matrices a second one only spins, and changes the last bits."""

from typing import TYPE_CHECKING

from explorer.engine.network import Network

if TYPE_CHECKING:
    from threadpoolctl import threadpool_limits

LARGE_STEP = 2.5e8
"""Multiplications and additions of an update from which a second thread is worth a processor.

Measured on two cores: 30 million gain a tenth from it, 200 million a fifth, 600 million (784-512-10, batches of 256)
two fifths; below 10 million it is slower. OpenBLAS keeps its threads spinning in between, so each costs a whole core.
"""
SHARED_FROM = 9216
"""Multiplications up to which OpenBLAS keeps a product of matrix and vector to one thread; two matrices have 2^18."""


def operations(network: Network, batch_size: int) -> float:
    """Return the multiplications and additions of an update: 6 B D H a layer, for one product forward, two backward."""
    return 6.0 * batch_size * sum(layer.weights.size for layer in network.layers)


def may_be_shared(network: Network, samples: int) -> bool:
    """Tell whether a pass of so many samples has a product that linear algebra, left to itself, gives more threads."""
    return any(samples * layer.weights.size >= SHARED_FROM for layer in network.layers)


def blas_threads(network: Network, batch_size: int) -> "threadpool_limits":
    """Limit the process's linear algebra to one thread, unless an update is large.

    The number of threads follows from the shapes alone, so that a run comes out bit for bit the same whatever else
    the computer does. To be called on the main thread: of several threads, threadpoolctl obeys the first.

    Returns
    -------
    threadpool_limits
        A context manager; ``restore_original_limits`` ends the limit too.
    """
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 (3 ms, and as long to look for the libraries)

    return threadpool_limits(None if operations(network, batch_size) >= LARGE_STEP else 1, user_api="blas")
