"""Weights come back bit for bit, and mean the same to NumPy and to the safetensors library without this program."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import load_file

from explorer.engine import ExplorerError, Network
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.files import FORMATS, WeightsInfo, read_weights, write_weights
from explorer.resources import program_version

UPDATE: dict[str, object] = {"optimizer": "adam", "learning_rate": 0.005}
ABOUT = WeightsInfo(seed=7, steps=120, update=UPDATE, data="digits", scaling="pixels / 16", test_accuracy=0.96875)
formats = pytest.mark.parametrize("suffix", sorted(FORMATS))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Draw a network of any small size, dtype, activations and loss, its numbers from the whole finite range."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    activations = [draw(st.sampled_from(sorted(ACTIVATIONS))) for _ in sizes[1:]]
    loss = draw(st.sampled_from(sorted(LOSSES)))
    beta = 1.0 if LOSSES[loss].multilabel else draw(st.floats(-5, 20))
    network = Network(sizes, activations, loss, beta, draw(st.sampled_from(["float32", "float64"])))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    bits = rng.integers(0, 256, network.theta.nbytes, np.uint8).view(network.dtype)
    network.theta[:] = np.where(np.isfinite(bits), bits, -0.0)
    return network


@formats
@settings(deadline=None)  # the first model waits for the import of onnx
@given(network=networks(), seed=st.integers(0, 2**80), steps=st.integers(0, 2**40), text=st.text())
def test_what_is_written_comes_back_bit_for_bit(
    suffix: str, network: Network, seed: int, steps: int, text: str
) -> None:
    about = WeightsInfo(seed=seed, steps=steps, data=text, scaling=text)
    with tempfile.TemporaryDirectory() as folder:
        path = write_weights(Path(folder) / f"weights{suffix}", network, about)
        twin, info = read_weights(path)
        assert os.listdir(folder) == [path.name]  # noqa: PTH208 (names are what is compared)
    assert twin.theta.tobytes() == network.theta.tobytes()
    assert (twin.sizes, twin.activations, twin.loss, twin.beta, twin.dtype) == (
        network.sizes,
        network.activations,
        network.loss,
        network.beta,
        network.dtype,
    )
    assert info == about.about(network)


def by_numpy(parameters: dict[str, NDArray[Any]], X: NDArray[Any]) -> NDArray[Any]:
    """Return the probabilities of a sigmoid network of two layers, by NumPy alone."""
    h = 1 / (1 + np.exp(-(X @ parameters["W1"] + parameters["b1"])))
    powers = np.exp(h @ parameters["W2"] + parameters["b2"])
    result: NDArray[Any] = powers / powers.sum(axis=1, keepdims=True)
    return result


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_other_programs_get_the_same_probabilities(dtype: str, tmp_path: Path) -> None:
    network = Network.random((64, 32, 10), seed=3, dtype=dtype)
    X = np.random.default_rng(0).random((20, 64)).astype(dtype)
    write_weights(tmp_path / "w.npz", network, ABOUT)
    write_weights(tmp_path / "w.safetensors", network, ABOUT)
    write_weights(tmp_path / "w.onnx", network, ABOUT)
    with np.load(tmp_path / "w.npz", allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in ("W1", "b1", "W2", "b2")}
    tensors = load_file(tmp_path / "w.safetensors")
    assert set(tensors) == set(arrays)
    for found in (arrays, tensors):
        assert {array.dtype.name for array in found.values()} == {dtype}
        np.testing.assert_allclose(
            by_numpy(found, X), network.predict_proba(X), rtol=1e-5 if dtype == "float32" else 1e-13
        )
    for suffix in FORMATS:
        twin, _ = read_weights(tmp_path / f"w{suffix}")
        np.testing.assert_array_equal(twin.predict_proba(X), network.predict_proba(X))


def test_metadata_can_be_read_without_this_program(tmp_path: Path) -> None:
    network = Network.random((2, 3, 2), activation="tanh", dtype="float32")
    write_weights(tmp_path / "w.npz", network, ABOUT)
    write_weights(tmp_path / "w.safetensors", network, ABOUT)
    expected = {
        "format": "backprop-explorer/weights",
        "version": 1,
        "loss": "softmax_cross_entropy",
        "beta": 1.0,
        "activations": ["tanh", "identity"],
        "sizes": [2, 3, 2],
        "seed": 7,
        "steps": 120,
        "update": UPDATE,
        "data": "digits",
        "scaling": "pixels / 16",
        "inputs": {},
        "targets": {},
        "choices": {},
        "split": {},
        "points": {},
        "settings": {},
        "classes": [],
        "test_loss": None,
        "test_accuracy": 0.96875,
        "program": program_version(),
        "dtype": "float32",
    }
    with np.load(tmp_path / "w.npz", allow_pickle=False) as stored:
        assert stored["metadata"].shape == ()
        assert json.loads(str(stored["metadata"])) == expected
    with safe_open(tmp_path / "w.safetensors", "numpy") as tensors:
        texts = tensors.metadata()
    assert texts.pop("format") == expected.pop("format")
    assert {key: json.loads(text) for key, text in texts.items()} == expected


@formats
def test_the_network_decides_what_is_said_of_it(suffix: str, tmp_path: Path) -> None:
    path = write_weights(tmp_path / f"w{suffix.upper()}", Network.random((2, 2)), WeightsInfo(sizes=(9, 9), beta=3.0))
    _, info = read_weights(path)
    assert (info.sizes, info.beta) == ((2, 2), 1.0)


@formats
def test_numbers_of_numpy_may_stand_in_the_metadata(suffix: str, tmp_path: Path) -> None:
    numbers: dict[str, Any] = {"seed": np.int64(4), "test_accuracy": np.float32(0.5)}
    _, info = read_weights(write_weights(tmp_path / f"w{suffix}", Network.random((2, 2)), WeightsInfo(**numbers)))
    assert (info.seed, info.test_accuracy) == (4, 0.5)


def test_an_accuracy_that_is_none_is_none() -> None:
    assert WeightsInfo(test_accuracy=float("nan")).test_accuracy is None


@formats
@pytest.mark.parametrize("broken", ["weights", "metadata"])
def test_numbers_that_are_not_finite_are_not_written(suffix: str, broken: str, tmp_path: Path) -> None:
    path = write_weights(tmp_path / f"w{suffix}", Network.random((2, 2)), ABOUT)
    before = path.read_bytes()
    network = Network.random((2, 3, 2))
    about = ABOUT
    if broken == "weights":
        network.parameters["b2"][1] = np.nan
    else:
        about = WeightsInfo(test_accuracy=float("inf"))
    with pytest.raises(ExplorerError, match=r"is not written, (b2 holds an infinity or a NaN|its metadata cannot)"):
        write_weights(path, network, about)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["weights", "weights.bin", "weights.npz.gz", ".npz"])
def test_a_suffix_without_a_format_is_refused(name: str, tmp_path: Path) -> None:
    for call in (
        lambda: write_weights(tmp_path / name, Network.random((2, 2)), ABOUT),
        lambda: read_weights(tmp_path / name),
    ):
        with pytest.raises(ExplorerError, match=r"has no suffix of .*: use \.npz, \.safetensors or \.onnx$"):
            call()
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match=r"is not written, there is no folder .*gone: create it"):
        write_weights(tmp_path / "gone" / "w.npz", Network.random((2, 2)), ABOUT)
