"""The command line through its public face: what it prints, its exit codes, and one line for every refusal."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import explorer
from explorer.cli import COMMANDS, main
from explorer.engine import Network, Problem
from explorer.files import WeightsInfo, save_problem, write_weights
from explorer.problems import load_problem
from explorer.tape import record
from tests.refusing import refusal


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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["trace", "nothing.json"], "nothing.json"),
        (["trace", "net-s", "--notation", "runes"], "runes"),
        (["trace", "net-s", "--after", "-1"], "--after -1: expected 0 or more"),
        (["trace", "net-s", "--out", "/nowhere/trace.md"], "/nowhere"),
        (["trace", "digits"], "is a data set"),
        (["trace", "net-s", "--format", "pdf"], "pdf"),
        (["trace"], "PROBLEM"),
        (["train", "--data", "mnist"], "mnist"),
        (["train", "--data", "xor", "--hidden", "4,x"], "4,x"),
        (["train", "--data", "xor", "--hidden", "99999"], "99999"),
        (["train", "--data", "xor", "--activation", "sigmund"], "sigmund"),
        (["train", "--data", "xor", "--learning-rate", "0"], "learning rate"),
        (["train", "--data", "xor", "--learning-rate", "fast"], "fast"),
        (["train", "--data", "xor", "--batch-size", "0"], "batch size"),
        (["train", "--data", "xor", "--batch-size", "-1"], "1 to 1,000,000"),
        (["train", "--data", "xor", "--seed", "-1"], "from 0 to 4294967295"),
        (["train", "--data", "xor", "--epochs", "0"], "epochs"),
        (["train", "--data", "xor", "--patience", "0"], "patience 0: expected 1 to 1,000,000 epochs"),
        (["train", "--data", "xor", "--optimizer", "adagrad"], "adagrad"),
        (["train", "--data", "xor", "--momentum", "0.9"], "--momentum means nothing to sgd: use --optimizer momentum"),
        (["train", "--data", "xor", "--optimizer", "adam", "--beta1", "1"], "beta1 1.0: expected"),
        (["train", "--data", "xor", "--schedule-steps", "9"], "--schedule-steps means nothing to a constant rate"),
        (["train", "--data", "xor", "--schedule", "cosine", "--schedule-steps", "0"], "schedule steps 0"),
        (["train", "--data", "xor", "--warmup", "-1"], "warm-up -1"),
        (["train", "--data", "xor", "--l2", "-1"], "l2 -1.0"),
        (["train", "--data", "xor", "--history", "/nowhere/h.csv"], "/nowhere"),
        (["train", "--data", "xor", "--epochs", "1", "--weights", "/nowhere/w.npz"], "/nowhere"),
        (["train", "--data", "xor", "--epochs", "1", "--weights", "w.pickle"], "use .npz, .safetensors or .onnx"),
        (["tour"], "--out"),
        (["trace", "net-s", "--frobnicate"], "frobnicate"),
    ],
)
def test_bad_input_gets_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert words in refusal(capsys, *arguments)


def test_answers_are_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = tmp_path / "right.txt", tmp_path / "wrong=.txt"
    right.write_text("1,413\n", encoding="utf-8")
    wrong.write_text("[[-0.35562426, -0.0595814], [0.35562426, 0.0595814]]", encoding="utf-8")
    assert main(["check", "net-s", "--answer", f"J={right}"]) == 0
    assert capsys.readouterr().out == "J: Right, to 4 digits.\n"
    given = ["check", "net-s", "--answer", f"J={right}", "--answer", f"dJ/dW1={wrong}"]
    assert main(given) == 1
    assert "  Every entry has the wrong sign\n  That is what “a sign slip” (E11) gives" in capsys.readouterr().out
    assert main([*given, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["J"]["right"], told["dJ/dW1"]["kind"]) == (True, "wrong")
    assert told["dJ/dW1"]["findings"][1]["mistake"] == "sign_slip"


def test_answers_that_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unread = tmp_path / "unread.txt"
    unread.write_text("what", encoding="utf-8")
    for given, words in (
        ("J", "expected STEP=FILE"),
        (f"dJ/dW9={unread}", "the pass has no step 'dJ/dW9' (did you mean"),
        (f"J={tmp_path / 'nothing.txt'}", "there is no such file"),
        (f"J={unread}", "“what” is no number"),
    ):
        assert words in refusal(capsys, "check", "net-s", "--answer", given)


@pytest.mark.parametrize("command", ["trace", "check"])
def test_a_weights_file_is_named_as_such(command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write_weights(tmp_path / "w.npz", Network.random((2, 2), seed=0), WeightsInfo())
    assert f"'backprop-explorer {path}' opens it" in refusal(capsys, command, str(path))


def test_the_library_lists_its_public_names() -> None:
    assert set(explorer.__all__) <= set(dir(explorer))
    jacobians = {"jacobian", "jacobian_chain", "long_way"}
    assert set(explorer.__all__) == {"load_problem", "record", "check_gradients"} | jacobians


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


def test_a_pass_of_infinite_numbers_is_told_in_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    network = Network((1, 2), ("identity",))
    network.theta[:] = 10
    path = save_problem(Problem(network, np.array([[1e308]]), np.eye(1, 2)), tmp_path / "big.json")
    assert main(["check", str(path)]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "leaves the finite numbers, first in z1" in printed.out.splitlines()[-1]
    assert main(["trace", str(path), "--format", "json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["steps"][0]["value"] == [["Infinity", "Infinity"]]
    assert printed.err.startswith("backprop-explorer: the pass leaves the finite numbers, first in z1")
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["chek", "net-s"], "'chek' is no command: did you mean 'backprop-explorer check'?"),
        (["foo", "bar"], "'foo' is no command: use one of window, shelf, trace, check, train, tour, or one FILE alone"),
    ],
)
def test_a_misspelled_command_is_told_so(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err == f"backprop-explorer: {told}\n"
