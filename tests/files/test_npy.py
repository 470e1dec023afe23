"""The reader of single arrays agrees with NumPy's on every plain array that NumPy writes."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of
from numpy.typing import NDArray

from explorer.files.npy import parse_npy

SHAPES = arrays_of.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
KINDS = st.sampled_from(["<f8", ">f8", "<f4", "<f2", "<i8", ">i4", "|u1", "|b1", "<U7"])


@given(
    shape=SHAPES,
    kind=KINDS,
    turned=st.booleans(),
    version=st.sampled_from([(1, 0), (2, 0), (3, 0)]),
    seed=st.integers(0, 99),
)
def test_plain_arrays_are_read_as_numpy_reads_them(
    shape: tuple[int, ...], kind: str, turned: bool, version: tuple[int, int], seed: int
) -> None:
    drawn = np.asarray(np.random.default_rng(seed).integers(0, 50, shape))
    array = np.asarray(drawn.astype(kind), order="F" if turned else "C")
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, version)
    found = parse_npy(buffer.getvalue())
    assert (found.dtype, found.shape) == (array.dtype, array.shape)
    np.testing.assert_array_equal(found, array)


@pytest.mark.parametrize("array", [np.array([None]), np.array([1 + 2j]), np.array([(1, 2.0)], "i4,f8")])
def test_objects_and_records_are_refused(array: NDArray[np.generic]) -> None:
    buffer = io.BytesIO()
    np.save(buffer, array)
    with pytest.raises(ValueError, match="no plain array"):
        parse_npy(buffer.getvalue())


def test_an_array_shares_the_bytes_that_it_was_read_from() -> None:
    stream = io.BytesIO()
    np.save(stream, np.arange(1000.0))
    data = bytearray(stream.getvalue())
    assert np.shares_memory(parse_npy(data), np.frombuffer(data, np.uint8))
