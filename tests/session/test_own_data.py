"""One's own data in the session: standardised by what is trained on, exported so that plain NumPy predicts the same."""

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.cli import main
from explorer.data import Choices, DataSet, finished, load_dataset, split
from explorer.engine.metrics import kind_of
from explorer.files import write_weights
from explorer.files.datasets import read_samples
from explorer.session import Session, Settings, Subject
from explorer.session.opening import lacking, open_data, open_key, open_named, open_samples, opened
from explorer.session.saving import weights_info
from explorer.session.splitting import rows_of
from explorer.session.story import story

Array = NDArray[np.float64]
BY_HAND: dict[str, Callable[[Array], Array]] = {"tanh": np.tanh, "identity": lambda z: z}


def written(path: Path, *, classes: bool) -> Path:
    """Write a table of columns of very different sizes, one of them constant, and return its path."""
    rng = np.random.default_rng(5)
    X = rng.normal([5, 2000, 0.01], [1, 300, 0.002], (240, 3))
    y = (X[:, 0] - 5) + (X[:, 1] - 2000) / 300
    target = (
        [("high", "low")[int(value < 0)] for value in y] if classes else [f"{9e4 + 4e4 * value:.2f}" for value in y]
    )
    lines = [f"{a!r};{b!r};7;{c!r};{t}" for (a, b, c), t in zip(X.tolist(), target, strict=True)]
    path.write_text("\n".join(["a;b;still;c;answer", *lines]), "utf-8")
    return path


def metadata(weights: Path) -> dict[str, Any]:
    """Return what a weights file tells, as a stranger reads it."""
    with np.load(weights, allow_pickle=False) as stored:
        values: dict[str, Any] = json.loads(str(stored["metadata"]))
    return values


def outputs(weights: Path, raw: Array) -> Array:
    """Return the outputs for raw inputs, in plain NumPy, for hidden layers of tanh."""
    told, layers = metadata(weights), np.load(weights, allow_pickle=False)
    h = raw
    if told["inputs"]:
        h = (raw - np.array(told["inputs"]["shift"])) / np.array(told["inputs"]["scale"])
    for number, activation in enumerate(told["activations"], start=1):
        z = h @ layers[f"W{number}"] + layers[f"b{number}"]
        h = BY_HAND[activation](z)
    result: Array = h
    return result


def trained(name: str, weights: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Train by the command line and return its summary."""
    assert main(["train", "--data", name, "--epochs", "20", "--weights", str(weights), "--json"]) == 0
    summary: dict[str, Any] = json.loads(capsys.readouterr().out)
    return summary


def accuracy(weights: Path, data: DataSet, raw: Array) -> float:
    """Return the share of raw inputs whose class plain NumPy predicts right."""
    names = metadata(weights)["classes"]
    chosen = outputs(weights, raw).argmax(axis=1)
    return float(np.mean([names[k] == data.classes[label] for k, label in zip(chosen, data.labels, strict=True)]))


def test_a_stranger_gets_the_same_accuracy_from_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, weights = written(tmp_path / "t.csv", classes=True), tmp_path / "w.npz"
    summary = trained(str(path), weights, capsys)
    parts = split(read_samples(path), seed=0)
    assert accuracy(weights, parts.test, parts.test.X) == summary["test_accuracy"]
    assert accuracy(weights, parts.train, parts.train.X) == summary["train_accuracy"] > 0.9
    told = metadata(weights)["inputs"]
    assert (told["columns"], told["constant"]) == (["a", "b", "still", "c"], ["still"])


@pytest.mark.parametrize(("name", "factor"), [("digits", 16), ("iris", 1), ("wine", 1), ("blobs", 1)])
def test_a_stranger_gets_the_same_accuracy_from_built_in_sets(
    name: str, factor: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = tmp_path / "w.npz"
    summary = trained(name, weights, capsys)
    parts = split(load_dataset(name), seed=0)
    assert accuracy(weights, parts.test, parts.test.X * factor) == summary["test_accuracy"]


def test_a_stranger_gets_the_same_loss_and_the_numbers_themselves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, weights = written(tmp_path / "t.csv", classes=False), tmp_path / "w.npz"
    summary = trained(str(path), weights, capsys)
    assert (summary["test_accuracy"], metadata(weights)["test_accuracy"]) == (None, None)
    parts, told = split(read_samples(path), seed=0), metadata(weights)["targets"]
    shift, scale = np.array(told["shift"]), np.array(told["scale"])
    p = outputs(weights, parts.test.X)
    loss = 0.5 * np.square(p - (parts.test.Y - shift) / scale).mean()
    assert loss == pytest.approx(summary["test_loss"], rel=1e-12)
    assert np.abs(p * scale + shift - parts.test.Y).mean() < 1e4 < parts.test.Y.std()


def test_the_held_out_samples_have_no_say_in_the_scaling(tmp_path: Path) -> None:
    data = read_samples(written(tmp_path / "t.csv", classes=True))
    parts = split(data, seed=3)
    subject = Subject.of_data(data, Settings(seed=3))
    raw = parts.train.X
    mean, deviation = raw.mean(axis=0), raw.std(axis=0)
    deviation[2] = 1
    np.testing.assert_allclose(subject.problem.X, (raw - mean) / deviation, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(subject.test_X, (parts.test.X - mean) / deviation, rtol=1e-9, atol=1e-9)
    assert abs(float(subject.test_X[:, 0].mean())) > 1e-6


def test_another_seed_fits_the_scaling_anew(tmp_path: Path) -> None:
    subject, settings = open_samples(written(tmp_path / "t.csv", classes=False))
    session = Session(subject, settings)
    session.configure(replace(settings, seed=9))
    again = session.state.subject
    assert again.inputs is not None
    assert subject.inputs is not None
    assert again.inputs.shift[0] != subject.inputs.shift[0]
    np.testing.assert_allclose(again.problem.X.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(again.problem.Y.mean(axis=0), 0, atol=1e-9)


def test_numbers_are_learnt_by_half_the_squared_error_and_have_no_accuracy() -> None:
    subject, settings = open_data("sine")
    assert (subject.problem.network.loss, subject.problem.labels) == ("half_squared_error", None)
    assert kind_of(subject.problem.Y) == "values"
    state = Session(subject, settings).state
    assert state.tape["J"].value.size == 1


def test_a_file_opens_by_its_name_and_its_key_opens_it_again(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", classes=True)
    subject, settings = open_named(str(path))
    assert (subject.kind, subject.title, subject.classes) == ("data", "t.csv", ("high", "low"))
    again, _ = open_key(subject.key)
    np.testing.assert_array_equal(again.problem.X, subject.problem.X)
    assert opened(read_samples(path, Choices(without=("b",))), settings)[0].problem.X.shape == (180, 3)


def test_weights_of_a_set_standardise_its_samples_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights = tmp_path / "w.npz"
    trained("wine", weights, capsys)
    subject, _ = open_named(str(weights))
    fresh, _ = open_data("wine")
    np.testing.assert_array_equal(subject.test_X, fresh.test_X)
    assert subject.inputs is not None
    assert fresh.inputs is not None
    assert subject.inputs.as_values() == fresh.inputs.as_values() == metadata(weights)["inputs"]


def test_weights_of_a_file_open_on_it_as_it_was_read(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", classes=True)
    choices = Choices(without=("b",), fitting="range", test_share=0.4)
    subject, _ = open_samples(path, choices)
    settings = Settings((5, 4), "relu", 0.03, 8, seed=0, optimizer="adam", epochs=7)
    state = Session(*opened(read_samples(path, choices), settings)).state
    weights = write_weights(tmp_path / "w.npz", state.network, weights_info(state))
    again, told = open_named(str(weights))
    assert told == settings
    np.testing.assert_array_equal(again.problem.X, subject.problem.X)
    np.testing.assert_array_equal(again.test_X, subject.test_X)
    assert (again.problem.X.shape, len(again.test_X)) == ((144, 3), 96)
    assert again.problem.update.optimizer == "adam"
    assert lacking(again) == ""


def test_weights_find_their_file_beside_them_and_keep_their_scaling_when_it_grew(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", classes=False)
    state = Session(*open_samples(path)).state
    weights = write_weights(tmp_path / "w.npz", state.network, weights_info(state))
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    moved = weights.rename(folder / "w.npz")
    (folder / "t.csv").write_text(path.read_text("utf-8") + "\n50;90000;7;3;1e6\n", "utf-8")
    path.unlink()
    again, _ = open_named(str(moved))
    assert again.inputs is not None
    assert again.inputs.as_values() == metadata(moved)["inputs"]
    raw = again.inputs.undone(again.problem.X)
    whole = split(read_samples(folder / "t.csv"), seed=0)
    np.testing.assert_allclose(raw, whole.train.X, rtol=1e-9)


def test_weights_whose_file_is_gone_say_so(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", classes=True)
    state = Session(*open_samples(path)).state
    weights = write_weights(tmp_path / "w.npz", state.network, weights_info(state))
    path.unlink()
    again, _ = open_named(str(weights))
    assert lacking(again) == "w.npz was trained on t.csv, which is not here: put it beside the weights, and open again"


def test_the_story_tells_source_scaling_and_what_is_held_out(tmp_path: Path) -> None:
    told = story(open_data("wine")[0])
    assert "Source: S. Aeberhard" in told
    assert "Inputs standardised" in told
    assert "134 samples to train on, 44 held out" in told
    assert "Inputs: pixels / 16" in story(open_data("digits")[0])
    assert "Targets standardised alike" in story(open_samples(written(tmp_path / "t.csv", classes=False))[0])


def test_samples_are_gathered_from_some_columns_of_a_table_without_a_copy_of_them_all() -> None:
    table = np.random.default_rng(0).normal(size=(200_000, 6))
    table.flags.writeable = False
    view, rows = table[:, 1:5], np.arange(0, 200_000, 100)
    tracemalloc.start()
    chosen = finished(rows_of(view, rows))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    np.testing.assert_array_equal(chosen, view[rows])
    assert peak < 4 * chosen.nbytes


def test_samples_of_a_subject_are_scaled_and_cannot_be_written(tmp_path: Path) -> None:
    data = read_samples(written(tmp_path / "t.csv", classes=False))
    subject = Subject.of_data(data, Settings((4,)))
    parts = split(data, data.test_share, 0)
    assert subject.inputs is not None
    assert subject.targets is not None
    for (X, Y), part in zip(subject.parts, parts.both, strict=True):
        assert not X.flags.writeable
        assert not Y.flags.writeable
        np.testing.assert_array_equal(X, subject.inputs.applied(part.X))
        np.testing.assert_array_equal(Y, subject.targets.applied(part.Y))
