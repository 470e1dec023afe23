"""Two small tables that travel with the program: the oldest sets that everybody knows, real and learnt in a second.

Both are scikit-learn's copies of sets of the UCI repository: a first line with counts and the names of the classes, and
then a sample a line, the index of its class last.
"""

import csv
from functools import cache

import numpy as np

from explorer.data.dataset import DataSet
from explorer.engine.errors import ExplorerError
from explorer.resources import assets

IRIS = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
WINE = (
    *("alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium", "total phenols", "flavanoids"),
    *("nonflavanoid phenols", "proanthocyanins", "color intensity", "hue", "OD280/OD315 of diluted wines", "proline"),
)


@cache
def iris() -> DataSet:
    """Return Fisher's irises: 150 flowers of three species, by four lengths in centimetres."""
    return bundled(
        ("iris", "Iris flowers"),
        IRIS,
        "150 irises of three species, measured by four lengths: one species stands apart, the other two touch.",
        "R. A. Fisher: Iris (collected by E. Anderson), UCI Machine Learning Repository, 1936, doi:10.24432/C56C76",
    )


@cache
def wine() -> DataSet:
    """Return the wines: 178 of three cultivars, by thirteen chemical measurements of very different sizes."""
    return bundled(
        ("wine", "Wines"),
        WINE,
        "178 wines of three cultivars, by thirteen measurements: without standardising, proline drowns the others.",
        "S. Aeberhard, M. Forina: Wine, UCI Machine Learning Repository, 1992, doi:10.24432/C5PC7J",
    )


def bundled(names: tuple[str, str], features: tuple[str, ...], description: str, source: str) -> DataSet:
    """Return the set of that key and title, from its file.

    Raises
    ------
    ExplorerError
        If the file is missing from the installation, or damaged.
    """
    key, title = names
    path = assets() / "data" / f"{key}.csv"
    try:
        first, *rows = csv.reader(path.read_text("utf-8").splitlines())
        values = np.array(rows, np.float64)
        labels = values[:, -1].astype(np.intp)
    except (OSError, ValueError, IndexError) as error:
        raise ExplorerError(f"{key} cannot be read from {path}: install the program again") from error
    return DataSet(
        name=key,
        title=title,
        X=values[:, :-1],
        labels=labels,
        classes=tuple(name.replace("_", " ") for name in first[2:]),
        image_shape=None,
        features=features,
        description=description,
        source=source,
        licence="CC BY 4.0",
        scaling="",
        fitting="standardise",
    )
