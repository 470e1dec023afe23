"""Whatever is wrong with a weights file, reading it ends in one sentence that names the file, and runs nothing."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import helper, numpy_helper
from safetensors.numpy import save

from explorer.engine import ExplorerError, Network
from explorer.files import FORMATS, WeightsInfo, read_weights, write_weights
from explorer.files import weights as weights_module

Arrays = dict[str, Any]
GOOD: Arrays = {"W1": np.ones((2, 3)), "b1": np.zeros(3), "W2": np.ones((3, 2)), "b2": np.zeros(2)}
formats = pytest.mark.parametrize("suffix", sorted(FORMATS))
foreign = pytest.mark.parametrize("suffix", [".npz", ".safetensors"])
"""Formats in which files of other programs are read."""
in_a_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def bytes_of(suffix: str, arrays: Arrays, values: dict[str, Any] | None = None) -> bytes:
    """Return a weights file made without this program's writers."""
    if suffix == ".safetensors":
        texts = {k: v if k == "format" else json.dumps(v) for k, v in (values or {}).items()}
        return save({name: np.ascontiguousarray(array) for name, array in arrays.items()}, texts or None)
    if suffix == ".onnx":
        return onnx_of(arrays, {k: v if k == "format" else json.dumps(v) for k, v in (values or {}).items()})
    buffer = io.BytesIO()
    members = arrays if values is None else {**arrays, "metadata": np.array(json.dumps(values))}
    np.savez(buffer, **members)
    return buffer.getvalue()


def onnx_of(arrays: Arrays, texts: dict[str, str]) -> bytes:
    """Return a model that holds arrays and computes nothing."""
    tensors = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    model = helper.make_model(helper.make_graph([], "network", [], [], tensors))
    helper.set_model_props(model, texts)
    return bytes(model.SerializeToString())


def sentence_of(path: Path) -> str:
    with pytest.raises(ExplorerError) as caught:
        read_weights(path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    return sentence


def without(name: str) -> Arrays:
    return {key: array for key, array in GOOD.items() if key != name}


BAD_ARRAYS: list[tuple[Arrays, str]] = [
    ({}, "it holds nothing: expected the arrays W1, b1"),
    ({"fc1.weight": np.ones(2)}, "it holds fc1.weight: expected the arrays W1, b1"),
    (without("W1"), "W1 is missing: expected W1, b1 up to W2, b2"),
    (without("b1"), "b1 is missing"),
    ({"W1": np.ones((2, 2))}, "b1 is missing: expected W1, b1"),
    (without("W2"), "W2 is missing"),
    ({**GOOD, "W900000": np.ones((2, 2))}, "W3 is missing"),
    ({**GOOD, "W1": np.ones(6)}, r"W1 has shape (6,): expected (D, H)"),
    ({**GOOD, "b2": np.ones((1, 2))}, r"b2 has shape (1, 2): expected (H,)"),
    ({**GOOD, "W1": np.ones((0, 3))}, r"W1 has shape (0, 3)"),
    ({**GOOD, "W2": np.ones((4, 2))}, r"W2 has shape (4, 2): expected (3, H)"),
    ({**GOOD, "b1": np.zeros(4)}, r"b1 has shape (4,): expected (3,)"),
    ({**GOOD, "b1": np.array([0, np.nan, 0])}, "b1 holds an infinity or a NaN"),
    ({**GOOD, "W2": np.full((3, 2), -np.inf)}, "W2 holds an infinity or a NaN"),
    ({**GOOD, "W2": np.ones((3, 2), bool)}, "W2 has dtype bool: expected real numbers"),
]


@foreign
@pytest.mark.parametrize(("arrays", "sentence"), BAD_ARRAYS)
def test_arrays_that_are_no_network(suffix: str, arrays: Arrays, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / f"w{suffix}"
    path.write_bytes(bytes_of(suffix, arrays))
    assert sentence in sentence_of(path)


BAD_VALUES: list[tuple[dict[str, Any], str]] = [
    ({"version": 2}, "this program reads version 1 of its weights files"),
    ({"activations": ["swish", "identity"]}, "activation 'swish' is unknown"),
    ({"activations": ["sigmoid"]}, "1 activations for 2 layers"),
    ({"loss": "hinge"}, "loss 'hinge' is unknown"),
    ({"sizes": [2, 4, 2]}, "its metadata say sizes (2, 4, 2), its arrays (2, 3, 2)"),
    ({"seed": -1}, "its metadata are damaged (Expected `int` >= 0 - at `$.seed`)"),
    ({"steps": "many"}, "its metadata are damaged (Expected `int`, got `str` - at `$.steps`)"),
    ({"beta": None}, "its metadata are damaged"),
]


@formats
@pytest.mark.parametrize(("change", "sentence"), BAD_VALUES)
def test_metadata_that_do_not_fit(suffix: str, change: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    values = {
        "format": "backprop-explorer/weights",
        "version": 1,
        "sizes": [2, 3, 2],
        "activations": ["tanh", "identity"],
        **change,
    }
    path = tmp_path / f"w{suffix}"
    path.write_bytes(bytes_of(suffix, GOOD, values))
    assert sentence in sentence_of(path)


@foreign
@pytest.mark.parametrize("values", [None, {"format": "pt"}, {"epochs": 3}])
def test_files_of_other_programs_are_taken_for_sigmoid_networks(
    suffix: str, values: dict[str, Any] | None, tmp_path: Path
) -> None:
    path = tmp_path / f"w{suffix}"
    path.write_bytes(bytes_of(suffix, {**GOOD, "other": np.ones(2)}, values))
    network, info = read_weights(path)
    assert network.activations == info.activations == ("sigmoid", "identity")
    assert (network.loss, network.beta, network.sizes) == ("softmax_cross_entropy", 1.0, (2, 3, 2))
    assert (info.data, info.program, info.test_accuracy) == ("", "", None)


@foreign
@pytest.mark.parametrize(
    ("dtype", "expected"), [(np.float16, "float32"), (np.float32, "float32"), (np.int64, "float64")]
)
def test_other_real_numbers_are_converted(suffix: str, dtype: type, expected: str, tmp_path: Path) -> None:
    path = tmp_path / f"w{suffix}"
    path.write_bytes(bytes_of(suffix, {name: array.astype(dtype) for name, array in GOOD.items()}))
    network, info = read_weights(path)
    assert network.dtype.name == info.dtype == expected
    np.testing.assert_array_equal(network.parameters["W2"], 1)


class Trap:
    """Unpickling it would make a folder."""

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, ("sprung",)


def test_pickles_are_refused_and_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "w.npz"
    path.write_bytes(bytes_of(".npz", {**GOOD, "W1": np.array([[Trap()]], object)}))
    assert "no .npz of plain arrays" in sentence_of(path)
    assert list(tmp_path.iterdir()) == [path]


def test_metadata_that_are_no_json(tmp_path: Path) -> None:
    path = tmp_path / "w.npz"
    for text in ("{", '{"seed": NaN}', "[" * 100_000, '{"beta": 1e999}'):
        path.write_bytes(bytes_of(".npz", {**GOOD, "metadata": np.array(text)}))
        assert "its metadata are not JSON" in sentence_of(path)


def test_a_metadata_array_of_another_program_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "w.npz"
    for other in (np.array("[1, 2]"), np.arange(3)):
        path.write_bytes(bytes_of(".npz", {**GOOD, "metadata": other}))
        assert read_weights(path)[0].sizes == (2, 3, 2)


HOSTILE = [
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (900000000000, 900000), }",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (2L, 3), }",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (-2, -3), }",
    b"{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (6,), }",
    b"{'descr': '<U0', 'fortran_order': False, 'shape': (6,), }",
    b"{'descr': '<f3', 'fortran_order': False, 'shape': (16,), }",
    b"{'descr': '<U9999999', 'fortran_order': False, 'shape': (99999999999999999, 99999999999999999), }",
    b"__import__('os').mkdir('sprung')",
    b"(" * 5000,
    b"\xff\xfe",
]


@pytest.mark.parametrize("header", HOSTILE)
def test_headers_that_lie_or_are_none_are_refused(header: bytes, tmp_path: Path) -> None:
    path = tmp_path / "w.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("W1.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(48))
    assert "no .npz of plain arrays" in sentence_of(path)


@formats
def test_files_too_large_are_refused_unread(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"w{suffix}"
    path.write_bytes(bytes_of(suffix, GOOD))
    monkeypatch.setattr(weights_module, "MAX_BYTES", 100)
    assert "too large: expected at most 100" in sentence_of(path)


def test_an_archive_that_unpacks_to_more_than_it_seems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "w.npz"
    np.savez_compressed(path, W1=np.zeros((1000, 100)), b1=np.zeros(100))
    monkeypatch.setattr(weights_module, "MAX_BYTES", 100_000)
    assert path.stat().st_size < 10_000
    assert "it unpacks to 801,056 bytes, too large: expected at most 100,000" in sentence_of(path)


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.npz").mkdir()
    os.mkfifo(tmp_path / "pipe.npz")
    (tmp_path / "file").touch()
    assert "there is no such file" in sentence_of(tmp_path / "gone.npz")
    assert "there is no folder" in sentence_of(tmp_path / "gone" / "w.npz")
    assert "is a folder: name a file in it" in sentence_of(tmp_path / "folder.npz")
    assert "is a device and not a file" in sentence_of(tmp_path / "pipe.npz")
    assert "is not a folder" in sentence_of(tmp_path / "file" / "w.npz")


@formats
@in_a_folder
@given(data=st.data())
def test_a_file_that_is_cut_off_is_refused(suffix: str, data: st.DataObject, tmp_path: Path) -> None:
    path = write_weights(tmp_path / f"w{suffix}", Network.random((2, 3, 2)), WeightsInfo())
    whole = path.read_bytes()
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    assert "it is damaged" in sentence_of(path)


@formats
@in_a_folder
@given(data=st.data())
def test_changed_bytes_are_read_or_refused_in_a_sentence(suffix: str, data: st.DataObject, tmp_path: Path) -> None:
    path = write_weights(tmp_path / f"w{suffix}", Network.random((2, 3, 2)), WeightsInfo())
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        network, _ = read_weights(path)
    except ExplorerError:
        sentence_of(path)
    else:
        assert np.isfinite(network.theta).all()


@formats
@in_a_folder
@given(content=st.binary(max_size=300), lead=st.sampled_from([b"", b"PK\x03\x04", b"\x93NUMPY", b"\x40" + bytes(7)]))
def test_any_bytes_are_refused_in_a_sentence(suffix: str, content: bytes, lead: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"w{suffix}"
    path.write_bytes(lead + content)
    sentence_of(path)
