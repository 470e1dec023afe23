"""What a problem file may leave out, where it may come from, and what then holds."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.engine import Network, Objective, Update
from explorer.engine.initialisers import INITIALISERS, Init
from explorer.problems import ShelfEntry, load_problem, problem_from, shelf
from explorer.problems.shelf import shelf_path

LEAST: dict[str, Any] = {
    "format": "backprop-explorer/problem",
    "version": 1,
    "network": {
        "layers": [{"units": 4, "activation": "tanh"}, {"units": 3, "activation": "identity"}],
        "loss": "softmax_cross_entropy",
    },
    "data": {"inputs": [[1, -1]], "targets": [2]},
}


def test_what_is_left_out_has_the_usual_value() -> None:
    problem = problem_from(LEAST)
    assert (problem.objective, problem.update, problem.init) == (Objective(), Update(), Init())
    assert (problem.network.beta, problem.notation, problem.drawn) == (1.0, "row", True)
    assert problem.Y.tolist() == [[0, 0, 1]]
    assert problem.labels is not None
    assert problem.labels.tolist() == [2]


@pytest.mark.parametrize("scheme", INITIALISERS)
def test_missing_weights_are_those_of_the_network_s_own_draw(scheme: str) -> None:
    keys = {"scheme": scheme, "seed": 5, "scale": 2, "low": -3, "high": 7}
    network = Network((2, 4, 3), ("tanh", "identity"))
    network.draw(Init(scheme, 5, 2, -3, 7))
    assert (problem_from({**LEAST, "init": keys}).network.theta == network.theta).all()


def test_given_layers_stay_and_the_others_are_drawn_in_order() -> None:
    data = deepcopy(LEAST)
    data["network"]["layers"][0]["weights"] = np.ones((2, 4))
    data["network"]["layers"][1]["bias"] = (1, 2, np.float32(3))
    problem = problem_from(data)
    first, second = problem.network.layers
    drawn = INITIALISERS["xavier_uniform"](np.random.default_rng(0), 4, 3, Init())
    assert (first.weights == 1).all()
    assert (first.bias == 0).all()
    assert (second.weights == drawn).all()
    assert second.bias.tolist() == [1, 2, 3]
    assert problem.drawn


def test_targets_may_be_rows() -> None:
    data = {**LEAST, "data": {"inputs": [[1, -1]], "targets": [[0.5, 0.25, -3]]}}
    problem = problem_from(data)
    assert problem.labels is None
    assert problem.Y.tolist() == [[0.5, 0.25, -3]]


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mark.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(LEAST).encode())
    assert load_problem(path).network.sizes == (2, 4, 3)


def test_a_file_wins_over_the_shelf_and_a_folder_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "xor").mkdir()
    (tmp_path / "mazur").write_text(json.dumps({**LEAST, "title": "mine"}), encoding="utf-8")
    assert load_problem("mazur").title == "mine"
    assert load_problem("xor").title.startswith("XOR")


def test_the_shelf_holds_what_is_promised() -> None:
    names = [entry.name for entry in shelf()]
    assert names[:3] == ["net-s", "mazur", "mazur-sequential"]
    assert {"trace-003", "xor", "homework-10-5-10", "softmax-edge", "batch-cross-entropy"} < set(names)


@pytest.mark.parametrize("entry", shelf(), ids=[entry.name for entry in shelf()])
def test_titles_fit_a_toolbar_and_descriptions_a_line(entry: ShelfEntry) -> None:
    assert 0 < len(entry.title) <= 40
    assert 0 < len(entry.description) <= 140
    data = json.loads(shelf_path(entry.name).read_text(encoding="utf-8"))
    assert data["source"]
    assert data["description"].startswith(entry.description)
