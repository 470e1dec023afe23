"""What is wrong with a table is told in one sentence: what, in which line and column, and how to mend it."""

import gzip
from pathlib import Path
from unittest.mock import patch

import pytest

from explorer.data import Choices, split
from explorer.engine.errors import ExplorerError
from explorer.files.datasets import blocks, finished, gathering, read_samples, reading

NAMED = "".join(f"n{k},{k * k % 7},{k % 2}\n" for k in range(60))
PAIRS = "1,0\n2,1\n3,0\n4,1\n"
GAPS = "a,b,c,d,y\n,,,,0\n" + ",1,,,1\n" * 3 + ",1,1,,0\n" * 7 + "1,1,1,1,1\n"
UNQUOTED = 'a,y\n1,0\n"2,1\n' + "3,1\n" * 50_000

refusals = pytest.mark.parametrize(
    ("content", "choices", "sentence"),
    [
        ("", {}, "it is empty: expected a table"),
        ("\n \n", {}, "it is empty"),
        ("a,b\n", {}, "it holds no samples: expected a line for each"),
        ("a\n1\n2\n", {}, "it has one column: expected at least one input beside the target"),
        ("a,b,y\n1,2,0\n1,2\n", {}, "line 3 has 2 entries: expected 3, as in the first; mend it"),
        ("\n\na,y\n\n1,0\n2\n", {}, "line 6 has 1 entry: expected 2"),
        ("a,y\n1,0\n,1\n3,0\n?,1\n", {}, r"2 values are missing, in column 1 \(a\), lines 3 and 5: fill in"),
        (
            GAPS,
            {},
            r"27 values are missing, in column 1 \(a\), lines 2, 3, 4, 5, 6 and 6 more; column 2 \(b\), line 2; ",
        ),
        (GAPS, {}, r"line 2; column 3 \(c\), lines 2, 3, 4 and 5; and in 1 more column: fill in"),
        ("a,y\n1,0\n2,\n3,0\n4,1\n", {}, r"a value is missing in line 3, column 2 \(y\)"),
        ("a,y\n,0\n,1\n", {"header": True}, "it has no column beside 'y' that is left in"),
        ("a,b,y\n,1,0\n1,,1\n", {"missing": "skip"}, "every row has a missing value"),
        ("a,y\n1,0\nx y,1\n3,0\n", {}, r"'x y' in line 3, column 1 \(a\) is no finite number: mend it, or leave"),
        ("a,y\n1,0\n1e999,1\n", {}, r"'1e999' in line 3, column 1 \(a\) is no finite number"),
        ("a,y\n1,0\n1_0,1\n", {}, r"'1_0' in line 3"),
        ("a,y\n1,0\ninf,1\n", {}, r"'inf' in line 3"),
        ("my n,a,y\n" + NAMED, {"taken": ("1",)}, r"'my n' holds 60 different words: .* 50 .* \(--without \"my n\"\)"),
        ("a b,y\n1,0\n2,0\n3,1\nB,1\nC,1\n", {}, r"'B' in line 5, .* and 1 more, is no .* \(--without \"a b\"\)"),
        ("s,tü,y\n1,1,0\n2,2,0\n3,3,1\nB,q,1\n", {}, r"leave the 2 columns that hold text out \(--without s,tü\)"),
        ('n,a,y\n"B\nC",1,k\nD,2,l\n,3,m\n', {"without": ("n",)}, "has no class with two samples"),
        ("a,y\n1,k\n2,k\n", {}, "every sample is of class 'k': expected two classes or more in the target 'y'"),
        ("a,y\n1,2.5\n2,2.5\n", {}, "the target 'y' is 2.5 in every row: there is nothing to predict"),
        ("a,y\n1,0\n2,b\n", {"task": "numbers"}, "the target 'y' holds 'b' in line 3: expected a number"),
        ("a,y\n" + PAIRS, {"target": "z"}, "there is no column 'z': use one of a, y, or a number from 1 to 2"),
        ("a,y\n" + PAIRS, {"without": ("3",)}, "there is no column '3'"),
        (UNQUOTED, {}, r"line 3 cannot be read \(.*\): close or double its quotes"),
        ("a,y\n" + PAIRS + "é,1\n\0", {}, "it is no text: expected a table"),
    ],
)


@refusals
def test_a_table_that_cannot_be_trained_on_is_one_sentence(
    content: str, choices: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(ExplorerError, match=sentence) as refusal:
        from_file(path, **choices)
    assert str(refusal.value).startswith((f"{path}: ", f"data set '{path}'"))
    assert str(refusal.value).count(str(path)) == 1
    assert "\n" not in str(refusal.value)


def from_file(path: Path, **choices: str) -> None:
    """Read the samples of a file and split them, as opening it does."""
    split(read_samples(path, Choices(**choices)))  # type: ignore[arg-type]  # the table mixes kinds of choices


@pytest.mark.parametrize(("line", "line_end"), [(60_002, "\n"), (60_002, "\r\n")])
def test_a_word_far_down_is_found_on_its_line(line: int, line_end: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [f"{number},{number % 2}" for number in range(line - 2)]
    path.write_bytes(line_end.join(["a,y", *rows, "abc,1", "5,0"]).encode())
    with pytest.raises(ExplorerError, match=rf"'abc' in line {line:,}, column 1 \(a\) is no finite number"):
        read_samples(path)


def test_a_line_after_quoted_line_breaks_is_the_one_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('n,a,y\n"two\nlines",1,0\n"x",2,1\n"x",bad,1\n')
    with pytest.raises(ExplorerError, match=r"'bad' in line 5, column 2"):
        read_samples(path, Choices(without=("n",)))


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="is a folder: name a file in it"):
        read_samples(tmp_path)
    with pytest.raises(ExplorerError, match="there is no such file: check the name"):
        read_samples(tmp_path / "none.csv")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0", bytes(range(256)) * 9, b"\xff\xfea\0,\0b\0\n\0"])
def test_what_is_no_text_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(ExplorerError, match=r"it is no text|it is written in UTF-16: save it as UTF-8"):
        read_samples(path)


def test_a_table_too_large_for_memory_is_refused_with_its_size_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,y\n" + PAIRS * 1000)
    with (
        patch.object(gathering, "MOST_BYTES", 2**15),
        pytest.raises(ExplorerError, match=r"its 2 columns by 3,.* rows or more take 0 MB as numbers: expected at"),
    ):
        read_samples(path)


def test_a_packed_table_is_refused_where_it_grows_too_large(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(b"a,y\n" + b"1,0\n2,1\n" * 200_000))
    assert path.stat().st_size < 10_000
    with (
        patch.object(gathering, "MOST_BYTES", 2**22),
        pytest.raises(ExplorerError, match=r"rows or more take \d+ MB as numbers"),
    ):
        read_samples(path)


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,y\n" + "1" * 5000)
    with (
        patch.object(blocks, "BLOCK", 64),
        patch.object(blocks, "LONGEST_LINE", 1000),
        pytest.raises(ExplorerError, match="has a line of more than 1,000 bytes"),
    ):
        read_samples(path)


def test_a_damaged_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(("a,y\n" + PAIRS * 5000).encode())[:-20])
    with pytest.raises(ExplorerError, match="is a damaged gzip: copy or download it again"):
        read_samples(path)


def test_a_fault_is_in_the_preview_too(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,y\n1,0\n,1\n")
    loaded = finished(reading(path))
    assert loaded.data is None
    assert "a value is missing in line 3" in loaded.preview.fault
    with pytest.raises(ExplorerError, match="a value is missing in line 3"):
        loaded.samples()
