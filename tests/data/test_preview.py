"""A preview tells what is in a file before anything is trained, in values and in text."""

from pathlib import Path

import pytest

from explorer.data import Choices, Preview, load_dataset, preview_of_data
from explorer.data.preview import class_words
from explorer.data.preview_text import preview_text
from explorer.files.datasets import finished, reading

TABLE = "name,age,city,kind\nAnn,31,,b\nBob,,Ulm,a\nCid,12,Bonn,b\nDan,45,Rom,a\n"


def preview(tmp_path: Path, choices: Choices | None = None, content: str = TABLE) -> Preview:
    """Return the preview of a file with that content."""
    path = tmp_path / "t.csv"
    path.write_text(content, "utf-8")
    return finished(reading(path, choices)).preview


def test_columns_rows_classes_and_gaps(tmp_path: Path) -> None:
    found = preview(tmp_path, Choices(without=("name", "city"), missing="skip"))
    assert [(line.name, line.kind, line.role, line.missing) for line in found.columns] == [
        ("name", "text", "left out", 0),
        ("age", "numbers", "input", 1),
        ("city", "text", "left out", 1),
        ("kind", "text", "target", 0),
    ]
    assert (found.columns[1].low, found.columns[1].high, found.columns[1].missing_lines) == (12, 45, (3,))
    assert found.rows[1] == ("Bob", "", "Ulm", "a")
    assert found.classes == (("a", 1), ("b", 2))
    assert (found.samples, found.target, found.task, found.missing, found.fault) == (4, "kind", "classes", 2, "")
    assert found.dialect == "separated by comma, decimal point, a header, UTF-8"


def test_what_is_wrong_is_a_fault_and_the_rest_is_shown_all_the_same(tmp_path: Path) -> None:
    found = preview(tmp_path, content=TABLE.replace("31,", "31 y,"))
    assert "'31 y' in line 2, column 2 (age) is no finite number" in found.fault
    assert found.classes == (("a", 2), ("b", 2))
    assert found.task == ""


def test_a_target_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    found = preview(tmp_path, Choices(without=("colour",)))
    assert "there is no column 'colour'" in found.fault
    assert found.target == ""


def test_numbers_have_no_classes(tmp_path: Path) -> None:
    found = preview(tmp_path, content="x,y\n1,1.5\n2,2.5\n")
    assert (found.task, found.classes) == ("numbers", ())


def test_the_text_says_it_all(tmp_path: Path) -> None:
    text = preview_text(preview(tmp_path, Choices(without=("name", "city"), missing="skip")))
    for part in ("4 samples of 4 columns", "to predict: kind, 2 classes", "1, line 3", "left out", "Cid"):
        assert part in text


@pytest.mark.parametrize("name", ["digits", "wine", "sine"])
def test_built_in_sets_have_one_too(name: str) -> None:
    data = load_dataset(name)
    found = preview_of_data(data)
    assert sum(count for _, count in found.classes) == (data.samples if data.classes else 0)
    assert f"{data.samples:,} samples" in preview_text(found)


def test_classes_are_counted_in_right_words(tmp_path: Path) -> None:
    one = preview(tmp_path, content="x,y\n1,a\n2,a\n")
    assert class_words(one) == "1 class"
    assert "to predict: 3 classes\n" in preview_text(preview_of_data(load_dataset("wine")))


def test_many_columns_and_long_entries_are_cut(tmp_path: Path) -> None:
    names = ",".join(f"x{number}" for number in range(300))
    row = ",".join(["1"] * 299)
    text = preview_text(preview(tmp_path, content=f"{names}\n{row},{'long' * 50}\n{row},b\n"))
    assert "... and 270 more columns" in text
    assert max(map(len, text.splitlines())) < 200
