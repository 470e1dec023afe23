"""Opening: every kind of name leads to its subject, and weights find the data that they were trained on."""

from pathlib import Path

import numpy as np
import pytest

from explorer.engine import ExplorerError, Network
from explorer.files import WeightsInfo, save_problem, write_weights
from explorer.problems import load_problem
from explorer.session import Session
from explorer.session.opening import open_data, open_key, open_named
from explorer.session.saving import weights_info


def test_a_name_of_both_is_the_shelf_s_and_a_key_tells_them_apart() -> None:
    assert open_named("xor")[0].kind == "problem"
    assert open_key("problem:xor")[0].problem.samples == 4
    assert open_key("data:xor")[0].kind == "data"
    assert open_named("digits")[0].kind == "data"


def test_every_key_opens_its_subject_again(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    save_problem(load_problem("mazur"), path)
    for subject in (open_named(str(path))[0], open_data("spiral")[0], open_named("net-s")[0]):
        assert open_key(subject.key)[0].title == subject.title


def test_weights_of_a_data_set_open_on_its_split(tmp_path: Path) -> None:
    subject, settings = open_data("moons")
    state = Session(subject, settings).state
    path = write_weights(tmp_path / "moons.npz", state.network, weights_info(state))
    again, _ = open_named(str(path))
    np.testing.assert_array_equal(again.test_X, subject.test_X)
    np.testing.assert_array_equal(again.problem.network.theta, state.network.theta)


def test_weights_of_a_problem_open_on_its_data(tmp_path: Path) -> None:
    subject, settings = open_named("xor")
    state = Session(subject, settings).state
    path = write_weights(tmp_path / "xor.safetensors", state.network, weights_info(state))
    again, _ = open_named(str(path))
    np.testing.assert_array_equal(again.problem.X, subject.problem.X)


def test_foreign_weights_open_on_a_sample_of_zeros(tmp_path: Path) -> None:
    path = write_weights(tmp_path / "w.npz", Network.random((5, 4, 3), seed=1), WeightsInfo(data="unheard of"))
    subject, settings = open_named(str(path))
    np.testing.assert_array_equal(subject.problem.X, np.zeros((1, 5)))
    assert settings.hidden == (4,)


def test_a_data_set_s_name_misspelt_is_guessed() -> None:
    with pytest.raises(ExplorerError, match=r"did you mean digits\?"):
        open_named("digit")


def test_nothing_of_that_name_is_one_sentence() -> None:
    with pytest.raises(ExplorerError, match="no-such-thing") as refusal:
        open_named("no-such-thing")
    assert "\n" not in str(refusal.value)
