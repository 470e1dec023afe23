"""The command line through its public face: what it prints, its exit codes, and one line for every refusal."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from explorer.cli import COMMANDS, main
from explorer.problems import load_problem
from explorer.tape import record


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must be refused, and return its one line."""
    try:
        code: object = main(arguments)
    except SystemExit as end:
        code = end.code
    printed = capsys.readouterr()
    assert code == 2
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "Traceback" not in printed.err
    return printed.err


def test_shelf_lists_every_problem(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shelf"]) == 0
    lines = capsys.readouterr().out.splitlines()
    names = [line.split()[0] for line in lines]
    assert {"net-s", "mazur", "dead-relu", "trace-003", "xor", "homework-10-5-10"} <= set(names)
    for name in names:
        record(load_problem(name))


def test_trace_as_json_reads_back_to_the_same_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "net-s", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    tape = record(load_problem("net-s"))
    assert data["format"] == "backprop-explorer/tape"
    assert [step["id"] for step in data["steps"]] == [step.id for step in tape.steps]
    for step in data["steps"]:
        np.testing.assert_array_equal(np.array(step["value"]), tape[step["id"]].value)
        assert tuple(step["shape"]) == tape[step["id"]].shape


@pytest.mark.parametrize(("form", "sign"), [("markdown", "$$"), ("latex", r"\begin{document}"), ("html", "<math")])
def test_trace_in_every_format(capsys: pytest.CaptureFixture[str], form: str, sign: str) -> None:
    assert main(["trace", "mazur", "--format", form]) == 0
    assert sign in capsys.readouterr().out


def test_trace_after_an_update_and_into_a_file(tmp_path: Path) -> None:
    out = tmp_path / "trace.json"
    assert main(["trace", "mazur", "--format", "json", "--after", "1", "--out", str(out)]) == 0
    loss = json.loads(out.read_text(encoding="utf-8"))["loss"]
    assert loss == pytest.approx(0.29102777369359933, rel=1e-15)


def test_check_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "net-s"]) == 0
    assert "dJ/dW1" in capsys.readouterr().out
    assert main(["check", "net-s", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["passed"] is True


def test_train_learns_the_digits_and_writes_what_it_learnt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights, history = tmp_path / "digits.npz", tmp_path / "digits.csv"
    options = ["--epochs", "30", "--weights", str(weights), "--history", str(history), "--json"]
    assert main(["train", "--data", "digits", *options]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert set(summary) == {"train_loss", "train_accuracy", "test_loss", "test_accuracy", "steps", "seconds"}
    assert summary["test_accuracy"] >= 0.95
    with np.load(weights, allow_pickle=False) as arrays:
        assert arrays["W1"].shape == (64, 32)
        assert arrays["b2"].shape == (10,)
    rows = list(csv.DictReader(history.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 31
    assert float(rows[-1]["test_accuracy"]) == summary["test_accuracy"]
    assert int(rows[-1]["step"]) == summary["steps"]


def test_train_is_reproducible(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = []
    for name in ("one.npz", "two.npz"):
        arguments = ["--hidden", "6,5", "--activation", "relu", "--epochs", "3", "--dtype", "float32", "--seed", "7"]
        assert main(["train", "--data", "moons", *arguments, "--weights", str(tmp_path / name), "--json"]) == 0
        with np.load(tmp_path / name, allow_pickle=False) as arrays:
            written.append({key: arrays[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3")})
    capsys.readouterr()
    for key, array in written[0].items():
        assert array.dtype == np.float32
        np.testing.assert_array_equal(array, written[1][key])


def test_train_shows_a_progress_bar_and_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--data", "xor", "--epochs", "2"]) == 0
    printed = capsys.readouterr()
    assert "2/2" in printed.err
    assert "test loss" in printed.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["trace", "nothing.json"], "nothing.json"),
        (["trace", "net-s", "--notation", "runes"], "runes"),
        (["trace", "net-s", "--after", "-1"], "0 or more"),
        (["trace", "net-s", "--format", "pdf"], "pdf"),
        (["trace"], "PROBLEM"),
        (["train", "--data", "mnist"], "mnist"),
        (["train", "--data", "xor", "--hidden", "4,x"], "4,x"),
        (["train", "--data", "xor", "--hidden", "99999"], "99999"),
        (["train", "--data", "xor", "--activation", "sigmund"], "sigmund"),
        (["train", "--data", "xor", "--learning-rate", "0"], "learning rate"),
        (["train", "--data", "xor", "--learning-rate", "fast"], "fast"),
        (["train", "--data", "xor", "--batch-size", "0"], "batch size"),
        (["train", "--data", "xor", "--epochs", "0"], "epochs"),
        (["train", "--data", "xor", "--epochs", "1", "--weights", "/nowhere/w.npz"], "/nowhere"),
        (["train", "--data", "xor", "--epochs", "1", "--weights", "w.pickle"], "w.pickle"),
        (["tour"], "--out"),
        (["trace", "net-s", "--frobnicate"], "frobnicate"),
    ],
)
def test_bad_input_gets_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert words in refusal(capsys, *arguments)


def test_divergence_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    line = refusal(capsys, "train", "--data", "digits", "--activation", "identity", "--learning-rate", "1e6", "--json")
    assert "step" in line
    assert "learning rate" in line


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert all(command in text for command in COMMANDS)


def test_the_library_and_the_text_commands_import_no_qt() -> None:
    code = (
        "import sys, explorer, explorer.engine, explorer.commands;"
        "explorer.load_problem, explorer.record, explorer.check_gradients;"
        "assert not [m for m in sys.modules if m.startswith(('PySide6', 'pyqtgraph', 'ziamath'))]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_python_m_explorer_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "explorer", "shelf"], capture_output=True, text=True, check=True, timeout=60
    )
    assert "net-s" in done.stdout
