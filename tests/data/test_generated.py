"""The generated sets follow their formulas, are balanced, lie near -2 to 2, and come from the seed."""

from collections.abc import Callable

import numpy as np
import pytest

from explorer.data import DATASETS, DataSet, load_dataset, split
from explorer.data.generated import circles, moons, spiral, xor
from explorer.engine import ExplorerError, Network, Trainer

GENERATED: list[Callable[..., DataSet]] = [xor, moons, spiral, circles]
generators = pytest.mark.parametrize("make", GENERATED, ids=lambda make: str(make.__name__))


@generators
def test_sets_are_balanced_bounded_and_described(make: Callable[..., DataSet]) -> None:
    data = make()
    assert np.ptp(np.bincount(data.labels)) == 0
    assert (data.dimensions, len(data.classes), data.image_shape) == (2, 2, None)
    assert np.abs(data.X).max() < 2.2
    assert data.description
    assert f"{data.samples} samples" in data.source


@generators
def test_the_seed_decides(make: Callable[..., DataSet]) -> None:
    np.testing.assert_array_equal(make(seed=5).X, make(seed=5).X)
    assert not np.array_equal(make(seed=5).X, make(seed=6).X)


def test_xor_without_noise_is_the_four_corners() -> None:
    data = xor(samples=8, noise=0)
    np.testing.assert_array_equal(np.abs(data.X), 1)
    np.testing.assert_array_equal(data.labels, data.X[:, 0] * data.X[:, 1] < 0)
    assert len(np.unique(data.X, axis=0)) == 4


def test_moons_without_noise_are_half_circles() -> None:
    data = moons(noise=0)
    side = np.where(data.labels == 0, 1, -1)[:, None]
    from_centre = data.X - side * [-0.5, -0.25]
    np.testing.assert_allclose(np.hypot(*from_centre.T), 1)
    assert (from_centre[:, 1] * side[:, 0] >= -1e-12).all()


def test_circles_without_noise_have_two_radii() -> None:
    data = circles(noise=0)
    np.testing.assert_allclose(np.hypot(*data.X.T), np.where(data.labels == 0, 1.5, 0.6))


def test_spiral_arms_without_noise_turn_with_the_radius() -> None:
    data = spiral(noise=0)
    t = np.hypot(*data.X.T) / 1.5
    angle = 2.5 * np.pi * t + np.pi * data.labels
    np.testing.assert_allclose(data.X, 1.5 * t[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), atol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"samples": 3}, "with 3 samples: expected 4 to 1,000,000"),
        ({"samples": 10**9}, "with 1000000000 samples"),
        ({"noise": -1}, "with noise -1: expected a finite number, 0 or more"),
        ({"noise": float("inf")}, "with noise inf"),
        ({"seed": -3}, "seed -3: expected a whole number"),
    ],
)
def test_absurd_wishes_are_refused(arguments: dict[str, float], sentence: str) -> None:
    with pytest.raises(ExplorerError, match=sentence):
        circles(**arguments)  # type: ignore[arg-type]  # the table mixes whole numbers and others


def test_the_table_loads_every_set_and_refuses_others() -> None:
    for name, entry in DATASETS.items():
        data = load_dataset(name, seed=1)
        assert (data.name, data.title) == (name, entry.title)
    with pytest.raises(
        ExplorerError, match=r"^data set 'mnist' is unknown: use one of xor, moons, .*, iris, wine, digits$"
    ):
        load_dataset("mnist")


@generators
def test_a_small_network_learns_each(make: Callable[..., DataSet]) -> None:
    parts = split(make(samples=1000))
    network = Network.random((2, 12, 12, 2), activation="tanh", seed=0)
    Trainer(network, parts.train.X, parts.train.labels, learning_rate=0.3, batch_size=16).run(3000)
    share = (network.predict_proba(parts.test.X).argmax(axis=1) == parts.test.labels).mean()
    assert share >= 0.95
