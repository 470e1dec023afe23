"""Cutting a set into a part to train on and a part to test on, so that both hold every class in its share."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.data.choices import TEST_SHARE
from explorer.data.dataset import DataSet
from explorer.data.seeding import generator
from explorer.data.steps import Steps, finished
from explorer.engine.errors import ExplorerError


class Split(Struct, frozen=True):
    """Two sets that share no sample and together are the whole."""

    train: DataSet
    test: DataSet

    @property
    def both(self) -> tuple[DataSet, DataSet]:
        """The part to train on and the part to test on."""
        return self.train, self.test


def split(dataset: DataSet, test_share: float = TEST_SHARE, seed: int = 0) -> Split:
    """Draw the test part from each class in proportion; every sample ends in one part, in its old order.

    Where the targets are numbers, it is drawn from all samples alike.

    Parameters
    ----------
    dataset
        N samples; at least one class has two, since each class keeps a sample to train on.
    test_share
        Share of the samples to test on, above 0 and below 1; round(test_share N) of them, at least 1.
    seed
        Of ``numpy.random.default_rng``; the same seed gives the same parts.

    Raises
    ------
    ExplorerError
        If the share is not between 0 and 1, or no sample can be spared for testing.
    """
    train, test = finished(split_rows(dataset, test_share, seed))
    return Split(dataset.rows(train), dataset.rows(test))


def split_rows(dataset: DataSet, test_share: float, seed: int) -> Steps[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Return, in steps, the indices of both parts that ``split`` makes, each in the samples' old order."""
    if not 0 < test_share < 1:
        raise ExplorerError(f"test share {test_share}: expected a number above 0 and below 1, such as 0.25")
    counts = np.bincount(dataset.labels, minlength=len(dataset.classes))
    rng = generator(seed)
    chosen = np.zeros(dataset.samples, dtype=bool)
    for label, wanted in enumerate(shares(counts, test_share)):
        members = np.flatnonzero(dataset.labels == label)
        chosen[rng.permutation(members)[:wanted]] = True
        yield
    if not chosen.any():
        lacking = "no class with two samples" if dataset.targets is None else "one sample only"
        raise ExplorerError(f"data set {dataset.name!r} has {lacking}: add some to test on")
    return np.flatnonzero(~chosen), np.flatnonzero(chosen)


def shares(counts: NDArray[np.intp], test_share: float) -> NDArray[np.intp]:
    """Return how many samples of each class to test on, by largest remainders, one of each left to train on.

    The whole is T = max(1, round(share N)); class k first gets floor(share n_k), and what is missing to T
    goes, one each, to the classes with the largest fractions of share n_k (the first of equals).
    """
    exact = counts * test_share
    spare = np.maximum(counts - 1, 0)
    taken: NDArray[np.intp] = np.minimum(np.floor(exact).astype(np.intp), spare)
    missing = max(1, round(test_share * int(counts.sum()))) - int(taken.sum())
    fractions = np.where(taken < spare, exact - taken, -1)
    for label in np.argsort(-fractions, kind="stable")[: max(missing, 0)]:
        taken[label] += fractions[label] >= 0
    return taken
