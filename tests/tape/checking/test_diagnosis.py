"""What a failed check says: the ratio, the likely mistake, the first wrong step; and where a pass proves nothing."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer import check_gradients, record
from explorer.engine import ExplorerError, Network, Objective, Problem
from explorer.tape import Tape
from explorer.tape.checking.gradcheck import check_entry, wrong_shape
from explorer.tape.checking.gradtext import table, to_json
from tests.tape.checking.falsified import small, with_value

Array = NDArray[np.floating]


def twenty() -> Problem:
    problem = small("tanh", samples=20)
    return replace(problem, objective=Objective("mean"))


def test_a_missing_mean_reads_one_over_n() -> None:
    tape = with_value(record(twenty()), "dJ/dW1", lambda g: 20 * g)
    block = check_gradients(twenty(), tape=tape)["dJ/dW1"]
    assert block.ratio == pytest.approx(0.05, rel=1e-6)
    assert [entry.ratio for entry in block.entries] == pytest.approx([0.05] * 12, rel=1e-5)
    assert block.diagnosis == "every entry is 20 times too large: is 1/N missing?"


FACTORS: list[tuple[float, str]] = [
    (20, "every entry is 20 times too large: is 1/N missing?"),
    (1 / 20, "every entry is 20 times too small: is 1/N there twice?"),
    (2, "every entry is 2 times too large: is there a factor 2 too many?"),
    (0.5, "every entry is 2 times too small: is a factor 2 missing?"),
    (3, "every entry is 3 times too large"),
    (-1, "every entry has the wrong sign"),
    (-3, "every entry has the wrong sign and is 3 times too large"),
]


@pytest.mark.parametrize(("factor", "words"), FACTORS)
@pytest.mark.parametrize("name", ["dJ/dW1", "dJ/db2", "dJ/dx"])
def test_one_factor_in_every_entry_is_told_in_words(name: str, factor: float, words: str) -> None:
    report = check_gradients(twenty(), tape=with_value(record(twenty()), name, lambda g: factor * g))
    assert report[name].diagnosis == words
    assert f"{name}: {words}" in table(report).splitlines()


def test_with_two_samples_a_factor_two_has_two_explanations() -> None:
    problem = replace(small(samples=2), objective=Objective("mean"))
    report = check_gradients(problem, tape=with_value(record(problem), "dJ/db1", lambda g: 2 * g))
    assert report["dJ/db1"].diagnosis.endswith("is 1/N missing, or is there a factor 2 too many?")


def test_a_forgotten_beta_is_asked_for() -> None:
    network = Network.random((3, 4, 2), "tanh", seed=4)
    problem = Problem(replaced_beta(network, 2.5), small().X, small().Y)
    report = check_gradients(problem, tape=with_value(record(problem), "dJ/dz2", lambda g: g / 2.5))
    assert report.passed  # the parameters' gradients on this tape are the right ones
    everywhere = record(problem)
    for name in ("dJ/dW1", "dJ/dz2"):
        everywhere = with_value(everywhere, name, lambda g: g / 2.5)
    found = check_gradients(problem, tape=everywhere)
    assert found.first_wrong is not None
    assert (found.first_wrong.name, found.first_wrong.diagnosis) == (
        "dJ/dz2",
        "every entry is 2.5 times too small: is β missing?",
    )


def replaced_beta(network: Network, beta: float) -> Network:
    new = Network(network.sizes, network.activations, network.loss, beta)
    new.theta[:] = network.theta
    return new


PART = "every entry, but for the penalty's part, is 3 times too large: is 1/N missing?"
OTHERS: list[tuple[str, Callable[[Tape, Array], Array], str]] = [
    ("dJ/dW1", lambda _t, g: 0 * g, "every entry is 0"),
    ("dJ/dW1", lambda _t, g: g * np.inf, "not every entry is a finite number"),
    ("dJ/dW1", lambda t, g: g - 0.2 * t.given["W1"], "the penalty's part is missing"),
    ("dJ/dW1", lambda t, g: 3 * (g - 0.2 * t.given["W1"]) + 0.2 * t.given["W1"], PART),
    ("dJ/dW1", lambda _t, g: abs(g), "the sign of some entries is wrong"),
    ("dJ/dx", lambda _t, g: g.T, "its transpose is right"),
    ("dJ/db2", lambda t, _g: t["dJ/dz2"].value, "its rows are the samples' own: is their sum missing?"),
]


@pytest.mark.parametrize(("name", "change", "words"), OTHERS)
def test_other_mistakes_are_recognised(name: str, change: Callable[[Tape, Array], Array], words: str) -> None:
    tape = record(small())
    report = check_gradients(small(), tape=with_value(tape, name, lambda g: change(tape, g)))
    assert report.named("FAILED") == name
    assert report[name].diagnosis.startswith(words)


def test_what_no_rule_knows_has_no_diagnosis() -> None:
    tape = with_value(record(small()), "dJ/dW1", lambda g: g + 0.01 * np.arange(g.size).reshape(g.shape))
    report = check_gradients(small(), tape=tape)
    assert not report.passed
    assert report["dJ/dW1"].diagnosis == ""
    assert report.sentence.endswith("; first wrong: dJ/dW1.")


@pytest.mark.parametrize("shape", [(4, 3), (3, 3, 4), (3,), ()])
def test_a_wrong_shape_fails_its_block_and_nothing_else(shape: tuple[int, ...]) -> None:
    tape = with_value(record(small()), "dJ/dW1", lambda _g: np.ones(shape))
    report = check_gradients(small(), tape=tape)
    block = report["dJ/dW1"]
    assert (block.shape, block.expected, block.checked, block.verdict) == (shape, (3, 4), 0, "FAILED")
    assert report.named("FAILED") == "dJ/dW1"
    found: dict[str, Any] = json.loads(to_json(report))["blocks"][0]
    assert (found["shape"], found["expected_shape"], found["analytic"]) == (list(shape), [3, 4], "NaN")
    assert np.isnan(report.norm_ratio)
    if shape:
        assert f"dJ/dW1 has shape {shape}, W1 has (3, 4)" in report.sentence
        assert wrong_shape(tape, "dJ/dW1") == f"dJ/dW1 has shape {shape}, W1 has (3, 4)"
        with pytest.raises(ExplorerError, match="no entry can be compared"):
            check_entry(small(), "dJ/dW1", (0,) * len(shape), tape=tape)


def test_a_step_that_is_missing_fails() -> None:
    tape = record(small())
    tape = replace(tape, steps=tuple(step for step in tape.steps if step.id != "dJ/dx"))
    report = check_gradients(small(), tape=tape)
    assert report.named("FAILED") == "dJ/dx"
    assert "dJ/dx has no such step on the tape" in report.sentence


def dead(hidden: float = 0.0) -> Problem:
    """A network whose hidden layer does not reach the loss: the weights above it are all equal."""
    network = Network.random((3, 4, 2), "sigmoid", seed=1)
    network.layers[1].weights[:] = hidden
    return Problem(network, small().X, small().Y)


def test_gradients_that_are_zero_on_both_sides_are_unproven() -> None:
    report = check_gradients(dead())
    assert report.passed
    assert report.named("unproven") == "dJ/dW1, dJ/db1, dJ/dx"
    assert report.named("passed") == "dJ/dW2, dJ/db2"
    assert "unproven: dJ/dW1, dJ/db1, dJ/dx (every entry is 0 on both sides)" in report.sentence
    assert "dJ/dW1: every entry is 0 on both sides" in table(report)
    verdicts = [block["verdict"] for block in json.loads(to_json(report))["blocks"]]
    assert verdicts == ["unproven", "unproven", "passed", "passed", "unproven"]
    assert json.loads(to_json(report))["blocks"][0]["ratio"] is None


def test_where_rounding_hides_a_central_difference_a_complex_step_decides() -> None:
    problem = dead()
    problem.network.layers[1].weights[:] = 1e-11 * np.arange(8).reshape(4, 2) ** 2
    report = check_gradients(problem)
    assert report["dJ/dW1"].verdict == "passed"
    assert {entry.method for entry in report["dJ/dW1"].entries} == {"complex"}
    told = "dJ/dW1: 12 of 12 by complex steps, for rounding hides their central differences"
    assert told in table(report).splitlines()
    wrong = with_value(record(problem), "dJ/dW1", lambda g: 1.001 * g)
    report = check_gradients(problem, tape=wrong)
    assert report.named("FAILED") == "dJ/dW1"
    assert report["dJ/dW1"].error == pytest.approx(0.001 / 2.001, rel=1e-6)
    assert "as a complex step; first wrong: dJ/dW1, every entry is 1.001 times too large" in report.sentence


def symmetric() -> Problem:
    """A network of no hidden layer whose two samples pull its weight apart: the gradient is 0 but for rounding."""
    network = Network((1, 1), ("identity",), "half_squared_error")
    network.theta[:] = (0.0, 0.1)
    return Problem(network, np.array([[0.3], [0.1]]), np.array([[0.2], [-0.2]]))


def test_what_rounding_hides_from_complex_steps_too_is_unproven() -> None:
    for method in ("central", "complex"):
        report = check_gradients(symmetric(), method=method)
        assert report["dJ/dW1"].verdict == "unproven", table(report)
        assert report["dJ/dW1"].unproven == "every entry is smaller than what rounding makes"
        assert report["dJ/dW1"].hidden == json.loads(to_json(report))["blocks"][0]["hidden"] == 1
        assert json.loads(to_json(report))["blocks"][0]["relative_error"] is None


def test_at_kinks_alone_nothing_is_said_of_zeros() -> None:
    network = Network((2, 2, 2), ("relu", "identity"))
    network.layers[0].weights[:], network.layers[1].weights[:] = [[1, 2], [3, 4]], [[1.3, 0.9], [-0.7, -1.2]]
    report = check_gradients(Problem(network, np.array([[0.0, 0], [1, -1]]), np.eye(2)))
    lines = table(report).splitlines()
    assert "dJ/db1: every entry stands at a kink" in lines
    assert "dJ/dx: every entry away from the kinks is 0 on both sides" in lines
    assert next(line for line in lines if line.startswith("dJ/db1 ")).split()[-4:] == ["–", "–", "skipped", "kinks"]


def test_a_factor_with_a_penalty_is_not_said_of_the_whole() -> None:
    problem = replace(twenty(), objective=Objective("mean", 0.1), mistakes=("missing_mean",))
    report = check_gradients(problem)
    assert report["dJ/dW1"].diagnosis.startswith("every entry, but for the penalty's part, is 20 times too large")
    assert report["dJ/db1"].diagnosis.startswith("every entry is 20 times too large")


def test_zero_gradients_that_should_not_be_zero_fail() -> None:
    tape = with_value(record(small()), "dJ/db1", np.zeros_like)
    assert check_gradients(small(), tape=tape)["dJ/db1"].verdict == "FAILED"


def test_nothing_is_proven_where_every_gradient_is_zero() -> None:
    network = Network((2, 2), ("relu",), "half_squared_error")
    network.layers[0].bias[:] = -1
    report = check_gradients(Problem(network, np.ones((1, 2)), np.zeros((1, 2))))
    assert report.passed
    assert report.sentence.startswith("Nothing is proven: dJ/dW1, dJ/db1, dJ/dx (every entry is 0 on both sides)")
