"""Inputs with names: what they were before scaling, and which row of their file a sample stands in."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import Choices
from explorer.graph.choosing import make_picture
from explorer.graph.describing import describe
from explorer.graph.places import UnitPlace
from explorer.session import Session
from explorer.session.columns import cell_told, names_of, place_in_file, rows_in_file, sample_told
from explorer.session.guests import HeldOut
from explorer.session.opening import open_named, open_samples, opened
from explorer.session.worksheet import about


@pytest.fixture
def session(tmp_path: Path) -> Session:
    path = tmp_path / "class.csv"
    rows = [f"Ann{k},{k},{100 - k * k},{'ab'[k % 2]}" for k in range(20)]
    path.write_text("name,hours,points,class\n" + "\n".join(rows), "utf-8")
    return Session(*open_samples(path, Choices(without=("name",))))


@pytest.mark.parametrize("part", ["train", "test"])
def test_each_sample_is_told_by_its_row_and_its_raw_values(session: Session, part: str) -> None:
    subject = session.state.subject
    found = rows_in_file(subject, part)
    assert found is not None
    for row, x in zip(found.rows + 1, subject.parts[part == "test"][0], strict=True):
        assert sample_told(subject, x) == f"hours {row - 1}, points {100 - (row - 1) ** 2}"


def test_an_input_that_is_pointed_at_says_its_column_and_its_raw_value(session: Session) -> None:
    rows = rows_in_file(session.state.subject, "train")
    assert rows is not None
    words = f"hours: {rows.rows[0]} before scaling"
    assert describe(make_picture(session.state, session.state.script), UnitPlace(0, 0))[1] == words
    session.go_to(len(session.state.tape) - 1)
    assert words in describe(make_picture(session.state, session.state.script), UnitPlace(0, 0))
    assert cell_told(session.state, ("x", (0, 0))) == words
    assert cell_told(session.state, ("W1", (0, 0))) == ""


@pytest.mark.parametrize("name", ["net-s", "digits"])
def test_inputs_without_names_say_nothing(name: str) -> None:
    session = Session(*open_named(name))
    assert names_of(session.state.subject) == ()
    assert cell_told(session.state, ("x", (0, 0))) == ""
    assert rows_in_file(session.state.subject, "train") is None


def test_what_is_not_scaled_is_told_by_its_name_alone(session: Session) -> None:
    subject = session.state.subject
    assert subject.data is not None
    raw = Session(*opened(replace(subject.data, fitting="none")))
    assert raw.state.subject.inputs is None
    assert cell_told(raw.state, ("x", (0, 1))) == "points"
    assert sample_told(raw.state.subject, np.array([0.5, -2.0])) == "hours 0.5, points -2"


def awkward(tmp_path: Path) -> Session:
    """Open samples whose input says on which line of its file each begins."""
    lines = ["line,class", "2,a", "# a remark", "", "5,b", "?,a", '7,"a', '"', "9,b"]
    lines += [f"{line if line % 7 else '?'},{'ab'[line % 2]}" for line in range(10, 40)]
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(lines), "utf-8")
    return Session(*open_samples(path, Choices(missing="skip", target="class")))


def test_a_sample_is_told_by_its_line_where_rows_were_left_out(tmp_path: Path) -> None:
    session = awkward(tmp_path)
    subject = session.state.subject
    for part, (X, _) in zip(("train", "test"), subject.parts, strict=True):
        found = rows_in_file(subject, part)
        assert found is not None
        for index, x in enumerate(X):
            line = sample_told(subject, x).removeprefix("line ")
            assert found.place(index) == f"line {line}"
            assert found.told(index) == f"row {found.rows[index] + 1}, line {line} of mine.csv"


def test_what_is_told_of_the_shown_sample_says_its_line(tmp_path: Path) -> None:
    session = awkward(tmp_path)
    session.show_sample(3)
    state = session.state
    line = sample_told(state.subject, state.subject.problem.X[3]).removeprefix("line ")
    assert place_in_file(state).endswith(f", line {line} of mine.csv")
    assert about(state).startswith(f"The pass of sample 4 of {state.samples} ({place_in_file(state)}),")
    held_out = replace(state, guest=HeldOut(1))
    line = sample_told(state.subject, state.subject.test_X[1]).removeprefix("line ")
    assert place_in_file(held_out).endswith(f", line {line} of mine.csv")


def test_a_sample_of_an_array_is_told_by_its_row(tmp_path: Path) -> None:
    path = tmp_path / "mine.npy"
    values = np.array([[k, k % 2] for k in range(1, 21)], float)
    np.save(path, values)
    session = Session(*open_samples(path))
    found = rows_in_file(session.state.subject, "train")
    assert found is not None
    for index, x in enumerate(session.state.subject.problem.X):
        row = sample_told(session.state.subject, x).split()[-1]
        assert (found.place(index), found.told(index)) == (f"row {row}", f"row {row} of mine.npy")
