"""The command ``train``: what it learns and writes, how it ends by itself, by Ctrl-C, or does not begin."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from explorer import train_options
from explorer.cli import main
from explorer.data import DATASETS
from explorer.engine import Objective, Trainer, Update
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.initialisers import INITIALISERS
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import SCHEDULES
from explorer.engine.trainer import StepResult
from explorer.engine.update import HYPERPARAMETERS
from explorer.files import read_weights
from explorer.session.evaluator import SampleSet
from explorer.session.opening import open_data
from tests.refusing import refusal


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
