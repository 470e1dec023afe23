"""Of very many samples a picture looks at some, spread evenly: its work does not grow with the set."""

import tracemalloc

import numpy as np
import pytest

from explorer.data import DataSet, load_dataset
from explorer.session import Settings, Subject
from explorer.session.divergence import cause
from explorer.session.pictures.regions import MOST_LOOKED_AT, plane_of
from explorer.session.pictures.signals import evenly
from explorer.session.session import Session

MANY = 400_000


def many(inputs: int) -> Subject:
    """As many samples as that, of numbers between 0 and 1, in two classes."""
    X = np.random.default_rng(0).random((MANY, inputs))
    data = DataSet(
        name="many",
        title="Many",
        X=X,
        labels=np.arange(MANY) % 2,
        classes=("a", "b"),
        image_shape=None,
        features=tuple(f"x{number}" for number in range(inputs)),
        description="",
        source="",
        licence="",
        scaling="",
    )
    return Subject.of_data(data, Settings((4,)))


@pytest.mark.parametrize(("samples", "most"), [(0, 5), (1, 5), (5, 5), (6, 5), (7, 5), (1000, 999), (10**9, 300)])
def test_samples_spread_evenly_are_as_many_as_asked_for_and_all_different(samples: int, most: int) -> None:
    chosen = evenly(samples, most)
    assert len(chosen) == len(set(chosen.tolist())) == min(samples, most)
    if samples:
        assert chosen[0] == 0
    if samples > 1:
        assert chosen[-1] == samples - 1


def test_the_plane_of_many_samples_is_laid_out_without_a_copy_of_them() -> None:
    subject = many(2)
    tracemalloc.start()
    frame = plane_of(subject)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * 16 * MOST_LOOKED_AT < subject.problem.X.nbytes + subject.test_X.nbytes + 16 * MANY
    np.testing.assert_allclose(
        [frame.left, frame.right, frame.bottom, frame.top], [-0.08, 1.08, -0.08, 1.08], atol=1e-3
    )


def test_the_plane_of_few_samples_holds_them_all() -> None:
    subject = Subject.of_data(load_dataset("sine"), Settings((4,)))
    frame = plane_of(subject)
    for X, Y in subject.parts:
        assert frame.left < X.min() < X.max() < frame.right
        assert frame.bottom < Y.min() < Y.max() < frame.top


def test_the_size_of_many_inputs_is_judged_by_some_of_them() -> None:
    subject = many(3)
    session = Session(subject, Settings((4,), learning_rate=50.0))
    tracemalloc.start()
    told = cause(session.state, None).words
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "learning rate 50" in told
    assert peak < 2 * 8 * MANY
