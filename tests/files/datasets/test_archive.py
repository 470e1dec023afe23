"""NumPy files: inputs and targets by their usual names, never a pickle, and weights are not taken for samples."""

import io
import zipfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.data import Choices, DataSet
from explorer.engine import Network
from explorer.engine.errors import ExplorerError
from explorer.files import WeightsInfo, write_weights
from explorer.files.datasets import archive, is_samples, read_samples, reading
from explorer.files.datasets.archive import holds_samples
from explorer.session.opening import open_named

X = np.arange(12.0).reshape(4, 3)
Y = np.array([0, 1, 0, 1])


def read(folder: Path, **arrays: Any) -> DataSet:
    """Return the samples of an .npz of these arrays."""
    path = folder / "t.npz"
    np.savez(path, **arrays)
    return read_samples(path)


@pytest.mark.parametrize(
    "names", [("X", "y"), ("x", "y"), ("data", "target"), ("x_train", "y_train"), ("images", "labels")]
)
def test_the_usual_names_are_found(names: tuple[str, str], tmp_path: Path) -> None:
    data = read(tmp_path, **dict(zip(names, (X, Y), strict=True)))
    np.testing.assert_array_equal(data.X, X)
    assert (data.labels.tolist(), data.classes, data.fitting) == ([0, 1, 0, 1], ("0", "1"), "standardise")


@pytest.mark.parametrize(
    ("targets", "classes", "labels"),
    [
        (Y[:, None], ("0", "1"), [0, 1, 0, 1]),
        (Y.astype(bool), ("0", "1"), [0, 1, 0, 1]),
        (np.eye(3)[[2, 1, 0, 2]], ("0", "1", "2"), [2, 1, 0, 2]),
        (np.array(["b", "a", "b", "c"]), ("a", "b", "c"), [1, 0, 1, 2]),
    ],
)
def test_classes_come_in_every_usual_form(targets: Any, classes: Any, labels: Any, tmp_path: Path) -> None:
    data = read(tmp_path, X=X, y=targets)
    assert (data.classes, data.labels.tolist(), data.targets) == (classes, labels, None)


@pytest.mark.parametrize("targets", [np.array([0.5, 1, 2, 3]), np.array([[0.5, 1], [1, 2], [2, 3], [3, 4]])])
def test_numbers_are_targets(targets: Any, tmp_path: Path) -> None:
    data = read(tmp_path, X=X, y=targets)
    assert data.targets is not None
    np.testing.assert_array_equal(data.targets, targets.reshape(4, -1))
    assert data.outputs == targets.reshape(4, -1).shape[1]


def test_images_of_bytes_are_scaled_by_their_range(tmp_path: Path) -> None:
    images = np.arange(4 * 5 * 6, dtype=np.uint8).reshape(4, 5, 6)
    data = read(tmp_path, images=images, labels=Y)
    np.testing.assert_array_equal(data.X, images.reshape(4, 30) / 255)
    assert (data.image_shape, data.scaling, data.fitting) == ((5, 6), "pixels / 255", "none")


def test_a_table_has_its_target_last_or_where_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "t.npy"
    np.save(path, np.column_stack([X, Y]))
    assert read_samples(path).labels.tolist() == [0, 1, 0, 1]
    assert read_samples(path, Choices(target="1")).features == ("column 2", "column 3", "column 4")


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        ({"a": X, "b": Y}, "it holds a, b and no inputs: expected an array named X or x"),
        ({"X": X}, "it holds X and no targets: expected an array named y or Y"),
        ({"X": X, "y": Y[:3]}, r"its targets have shape \(3,\): expected \(4,\)"),
        ({"X": X, "y": np.zeros(4)}, "every sample is of class '0'"),
        ({"X": X, "y": np.array([0, np.nan, 1, 2])}, "its targets hold an infinity or a NaN"),
        ({"X": X + np.inf, "y": Y}, "sample 0 holds an infinity or a NaN"),
        ({"X": X.astype(complex), "y": Y}, "its array 'X' holds complex numbers"),
        ({"X": np.array([{}, {}, {}, {}]), "y": Y}, "its array 'X' holds Python objects"),
        ({"X": np.array(["a", "b", "c", "d"]), "y": Y}, "its inputs are <U1 of shape .*: expected numbers"),
    ],
)
def test_what_does_not_fit_is_one_sentence(arrays: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match=sentence) as refusal:
        read(tmp_path, **arrays)
    assert "\n" not in str(refusal.value)


def test_a_bomb_is_refused_by_what_it_announces(tmp_path: Path) -> None:
    path = tmp_path / "t.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("X.npy", "w") as member:
        for _ in range(3):
            member.write(bytes(2**20))
    with zipfile.ZipFile(path, "a") as packed:
        buffer = io.BytesIO()
        np.save(buffer, Y)
        packed.writestr("y.npy", buffer.getvalue())
    refused = pytest.raises(ExplorerError, match="it takes 3 MB: expected at most 2 MB")
    with patch.object(archive, "MOST_BYTES", 2**21), refused:
        read_samples(path)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.npz"
    np.savez(path, X=X, y=Y)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ExplorerError, match="damaged"):
        read_samples(path)


def test_weights_and_samples_are_told_apart(tmp_path: Path) -> None:
    weights = write_weights(tmp_path / "w.npz", Network.random((3, 2), seed=0), WeightsInfo())
    np.savez(tmp_path / "t.npz", X=X, y=Y)
    assert not holds_samples(weights)
    assert open_named(str(weights))[0].kind == "weights"
    assert open_named(str(tmp_path / "t.npz"))[0].kind == "data"


@pytest.mark.parametrize(
    ("array", "kind"),
    [
        (np.array([[1, 2.5]] * 4, object), "Python objects"),
        (np.array([[b"1"]] * 4), "bytes"),
        (np.ones((4, 2), complex), "complex numbers"),
        (np.zeros(4, [("a", float), ("b", int)]), "records"),
    ],
)
def test_what_an_array_holds_in_place_of_numbers_is_named(array: NDArray[Any], kind: str, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", X=array, y=[0, 1, 0, 1])
    with pytest.raises(ExplorerError, match=f"its array 'X' holds {kind} and no plain numbers or words: save numbers"):
        read_samples(tmp_path / "a.npz")
    np.save(tmp_path / "a.npy", array)
    with pytest.raises(ExplorerError, match=f"it holds {kind} and no plain numbers or words"):
        read_samples(tmp_path / "a.npy")


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("xl/workbook.xml", "it is an Excel workbook: save its table as CSV"),
        ("content.xml", "it is an OpenDocument file: save its table as CSV"),
        ("my data.csv", "it is a zip of my data.csv: unpack it first"),
    ],
)
def test_a_zip_that_is_no_npz_is_told(entry: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "a,b\n1,2\n")
    assert is_samples(path)
    with pytest.raises(ExplorerError, match=sentence):
        read_samples(path)


@pytest.mark.parametrize(
    ("begin", "what"), [(b"%PDF-1.7", "a PDF"), (b"PAR1\0\0\0\0", "a Parquet file"), (b"@RELATION x", "an ARFF file")]
)
def test_what_other_programs_write_is_named(begin: bytes, what: str, tmp_path: Path) -> None:
    path = tmp_path / "t.other"
    path.write_bytes(begin + b"\n1,2\n")
    assert is_samples(path)
    with pytest.raises(ExplorerError, match=f"is {what}: save its table as CSV"):
        read_samples(path)


def test_a_large_table_is_read_in_steps_that_can_be_given_up(tmp_path: Path) -> None:
    np.save(tmp_path / "t.npy", np.arange(40_000.0).reshape(-1, 4) % 7)
    with patch.object(archive, "BLOCK", 2**12):
        steps = reading(tmp_path / "t.npy")
        told = [next(steps) for _ in range(5)]
        steps.close()
    assert [step.done for step in told] == [2**12 * number for number in range(1, 6)]
    assert read_samples(tmp_path / "t.npy").samples == 10_000
