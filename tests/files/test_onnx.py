"""An exported model gives, in ONNX Runtime, what the program gives: from raw inputs, and in the units of the target."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from onnx import TensorProto, numpy_helper

from explorer.data.scaling import Scaling
from explorer.engine import ExplorerError, Network
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.files import WeightsInfo, read_weights, write_weights

runtime = pytest.importorskip("onnxruntime", reason="ONNX Runtime has no wheel for this Python or system")
Array = NDArray[Any]
CLOSE = {"float32": 2e-5, "float64": 1e-13}
"""Largest difference in multiples of the largest number: what rounding may do in a few layers."""
SHIFT, SCALE = np.array([1950.0, -3, 0.5]), np.array([20.0, 0.25, 7])
INPUTS = Scaling(SHIFT, SCALE, "", ("year", "temperature", "wall=good")).as_values()


def run(path: Path, X: Array) -> tuple[str, Array]:
    """Return the name and the value of the output of a model for one batch of inputs."""
    session = runtime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (output,) = session.get_outputs()
    (value,) = session.run(None, {"X": X})
    return output.name, value


def exported(network: Network, X: Array, about: WeightsInfo) -> tuple[str, Array]:
    """Export a network and run it."""
    with tempfile.TemporaryDirectory() as folder:
        return run(write_weights(Path(folder) / "w.onnx", network, about), X.astype(network.dtype))


def assert_close(found: Array, expected: Array, network: Network) -> None:
    assert found.dtype == network.dtype
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=0, atol=CLOSE[network.dtype.name] * np.abs(expected).max())


def drawn(sizes: tuple[int, ...], activation: str, loss: str, dtype: str, spread: float = 1.0) -> Network:
    """Return a network of random weights and biases, the last layer's activation that of the others."""
    network = Network(sizes, [activation] * (len(sizes) - 1), loss, dtype=dtype)
    network.theta[:] = np.random.default_rng(len(sizes)).normal(0, spread, network.theta.size)
    return network


@pytest.mark.parametrize("dtype", sorted(CLOSE))
@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_the_runtime_computes_what_the_program_does(activation: str, loss: str, dtype: str) -> None:
    network = drawn((3, 6, 4), activation, loss, dtype)
    X = np.random.default_rng(0).normal(0, 3, (50, 3))
    name, found = exported(network, X, WeightsInfo())
    assert name == ("prediction" if LOSSES[loss].probabilities is None else "probabilities")
    assert_close(found, network.predict_proba(X), network)


@settings(max_examples=30, deadline=None)
@given(
    hidden=st.lists(st.integers(1, 5), max_size=4),
    activation=st.sampled_from(sorted(ACTIVATIONS)),
    dtype=st.sampled_from(sorted(CLOSE)),
    beta=st.floats(-3, 3),
    samples=st.integers(1, 5),
)
def test_any_depth_any_temperature_any_number_of_samples(
    hidden: list[int], activation: str, dtype: str, beta: float, samples: int
) -> None:
    network = drawn((3, *hidden, 2), activation, "softmax_cross_entropy", dtype, spread=0.7)
    network.beta = beta
    X = np.random.default_rng(samples).normal(size=(samples, 3))
    assert_close(exported(network, X, WeightsInfo())[1], network.predict_proba(X), network)


@pytest.mark.parametrize("activation", ["gelu", "softplus"])
def test_what_the_runtime_lacks_in_float64_is_right_from_end_to_end(activation: str) -> None:
    network = Network((1, 1), [activation], "squared_error")
    network.theta[:] = 1, 0
    z = np.concatenate([np.linspace(-30, 30, 601), [-1e-8, 1e-8, -700, 700, -1e5, 1e5]])[:, None]
    expected = network.predict_proba(z)
    np.testing.assert_allclose(exported(network, z, WeightsInfo())[1], expected, rtol=2e-13, atol=1e-300)


@pytest.mark.parametrize("dtype", sorted(CLOSE))
def test_raw_inputs_are_scaled_in_the_graph(dtype: str) -> None:
    network = drawn((3, 5, 2), "tanh", "softmax_cross_entropy", dtype)
    raw = np.array([[1971.0, -2.75, 0], [1934, -3.5, 1], [2024, -3, 1]])
    expected = network.predict_proba((raw - SHIFT) / SCALE)
    assert_close(exported(network, raw, WeightsInfo(inputs=INPUTS))[1], expected, network)


def test_one_scale_may_be_that_of_all_columns() -> None:
    network = drawn((3, 5, 2), "sigmoid", "softmax_cross_entropy", "float32")
    raw = np.array([[0.0, 16, 3], [7, 8, 9]])
    about = WeightsInfo(inputs=Scaling(np.zeros(1), np.array([16.0]), "pixels / 16").as_values())
    assert_close(exported(network, raw, about)[1], network.predict_proba(raw / 16), network)


@pytest.mark.parametrize("dtype", sorted(CLOSE))
def test_gaps_are_filled_in_the_graph(dtype: str) -> None:
    network = drawn((3, 5, 2), "relu", "softmax_cross_entropy", dtype)
    about = WeightsInfo(inputs=Scaling(SHIFT, SCALE, "", fill=np.array([1960.0, -2, 0])).as_values())
    filled = np.array([[1960.0, -2.75, 0], [1934, -2, 0]])
    gaps = np.array([[np.nan, -2.75, 0], [1934, np.nan, np.nan]])
    expected = network.predict_proba((filled - SHIFT) / SCALE)
    assert_close(exported(network, gaps, about)[1], expected, network)


@pytest.mark.parametrize("dtype", sorted(CLOSE))
def test_numbers_are_predicted_in_their_units(dtype: str) -> None:
    network = drawn((3, 5, 2), "tanh", "half_squared_error", dtype)
    targets = Scaling(np.array([250_000.0, 3]), np.array([90_000.0, 0.5]), "")
    raw = np.array([[1971.0, -2.75, 0], [1934, -3.5, 1]])
    expected = targets.undone(network.predict_proba((raw - SHIFT) / SCALE))
    about = WeightsInfo(inputs=INPUTS, targets=targets.as_values())
    name, found = exported(network, raw, about)
    assert name == "prediction"
    np.testing.assert_allclose(found, expected, rtol=CLOSE[dtype])


def test_the_model_says_what_it_is(tmp_path: Path) -> None:
    about = WeightsInfo(inputs=INPUTS, classes=("sound", "cracked"), seed=7)
    network = drawn((3, 5, 2), "tanh", "softmax_cross_entropy", "float32")
    session = runtime.InferenceSession(write_weights(tmp_path / "w.onnx", network, about))
    told = session.get_modelmeta()
    assert told.producer_name == "backprop-explorer"
    assert told.custom_metadata_map["format"] == "backprop-explorer/weights"
    assert told.custom_metadata_map["classes"] == '["sound", "cracked"]'
    assert '"columns": ["year", "temperature", "wall=good"]' in told.custom_metadata_map["inputs"]
    (x,), (p,) = session.get_inputs(), session.get_outputs()
    assert [(end.name, end.shape, end.type) for end in (x, p)] == [
        ("X", ["N", 3], "tensor(float)"),
        ("probabilities", ["N", 2], "tensor(float)"),
    ]


def test_operators_are_old_ones_and_layers_have_our_names(tmp_path: Path) -> None:
    path = write_weights(
        tmp_path / "w.onnx", drawn((3, 5, 2), "gelu", "sigmoid_cross_entropy", "float32"), WeightsInfo()
    )
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    assert (model.opset_import[0].version, model.ir_version) == (9, 4)
    outputs = [name for node in model.graph.node for name in node.output]
    assert {"z1", "h1", "z2", "h2", "probabilities"} <= set(outputs)
    assert [n.op_type for n in model.graph.node if n.output[0][0] == "z"] == ["Gemm", "Gemm"]


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"shift": [0, 0], "scale": [1, 1]}, "its metadata scale 2 columns, the network has 3"),
        ({"shift": [0], "scale": [0]}, "its metadata hold no numbers for the scaling"),
    ],
)
def test_a_scaling_that_does_not_fit_is_refused_and_nothing_written(
    inputs: dict[str, object], words: str, tmp_path: Path
) -> None:
    with pytest.raises(ExplorerError, match=words):
        write_weights(tmp_path / "w.onnx", Network.random((3, 2)), WeightsInfo(inputs=inputs))
    assert not list(tmp_path.iterdir())


def foreign(tmp_path: Path) -> onnx.ModelProto:
    """Return our model without our metadata."""
    model = onnx.load(write_weights(tmp_path / "w.onnx", Network.random((3, 2)), WeightsInfo()))
    del model.metadata_props[:]
    return model


def test_a_model_of_another_program_is_refused_in_a_sentence(tmp_path: Path) -> None:
    onnx.save(foreign(tmp_path), tmp_path / "w.onnx")
    with pytest.raises(ExplorerError, match=r"no \.onnx that this program wrote: take the weights as \.npz or"):
        read_weights(tmp_path / "w.onnx")


@pytest.mark.parametrize("change", ["elsewhere", "strings"])
def test_arrays_outside_the_model_or_of_another_kind_are_refused(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write_weights(tmp_path / "w.onnx", Network.random((3, 2)), WeightsInfo())
    secret = tmp_path / "secret"
    secret.write_bytes(bytes(48))
    model = onnx.load(path)
    tensor = model.graph.initializer[0]
    if change == "strings":
        tensor.CopyFrom(TensorProto(name=tensor.name, data_type=TensorProto.STRING, dims=[1], string_data=[b"x"]))
    else:
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        row = tensor.external_data.add()
        row.key, row.value = "location", secret.name
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ExplorerError, match=r"it is damaged, or no \.onnx that this program wrote"):
        read_weights(path)


def test_arrays_of_other_sizes_than_the_metadata_say_are_refused(tmp_path: Path) -> None:
    path = write_weights(tmp_path / "w.onnx", Network.random((3, 2)), WeightsInfo())
    model = onnx.load(path)
    model.graph.initializer[0].CopyFrom(numpy_helper.from_array(np.ones((2, 2)), "W1"))
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ExplorerError, match=r"its metadata say sizes \(3, 2\), its arrays \(2, 2\)"):
        read_weights(path)


@pytest.mark.parametrize("damaged", [b"W1", b"sizes", b"tanh"])
def test_texts_that_are_no_utf8_are_refused(damaged: bytes, tmp_path: Path) -> None:
    network = Network.random((3, 4, 2), activation="tanh")
    path = write_weights(tmp_path / "w.onnx", network, WeightsInfo())
    path.write_bytes(path.read_bytes().replace(damaged, b"\xb5" + damaged[1:]))
    with pytest.raises(ExplorerError, match=r"no \.onnx that this program wrote"):
        read_weights(path)
