"""The digits are the 1,797 known images, and say where they come from."""

from pathlib import Path

import numpy as np
import pytest

from explorer.data import digits as digits_module
from explorer.data import load_dataset
from explorer.engine.errors import ExplorerError
from explorer.resources import assets


def test_known_facts() -> None:
    data = load_dataset("digits")
    assert data.X.shape == (1797, 64)
    assert data.image_shape == (8, 8)
    np.testing.assert_array_equal(np.bincount(data.labels), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    assert (data.X * 16).sum() == 561718
    assert (data.X.min(), data.X.max()) == (0, 1)
    np.testing.assert_array_equal(data.X[0, :8] * 16, [0, 0, 5, 13, 9, 1, 0, 0])
    np.testing.assert_array_equal(data.labels[:12], [*range(10), 0, 1])


def test_equal_to_the_copy_in_scikit_learn() -> None:
    datasets = pytest.importorskip("sklearn.datasets", reason="scikit-learn, whose copy is compared, is not installed")
    theirs = datasets.load_digits()
    ours = load_dataset("digits")
    np.testing.assert_array_equal(ours.X * 16, theirs.data)
    np.testing.assert_array_equal(ours.labels, theirs.target)


def test_source_and_licence_are_named_and_travel_with_the_file() -> None:
    data = load_dataset("digits")
    notice = (assets() / "data" / "digits-LICENCE.txt").read_text(encoding="utf-8")
    for fact in ("Alpaydin", "Kaynak", "10.24432/C50P49"):
        assert fact in data.source
        assert fact in notice
    assert data.licence in notice


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut off"])
def test_a_broken_installation_is_told(content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if content is not None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "digits.npz").write_bytes(content)
    monkeypatch.setattr("explorer.data.digits.assets", lambda: tmp_path)
    with pytest.raises(ExplorerError, match=r"^the digits cannot be read from .*: install the program again$"):
        digits_module.digits.__wrapped__()
