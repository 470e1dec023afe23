"""Tables as people have them: every dialect that is recognised, names, classes, gaps, and reading in steps."""

import gzip
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from explorer.data import Choices, DataSet
from explorer.files.datasets import blocks, read_samples, reading
from explorer.files.datasets.dialect import recognised


def samples(tmp_path: Path, content: str | bytes, **choices: object) -> DataSet:
    """Return the samples of a file with that content."""
    path = tmp_path / "t.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_samples(path, Choices(**choices))  # type: ignore[arg-type]  # the keywords are the test's


@pytest.mark.parametrize(
    ("head", "separator", "decimal", "header"),
    [
        ("a,b\n1,2\n", ",", ".", True),
        ("1,2\n3,4\n", ",", ".", False),
        ("a;b\n1,5;2,5\n", ";", ",", True),
        ("1,5;2\n1,5;3\n", ";", ",", False),
        ("1.5;2\n1.5;3\n", ";", ".", False),
        ("1,5;2\n1;3\n", ";", ",", False),
        ("a\tb c\n1,5\t2\n", "\t", ",", True),
        ("1 2  3\n 4 5 6\n", " ", ".", False),
        ("1, 2, 3\n4, 5, 6\n", ",", ".", False),
        ("a|b\n1|2\n", "|", ".", True),
        ("good film,pos\nbad film,neg\nbad film,pos\n", ",", ".", False),
        ("text,mood\ngood film,pos\nbad film,neg\n", ",", ".", True),
        ('"1,5","2,5"\n"1,5","2,5"\n', ",", ",", False),
        ("label,p1,p2\n5,0,0\n", ",", ".", True),
        (",a,b\n0,1,2\n1,3,4\n", ",", ".", True),
        ("150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n", ",", ".", True),
        ("5.1,3.5,1.4,0.2,setosa\n4.9,3.0,1.4,0.2,setosa\n", ",", ".", False),
        ("?,1,2\n3,4,5\n", ",", ".", False),
    ],
)
def test_dialects_are_recognised(head: str, separator: str, decimal: str, header: bool) -> None:
    found = recognised(head.encode(), Choices())
    assert (found.separator, found.decimal, found.header) == (separator, decimal, header)


def test_text_classes_are_sorted_and_kept_by_name(tmp_path: Path) -> None:
    data = samples(tmp_path, "a,b,kind\n1,2,pear\n3,4,apple\n5,6,pear\n")
    assert data.classes == ("apple", "pear")
    assert data.labels.tolist() == [1, 0, 1]
    assert data.features == ("a", "b")
    assert data.X.tolist() == [[1, 2], [3, 4], [5, 6]]


def test_whole_numbers_with_gaps_between_them_are_classes_by_name(tmp_path: Path) -> None:
    data = samples(tmp_path, "a,y\n1,7\n3,2\n5,7\n6,10\n7,2\n8,10\n")
    assert data.classes == ("2", "7", "10")
    assert data.labels.tolist() == [1, 0, 1, 2, 0, 2]


@pytest.mark.parametrize(
    ("targets", "task", "numbers"),
    [
        ([0, 1, 0, 1], "auto", False),
        ([0, 1, 2, 3], "auto", True),
        ([0.5, 1, 0.5, 1], "auto", True),
        ([0.5, 1, 0.5, 1], "classes", False),
        ([0, 1, 0, 1], "numbers", True),
        (list(range(21)) * 2, "auto", True),
        (list(range(20)) * 2, "auto", False),
        ([1e300, 2e300] * 2, "auto", True),
        ([-1, 1, -1, 1], "auto", False),
    ],
)
def test_classes_and_quantities_are_told_apart(targets: list[float], task: str, numbers: bool, tmp_path: Path) -> None:
    lines = "".join(f"{number},{target}\n" for number, target in enumerate(targets))
    data = samples(tmp_path, f"x,y\n{lines}", task=task)
    assert (data.targets is not None) == numbers
    if data.targets is not None:
        assert data.targets.ravel().tolist() == targets
        assert (data.classes, data.quantities, data.outputs) == ((), ("y",), 1)


@pytest.mark.parametrize("target", ["b", "B", "2"])
def test_the_target_goes_by_name_or_number(target: str, tmp_path: Path) -> None:
    data = samples(tmp_path, "a,b,c\n1,0,2\n3,1,5\n1,0,2\n3,1,5\n", target=target)
    assert data.features == ("a", "c")
    assert data.labels.tolist() == [0, 1, 0, 1]


def test_a_column_called_label_is_the_target_wherever_it_stands(tmp_path: Path) -> None:
    assert samples(tmp_path, "Label,p1,p2\n0,1,2\n1,3,4\n0,5,6\n1,7,8\n").features == ("p1", "p2")


def test_headers_twice_or_missing_get_names_of_their_own(tmp_path: Path) -> None:
    data = samples(tmp_path, "a,a,,y\n1,2,3,0\n4,5,6,1\n1,2,3,0\n4,5,6,1\n")
    assert data.features == ("a", "a (2)", "column 3")


def test_an_empty_column_is_left_out(tmp_path: Path) -> None:
    assert samples(tmp_path, "a;y;\n1;0;\n2;1;\n3;0;\n4;1;\n", target="y").features == ("a",)


def test_rows_with_gaps_may_be_left_out(tmp_path: Path) -> None:
    data = samples(tmp_path, "a,y\n1,0\n,1\n3,\n4,1\n5,0\n6,1\n", missing="skip")
    assert data.X.ravel().tolist() == [1, 4, 5, 6]
    assert "2 rows with missing values are left out" in data.description


def test_a_gap_in_a_column_that_is_not_used_does_not_matter(tmp_path: Path) -> None:
    assert samples(tmp_path, "id,a,y\n,1,0\n2,2,1\n3,3,0\n4,4,1\n", without=("id",)).samples == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_letters_of_any_encoding_come_through(encoding: str, tmp_path: Path) -> None:
    data = samples(tmp_path, "größe;art\r\n1,5;süß\r\n2,5;roh\r\n".encode(encoding))
    assert (data.features, data.classes) == (("größe",), ("roh", "süß"))


def test_latin_1_far_down_is_noticed_late_and_read_all_the_same(tmp_path: Path) -> None:
    rows = "".join(f"{number},{'ab'[number % 2]}\n" for number in range(50_000))
    data = samples(tmp_path, f"x,y\n{rows}".encode() + "7,ü\n".encode("latin-1"))
    assert data.classes == ("a", "b", "ü")
    assert data.samples == 50_001


def test_a_word_far_down_in_the_target_makes_classes_of_all_its_numbers(tmp_path: Path) -> None:
    rows = "".join(f"{number},{number % 2}\n" for number in range(100_000))
    data = samples(tmp_path, f"x,y\n{rows}7,other\n", task="classes")
    assert data.classes == ("0", "1", "other")
    assert data.samples == 100_001


def test_a_packed_table_is_unpacked(tmp_path: Path) -> None:
    assert samples(tmp_path, gzip.compress(b"a,y\n1,0\n2,1\n3,0\n4,1\n")).samples == 4


def test_reading_goes_in_steps_and_can_be_given_up(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,y\n" + "1,0\n2,1\n" * 1000)
    with patch.object(blocks, "BLOCK", 256):
        steps = reading(path)
        seen = [next(steps) for _ in range(5)]
        steps.close()
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert 0 < done[0] < done[-1] < seen[0].total == path.stat().st_size
    path.unlink()  # on Windows this fails while it is open


def test_a_hundred_thousand_rows_of_windows(tmp_path: Path) -> None:
    X = np.random.default_rng(0).normal(size=(100_000, 3)).round(4)
    lines = [f"{a};{b};{c};{int(a > b)}".replace(".", ",") for a, b, c in X.tolist()]
    data = samples(tmp_path, "\r\n".join(["a;b;c;y", *lines, ""]))
    np.testing.assert_array_equal(data.X, X)
    np.testing.assert_array_equal(data.labels, X[:, 0] > X[:, 1])
