"""Gaps that are filled: by the training part alone, told in the weights, the same when file and session open again."""

import json
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import Choices, Fitting, finished, split_rows
from explorer.engine.errors import ExplorerError
from explorer.files import write_weights
from explorer.files.datasets import reading
from explorer.session import Session, Subject
from explorer.session.opening import open_named, open_samples
from explorer.session.saving import weights_info
from explorer.session.stored import sources
from explorer.session.stored.session_file import opening_session, saving_session
from explorer.session.story import story

WALLS = ("poor", "good", "", "good", "poor", "fair", "good")
FILL = Choices(missing="fill", target="heat")


def row_of(k: int) -> str:
    """Return a row with a gap in its size or its wall now and then, and one in its target."""
    size = "" if k % 6 == 0 else f"{k * k / 3:.3f}"
    return f"{size},{WALLS[k % 7]},{'' if k == 20 else k % 11 + 0.5}"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a table of 60 houses with gaps and return its path."""
    path = tmp_path / "houses.csv"
    path.write_text("\n".join(["size,wall,heat", *map(row_of, range(60))]) + "\n", "utf-8")
    return path


def fill_of(subject: Subject) -> list[float]:
    """Return what stands for gaps."""
    assert subject.inputs is not None
    assert subject.inputs.fill is not None
    return list(map(float, subject.inputs.fill))


def expected(subject: Subject) -> list[float]:
    """Return the mean size, and 1 at the most frequent wall, of the training part, by another way."""
    data = subject.data
    assert data is not None
    train, _ = finished(split_rows(data, data.test_share, subject.problem.init.seed))
    rows = [row.split(",") for k, row in enumerate(map(row_of, range(60))) if k != 20]
    sizes = [float(rows[k][0]) for k in train if rows[k][0]]
    walls = [rows[k][1] for k in train if rows[k][1]]
    usual = max(sorted({*walls}), key=walls.count)
    return [sum(sizes) / len(sizes), *(float(wall == usual) for wall in ("fair", "good", "poor"))]


@pytest.mark.parametrize("fitting", ["standardise", "range", "none"])
def test_gaps_are_filled_by_the_training_part_alone(table: Path, fitting: Fitting) -> None:
    subject, settings = open_samples(table, replace(FILL, fitting=fitting))
    assert len(subject.problem.X) + len(subject.test_X) == 59
    np.testing.assert_allclose(fill_of(subject), expected(subject))
    assert np.isfinite(subject.problem.X).all()
    assert np.isfinite(subject.test_X).all()
    again = subject.with_settings(replace(settings, seed=3))
    np.testing.assert_allclose(fill_of(again), expected(again))
    assert fill_of(again)[0] != fill_of(subject)[0]
    assert "Gaps are filled by the mean" in story(subject)


def test_the_weights_tell_what_fills_gaps_so_that_numpy_gives_the_same_inputs(table: Path) -> None:
    state = Session(*open_samples(table, FILL)).state
    weights = write_weights(table.parent / "w.npz", state.network, weights_info(state))
    told = json.loads(str(np.load(weights)["metadata"]))["inputs"]
    data = state.subject.data
    assert data is not None
    assert told["columns"] == ["size", "wall=fair", "wall=good", "wall=poor"]
    train, test = finished(split_rows(data, data.test_share, 0))
    whole = np.where(np.isnan(data.X), told["fill"], data.X)
    X = (whole - np.array(told["shift"])) / np.array(told["scale"])
    np.testing.assert_allclose(X[train], state.subject.problem.X)
    np.testing.assert_allclose(X[test], state.subject.test_X)


def test_weights_fill_gaps_of_a_file_that_has_grown_as_before(table: Path) -> None:
    state = Session(*open_samples(table, FILL)).state
    weights = write_weights(table.parent / "w.npz", state.network, weights_info(state))
    table.write_text(table.read_text("utf-8") + "900000,fair,1\n" * 40, "utf-8")
    subject, settings = open_named(str(weights))
    assert fill_of(subject) == fill_of(state.subject)
    inputs = subject.inputs
    assert inputs is not None
    raw = inputs.undone(subject.problem.X)[:, 0]
    assert np.isclose(raw, fill_of(subject)[0]).sum() >= 5
    assert fill_of(subject.with_settings(replace(settings, hidden=(3,), seed=1)))[0] > 1e4


@pytest.mark.parametrize("most", [sources.MOST_EMBEDDED, 0])
def test_a_session_brings_them_back(most: int, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_EMBEDDED", most)
    session = Session(*open_samples(table, FILL))
    path = finished(saving_session(session.saved(), table.parent / "s.bpx"))
    before, after = session.state.subject, finished(opening_session(path)).moment.subject
    assert fill_of(after) == fill_of(before)
    np.testing.assert_array_equal(after.problem.X, before.problem.X)
    assert after.data is not None
    assert before.data is not None
    np.testing.assert_array_equal(after.data.X, before.data.X)
    assert np.isnan(after.data.X).any()


def test_a_column_that_is_empty_where_it_is_trained_on_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b,y\n" + "".join(f"{3 if k == 0 else ''},{k * k % 7},{k + 0.5}\n" for k in range(40)))
    subject, settings = open_samples(path, Choices(missing="fill", without=("a",)))
    assert subject.problem.X.shape == (30, 1)
    data = finished(reading(path, Choices(missing="fill"))).samples()
    held_out = (seed for seed in range(20) if 0 in finished(split_rows(data, data.test_share, seed))[1])
    alone = replace(settings, seed=next(held_out))
    with pytest.raises(ExplorerError, match="column 'a' has no value among the samples to train on: leave it out"):
        Subject.of_data(data, alone)
