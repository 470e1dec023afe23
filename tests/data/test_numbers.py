"""Sets whose targets are numbers: the noisy sine, and splitting and choosing rows without classes."""

from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import load_dataset, split
from explorer.data.curves import sine
from explorer.engine.errors import ExplorerError


def test_the_sine_is_a_sine_with_that_much_noise() -> None:
    data = sine(samples=5000, noise=0.1, seed=3)
    assert data.targets is not None
    rest = data.targets - np.sin(np.pi * data.X)
    assert rest.std() == pytest.approx(0.1, rel=0.05)
    assert (data.X.min() >= -2, data.X.max() < 2) == (True, True)
    np.testing.assert_array_equal(sine(seed=3).X, sine(seed=3).X)


def test_targets_follow_their_rows() -> None:
    data = load_dataset("sine")
    part = data.rows([5, 0])
    assert part.targets is not None
    np.testing.assert_array_equal(part.Y, data.Y[[5, 0]])
    assert (part.outputs, part.classes) == (1, ())


def test_a_split_draws_from_all_alike_and_loses_none() -> None:
    data = load_dataset("sine")
    parts = split(data, 0.25, seed=1)
    assert (parts.train.samples, parts.test.samples) == (150, 50)
    together = np.sort(np.concatenate([parts.train.Y, parts.test.Y]).ravel())
    np.testing.assert_array_equal(together, np.sort(data.Y.ravel()))


def test_one_sample_cannot_be_split() -> None:
    with pytest.raises(ExplorerError, match="has one sample only: add some to test on"):
        split(load_dataset("sine").rows([0]))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"targets": np.zeros(200)}, r"the targets have shape \(200,\): expected \(200, 1\)"),
        ({"quantities": ("a", "b")}, r"expected \(200, 2\), one row a sample, one column a name"),
        ({"targets": np.full((200, 1), np.nan)}, "sample 0 holds an infinity or a NaN"),
    ],
)
def test_targets_that_do_not_fit_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ExplorerError, match=sentence):
        replace(load_dataset("sine"), **changes)
