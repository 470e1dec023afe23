"""The linear algebra's threads: one for small updates, as they were for large ones, and given back."""

from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from explorer.engine import Network
from explorer.engine.threads import blas_threads, operations


def threads() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    with threadpool_limits(2, user_api="blas"):
        if threads() != {2}:
            pytest.skip("this linear algebra's threads cannot be set")
        yield


@pytest.mark.parametrize(
    ("sizes", "batch_size", "expected"), [((64, 32, 10), 32, 1), ((784, 128, 10), 64, 1), ((784, 512, 10), 256, 2)]
)
def test_small_updates_get_one_thread(sizes: tuple[int, ...], batch_size: int, expected: int) -> None:
    with blas_threads(Network.random(sizes, seed=0), batch_size):
        assert threads() == {expected}
    assert threads() == {2}


def test_the_work_of_an_update_is_three_products_a_layer() -> None:
    assert operations(Network.random((3, 4, 2), seed=0), 5) == 3 * 2 * 5 * (3 * 4 + 4 * 2)
