"""The command line through its public face: what it prints, its exit codes, and one line for every refusal."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import explorer
from explorer import commands, train_options
from explorer.cli import COMMANDS, main
from explorer.data import DATASETS
from explorer.engine import Network, Objective, Problem, Trainer, Update
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.initialisers import INITIALISERS
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import SCHEDULES
from explorer.engine.trainer import StepResult
from explorer.engine.update import HYPERPARAMETERS
from explorer.files import WeightsInfo, read_weights, save_problem, write_weights
from explorer.problems import load_problem
from explorer.session.evaluator import SampleSet
from explorer.session.opening import open_data
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
    measured = {"train_loss", "train_accuracy", "test_loss", "test_accuracy"}
    assert set(summary) == {*measured, "steps", "seconds", "epochs", "kept_epoch", "stopped_early"}
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
        (["train", "--data", "xor", "--epochs", "1", "--weights", "w.pickle"], "use .npz or .safetensors"),
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


@pytest.mark.parametrize("option", ["--weights", "--history"])
def test_what_cannot_be_written_is_refused_before_the_training(
    option: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def never(*_arguments: object, **_keywords: object) -> None:
        pytest.fail("it trained")

    monkeypatch.setattr(Trainer, "run", never)
    path = tmp_path / "folder.npz"
    path.mkdir()
    assert "is a folder" in refusal(capsys, "train", "--data", "xor", option, str(path), "--json")


@pytest.mark.parametrize("command", ["trace", "check"])
def test_a_weights_file_is_named_as_such(command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write_weights(tmp_path / "w.npz", Network.random((2, 2), seed=0), WeightsInfo())
    assert f"'backprop-explorer {path}' opens it" in refusal(capsys, command, str(path))


def stop_in_epoch(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Ctrl-C come after the third update of that epoch."""
    run, epochs = Trainer.run, 0

    def running(trainer: Trainer, steps: int) -> StepResult:
        nonlocal epochs
        epochs += 1
        result = run(trainer, 3 if epochs == number else steps)
        if epochs == number:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(Trainer, "run", running)


def test_ctrl_c_writes_the_weights_as_they_stand(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stop_in_epoch(2, monkeypatch)
    path, history = tmp_path / "w.npz", tmp_path / "h.csv"
    options = ["--batch-size", "50", "--weights", str(path), "--history", str(history), "--json"]
    assert main(["train", "--data", "moons", *options]) == 130
    printed = capsys.readouterr()
    assert json.loads(printed.out)["steps"] == 6
    assert printed.err == f"backprop-explorer: stopped after 6 steps; {path} holds the weights as they stand\n"
    assert read_weights(path)[1].steps == 6
    assert [row["step"] for row in csv.DictReader(history.read_text(encoding="utf-8").splitlines())] == ["0", "3", "6"]


def test_ctrl_c_without_anything_to_write_is_one_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_in_epoch(1, monkeypatch)
    assert main(["train", "--data", "moons", "--json"]) == 130
    assert capsys.readouterr() == ("", "backprop-explorer: stopped\n")


def test_many_updates_show_a_bar_and_can_be_stopped(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "BAR_AFTER", 0)
    assert main(["trace", "net-s", "--after", "3"]) == 0
    assert "3/3" in capsys.readouterr().err

    def stopped(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "updated", stopped)
    assert main(["trace", "net-s", "--after", "1000000000"]) == 130
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith("\nbackprop-explorer: stopped\n")


def test_few_updates_show_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "net-s", "--after", "3"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("words", ["--help", "trace net-s", "shelf"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_standard_output_is_one_line(words: str) -> None:
    done = run_with_output("/dev/full", words)
    assert done.returncode == 2
    assert done.stderr.startswith("backprop-explorer: standard output cannot be written (No space left on device)")
    assert done.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run_with_output(writing, "trace homework-10-5-10 --format json")
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def run_with_output(place: str | int, words: str) -> subprocess.CompletedProcess[str]:
    """Run the program with that standard output."""
    buffered = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    with open(place, "w", closefd=isinstance(place, str)) as out:
        command = [sys.executable, "-m", "explorer", *words.split()]
        return subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, text=True, check=False, timeout=60, env=buffered
        )


def test_an_encoding_that_lacks_a_letter_gets_its_escape() -> None:
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "explorer", "trace", "mazur"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60, env=ascii_only)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u" in done.stdout


def test_help_names_all_that_may_be_chosen_and_what_is_usual(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    for written, known in (
        (train_options.DATA_NAMES, DATASETS),
        (train_options.ACTIVATION_NAMES, ACTIVATIONS),
        (train_options.OPTIMIZER_NAMES, OPTIMIZERS),
        (train_options.SCHEDULE_NAMES, SCHEDULES),
        (train_options.INIT_NAMES, INITIALISERS),
        (tuple(train_options.HYPERPARAMETERS), HYPERPARAMETERS),
    ):
        assert sorted(written) == sorted(known)
        assert all(name.replace("_", "-") in text.replace("_", "-") for name in known)
    for rule in OPTIMIZERS.values():
        assert rule is OPTIMIZERS["sgd"] or f": {rule.usual_rate}" in text
    for name in HYPERPARAMETERS:
        assert float(train_options.HYPERPARAMETERS[name][1].rsplit("(")[-1].rstrip(")")) == getattr(Update(), name)


def test_training_ends_by_itself_and_keeps_the_best_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights, history = tmp_path / "w.npz", tmp_path / "h.csv"
    rule = ["--optimizer", "adam", "--learning-rate", "0.05", "--schedule", "step", "--warmup", "10", "--l2", "1e-4"]
    end = ["--epochs", "500", "--patience", "4", "--weights", str(weights), "--history", str(history)]
    assert main(["train", "--data", "moons", *rule, *end, "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    rows = list(csv.DictReader(history.read_text(encoding="utf-8").splitlines()))[1:]
    losses = [float(row["test_loss"]) for row in rows]
    best = int(np.argmin(losses))
    assert summary["stopped_early"]
    assert (summary["epochs"], summary["kept_epoch"]) == (len(rows), best + 1) == (best + 5, best + 1)
    assert summary["test_loss"] == losses[best]
    network, info = read_weights(weights)
    assert info.steps == int(rows[best]["step"])
    assert info.update["optimizer"] == "adam"
    assert info.update["schedule"] == {"kind": "step", "steps": 1667, "factor": 0.1, "warmup": 10}
    subject, _ = open_data("moons")
    measured = SampleSet(subject.test_X, subject.test_Y, 0, network.dtype).measure(network)[0]
    penalty = Objective(l2=1e-4).penalty(network)
    assert measured + penalty == pytest.approx(losses[best], rel=1e-12)
    assert main(["train", "--data", "moons", *rule, *end]) == 0
    text = capsys.readouterr().out
    assert f"ended after epoch {len(rows)} (no better test loss for 4 epochs)" in text
    assert f"those of epoch {best + 1}\n" in text


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_every_optimizer_learns_the_moons_at_its_usual_rate(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--data", "moons", "--optimizer", name, "--epochs", "150", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["test_accuracy"] >= 0.9


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
