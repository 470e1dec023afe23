"""An epoch's order follows from its number alone: what is said of a minibatch is what a trainer takes."""

import numpy as np
import pytest

from explorer.engine import Network
from explorer.engine.minibatches import Minibatches
from explorer.engine.order import BLOCK, Order, epoch_length, minibatch_after
from explorer.engine.problem import Objective
from explorer.engine.trainer import Trainer
from explorer.engine.workspace import Workspace


def minibatches(samples: int, batch_size: int, seed: int) -> Minibatches:
    """Minibatches of samples whose only input is their number."""
    network = Network.random((1, 2), dtype="float64")
    gradients = network.copy().layers
    inputs, targets = np.arange(samples, dtype=float)[:, None], np.eye(2)[np.zeros(samples, int)]

    def make(samples: int, *, whole: bool) -> Workspace:
        return Workspace(network, gradients, Objective(), samples, whole=whole)

    return Minibatches(inputs, targets, batch_size, seed, make)


@pytest.mark.parametrize(("samples", "batch_size"), [(10, 4), (12, 4), (5, 1), (7, 7), (7, 100)])
def test_a_minibatch_is_known_before_it_is_taken(samples: int, batch_size: int) -> None:
    batches = minibatches(samples, min(batch_size, samples), seed=5)
    for taken in range((2 * BLOCK + 1) * epoch_length(samples, batch_size)):
        found = batches.next().X[:, 0]
        np.testing.assert_array_equal(minibatch_after(taken, samples, batch_size, 5), found)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 3_000_000_001])
@pytest.mark.parametrize("taken", [0, 2, 3])
def test_what_is_skipped_is_passed_over_at_once(count: int, taken: int) -> None:
    batches = minibatches(10, 4, seed=1)
    for _ in range(taken):
        batches.next()
    batches.skip(count)
    for more in range(4):
        found = batches.next().X[:, 0]
        np.testing.assert_array_equal(minibatch_after(taken + count + more, 10, 4, 1), found)


def test_every_epoch_visits_each_sample_once_in_an_order_of_its_own() -> None:
    order, orders = Order(40, seed=3), set()
    for epoch in (0, 1, 2, 2**40):
        order.arrange(epoch)
        assert sorted(order.indices) == list(range(40))
        orders.add(tuple(order.indices))
    assert len(orders) == 4


def test_the_places_of_the_epochs_are_spread_evenly() -> None:
    order = Order(4, seed=0)
    firsts = np.zeros(4)
    for epoch in range(2000):
        order.arrange(epoch)
        firsts[order.indices[0]] += 1
    assert np.all(np.abs(firsts - 500) < 100)  # five standard deviations


def test_epochs_may_be_visited_in_any_order() -> None:
    one, other = Order(9, seed=2), Order(9, seed=2)
    orders = []
    for epoch in range(2 * BLOCK):
        one.arrange(epoch)
        orders.append(one.indices.tolist())
    for epoch in (BLOCK + 3, BLOCK + 4, 0, BLOCK - 1, BLOCK, 5, 5, 4):
        other.arrange(epoch)
        assert other.indices.tolist() == orders[epoch]


def test_what_is_known_of_an_order_is_read_only() -> None:
    for batch_size in (3, 8):
        with pytest.raises(ValueError, match="read-only"):
            minibatch_after(0, 8, batch_size, 0)[0] = 1


def test_what_cannot_be_written_is_gathered_where_it_is_and_the_run_comes_out_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(50, 3)), np.eye(2)[rng.integers(0, 2, 50)]
    copied = Trainer(Network.random((3, 4, 2), seed=0, dtype="float64"), X, Y, batch_size=8)
    monkeypatch.setattr("explorer.engine.minibatches.LARGE", 0)
    X.flags.writeable = Y.flags.writeable = False
    shared = Trainer(Network.random((3, 4, 2), seed=0, dtype="float64"), X, Y, batch_size=8)
    for trainer in (copied, shared):
        trainer.run(20)
    assert shared.network.theta.tobytes() == copied.network.theta.tobytes()
    assert all(np.shares_memory(found, given) for found, given in zip(shared._minibatches.samples, (X, Y), strict=True))


def test_what_its_owner_may_still_write_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.engine.minibatches.LARGE", 0)
    X, Y = np.ones((10, 3)), np.eye(2)[np.zeros(10, int)]
    trainer = Trainer(Network.random((3, 2), dtype="float64"), X, Y, batch_size=4)
    X[:] = np.nan
    assert np.isfinite(trainer.run(3).loss)
