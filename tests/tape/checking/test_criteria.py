"""The criteria of the courses: each by its formula, told apart where they differ, honest where rounding fails it."""

import json

import numpy as np
import pytest
from msgspec.structs import replace

from explorer import check_gradients, record
from explorer.cli import main
from explorer.engine import ExplorerError, Network, Objective, Problem
from explorer.parsing import CRITERIA as OFFERED
from explorer.tape.checking.criteria import CRITERIA, chosen
from explorer.tape.checking.gradcheck import check_entry
from explorer.tape.checking.gradtext import table
from tests.tape.checking.falsified import small, with_value

NUMERIC, ANALYTIC = np.array([3.0, -0.2, 0.0, 1e-9]), np.array([2.0, -0.1, 0.0, 3e-9])


def test_the_command_line_offers_the_table() -> None:
    assert tuple(CRITERIA) == OFFERED


def test_steps_and_thresholds_are_the_courses() -> None:
    course = {name: (c.h, c.tolerance, c.below, c.by_norm) for name, c in CRITERIA.items() if name != "explorer"}
    assert course == {
        "cs224d": (1e-4, 1e-5, False, False),
        "cs231n": (1e-5, 1e-8, True, False),
        "deeplearning.ai": (1e-7, 2e-7, False, True),
    }


WANTED = {
    "explorer": [1 / 5, 0.1 / 0.3, 0.0, 0.5],
    "cs224d": [1 / 3, 0.1, 0.0, 2e-9],
    "cs231n": [1 / 5, 0.1 / 0.3, 0.0, 2e-9 / 1e-8],
}


@pytest.mark.parametrize("name", WANTED)
def test_errors_of_entries_by_hand(name: str) -> None:
    assert CRITERIA[name].errors(NUMERIC, ANALYTIC) == pytest.approx(WANTED[name], rel=1e-12)
    assert CRITERIA[name].together(np.array([0.1, 0.4, 0.3])) == 0.4


def test_the_norm_ratio_by_hand() -> None:
    criterion = CRITERIA["deeplearning.ai"]
    norm = np.linalg.norm
    wanted = norm(NUMERIC - ANALYTIC) / (norm(NUMERIC) + norm(ANALYTIC))
    assert criterion.together(criterion.errors(NUMERIC, ANALYTIC)) == pytest.approx(wanted, rel=1e-14)
    assert criterion.together(criterion.errors(np.zeros(2), np.zeros(2))) == 0.0


def test_a_number_that_is_none_has_an_infinite_error() -> None:
    for criterion in CRITERIA.values():
        assert not criterion.passes(criterion.together(criterion.errors(np.ones(1), np.array([np.nan]))))


def test_only_cs231n_fails_at_its_own_threshold() -> None:
    assert [name for name, c in CRITERIA.items() if not c.passes(c.tolerance)] == ["cs231n"]


@pytest.mark.parametrize("name", CRITERIA)
def test_every_criterion_passes_the_right_gradient_and_fails_a_wrong_one(name: str) -> None:
    report = check_gradients(small(), criterion=name)
    assert report.passed, table(report)
    assert (report.criterion.name, report.h, report.tolerance) == (name, CRITERIA[name].h, CRITERIA[name].tolerance)
    wrong = with_value(record(small()), "dJ/dW1", lambda g: 1.1 * g)
    assert [b.name for b in check_gradients(small(), criterion=name, tape=wrong).blocks if not b.passed] == ["dJ/dW1"]


def test_courses_differ_on_a_small_error() -> None:
    """An error of 3e-7 of each entry: below 1e-5, above 1e-8, above 2e-7 / 2 of the norms only if doubled."""
    tape = with_value(record(small()), "dJ/dW1", lambda g: g * (1 + 6e-7))
    verdicts = {name: check_gradients(small(), criterion=name, tape=tape)["dJ/dW1"].passed for name in CRITERIA}
    assert verdicts == {"explorer": True, "cs224d": True, "cs231n": False, "deeplearning.ai": False}


def vanishing() -> Problem:
    """A network whose first gradients are some 1e-9."""
    network = Network.random((2, 3, 2), "sigmoid", seed=2)
    network.layers[1].weights[:] *= 1e-7
    X = np.random.default_rng(1).normal(size=(3, 2))
    return Problem(network, X, np.eye(2)[[0, 1, 1]], objective=Objective("mean"))


def test_a_right_gradient_that_rounding_fails_is_failed_and_said_to_be_right() -> None:
    report = check_gradients(vanishing(), criterion="cs231n")
    assert not report.passed
    assert {block.verdict for block in report.blocks if not block.passed} == {"failed by rounding"}
    assert report.first_wrong is None
    assert "yet nothing is wrong: rounding alone makes such differences" in report.sentence
    assert check_gradients(vanishing(), criterion="cs231n", method="complex").passed


def test_one_vector_of_all_parameters_passes_where_one_part_drowns_in_rounding() -> None:
    report = check_gradients(vanishing(), criterion="deeplearning.ai")
    assert report["dJ/dW1"].verdict == "failed by rounding"
    assert report.norm_ratio <= 2e-7
    assert report.passed
    assert report.sentence.startswith("All parameters as one vector agree")


def test_a_wrong_small_part_does_not_hide_in_the_vector() -> None:
    tape = with_value(record(vanishing()), "dJ/dW1", lambda g: 2 * g)
    report = check_gradients(vanishing(), criterion="deeplearning.ai", tape=tape)
    assert report.norm_ratio <= 2e-7
    assert not report.passed
    assert report.named("FAILED") == "dJ/dW1"


def test_a_step_too_coarse_for_the_inputs_is_said_to_be() -> None:
    problem = small("tanh")
    report = check_gradients(replace(problem, X=300 * problem.X / abs(problem.X).max()), criterion="cs224d")
    assert {block.verdict for block in report.blocks} <= {"passed", "failed by step", "unproven"}
    assert check_gradients(problem.only(0), 0.3, criterion="cs224d").named("failed by step")


def test_own_h_and_tolerance_override_the_criterion() -> None:
    report = check_gradients(small(), 1e-3, criterion="cs224d", tolerance=1e-12)
    assert (report.h, report.tolerance) == (1e-3, 1e-12)
    assert not report.passed


@pytest.mark.parametrize(
    ("name", "method", "words"),
    [
        ("cs229", "central", "criterion 'cs229' is unknown: use one of explorer, cs224d, cs231n, deeplearning.ai"),
        ("explorer", "forward", "method 'forward' is unknown: use one of central, complex"),
    ],
)
def test_unknown_names_are_refused(name: str, method: str, words: str) -> None:
    with pytest.raises(ExplorerError, match=words):
        check_gradients(small(), criterion=name, method=method)
    with pytest.raises(ExplorerError, match=words):
        check_entry(small(), "dJ/dW1", (0, 0), criterion=name, method=method)


def test_complex_steps_bring_their_own_h_and_tolerance() -> None:
    assert (chosen("explorer", "complex").h, chosen("explorer", "complex").tolerance) == (1e-20, 1e-10)
    assert (chosen("cs231n", "complex").h, chosen("cs231n", "complex").tolerance) == (1e-20, 1e-8)


@pytest.mark.parametrize("name", OFFERED)
@pytest.mark.parametrize("method", ["central", "complex"])
def test_the_command_takes_criterion_and_method(name: str, method: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "net-s", "--criterion", name, "--method", method, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["criterion"], data["method"], data["passed"], data["first_wrong"]) == (name, method, True, None)
    assert [block["verdict"] for block in data["blocks"]] == ["passed"] * 5
    assert all(block["ratio"] == pytest.approx(1, rel=1e-6) for block in data["blocks"])
