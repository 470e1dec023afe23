"""Columns of words in the session: weights and sessions bring the same inputs back, a sample is told by its words."""

from pathlib import Path

import numpy as np
import pytest

from explorer.data import finished
from explorer.files import write_weights
from explorer.session import Session
from explorer.session.columns import sample_told
from explorer.session.opening import lacking, open_named, open_samples
from explorer.session.saving import weights_info
from explorer.session.stored import sources
from explorer.session.stored.session_file import opening_session, saving_session

WALLS = ("poor", "good", "fair", "good", "poor")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a table of 40 houses and return its path."""
    lines = [f"{k + 1},{WALLS[k % 5]},{k / 3:.3f},{k * k % 11 + 0.5}" for k in range(40)]
    path = tmp_path / "houses.csv"
    path.write_text("\n".join(["nr,wall,size,heat", *lines]) + "\n", "utf-8")
    return path


def weights_of(table: Path) -> Path:
    """Export the weights of a run on a table and return their path."""
    state = Session(*open_samples(table)).state
    return write_weights(table.parent / "w.npz", state.network, weights_info(state))


def test_weights_bring_back_the_same_inputs_though_the_file_has_changed(table: Path) -> None:
    weights = weights_of(table)
    text = table.read_text("utf-8").replace("fair", "good").replace("1,poor", "100,poor", 1)
    table.write_text(text, "utf-8")
    subject, _ = open_named(str(weights))
    assert subject.past is not None
    data = subject.past.base.data
    assert data is not None
    assert data.features == ("wall=fair", "wall=good", "wall=poor", "size")


def test_weights_whose_file_holds_a_new_word_say_its_line(table: Path) -> None:
    weights = weights_of(table)
    table.write_text(table.read_text("utf-8").replace("7,good", "7,none such"), "utf-8")
    sentence = lacking(open_named(str(weights))[0])
    assert "w.npz was trained on houses.csv, which is no longer as it was" in sentence
    assert "'none such' in line 8, column 2 (wall) is a new word: expected fair, good, poor" in sentence


@pytest.mark.parametrize("embedded", [True, False])
def test_a_session_brings_them_back(table: Path, embedded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not embedded:
        monkeypatch.setattr(sources, "MOST_EMBEDDED", 0)
    session = Session(*open_samples(table))
    path = table.parent / "s.bpx"
    again = finished(opening_session(finished(saving_session(session.saved(), path))))
    before, after = session.state.subject, again.moment.subject
    assert before.data is not None
    assert after.data is not None
    assert after.data.features == before.data.features
    assert before.data.choices is not None
    assert after.data.choices is not None
    assert after.data.choices.words == before.data.choices.words == {"wall": ("fair", "good", "poor")}
    np.testing.assert_array_equal(before.problem.X, after.problem.X)


def test_a_sample_is_told_by_its_word(table: Path) -> None:
    subject, _ = open_samples(table)
    told = [sample_told(subject, x) for x in subject.problem.X]
    assert sum(text.startswith("wall=") and text.count("wall=") == 1 for text in told) == len(told)
    assert any(text.startswith("wall=good, size ") for text in told)
