"""Tables as other programs leave them: grouped digits, ends, remarks, a word among numbers; nothing is read wrongly."""

from pathlib import Path

import numpy as np
import pytest

from explorer.data import Choices
from explorer.engine.errors import ExplorerError
from explorer.files.datasets import Loaded, finished, read_samples, reading
from explorer.panels.data.telling import remedy_of

HALVES = "".join(f"{number},{number % 7}.5\n" for number in range(30_000))
WHOLE = "".join(f"{number},{number % 5}\n" for number in range(30_000))


def written(tmp_path: Path, content: str | bytes) -> Path:
    """Write a file, and return its path."""
    path = tmp_path / "t.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def found(tmp_path: Path, content: str | bytes, choices: Choices | None = None) -> Loaded:
    """Read a file with that content."""
    return finished(reading(written(tmp_path, content), choices))


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        ('a,y\n"1,234",k\n"12,345,678",m\n999,k\n', [1234, 12345678, 999]),
        ('a,y\n"1,234",k\n"2,345",m\n999,k\n', [1234, 2345, 999]),
        ('a,y\n"1,234.5",k\n"-2,345.25",m\n', [1234.5, -2345.25]),
        ('a,y\n"1,5",k\n"1,234",m\n', [1.5, 1.234]),
        ("a;y\n1.234,5;k\n999,5;m\n", [1234.5, 999.5]),
        ("a;y\n1.234.567;k\n0,5;m\n", [1234567, 0.5]),
        ("a;y\n1,234;k\n0,5;m\n", [1.234, 0.5]),
        ("a;y\n1,234;k\n0.5;m\n", [1234, 0.5]),
        ("a,y\n\N{MINUS SIGN}1.5,k\n2,m\n", [-1.5, 2]),
    ],
)
def test_grouped_digits_are_one_number(content: str, numbers: list[float], tmp_path: Path) -> None:
    loaded = found(tmp_path, content)
    assert loaded.table is not None
    np.testing.assert_array_equal(loaded.table.values[:, 0], numbers)
    assert loaded.table.names == ("a", "y")


@pytest.mark.parametrize("entry", ["1,23", "1,2345", "12,34,567", "0,123", ",123", "1,234,"])
def test_digits_that_are_grouped_otherwise_are_no_number(entry: str, tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match=r"line 5, column 1 \(a\) is no finite number"):
        read_samples(written(tmp_path, f'a,y\n1.5,k\n2.5,m\n3.5,k\n"{entry}",m\n'))


@pytest.mark.parametrize("begin", ["a,b,y,\n", "a,b,y\n"])
@pytest.mark.parametrize("rows", [4, 50_000])
def test_a_separator_at_the_end_of_each_line_begins_no_column(begin: str, rows: int, tmp_path: Path) -> None:
    loaded = found(tmp_path, begin + "".join(f"{number}.5,1,{number % 2},\n" for number in range(rows)))
    assert loaded.table is not None
    assert loaded.table.names == ("a", "b", "y")
    assert loaded.samples().samples == rows
    assert loaded.preview.missing == 0


def test_a_column_that_has_a_name_and_no_entries_is_still_a_column(tmp_path: Path) -> None:
    loaded = found(tmp_path, "a,y,notes\n1,k,\n2,m,\n3,k,\n4,m,\n", Choices(target="y"))
    assert [(line.name, line.kind) for line in loaded.preview.columns] == [
        ("a", "numbers"),
        ("y", "text"),
        ("notes", "empty"),
    ]


def test_a_missing_last_entry_is_not_taken_for_an_end(tmp_path: Path) -> None:
    body = "".join(f"{number},{number},{number % 2}\n" for number in range(100_000))
    with pytest.raises(ExplorerError, match=r"a value is missing in line 100,002, column 3 \(y\)"):
        read_samples(written(tmp_path, f"a,b,y\n{body}1,2,\n"))


@pytest.mark.parametrize(
    "content",
    [
        "# made by me\n# on a day\na,b,y\n1,2,0\n3,4,1\n5,6,0\n",
        "a,b,y\n1,2,0\n# a remark\n3,4,1\n# another, with a comma\n5,6,0\n",
        "# a,b,y\n1,2,0\n3,4,1\n5,6,0\n",
        "sep=,\na,b,y\n1,2,0\n3,4,1\n5,6,0\n",
        "sep=;\na;b;y\n1;2;0\n3;4;1\n5;6;0\n",
    ],
)
def test_remarks_and_what_excel_is_told_are_no_rows(content: str, tmp_path: Path) -> None:
    table = found(tmp_path, content).table
    assert table is not None
    assert table.names == ("a", "b", "y")
    np.testing.assert_array_equal(table.values, [[1, 2, 0], [3, 4, 1], [5, 6, 0]])


def test_lines_are_counted_with_the_remarks(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="in line 6, column 1"):
        read_samples(written(tmp_path, "# one\na,y\n1.5,k\n# two\n2.5,m\nx,k\n3.5,m\n"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_wide_text_is_told_by_its_bytes(encoding: str, tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="it is written in UTF-16: save it as UTF-8"):
        read_samples(written(tmp_path, "a,y\n1,0\n2,1\n".encode(encoding)))


@pytest.mark.parametrize("rows", [HALVES, WHOLE])
def test_a_word_among_the_numbers_of_the_target_is_told_with_its_line(rows: str, tmp_path: Path) -> None:
    loaded = found(tmp_path, f"x,y\n{rows}7,oops\n8,1\n")
    assert loaded.data is None
    assert loaded.preview.fault.endswith(
        "the target 'y' holds 'oops' in line 30,002 among numbers: "
        "mend it, or take its entries for classes (--task classes)"
    )
    remedy = remedy_of(loaded, Choices())
    assert remedy is not None
    assert remedy[0] == "Take y for classes"
    assert "oops" in finished(reading(tmp_path / "t.csv", remedy[1])).samples().classes


def test_words_that_are_many_among_whole_numbers_are_classes_as_these_are(tmp_path: Path) -> None:
    data = read_samples(written(tmp_path, "x,y\n" + "1,0\n2,1\n3,unknown\n" * 20))
    assert data.classes == ("0", "1", "unknown")


def test_several_words_among_numbers_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"{number},{number * 0.37:.3f}\n" for number in range(300))
    with pytest.raises(ExplorerError, match=r"holds 'low' in line 302, and 2 more, among numbers: .*--task classes"):
        read_samples(written(tmp_path, f"x,y\n{rows}1,low\n2,high\n3,low\n"))


def test_a_word_among_more_numbers_than_classes_can_be_is_told_with_its_line(tmp_path: Path) -> None:
    rows = "".join(f"{number},{number * 0.37:.3f}\n" for number in range(3000))
    with pytest.raises(ExplorerError, match=r"holds 'low' in line 3,002 among numbers: mend it$"):
        read_samples(written(tmp_path, f"x,y\n{rows}1,low\n2,high\n3,low\n"))
