"""Initial weights: seeded, of the range and the spread that the scheme's formula says."""

import numpy as np
import pytest

from explorer.engine import ExplorerError, Network
from explorer.engine.initialisers import INITIALISERS, Init

D, H = 300, 200


def draw(init: Init) -> Network:
    network = Network((D, H, 5), ("sigmoid", "identity"))
    network.draw(init)
    return network


@pytest.mark.parametrize("scheme", sorted(INITIALISERS))
def test_the_seed_decides(scheme: str) -> None:
    first, again, other = (draw(Init(scheme, seed)).theta for seed in (4, 4, 5))
    np.testing.assert_array_equal(first, again)
    assert (scheme == "zeros") == bool((first == other).all())


@pytest.mark.parametrize("scheme", sorted(INITIALISERS))
def test_biases_start_at_zero(scheme: str) -> None:
    network = Network((3, 2), ("identity",))
    network.theta[:] = 9
    network.draw(Init(scheme))
    np.testing.assert_array_equal(network.parameters["b1"], 0)


@pytest.mark.parametrize(
    ("scheme", "bound"),
    [
        ("xavier_uniform", np.sqrt(6 / (D + H))),
        ("he_uniform", np.sqrt(6 / D)),
        ("uniform", 0.25),
        ("zeros", 0.0),
    ],
)
def test_bounded_schemes_fill_their_range(scheme: str, bound: float) -> None:
    weights = draw(Init(scheme, 1, low=-0.25, high=0.25)).parameters["W1"]
    assert np.abs(weights).max() <= bound
    assert np.abs(weights).max() >= 0.999 * bound
    assert weights.std() == pytest.approx(bound / np.sqrt(3), rel=0.02)


@pytest.mark.parametrize(
    ("scheme", "spread"),
    [("xavier_normal", np.sqrt(2 / (D + H))), ("he_normal", np.sqrt(2 / D)), ("normal", 0.5)],
)
def test_normal_schemes_have_their_spread(scheme: str, spread: float) -> None:
    weights = draw(Init(scheme, 1, scale=0.5)).parameters["W1"]
    assert weights.std() == pytest.approx(spread, rel=0.02)
    assert weights.mean() == pytest.approx(0, abs=5 * spread / np.sqrt(weights.size))


def test_float32_is_the_same_draw_rounded() -> None:
    double, single = (Network.random((6, 4, 2), seed=2, dtype=dtype) for dtype in ("float64", "float32"))
    np.testing.assert_array_equal(single.theta, double.theta.astype(np.float32))


@pytest.mark.parametrize(
    ("seed", "scale", "low", "high", "words"),
    [
        (-1, 0.1, -0.1, 0.1, "seed -1"),
        (0, -0.5, -0.1, 0.1, "init scale -0.5"),
        (0, float("inf"), -0.1, 0.1, "init scale inf"),
        (0, 0.1, 1.0, 0.0, "init range 1.0 to 0.0"),
        (0, 0.1, -0.1, float("nan"), "init range -0.1 to nan"),
    ],
)
def test_refuses_what_cannot_be_drawn(seed: int, scale: float, low: float, high: float, words: str) -> None:
    with pytest.raises(ExplorerError, match=f"^{words}: expected [^\n]+$"):
        Init("normal", seed, scale, low, high)


def test_refuses_an_unknown_scheme() -> None:
    with pytest.raises(ExplorerError, match="init scheme 'magic' is unknown: use one of zeros, normal"):
        draw(Init("magic"))
