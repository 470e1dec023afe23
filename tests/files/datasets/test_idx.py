"""IDX files: images find their labels, every length is checked before anything is allocated, bombs stay packed."""

import gzip
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from explorer.data import Choices, DataSet
from explorer.engine.errors import ExplorerError
from explorer.files.datasets import finished, is_samples, read_samples, reading

IMAGES = np.arange(6 * 4 * 3, dtype=np.uint8).reshape(6, 4, 3) * 3
LABELS = np.array([3, 1, 1, 3, 9, 9], np.uint8)


def idx(array: np.ndarray, shape: tuple[int, ...] | None = None, kind: int = 8) -> bytes:
    """Return the bytes of an IDX file, by the book; ``shape`` is what it announces."""
    lengths = array.shape if shape is None else shape
    return struct.pack(f">HBB{len(lengths)}I", 0, kind, len(lengths), *lengths) + array.astype(np.uint8).tobytes()


def write(folder: Path, images: bytes, labels: bytes, packed: str = "") -> Path:
    """Write a pair as MNIST names it, one or both packed, and return the images' path."""
    for name, data in (("images-idx3", images), ("labels-idx1", labels)):
        is_packed = name[0] in packed
        file = folder / f"train-{name}-ubyte{'.gz' if is_packed else ''}"
        file.write_bytes(gzip.compress(data) if is_packed else data)
    return next(folder.glob("train-images*"))


@pytest.mark.parametrize("packed", ["", "il", "i", "l"])
def test_images_find_their_labels_packed_or_not(packed: str, tmp_path: Path) -> None:
    check(read_samples(write(tmp_path, idx(IMAGES), idx(LABELS), packed)))


def check(data: DataSet) -> None:
    """Compare with what was written."""
    np.testing.assert_array_equal(data.X, IMAGES.reshape(6, 12) / 255)
    assert [data.classes[label] for label in data.labels] == ["3", "1", "1", "3", "9", "9"]
    assert (data.image_shape, data.classes, data.scaling) == ((4, 3), ("1", "3", "9"), "pixels / 255")


def test_other_names_need_a_word(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(idx(IMAGES))
    (tmp_path / "b.bin").write_bytes(idx(LABELS))
    check(read_samples(tmp_path / "a.bin", Choices(labels=tmp_path / "b.bin")))
    with pytest.raises(ExplorerError, match=r"does not tell where its labels are: name them \(--labels\)"):
        read_samples(tmp_path / "a.bin")


def test_clothes_have_names(tmp_path: Path) -> None:
    folder = tmp_path / "fashion-mnist"
    folder.mkdir()
    assert read_samples(write(folder, idx(IMAGES), idx(LABELS))).classes == ("trouser", "dress", "ankle boot")


def test_a_preview_counts_the_classes(tmp_path: Path) -> None:
    preview = finished(reading(write(tmp_path, idx(IMAGES), idx(LABELS)))).preview
    assert preview.classes == (("1", 2), ("3", 2), ("9", 2))
    assert (preview.samples, preview.image_shape, preview.fault) == (6, (4, 3), "")


@pytest.mark.parametrize(
    ("images", "labels", "sentence"),
    [
        (idx(IMAGES)[:-1], idx(LABELS), "images-idx3-ubyte: it announces 72 bytes and holds 71: copy or download"),
        (idx(IMAGES) + b"x", idx(LABELS), "it announces 72 bytes and holds 73"),
        (idx(IMAGES)[:9], idx(LABELS), "it ends within its first bytes"),
        (idx(IMAGES, kind=13), idx(LABELS), "its numbers are of kind 0x0D: expected unsigned bytes, 0x08"),
        (idx(LABELS), idx(LABELS), r"it holds labels: name the file of the images \(--data\)"),
        (idx(IMAGES), idx(IMAGES), r"labels-idx1-ubyte: it holds images: name the file of the labels \(--labels\)"),
        (idx(IMAGES), idx(LABELS[:5]), "has 6 images, .* 5 labels: expected as many"),
        (idx(IMAGES), b"1\n2\n", "it is no IDX file: expected two zero bytes at its start"),
        (idx(IMAGES), idx(np.zeros(6)), "every image is of class 0: expected two classes or more"),
        (idx(IMAGES, (0, 4, 3)), idx(LABELS), "it announces 0 × 4 × 3 numbers: expected at least one"),
        (idx(IMAGES, (2**32 - 1, 2**16, 2**16)), idx(LABELS), r"numbers take .* MB: expected at most 1,024 MB"),
    ],
)
def test_damage_is_one_sentence(images: bytes, labels: bytes, sentence: str, tmp_path: Path) -> None:
    path = write(tmp_path, images, labels)
    with pytest.raises(ExplorerError, match=sentence) as refusal:
        read_samples(path)
    assert "\n" not in str(refusal.value)


def test_a_missing_labels_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t10k-images.idx3-ubyte"
    path.write_bytes(idx(IMAGES))
    with pytest.raises(ExplorerError, match=r"has no t10k-labels\.idx1-ubyte beside it: put its labels there"):
        read_samples(path)


def test_a_bomb_is_unpacked_no_further_than_it_announces(tmp_path: Path) -> None:
    bomb = gzip.compress(idx(IMAGES) + bytes(2**26))
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(bomb)
    tracemalloc.start()
    with pytest.raises(ExplorerError, match="announces 72 bytes and holds more"):
        read_samples(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


def test_a_file_without_a_suffix_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    assert is_samples(write(tmp_path, idx(IMAGES), idx(LABELS)))
    other = tmp_path / "other"
    other.write_bytes(b"{}")
    assert not is_samples(other)
