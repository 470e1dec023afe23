"""Every bad problem file is refused in one sentence that names the key, what was found and what was expected."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.errors import ExplorerError
from explorer.engine.initialisers import INITIALISERS
from explorer.engine.losses import LOSSES
from explorer.problems import load_problem, problem_from

GOOD: dict[str, Any] = {
    "format": "backprop-explorer/problem",
    "version": 1,
    "network": {
        "layers": [
            {"units": 3, "activation": "sigmoid", "weights": [[1, 2, 3], [4, 5, 6]], "bias": [0, 0, 0]},
            {"units": 2, "activation": "identity", "weights": [[1, 2], [3, 4], [5, 6]], "bias": [0, 0]},
        ],
        "loss": "softmax_cross_entropy",
    },
    "data": {"inputs": [[1.0, -1.0], [0.5, 2.0]], "targets": [1, 0]},
}

REMOVED = object()


def changed(path: str, value: object) -> dict[str, Any]:
    """A good problem with the value at that path set, or its key removed."""
    data = deepcopy(GOOD)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    place: Any = data
    for part in parents:
        place = place.setdefault(part, {}) if isinstance(place, dict) else place[part]
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return data


BAD = [
    # path, value, words that the sentence must hold
    ("format", "backprop-explorer/tape", ["format is 'backprop-explorer/tape'", "backprop-explorer/problem"]),
    ("format", REMOVED, ["format is missing", "backprop-explorer/problem"]),
    ("version", 2, ["version is 2", "up to version 1"]),
    ("version", "1", ["version is '1'", "whole number"]),
    ("titel", "x", ["unknown key 'titel'", "did you mean title?"]),
    ("title", 3, ["title is 3", "a text"]),
    ("title", "\ud800", ["title", "UTF-8"]),
    ("description", None, ["description is null", "a text"]),
    ("network", REMOVED, ["network is missing"]),
    ("network", [], ["network is a list", "an object with the keys layers, loss, beta"]),
    ("network/layer", 1, ["unknown key 'layer' in network", "did you mean layers?"]),
    ("network/layers", [], ["network.layers is empty", "one layer or more"]),
    ("network/layers", {}, ["network.layers is an object", "a list"]),
    ("network/layers/0", 5, ["network.layers[0] is 5", "an object"]),
    ("network/layers/1/weight", [], ["unknown key 'weight' in network.layers[1]", "did you mean weights?"]),
    ("network/layers/0/units", 0, ["network.layers[0].units is 0", "1 or more"]),
    ("network/layers/0/units", True, ["network.layers[0].units is true", "a whole number"]),
    ("network/layers/0/units", 3.0, ["network.layers[0].units is 3.0", "a whole number"]),
    ("network/layers/0/units", 10**40, ["network.layers[0].units", "more than 38 digits"]),
    ("network/layers/0/units", 10**9, ["network.layers[0].units is 1000000000", "at most 20,000,000"]),
    ("network/layers/0/units", REMOVED, ["network.layers[0].units is missing"]),
    ("network/layers/0/activation", "sigmod", ["network.layers[0].activation", "did you mean sigmoid?"]),
    ("network/layers/0/activation", "swish", ["network.layers[0].activation", ", ".join(ACTIVATIONS)]),
    ("network/layers/0/weights", None, ["network.layers[0].weights is null", "2 rows, one for each input"]),
    ("network/layers/0/weights", [[1, 2, 3]], ["network.layers[0].weights has 1 row:", "expected 2"]),
    ("network/layers/1/weights", [[1, 2]] * 4, ["network.layers[1].weights has 4 rows", "layer below"]),
    ("network/layers/0/weights", [[1, 2], [3, 4]], ["network.layers[0].weights[0] has 2 numbers", "each unit"]),
    ("network/layers/0/weights/1", [1, 2], ["network.layers[0].weights[1] has 2 numbers: expected 3"]),
    ("network/layers/0/weights/1/2", "6", ["network.layers[0].weights[1][2] is '6'", "finite number"]),
    ("network/layers/0/weights/1/2", True, ["network.layers[0].weights[1][2] is true", "finite number"]),
    ("network/layers/0/weights/1/2", float("nan"), ["network.layers[0].weights[1][2] is NaN"]),
    ("network/layers/0/weights/1/2", 10**400, ["network.layers[0].weights[1][2]", "finite number"]),
    ("network/layers/0/bias", [0, 0], ["network.layers[0].bias has 2 numbers: expected 3"]),
    ("network/layers/1/bias/0", float("-inf"), ["network.layers[1].bias[0] is infinite", "finite number"]),
    ("network/loss", "hinge", ["network.loss is 'hinge'", ", ".join(LOSSES)]),
    ("network/loss", REMOVED, ["network.loss is missing", ", ".join(LOSSES)]),
    ("network/beta", float("inf"), ["network.beta is infinite", "finite number"]),
    (
        "network",
        {**GOOD["network"], "loss": "sigmoid_cross_entropy", "beta": 2},
        ["network.beta is 2.0 with sigmoid_cross_entropy", "expected 1"],
    ),
    ("network/beta", False, ["network.beta is false", "finite number"]),
    ("init/scheme", "xavier", ["init.scheme is 'xavier'", ", ".join(INITIALISERS)]),
    ("init/seed", -1, ["init.seed is -1", "0 or more"]),
    ("init/scale", -0.5, ["init.scale is -0.5", "0 or more"]),
    ("init/low", 1, ["init.low is 1", "init.high, which is 0.1"]),
    ("init", {"low": -1e308, "high": 1e308}, ["init.high is 1e+308", "finite distance"]),
    ("data", REMOVED, ["data is missing"]),
    ("data/inputs", [], ["data.inputs is empty"]),
    ("data/inputs", [[]], ["data.inputs[0] is empty"]),
    ("data/inputs", [1, 2], ["data.inputs[0] is 1", "row of numbers"]),
    ("data/inputs/1", [1], ["data.inputs[1] has 1 number: expected 2"]),
    ("data/inputs/1/0", None, ["data.inputs[1][0] is null", "finite number"]),
    ("data/targets", [1], ["data.targets holds 1 target: expected 2", "data.inputs"]),
    ("data/targets/1", 2, ["data.targets[1] is 2", "a class from 0 to 1"]),
    ("data/targets/1", -1, ["data.targets[1] is -1", "a class from 0 to 1"]),
    ("data/targets/0", 1.0, ["data.targets[0] is 1.0", "a class from 0 to 1"]),
    ("data/targets/0", True, ["data.targets[0] is true", "a class from 0 to 1"]),
    ("data/targets", [[1, 0], [1]], ["data.targets[1] has 1 number: expected 2", "output"]),
    ("data/targets", [[1, 0], 1], ["data.targets[1] is 1", "a list of 2 numbers"]),
    ("objective/reduction", "average", ["objective.reduction is 'average'", "mean, sum"]),
    ("objective/l2", -1, ["objective.l2 is -1", "0 or more"]),
    ("objective/l2_form", "third", ["objective.l2_form is 'third'", "half, full"]),
    ("update/optimizer", "adams", ["update.optimizer is 'adams'", "one of sgd, momentum", "did you mean adam?"]),
    ("update/momentum", 0.9, ["update.momentum means nothing to sgd", "use one of momentum, nesterov"]),
    ("update", {"optimizer": "adam", "beta1": 1}, ["update.beta1 is 1", "a number from 0 to below 1"]),
    ("update", {"optimizer": "adam", "rho": 0.9}, ["update.rho means nothing to adam", "use one of rmsprop"]),
    ("update/schedule", {"kind": "linear"}, ["update.schedule.kind is 'linear'", "one of constant, step, cosine"]),
    ("update/schedule", {"steps": 0}, ["update.schedule.steps is 0", "a whole number, 1 or more"]),
    ("update/schedule", {"kind": "constant", "steps": 3}, ["update.schedule.steps means nothing to a constant rate"]),
    ("update/schedule", {"factor": 0.5}, ["update.schedule.factor means nothing to a constant rate: use kind step"]),
    ("update/schedule", {"factor": 2}, ["update.schedule.factor is 2", "a number from 0 to 1"]),
    ("update/schedule", {"warmup": -1}, ["update.schedule.warmup is -1", "a whole number, 0 or more"]),
    ("update/learning_rate", 0, ["update.learning_rate is 0", "greater than 0"]),
    ("update/train_biases", 1, ["update.train_biases is 1", "true or false"]),
    ("mistakes", ["sequential"], ["mistakes[0] is 'sequential'", "did you mean sequential_update?"]),
    ("mistakes", "none", ["mistakes is 'none'", "a list"]),
    ("notation", "rows", ["notation is 'rows'", "did you mean row?"]),
]


def sentence(action: Callable[[], object]) -> str:
    with pytest.raises(ExplorerError) as caught:
        action()
    text = str(caught.value)
    assert len(text.splitlines()) == 1
    assert text.isprintable()
    return text


@pytest.mark.parametrize(("path", "value", "words"), BAD, ids=[f"{path}={v!r:.20}" for path, v, _ in BAD])
def test_a_bad_value_is_named_by_its_path(path: str, value: object, words: list[str]) -> None:
    text = sentence(lambda: problem_from(changed(path, value)))
    assert all(word in text for word in words), text


def test_the_good_problem_is_accepted() -> None:
    assert problem_from(deepcopy(GOOD)).network.sizes == (2, 3, 2)


def test_drawn_weights_must_be_finite() -> None:
    data = changed("init", {"scheme": "normal", "seed": 1, "scale": 1.7e308})
    del data["network"]["layers"][0]["weights"]
    assert "init.scale is 1.7e+308" in sentence(lambda: problem_from(data))


FILES = [
    (b"", ["line 1, column 1 is not JSON"]),
    (b'{"format": 1,\n "version" 2}', ["line 2, column 12 is not JSON", "':' delimiter"]),
    (b"\xff\xfe{\x00}\x00", ["byte 0 is not UTF-8: expected the JSON text of a problem file"]),
    (b"[" * 100_000, ["nested too deeply"]),
    (b"[1, 2]", ["the problem is a list", "an object with the keys format, version"]),
    (b'{"version": 1' + b"0" * 5000 + b"}", ["thousands of digits"]),
    (b'{"version": 1, "version": 1}', ["key 'version' stands twice"]),
    (json.dumps(GOOD).replace("0.5", "1e999").encode(), ["data.inputs[1][0] is infinite or too large"]),
    (json.dumps(GOOD).replace("0.5", "NaN").encode(), ["data.inputs[1][0] is NaN"]),
]


@pytest.mark.parametrize(("contents", "words"), FILES, ids=[str(words[0]) for _, words in FILES])
def test_a_bad_file_is_named(tmp_path: Path, contents: bytes, words: list[str]) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(contents)
    text = sentence(lambda: load_problem(path))
    assert text.startswith(f"{path}: ")
    assert all(word in text for word in words), text


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    assert "is a folder" in sentence(lambda: load_problem(tmp_path))
    missing = sentence(lambda: load_problem(str(tmp_path / "net.json")))
    assert "neither a file nor on the shelf, which holds net-s, mazur" in missing
    assert "did you mean mazur?" in sentence(lambda: load_problem("mazurr"))
    assert "the name is empty: give a file, or one of net-s" in sentence(lambda: load_problem(""))
    assert "cannot be read" in sentence(lambda: load_problem("a" * 5000))
    assert "cannot be read" in sentence(lambda: load_problem("a\0b"))


def test_a_file_name_of_two_lines_stays_one_line(tmp_path: Path) -> None:
    assert r"two\nlines.json" in sentence(lambda: load_problem(tmp_path / "two\nlines.json"))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.problems.reading.MOST_BYTES", 2**20)
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (2**20 + 1))
    assert "is larger than 1 MB" in sentence(lambda: load_problem(path))
