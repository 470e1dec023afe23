"""The command ``train`` on one's own data: it trains, previews, and refuses in one sentence."""

import json
from pathlib import Path

import numpy as np
import pytest

from explorer.cli import main
from explorer.data import DATASETS

ROWS = "".join(f"{number / 40:.3f},{(number * 7) % 40},{'no' if number < 20 else 'yes'}\n" for number in range(40))
FAST = ("--epochs", "60", "--json")


@pytest.fixture
def table(tmp_path: Path) -> str:
    """Return the path of a table whose class follows from its first column."""
    path = tmp_path / "my data.csv"
    path.write_text("x,noise,answer\n" + ROWS, "utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    """Run ``train`` and return what it wrote to standard output and error."""
    assert main(["train", *arguments]) == code
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_a_table_is_learnt(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "--data", table, *FAST)[0])
    assert found["test_accuracy"] >= 0.8


def test_a_number_is_learnt_without_an_accuracy(table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history = tmp_path / "h.csv"
    end = ("--epochs", "3", "--history", str(history))
    out, _ = run(capsys, "--data", table, "--target", "x", "--without", "answer", *end)
    assert "test loss" in out
    assert "accuracy" not in out
    assert "nan" not in history.read_text("utf-8")
    assert history.read_text("utf-8").splitlines()[1].endswith(",")
    found = json.loads(run(capsys, "--data", table, "--target", "x", "--without", "answer", *FAST)[0])
    assert (found["train_accuracy"], found["test_accuracy"]) == (None, None)


def test_a_preview_is_printed_and_nothing_is_trained(
    table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = tmp_path / "w.npz"
    out, _ = run(capsys, "--data", table, "--preview", "--weights", str(weights))
    assert "40 samples of 3 columns" in out
    assert "no     20\nyes    20" in out
    assert not weights.exists()
    assert "1,797 samples of 8 × 8 pixels" in run(capsys, "--data", "digits", "--preview")[0]


def test_a_preview_of_what_cannot_be_trained_on_ends_with_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,y\n1,0\n,1\n")
    out, err = run(capsys, "--data", str(path), "--preview", code=2)
    assert "2 samples of 2 columns" in out
    assert err.count("\n") == 1
    assert "a value is missing in line 3, column 1 (a): fill in" in err


def test_the_dialect_may_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.txt"
    path.write_text("1\t0\n2\t1\n3\t0\n4\t1\n")
    said = ("--header", "yes", "--separator", "tab", "--decimal", ",", "--preview")
    out, _ = run(capsys, "--data", str(path), *said, "--target", "2", "--task", "numbers", code=0)
    assert "3 samples of 2 columns\nseparated by tab, decimal comma, a header, UTF-8" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--data", "mon"], "mon is no data set and no file (did you mean moons?)"),
        (["--data", "no.csv"], "no.csv is no data set and no file: use one of xor, moons"),
        (["--data", "."], ". is a folder: name a file in it"),
        (["--data", "iris", "--target", "2"], "--target means nothing to the built-in set iris: it is for files"),
        (["--data", "TABLE", "--target", "z"], "there is no column 'z': use one of x, noise, answer"),
        (["--data", "TABLE", "--without", "x,noise"], "it has no column beside 'answer' that is left in"),
        (
            ["--data", "TABLE", "--separator", "ab"],
            "'ab': expected one character such as ; or the word tab",
        ),
        (["--data", "TABLE", "--separator", "5"], "--separator '5'"),
        (["--data", "TABLE", "--task", "numbers"], "the target 'answer' holds 'no' in line 2: expected a number"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: list[str], sentence: str, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, err = run(capsys, *(table if part == "TABLE" else part for part in arguments), code=2)
    assert sentence in err
    assert err.count("\n") == 1


def test_scaling_and_share_are_options(table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights = tmp_path / "w.npz"
    options = ("--scaling", "range", "--test-share", "0.5", "--weights", str(weights), "--epochs", "1", "--json")
    run(capsys, "--data", table, *options)
    with np.load(weights, allow_pickle=False) as stored:
        told = json.loads(str(stored["metadata"]))
    assert "least" in told["scaling"]
    assert told["choices"] == {"fitting": "range", "test_share": 0.5}
    assert "--test-share 2.0" in run(capsys, "--data", table, "--test-share", "2", code=2)[1]
    assert "--scaling means nothing" in run(capsys, "--data", "iris", "--scaling", "range", code=2)[1]


def test_every_built_in_set_names_its_source() -> None:
    for name, entry in DATASETS.items():
        source = entry.load(0).source
        words = [word.strip(",;") for word in entry.source.split()]
        assert entry.source == "drawn by this program" or all(word in source + "UCI, CC BY 4.0" for word in words), name


def test_columns_that_only_count_rows_are_told_and_taken_in_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("nr,wall,a,y\n" + "".join(f"{k + 1},{'pq'[k % 2]},{k * k % 7},{k % 3}\n" for k in range(40)))
    command = ("--data", str(path), "--epochs", "2")
    assert "left out: nr counts rows (--with takes columns in)\n" in run(capsys, *command)[0]
    assert "left out" not in run(capsys, *command, "--with", "nr")[0]
    assert "left out" not in run(capsys, *command, "--without", "1")[0]
    json.loads(run(capsys, *command, "--json")[0])
    out, _ = run(capsys, "--data", str(path), "--preview")
    assert "left out, counts rows" in out
    assert "text, 2 inputs" in out
    assert "--with means nothing to the built-in set xor" in run(capsys, "--data", "xor", "--with", "a", code=2)[1]


def test_gaps_are_filled_by_an_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b,y\n" + "".join(f"{'' if k % 9 == 4 else k},{k * k % 7},{k % 2}\n" for k in range(40)))
    assert "values are missing" in run(capsys, "--data", str(path), code=2)[1]
    weights = tmp_path / "w.npz"
    run(capsys, "--data", str(path), "--missing", "fill", "--epochs", "2", "--weights", str(weights))
    told = json.loads(str(np.load(weights)["metadata"]))
    assert told["choices"]["missing"] == "fill"
    assert 5 < told["inputs"]["fill"][0] < 35
    assert told["split"]["samples"] == 40
