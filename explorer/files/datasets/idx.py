"""IDX files, the format of MNIST and of all that came after it: images and their labels in two files, gzip or not.

A file is two zero bytes, the kind of its numbers (8: unsigned byte), the number of its dimensions, each length as four
bytes, most significant first, and the numbers row by row (Y. LeCun, C. Cortes, C. Burges: The MNIST database).
"""

import math
import os
import struct
from collections.abc import Generator
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.data import Choices, DataSet, divided_by
from explorer.data.table import MOST_BYTES
from explorer.engine.errors import ExplorerError, UnsettledError
from explorer.files.datasets.blocks import BLOCK, Opened, Progress, opened
from explorer.files.reasons import shown

Bytes = NDArray[np.uint8]
MAGIC = b"\0\0"
UNSIGNED = 8
LARGEST = 255
PIXELS = divided_by(LARGEST, "pixels / 255")
CLOTHES = (
    *("T-shirt/top", "trouser", "pullover", "dress", "coat"),
    *("sandal", "shirt", "sneaker", "bag", "ankle boot"),
)
"""The classes of Fashion-MNIST, whose files have the names of MNIST's and no names of classes in them."""


def read_idx(path: str | os.PathLike[str], choices: Choices) -> Generator[Progress, None, DataSet]:
    """Read images and labels, giving way after each block; what the generator returns is the set.

    Raises
    ------
    ExplorerError
        If a file is missing, damaged, too large, or the two do not belong together.
    """
    images = yield from read_array(path, 3)
    labels_path = choices.labels or labels_beside(Path(path))
    labels = yield from read_array(labels_path, 1)
    if len(images) != len(labels):
        raise ExplorerError(
            f"{shown(path)} has {len(images):,} images, {shown(labels_path)} {len(labels):,} labels: "
            "expected as many, one for each (--labels)"
        )
    return images_set(os.fspath(path), images, labels, choices)


def read_array(path: str | os.PathLike[str], dimensions: int) -> Generator[Progress, None, Bytes]:
    """Read the unsigned bytes of one file, which has so many dimensions."""
    with opened(path) as source:
        try:
            shape = shape_of(source, dimensions)
            refuse_lengths(source, shape)
        except ExplorerError as error:
            raise ExplorerError(f"{shown(path)}: {error}") from error
        found = bytearray()
        wanted = math.prod(shape)
        while len(found) <= wanted and (block := source.read(min(BLOCK, wanted + 1 - len(found)))):
            found += block
            yield source.progress()
    if len(found) != wanted:
        more = "more" if len(found) > wanted else f"only {len(found):,}"
        raise ExplorerError(f"{shown(path)} announces {wanted:,} bytes and holds {more}: copy or download it again")
    return np.frombuffer(bytes(found), np.uint8).reshape(shape)


def shape_of(source: Opened, dimensions: int) -> tuple[int, ...]:
    """Return the lengths that the beginning of a file announces, if it is of the kind wanted."""
    head = source.read(4)
    if len(head) < 4 or head[:2] != MAGIC:
        raise ExplorerError("it is no IDX file: expected two zero bytes at its start")
    kind, found = head[2], head[3]
    if kind != UNSIGNED:
        raise ExplorerError(f"its numbers are of kind 0x{kind:02X}: expected unsigned bytes, 0x08")
    if found != dimensions:
        held = {1: "labels", 3: "images"}.get(found, f"{found} dimensions")
        wanted = {1: "labels (--labels)", 3: "images (--data)"}[dimensions]
        raise ExplorerError(f"it holds {held}: name the file of the {wanted}")
    lengths = source.read(4 * dimensions)
    if len(lengths) < 4 * dimensions:
        raise ExplorerError("it ends within its first bytes: copy or download it again")
    return struct.unpack(f">{dimensions}I", lengths)


def refuse_lengths(source: Opened, shape: tuple[int, ...]) -> None:
    """Refuse what cannot be held, and a size other than that of the file, before anything is allocated."""
    size = math.prod(shape)
    if not size:
        raise ExplorerError(f"it announces {' × '.join(map(str, shape))} numbers: expected at least one")
    if 8 * size > MOST_BYTES:
        raise ExplorerError(
            f"its {size:,} numbers take {8 * size / 2**20:,.0f} MB: expected at most {MOST_BYTES // 2**20:,} MB"
        )
    held = source.size - 4 - 4 * len(shape)
    if not source.packed and held != size:
        raise ExplorerError(f"it announces {size:,} bytes and holds {held:,}: copy or download it again")


def labels_beside(images: Path) -> Path:
    """Return the file of the labels that belongs to images of that name, as MNIST names them, packed or not.

    Raises
    ------
    UnsettledError
        If the name does not tell, or there is no such file.
    """
    name = images.name
    if "images" not in name:
        raise UnsettledError(f"the name of {shown(images)} does not tell where its labels are: name them (--labels)")
    beside = name.replace("images", "labels").replace("idx3", "idx1")
    other = beside.removesuffix(".gz") if beside.endswith(".gz") else f"{beside}.gz"
    for candidate in (beside, other):
        if images.with_name(candidate).is_file():
            return images.with_name(candidate)
    raise UnsettledError(f"{shown(images)} has no {beside} beside it: put its labels there, or name them (--labels)")


def images_set(name: str, images: Bytes, labels: Bytes, choices: Choices) -> DataSet:
    """Return the images, their pixels divided by 255, and the labels that occur as their classes."""
    present, classes = np.unique(labels, return_inverse=True)
    if len(present) < 2:
        raise ExplorerError(f"{shown(name)}: every image is of class {present[0]}: expected two classes or more")
    clothes = "fashion" in name.lower() and present.max() < len(CLOTHES)
    names = tuple(CLOTHES[label] if clothes else str(label) for label in present.tolist())
    count, rows, columns = images.shape
    X = images.reshape(count, -1) / np.float64(LARGEST)
    X.flags.writeable = False
    return DataSet(
        name=name,
        title=Path(name).name,
        X=X,
        labels=classes.astype(np.intp),
        classes=names,
        image_shape=(rows, columns),
        features=tuple(f"pixel ({row}, {column})" for row in range(rows) for column in range(columns)),
        description=f"{count:,} images of {rows} × {columns} pixels, in {len(names)} classes.",
        source=Path(name).name,
        licence="",
        scaling=PIXELS.words,
        inputs=PIXELS,
        fitting=choices.fitting or "none",
        test_share=choices.test_share,
        choices=replace(choices, labels=choices.labels and choices.labels.resolve()),
    )
