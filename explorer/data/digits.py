"""The handwritten digits that travel with the program: real data that train in seconds and can be drawn.

1,797 images of 8 x 8 pixels with 17 grey levels, the test part of a set of the UCI repository.
"""

import io
import zipfile
from functools import cache

import numpy as np

from explorer.data.dataset import DataSet
from explorer.data.scaling import divided_by
from explorer.engine.errors import ExplorerError
from explorer.resources import assets

LEVELS = 16
PIXELS = divided_by(LEVELS, "pixels / 16")


@cache
def digits() -> DataSet:
    """Return the digits; X holds pixels / 16, from 0 (paper) to 1 (ink), row by row from the top left.

    Raises
    ------
    ExplorerError
        If the file is missing from the installation, or damaged.
    """
    path = assets() / "data" / "digits.npz"
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
            images, labels = stored["images"], stored["labels"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ExplorerError(f"the digits cannot be read from {path}: install the program again") from error
    return DataSet(
        name="digits",
        title="Handwritten digits",
        X=images.reshape(len(images), -1) / LEVELS,
        labels=labels.astype(np.intp),
        classes=tuple("0123456789"),
        image_shape=(8, 8),
        features=tuple(f"pixel ({row}, {column})" for row in range(8) for column in range(8)),
        description="1,797 handwritten digits of 13 people, each 8 by 8 pixels.",
        source="E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits (test part), "
        "UCI Machine Learning Repository, 1998, doi:10.24432/C50P49",
        licence="CC BY 4.0",
        scaling=PIXELS.words,
        inputs=PIXELS,
    )
