"""Columns that only count or name rows are left out unless they are asked for, and the same columns come again."""

from pathlib import Path

import pytest

from explorer.data import Choices
from explorer.data.preview_text import preview_text
from explorer.files.datasets import Loaded, finished, reading

NAMES = ("Ann", "Bob", "Cid", "Dan", "Eve", "Fay")
TABLE = "nr,who,size,y\n" + "".join(f"{k},{name},{k * k % 7},{k % 2}\n" for k, name in enumerate(NAMES, 1))


def found(tmp_path: Path, choices: Choices | None = None, content: str = TABLE) -> Loaded:
    """Return what a file of that content holds."""
    path = tmp_path / "t.csv"
    path.write_text(content, "utf-8")
    return finished(reading(path, choices))


def features(tmp_path: Path, choices: Choices | None = None, content: str = TABLE) -> tuple[str, ...]:
    """Return the names of the inputs."""
    return found(tmp_path, choices, content).samples().features


def test_a_count_and_names_are_left_out_with_a_word_why(tmp_path: Path) -> None:
    preview = found(tmp_path).preview
    assert [(line.role, line.why) for line in preview.columns] == [
        ("left out", "counts rows"),
        ("left out", "names rows"),
        ("input", ""),
        ("target", ""),
    ]
    assert "left out, counts rows" in preview_text(preview)
    assert features(tmp_path) == ("size",)
    assert "Left out: nr counts rows, who names rows." in found(tmp_path).samples().description


@pytest.mark.parametrize("taken", [("nr",), ("1",)])
def test_what_is_asked_for_is_an_input(taken: tuple[str, ...], tmp_path: Path) -> None:
    assert features(tmp_path, Choices(taken=taken)) == ("nr", "size")


@pytest.mark.parametrize(
    "content",
    [
        "nr,y\n" + "".join(f"{k},{k / 3}\n" for k in range(1, 9)),
        "x,a,y\n" + "".join(f"{k},{k * k},{k / 3}\n" for k in range(8)),
        "x,a,y\n" + "".join(f"{k},{k * k},{k / 3}\n" for k in range(1, 5)),
        "x,a,y\n" + "".join(f"{k},{k * k},{k / 3}\n" for k in (1, 2, 4, 3, 5, 6)),
        "x,a,y\n" + "".join(f"{k},{k * k},{k / 3}\n" for k in (1, 2, 2.5, 3, 4, 6)),
    ],
    ids=["the only input", "from 0", "few rows", "not rising", "not whole"],
)
def test_nothing_else_is_a_count(content: str, tmp_path: Path) -> None:
    assert features(tmp_path, content=content) == tuple(content.partition("\n")[0].split(",")[:-1])


def test_the_same_columns_come_again_whatever_the_file_holds_then(tmp_path: Path) -> None:
    kept = found(tmp_path).samples().choices
    assert kept is not None
    assert kept.without == ("nr", "who")
    grown = TABLE + "9,Ann,3,1\n"
    assert features(tmp_path, Choices.stored(kept.as_values()), grown) == ("size",)
    before = Choices(without=("who",)).as_values()
    assert features(tmp_path, Choices.stored(before)) == ("nr", "size")
