"""The tables that travel with the program are the published ones, and say where they come from."""

import numpy as np
import pytest

from explorer.data import DATASETS, load_dataset
from explorer.resources import assets


@pytest.mark.parametrize(
    ("name", "counts", "columns", "means"),
    [
        ("iris", [50, 50, 50], 4, [5.84, 3.06, 3.76, 1.20]),
        ("wine", [59, 71, 48], 13, [13.00, 2.34, 2.37, 19.49, 99.74, 2.30, 2.03, 0.36, 1.59, 5.06, 0.96, 2.61, 746.89]),
    ],
)
def test_the_numbers_are_the_published_ones(name: str, counts: list[int], columns: int, means: list[float]) -> None:
    data = load_dataset(name)
    assert np.bincount(data.labels).tolist() == counts
    assert (data.dimensions, data.fitting) == (columns, "standardise")
    np.testing.assert_allclose(data.X.mean(axis=0), means, atol=0.006)


@pytest.mark.parametrize("name", ["iris", "wine", "digits"])
def test_what_others_collected_has_source_and_licence(name: str) -> None:
    data = load_dataset(name)
    doi = data.source.rpartition("doi:")[2]
    text = (assets() / "data" / f"{name}-LICENCE.txt").read_text("utf-8")
    assert data.licence == "CC BY 4.0"
    assert doi in text
    assert "Creative Commons Attribution 4.0" in text


@pytest.mark.parametrize("name", DATASETS)
def test_every_set_names_its_source_and_describes_itself(name: str) -> None:
    data = load_dataset(name)
    assert data.source
    assert data.description.endswith(".")
    assert data.licence
