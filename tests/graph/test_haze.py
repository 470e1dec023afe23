"""The haze: every edge adds to it what it is worth, wherever it runs, in whatever order."""

import numpy as np
import pytest

from explorer.graph import haze
from explorer.graph.haze import DENSEST, Haze

WIDE, HIGH = 12, 40
BLUE, GREY, ORANGE = (np.array(colour, np.uint8) for colour in ([0, 0, 255], [128, 128, 128], [255, 128, 0]))
ALONG = (np.arange(WIDE) + 0.5) / WIDE


def made(shares: np.ndarray) -> Haze:
    starts, ends = (np.linspace(2.0, HIGH - 3.0, size) for size in shares.shape)
    result = Haze(starts, ends, shares, ALONG, HIGH)
    for _ in result.summing():
        pass
    return result


def pixels(of: Haze) -> np.ndarray:
    return np.hstack([*of.pixels(ORANGE, GREY, BLUE)])


def test_an_edge_runs_from_its_unit_to_its_unit_in_its_sign() -> None:
    shares = np.zeros((2, 2))
    shares[0, 1] = 1.0
    seen = pixels(made(shares))
    assert seen.shape == (HIGH, WIDE, 4)
    ridge = seen[..., 3].argmax(axis=0)
    assert (np.diff(ridge) >= 2).all()
    assert ridge[0] < 5
    assert ridge[-1] > HIGH - 6
    assert (seen[..., 0] >= seen[..., 2]).all()
    assert not seen[-5:, 0].any()
    shares[0, 1] = -1.0
    assert (pixels(made(shares))[..., 2] >= seen[..., 2]).all()


def test_every_edge_counts_by_its_square_in_every_column(monkeypatch: pytest.MonkeyPatch) -> None:
    shares = np.random.default_rng(0).uniform(-1, 1, (30, 20))
    whole = made(shares)
    assert whole.summed == 600
    assert np.allclose(whole._all.sum(axis=1), (shares**2).sum())
    assert np.allclose(whole._net.sum(axis=1), (shares * np.abs(shares)).sum())
    monkeypatch.setattr(haze, "BLOCK", 70)
    assert np.array_equal(pixels(made(shares)), pixels(whole))


def test_it_never_covers_more_than_its_share_and_arrays_without_numbers_are_grey() -> None:
    seen = pixels(made(np.zeros((50, 50))))
    assert 0 < seen[..., 3].max() <= round(255 * DENSEST)
    assert np.array_equal(seen[..., 0], seen[..., 2])


def test_beyond_the_units_there_is_none() -> None:
    along = np.array([-0.1, 0.5, 1.1])
    made_wider = Haze(np.array([5.0, 9.0]), np.array([5.0, 9.0]), np.ones((2, 2)), along, HIGH)
    assert [*made_wider.summing()] == [False, True]
    assert made_wider._all.any(axis=1).tolist() == [False, True, False]
