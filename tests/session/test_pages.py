"""One number of a large table is another: nothing that was shared is written, and next to nothing is copied."""

import os
from pathlib import Path

import numpy as np
import pytest

from explorer.data import DataSet, finished
from explorer.engine import Trainer
from explorer.session import Edit, Session, Settings, Subject
from explorer.session.evaluator import SampleSet
from explorer.session.pages import LARGE, mapping_of, sizes, with_entries
from explorer.session.stored.session_file import opening_session, saving_session
from explorer.session.undoing import MOST_BYTES

ROWS = LARGE // 16


def large(dtype: type[np.generic] = np.float64) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    array = np.arange(2 * ROWS).astype(dtype).reshape(ROWS, 2)
    array.flags.writeable = False
    return array


def session_of(rows: int = ROWS) -> Session:
    X = np.random.default_rng(0).normal(size=(rows, 4))
    data = DataSet("big", "big", X, (X[:, 0] > 0).astype(np.intp), ("a", "b"), None, (*"pqrs",), "", "", "", "")
    settings = Settings(hidden=(3,), batch_size=8)
    return Session(Subject.of_data(data, settings), settings)


@pytest.mark.parametrize("dtype", [np.float64, np.intp])
def test_a_copy_differs_where_it_should_and_what_was_shared_is_not_written(dtype: type[np.generic]) -> None:
    arrays = [large(dtype)]
    places = [(0, 0), (ROWS - 1, 1), (7, 1), (7, 1)]
    for number, place in enumerate(places):
        arrays.append(with_entries(arrays[-1], {place: -5.0 - number}))
    expected = large(dtype).copy()
    for array, number in zip(arrays, range(5), strict=True):
        assert np.array_equal(array, expected)
        assert (array.dtype, array.flags.writeable) == (np.dtype(dtype), False)
        if number < 4:
            expected[places[number]] = -5 - number


def test_copies_share_all_memory_but_a_page_each() -> None:
    first = large()
    second = with_entries(first, {(0, 0): 1.0})
    third = with_entries(second, {(9, 1): 1.0})
    together = dict((*sizes(first), *sizes(second), *sizes(third)))
    assert first.nbytes < sum(together.values()) <= first.nbytes + 3 * os.sysconf("SC_PAGESIZE")
    pages = mapping_of(third)
    assert pages is not None
    assert pages.entries == {(0, 0): 1.0, (9, 1): 1.0}
    del first, second
    assert np.array_equal(third[:1], [[1.0, 1.0]])
    assert sum(dict(sizes(third)).values()) >= third.nbytes


def test_a_small_array_and_a_view_are_plainly_copied() -> None:
    for array in (np.zeros((3, 2)), large()[:, :1], large().T):
        copy = with_entries(array, {(1, 0): 4.0})
        assert mapping_of(copy) is None
        assert (copy[1, 0], copy.flags.writeable) == (4.0, False)


def test_without_files_in_memory_one_on_the_disk_is_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create")
    first = with_entries(large(), {(1, 0): 4.0})
    second = with_entries(first, {(1, 1): 5.0})
    assert mapping_of(second) is not None
    assert (first[1].tolist(), second[1].tolist()) == ([4.0, 3.0], [4.0, 5.0])


def test_where_no_memory_can_be_mapped_it_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_more: object) -> int:
        raise OSError("no room")

    monkeypatch.setattr("explorer.session.pages.Base", refuse)
    copy = with_entries(large(), {(1, 0): 4.0})
    assert mapping_of(copy) is None
    assert copy[1, 0] == 4.0


def test_every_edit_of_a_large_set_is_undone_to_the_last_bit() -> None:
    session = session_of(MOST_BYTES // 32)
    before = [session.state.subject.problem.X]
    cells = [("x", (0, k % 4)) for k in range(6)] + [("y", (0, 0)), ("y", (0, 1)), ("y", (0, 0))]
    for number, cell in enumerate(cells):
        session.do(Edit(cell, 1.0 if cell[0] == "y" else number + 0.5))
    assert session.state.subject.problem.labels is not None
    undone = 0
    while session.undo_text:
        session.undo()
        undone += 1
    assert undone >= len(cells) - 1  # a class that it has already is no change
    assert session.state.subject.problem.X is before[0]


def test_training_evaluation_and_a_saved_session_see_the_edited_value(tmp_path: Path) -> None:
    session = session_of()
    session.show_sample(5)
    session.do(Edit(("x", (0, 1)), 9.5))
    session.do(Edit(("x", (0, 2)), -7.25))
    state = session.state
    problem = state.subject.problem
    assert mapping_of(problem.X) is not None
    assert state.tape.value("x")[0, 1:3].tolist() == [9.5, -7.25]
    inputs = SampleSet(problem.X, problem.Y, 0, problem.X.dtype, most=None).X
    assert inputs[5, 1:3].tolist() == [9.5, -7.25]
    trained = []
    for X in (problem.X, problem.X.copy(), session_of().state.subject.problem.X):
        trainer = Trainer(problem.network.copy(), X, problem.Y, batch_size=len(X))
        trainer.make(1)
        trained.append(trainer.network.theta.tolist())
    assert trained[0] == trained[1] != trained[2]
    saved = finished(opening_session(finished(saving_session(session.saved(), tmp_path / "s.bpx"))))
    assert np.array_equal(saved.moment.subject.problem.X, problem.X)
