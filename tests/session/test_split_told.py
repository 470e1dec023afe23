"""Weights tell which samples were held out, so that a stranger with README, NumPy and the file gets the same loss."""

import json
import runpy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.cli import main
from explorer.session import split_told
from explorer.session.opening import open_data, open_named
from explorer.session.split_told import told_split

README = Path(__file__).parents[2] / "README.md"


def run(folder: Path, marks: Sequence[str], known: dict[str, Any]) -> dict[str, Any]:
    """Run the blocks of Python in README that hold these words, on what is known, and return what is known then."""
    blocks = [part.partition("```")[0] for part in README.read_text("utf-8").split("```python\n")[1:]]
    script = folder / "readme.py"
    script.write_text("".join(next(block for block in blocks if mark in block) for mark in marks), "utf-8")
    return runpy.run_path(str(script), known)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a table with remarks, gaps and words, and return its path."""
    rng = np.random.default_rng(2)
    sizes, walls = rng.normal(100, 30, 90), rng.integers(0, 3, 90)
    lines = [
        f"{f'{size:.2f}' * (k % 17 != 3)},{'abc'[wall]},{size * (1 + wall) + 5:.2f},{'no' if size < 95 else 'yes'}"
        for k, (size, wall) in enumerate(zip(sizes, walls, strict=True))
    ]
    path = tmp_path / "houses.csv"
    path.write_text("\n".join(["size,wall,heat,large", "# a remark", *lines]) + "\n", "utf-8")
    return path


def trained(table: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Train on a table and return the summary."""
    weights = str(table.parent / "houses.npz")
    command = ["train", "--data", str(table), "--epochs", "15", "--weights", weights, "--json", *arguments]
    assert main(command) == 0
    summary: dict[str, Any] = json.loads(capsys.readouterr().out)
    return summary


def raw_columns(table: Path) -> tuple[NDArray[np.float64], list[str], NDArray[np.float64]]:
    """Return the inputs as the weights want them, with gaps, the classes and the heats, read by hand."""
    rows = [line.split(",") for line in table.read_text("utf-8").splitlines()[2:]]
    columns = [[float(size) if size else np.nan, *(float(wall == word) for word in "abc")] for size, wall, _, _ in rows]
    return np.array(columns), [row[3] for row in rows], np.array([[float(row[2])] for row in rows])


@pytest.mark.parametrize("share", ["0.25", "0.4"])
def test_a_stranger_gets_the_test_loss_of_numbers_by_the_readme(
    share: str, table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = trained(
        table, capsys, "--target", "heat", "--without", "large", "--missing", "fill", "--test-share", share
    )
    monkeypatch.chdir(table.parent)
    raw, _, targets = raw_columns(table)
    known: dict[str, Any] = {"numpy": np, "json": json, "raw": raw, "raw_targets": targets}
    known["labels"] = np.zeros(len(raw), int)
    known = run(table.parent, ("houses.npz", 'told["inputs"].get("fill"', "of_class", "raw_targets"), known)
    assert known["held_out"].tolist() == known["told"]["split"]["rows"]
    assert known["loss"] == pytest.approx(summary["test_loss"], rel=1e-12)
    assert known["loss"] == pytest.approx(known["told"]["test_loss"], rel=1e-12)
    lines = table.read_text("utf-8").splitlines()
    told = known["told"]["split"]
    for row, line in zip(told["rows"], told["lines"], strict=True):
        assert lines[line - 1].split(",")[2] == f"{targets[row, 0]:.2f}"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_onnx_runtime_gets_the_test_loss_of_raw_columns_by_the_readme(
    dtype: str, table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = pytest.importorskip("onnxruntime", reason="ONNX Runtime has no wheel for this Python or system")
    more = ("--target", "heat", "--without", "large", "--missing", "fill", "--dtype", dtype)
    monkeypatch.chdir(table.parent)
    summary = trained(table, capsys, *more, "--weights", "houses.onnx")
    raw, _, targets = raw_columns(table)
    known = run(table.parent, ("houses.onnx",), {"onnxruntime": runtime, "json": json, "raw": raw})
    told = {key: json.loads(known["texts"][key]) for key in ("inputs", "targets", "split")}
    assert told["inputs"]["columns"] == ["size", "wall=a", "wall=b", "wall=c"]
    assert np.isnan(raw[told["split"]["rows"]]).any()
    errors = (known["prediction"] - targets)[told["split"]["rows"]] / told["targets"]["scale"]
    loss = (0.5 * errors**2).sum(axis=1).mean()
    assert loss == pytest.approx(summary["test_loss"], rel=1e-12 if dtype == "float64" else 1e-4)


def test_a_stranger_gets_the_same_held_out_samples_of_classes(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trained(table, capsys, "--target", "large", "--missing", "skip")
    raw, words, _ = raw_columns(table)
    whole = ~np.isnan(raw).any(axis=1)
    labels = np.array([sorted({*words}).index(word) for word in words])[whole]
    with np.load(table.parent / "houses.npz") as weights:
        told = json.loads(str(weights["metadata"]))
    known: dict[str, Any] = {"numpy": np, "told": told, "labels": labels}
    known = run(table.parent, ("of_class",), known)
    assert known["held_out"].tolist() == told["split"]["rows"]
    assert told["split"]["samples"] == whole.sum()


def test_of_many_held_out_samples_only_the_counts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    subject, _ = open_data("moons")
    rows = told_split(subject)["rows"]
    assert isinstance(rows, list)
    assert len(rows) == len(subject.test_X)
    monkeypatch.setattr(split_told, "MOST_TOLD", 10)
    told = told_split(subject)
    assert "rows" not in told
    assert told["of_class"] == [25, 25]


def test_a_problem_has_no_split() -> None:
    assert told_split(open_named("net-s")[0]) == {}
