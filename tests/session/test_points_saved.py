"""Drawn samples outside the window: as a table that opens again, and in a weights file beside what learnt from them."""

from pathlib import Path

import numpy as np
import pytest

from explorer.files import read_weights, write_weights
from explorer.session import Session, Settings
from explorer.session.opening import open_named, open_samples
from explorer.session.points import AddPoints, ErasePoint, Spot
from explorer.session.points_told import with_told_points
from explorer.session.samples_text import samples_csv
from explorer.session.saving import weights_info

NEW = ((0.1, -0.30000000000000004), (1.5, 0.75))


def drawn(name: str, label: int | None = 1) -> Session:
    session = Session(*open_named(name))
    session.do(AddPoints(NEW, label))
    return session


def everything(session: Session) -> tuple[np.ndarray, np.ndarray]:
    parts = session.state.subject.parts
    return np.concatenate([parts[0][0], parts[1][0]]), np.concatenate([parts[0][1], parts[1][1]])


@pytest.mark.parametrize(("name", "label"), [("drawn-2", 1), ("drawn-3", 2), ("moons", 0)])
def test_the_table_opens_again_with_the_same_samples(name: str, label: int, tmp_path: Path) -> None:
    session = drawn(name, label)
    session.do(AddPoints(((0.2, 0.3), (0.4, 0.5), (0.6, 0.7)), 0))
    session.do(AddPoints(((-0.2, 0.3), (-0.4, 0.5)), 1))
    path = tmp_path / "mine.csv"
    path.write_text(samples_csv(session.state.subject))
    subject = open_samples(path)[0]
    assert subject.data is not None
    X, Y = everything(session)
    np.testing.assert_array_equal(subject.data.X, X)
    names = session.state.subject.classes
    told = [subject.data.classes[label] for label in subject.data.labels]
    assert told == [names[label] for label in Y.argmax(axis=1)]


def test_a_curve_is_a_table_of_numbers(tmp_path: Path) -> None:
    session = drawn("drawn-curve", None)
    text = samples_csv(session.state.subject)
    assert text.splitlines()[0] == "x,y"
    assert text.splitlines()[-1] == "1.5,0.75"
    path = tmp_path / "curve.csv"
    path.write_text(text + "0.5,0.5\n")
    assert open_samples(path)[0].problem.labels is None


def test_scaled_samples_are_written_in_the_units_of_the_data(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("width,height,class\n" + "".join(f"{10 + k}.1,{k % 7},{'ab'[k % 2]}\n" for k in range(20)))
    subject = open_samples(path)[0]
    lines = samples_csv(subject).splitlines()
    assert lines[0] == "width,height,class"
    assert sorted(lines[1:]) == sorted(f"{10 + k}.1,{float(k % 7)},{'ab'[k % 2]}" for k in range(20))


@pytest.mark.parametrize(("name", "label"), [("drawn-2", 1), ("moons", 0), ("drawn-curve", None)])
@pytest.mark.parametrize("suffix", [".npz", ".safetensors"])
def test_weights_open_again_on_the_samples_that_were_drawn(
    name: str, label: int | None, suffix: str, tmp_path: Path
) -> None:
    session = drawn(name, label)
    if name == "moons":
        session.do(ErasePoint(Spot(1, 3)))
    path = write_weights(tmp_path / f"w{suffix}", session.state.network, weights_info(session.state))
    subject, settings = open_named(str(path))
    for (X, Y), (old_X, old_Y) in zip(subject.parts, session.state.subject.parts, strict=True):
        np.testing.assert_array_equal(X, old_X)
        np.testing.assert_array_equal(Y, old_Y)
    again = Session(subject, settings)
    again.configure(Settings((3,), "tanh", 0.1, 16, settings.seed))
    assert again.state.subject.problem.samples == session.state.subject.problem.samples
    np.testing.assert_array_equal(read_weights(path)[0].theta, session.state.network.theta)


def test_drawing_into_the_samples_of_a_weights_file_is_told_again(tmp_path: Path) -> None:
    session = drawn("drawn-2")
    path = write_weights(tmp_path / "w.npz", session.state.network, weights_info(session.state))
    again = Session(*open_named(str(path)))
    again.do(AddPoints(((0.0, 1.0),), 0))
    path = write_weights(tmp_path / "v.npz", again.state.network, weights_info(again.state))
    assert open_named(str(path))[0].problem.X[-1].tolist() == [0.0, 1.0]
    assert open_named(str(path))[0].problem.samples == 5


@pytest.mark.parametrize(
    "values",
    [
        {"X": [[0.0, 1.0]], "Y": [[1.0]], "test_X": [], "test_Y": []},
        {"X": [[0.0, 1.0]], "Y": [[0.5, 0.7]], "test_X": [], "test_Y": []},
        {"X": [], "Y": [], "test_X": [], "test_Y": []},
        {"X": "many", "Y": [[1.0, 0.0]]},
        {"X": [[0.0, 1e999]], "Y": [[1.0, 0.0]]},
    ],
)
def test_samples_that_do_not_fit_are_refused(values: dict[str, object]) -> None:
    subject = open_named("drawn-2")[0]
    with pytest.raises(Exception, match="export the weights again"):
        with_told_points(subject, values)
