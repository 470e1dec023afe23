"""Samples of one's own: in the session where they are few, else by their file, which must hold what it held."""

from pathlib import Path
from typing import cast

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import Choices, finished
from explorer.engine import ExplorerError
from explorer.files import write_weights
from explorer.files.sessions import reading_session, writing_session
from explorer.session import Edit, Session, Settings
from explorer.session.columns import rows_in_file
from explorer.session.opening import open_named, open_samples
from explorer.session.saving import weights_info
from explorer.session.stored import sources
from explorer.session.stored.session_file import opening_session, saving_session
from tests.session.moments import snapshot


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two classes in the plane, as a table."""
    folder = tmp_path / "data"
    folder.mkdir()
    rows = np.random.default_rng(0).normal(size=(60, 2)).tolist()
    lines = [f"{a},{b},{'no' if a < b else 'yes'}" for a, b in rows]
    path = folder / "own.csv"
    path.write_text("\n".join(["a,b,class", *lines]) + "\n")
    return path


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """All samples are too many."""
    monkeypatch.setattr(sources, "MOST_EMBEDDED", 0)


def session_on(path: Path, seed: int = 0) -> Session:
    subject, settings = open_samples(path)
    session = Session(subject, settings)
    for each in range(seed):
        session.configure(replace(settings, seed=each + 1))
    return session


def test_few_samples_travel_with_the_session(table: Path, tmp_path: Path) -> None:
    session = session_on(table)
    path = finished(saving_session(session.saved(), tmp_path / "s.bpx"))
    table.unlink()
    again = session_on_saved(path)
    assert snapshot(again) == snapshot(session)
    again.configure(Settings(hidden=(2,), seed=4))
    assert again.state.subject.problem.samples == session.state.subject.problem.samples


@pytest.mark.parametrize("most", [sources.MOST_EMBEDDED, 0])
def test_samples_are_told_by_their_lines_again(
    most: int, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_EMBEDDED", most)
    table.write_text(table.read_text().replace("class\n", "class\n# a remark\n"))
    session = session_on(table)
    again = session_on_saved(finished(saving_session(session.saved(), tmp_path / "s.bpx")))
    for part in ("train", "test"):
        before, after = (rows_in_file(each.state.subject, part) for each in (session, again))
        assert before is not None
        assert after is not None
        told = [after.told(index) for index in range(len(after.rows))]
        assert told == [before.told(index) for index in range(len(before.rows))]
        assert f"line {before.rows[0] + 3} of own.csv" in told[0]


def test_a_session_that_knows_no_lines_tells_samples_by_their_rows(table: Path, tmp_path: Path) -> None:
    session = session_on(table)
    path = finished(saving_session(session.saved(), tmp_path / "s.bpx"))
    arrays, values = finished(reading_session(path))
    (told,) = (each for each in cast("list[dict[str, object]]", values["objects"]) if each["is"] == "data set")
    assert told.pop("lines")
    finished(writing_session(path, arrays, values))
    found = rows_in_file(session_on_saved(path).state.subject, "train")
    assert found is not None
    assert found.told(0) == f"row {found.rows[0] + 1} of own.csv"


def session_on_saved(path: Path) -> Session:
    saved = finished(opening_session(path))
    session = Session(saved.moment.subject, saved.moment.settings)
    session.take_up(saved)
    return session


@pytest.mark.usefixtures("many")
def test_many_samples_are_read_from_their_file_again(table: Path, tmp_path: Path) -> None:
    session = session_on(table, seed=2)
    path = finished(saving_session(session.saved(), tmp_path / "s.bpx"))
    with np.load(path) as archive:
        assert not [name for name in archive if archive[name].shape == session.state.subject.problem.X.shape]
    again = session_on_saved(path)
    assert snapshot(again) == snapshot(session)
    subject = again.state.subject
    assert subject.data is not None
    np.testing.assert_array_equal(subject.test_X, session.state.subject.test_X)


@pytest.mark.usefixtures("many")
def test_their_file_may_have_moved_beside_the_session(table: Path, tmp_path: Path) -> None:
    session = session_on(table)
    path = finished(saving_session(session.saved(), tmp_path / "s.bpx"))
    table.rename(tmp_path / table.name)
    assert snapshot(session_on_saved(path)) == snapshot(session)


@pytest.mark.usefixtures("many")
def test_a_file_that_is_gone_or_holds_others_is_one_sentence(table: Path, tmp_path: Path) -> None:
    path = finished(saving_session(session_on(table).saved(), tmp_path / "s.bpx"))
    text = table.read_text()
    table.write_text(text.replace("yes", "no", 1))
    with pytest.raises(
        ExplorerError, match=r"own\.csv holds other samples than when the session was saved: put the old"
    ):
        finished(opening_session(path))
    table.write_text(text.replace("class", "target"))
    assert session_on_saved(path).state.subject.problem.samples
    table.unlink()
    with pytest.raises(ExplorerError, match=r"^s.bpx: its samples are in .*own.csv, which is not here: put own.csv"):
        finished(opening_session(path))


@pytest.mark.usefixtures("many")
def test_a_session_whose_samples_would_be_lost_is_not_written(table: Path, tmp_path: Path) -> None:
    session = session_on(table)
    table.unlink()
    with pytest.raises(ExplorerError, match=r"own\.csv is gone, and its samples are too many to be kept in a session"):
        finished(saving_session(session.saved(), tmp_path / "s.bpx"))
    assert not list(tmp_path.glob("*.bpx"))


@pytest.mark.usefixtures("many")
def test_changed_samples_stand_in_the_session(table: Path, tmp_path: Path) -> None:
    session = session_on(table)
    session.do(Edit(("x", (0, 1)), 7.5))
    path = finished(saving_session(session.saved(), tmp_path / "s.bpx"))
    assert snapshot(session_on_saved(path)) == snapshot(session)


@pytest.mark.usefixtures("many")
def test_samples_scaled_as_a_weights_file_tells_come_back_so_scaled(table: Path, tmp_path: Path) -> None:
    first = session_on(table)
    write_weights(tmp_path / "w.npz", first.state.network, weights_info(first.state))
    table.write_text(table.read_text() + "9,-9,yes\n8,-7,yes\n")
    session = Session(*open_named(str(tmp_path / "w.npz")))
    path = finished(saving_session(session.saved(), tmp_path / "s.bpx"))
    again = session_on_saved(path)
    assert snapshot(again) == snapshot(session)
    with np.load(path) as archive:
        assert not [name for name in archive if archive[name].shape == session.state.subject.problem.X.shape]


@pytest.mark.usefixtures("many")
def test_images_come_back_with_the_labels_beside_them(tmp_path: Path) -> None:
    images, labels = tmp_path / "old" / "train-images-idx3-ubyte", tmp_path / "old" / "odd-labels"
    images.parent.mkdir()
    pixels = np.random.default_rng(0).integers(0, 256, (20, 3, 3)).astype(np.uint8)
    images.write_bytes(bytes([0, 0, 8, 3]) + np.array([20, 3, 3], ">u4").tobytes() + pixels.tobytes())
    labels.write_bytes(bytes([0, 0, 8, 1]) + np.array([20], ">u4").tobytes() + bytes([k % 2 for k in range(20)]))
    session = Session(*open_samples(images, Choices(labels=labels)))
    path = finished(saving_session(session.saved(), tmp_path / "s.bpx"))
    for file in (images, labels):
        file.rename(tmp_path / file.name)
    assert snapshot(session_on_saved(path)) == snapshot(session)
