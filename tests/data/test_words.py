"""Columns of words become an input a word, by the words of all rows or by those with which weights were trained."""

from pathlib import Path

import numpy as np
import pytest

from explorer.data import Choices
from explorer.data.preview_text import preview_text
from explorer.data.words import MOST_WORDS
from explorer.engine.errors import ExplorerError
from explorer.files.datasets import Loaded, finished, reading

WORDS = ("poor", "good", "fair", "good", "poor", "fair")
TABLE = "wall,size,y\n" + "".join(f"{word},{k / 3:.2f},{k * k + 0.5}\n" for k, word in enumerate(WORDS))


def found(tmp_path: Path, choices: Choices | None = None, content: str = TABLE) -> Loaded:
    """Return what a file of that content holds."""
    path = tmp_path / "t.csv"
    path.write_text(content, "utf-8")
    return finished(reading(path, choices))


def test_each_word_is_an_input_that_is_1_where_a_row_has_it(tmp_path: Path) -> None:
    data = found(tmp_path).samples()
    assert data.features == ("wall=fair", "wall=good", "wall=poor", "size")
    assert data.X[:, :3].tolist() == [[float(word == name) for name in sorted({*WORDS})] for word in WORDS]
    assert data.X[:, 3].tolist() == [float(f"{k / 3:.2f}") for k in range(6)]


def test_the_preview_tells_how_many_inputs_there_are(tmp_path: Path) -> None:
    preview = found(tmp_path).preview
    assert [line.inputs for line in preview.columns] == [3, 1, 0]
    assert "text, 3 inputs" in preview_text(preview)
    assert [line.inputs for line in found(tmp_path, Choices(without=("wall",))).preview.columns] == [0, 1, 0]


def test_a_gap_is_in_no_word_and_its_row_can_go(tmp_path: Path) -> None:
    data = found(tmp_path, Choices(missing="skip"), TABLE.replace("fair,0.67", ",0.67")).samples()
    assert data.X[:, :3].sum(axis=1).tolist() == [1] * 5
    assert "line 4, column 1 (wall)" in found(tmp_path, content=TABLE.replace("fair,0.67", ",0.67")).preview.fault


def test_two_names_that_would_be_alike_are_not(tmp_path: Path) -> None:
    content = "wall,wall=good,y\n" + "".join(f"{word},{k / 3:.2f},{k * k + 0.5}\n" for k, word in enumerate(WORDS))
    features = found(tmp_path, content=content).samples().features
    assert features == ("wall=fair", "wall=good", "wall=poor", "wall=good (2)")


def test_the_same_words_are_the_same_inputs_in_a_file_that_lacks_some(tmp_path: Path) -> None:
    kept = found(tmp_path).samples().choices
    assert kept is not None
    assert kept.words == {"wall": ("fair", "good", "poor")}
    again = Choices.stored(kept.as_values())
    fewer = found(tmp_path, again, TABLE.replace("fair", "good")).samples()
    assert fewer.features == ("wall=fair", "wall=good", "wall=poor", "size")
    assert fewer.X[:, 0].tolist() == [0] * 6


@pytest.mark.parametrize("remark", ["", "# a remark\n"])
def test_a_new_word_is_told_with_its_line(remark: str, tmp_path: Path) -> None:
    kept = found(tmp_path).samples().choices
    assert kept is not None
    content = TABLE.replace("fair,1.67", f"{remark}new,1.67")
    fault = found(tmp_path, Choices.stored(kept.as_values()), content).preview.fault
    line = 8 if remark else 7
    assert f"'new' in line {line}, column 1 (wall) is a new word: expected fair, good, poor" in fault


def test_numbers_where_words_were_are_new_words(tmp_path: Path) -> None:
    choices = Choices(words={"wall": ("fair", "good", "poor")})
    fault = found(tmp_path, choices, "wall,size,y\n" + "1,2,0.5\n2,3,1.5\n").preview.fault
    assert "'1' in line 2, column 1 (wall) is a new word" in fault


def test_a_column_of_too_many_words_is_left_out_with_its_reason(tmp_path: Path) -> None:
    rows = (f"w{k % (MOST_WORDS + 1)},{k / 3:.2f},{k * k + 0.5}\n" for k in range(120))
    content = "wall,size,y\n" + "".join(rows)
    preview = found(tmp_path, content=content).preview
    assert (preview.columns[0].role, preview.columns[0].why) == ("left out", "holds 51 words")
    with pytest.raises(ExplorerError, match="'wall' holds 51 different words: expected at most 50"):
        found(tmp_path, Choices(taken=("wall",)), content).samples()
    assert np.isfinite(found(tmp_path, content=content).samples().X).all()
