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
from explorer.session.columns import cell_told, names_of, rows_in_file, sample_told
from explorer.session.opening import open_named, open_samples, opened


@pytest.fixture
def session(tmp_path: Path) -> Session:
    path = tmp_path / "class.csv"
    rows = [f"Ann{k},{k},{100 - k * k},{'ab'[k % 2]}" for k in range(20)]
    path.write_text("name,hours,points,class\n" + "\n".join(rows), "utf-8")
    return Session(*open_samples(path, Choices(without=("name",))))


@pytest.mark.parametrize("part", ["train", "test"])
def test_each_sample_is_told_by_its_row_and_its_raw_values(session: Session, part: str) -> None:
    subject = session.state.subject
    rows = rows_in_file(subject, part)
    assert rows is not None
    for row, x in zip(rows, subject.parts[part == "test"][0], strict=True):
        assert sample_told(subject, x) == f"hours {row - 1}, points {100 - (row - 1) ** 2}"


def test_an_input_that_is_pointed_at_says_its_column_and_its_raw_value(session: Session) -> None:
    rows = rows_in_file(session.state.subject, "train")
    assert rows is not None
    words = f"hours: {rows[0] - 1} before scaling"
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
