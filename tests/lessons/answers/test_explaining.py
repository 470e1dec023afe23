"""What explains a wrong answer: named however it is written, and never a false accusation."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.engine import Network, Problem
from explorer.lessons.answers import Question, Verdict, judge_text
from explorer.lessons.answers.known import mistaken_tape
from explorer.problems import load_problem
from explorer.tape import Tape, notation, record
from explorer.tape.mistakes import MISTAKES
from explorer.tape.mistakes.chain_mistakes import ungated
from explorer.tape.plan import plan
from explorer.tape.record import run
from tests.lessons.answers.asking import Array, problems, question, questions, text_of


@settings(deadline=None, max_examples=30)
@given(questions(), st.integers(6, 15))
def test_a_wrong_sign_is_named(asked: Question, digits: int) -> None:
    assume(np.isfinite(asked.true).all() and np.abs(asked.true).max() > 1e-3)
    assert "the wrong sign" in said(judge_text(asked, text_of(-asked.true, digits)))


FACTORS = [
    (2.0, "2 times too large"),
    (0.5, "2 times too small"),
    (-2.0, "has the wrong sign and is 2 times too large"),
]


@settings(deadline=None, max_examples=30)
@given(questions(), st.integers(6, 15), st.sampled_from(FACTORS))
def test_a_factor_is_named(asked: Question, digits: int, factor: tuple[float, str]) -> None:
    assume(np.isfinite(asked.true).all() and np.abs(asked.true).max() > 1e-3)
    assert factor[1] in said(judge_text(asked, text_of(factor[0] * asked.true, digits)))


@settings(deadline=None, max_examples=30)
@given(problems(samples=(2, 3)), st.data())
def test_a_forgotten_mean_is_named(problem: Problem, data: st.DataObject) -> None:
    assume(problem.objective.reduction == "mean" and not problem.objective.l2)
    tape = record(problem)
    asked = Question(problem, tape, data.draw(st.sampled_from(backward(problem))), notation("row"))
    assume(np.abs(asked.true).max() > 1e-3)
    assert f"{problem.samples} times too large: is 1/N missing" in said(
        judge_text(asked, text_of(problem.samples * asked.true, 7))
    )


def backward(problem: Problem) -> list[str]:
    """Return the gradients of a pass."""
    return [step.id for step in record(problem).steps if step.id.startswith("dJ/d")]


@settings(deadline=None, max_examples=30)
@given(questions(), st.integers(6, 15))
def test_a_transpose_is_named(asked: Question, digits: int) -> None:
    true = asked.true
    assume(min(true.shape) > 1)
    assume(np.abs(true).max() > 1e-3 and (true.shape != true.T.shape or np.abs(true - true.T).max() > 1e-3))
    verdict = judge_text(asked, text_of(true.T, digits))
    assert not verdict.is_right
    assert "Its transpose is right" in said(verdict)


@settings(deadline=None, max_examples=30)
@given(problems(), st.sampled_from(["row", "column"]), st.data())
def test_a_mistake_of_the_lab_is_named_at_each_step_that_it_changes(
    problem: Problem, script: str, data: st.DataObject
) -> None:
    name, wrong = data.draw(st.sampled_from(possible(problem)))
    for step in record(problem).steps:
        asked = question(problem, step.id, script)
        value = asked.shown(step.id, wrong[step.id].value)
        if np.isfinite(value).all() and np.abs(value).max() > 1e-3 and is_apart(value, asked.true):
            verdict = judge_text(asked, text_of(value, 12))
            assert not verdict.is_right, step.id
            assert name in {finding.mistake for finding in verdict.findings} or len(verdict.findings) == 3, step.id


def possible(problem: Problem) -> list[tuple[str, Tape]]:
    """Return the passes with each mistake that the problem can make."""
    tapes = [(name, mistaken_tape(problem, mistake)) for name, mistake in MISTAKES.items()]
    return [(name, tape) for name, tape in tapes if tape is not None]


def is_apart(value: Array, true: Array) -> bool:
    """Tell whether an array differs from what is right in a number of some size, and not in a reading of its shape."""
    if value.size != true.size or value.shape[::-1] == true.shape != value.shape:
        return value.size != true.size or bool(np.abs(value.ravel() - true.ravel()).max() > 1e-3)
    off = np.abs(value.reshape(true.shape) - true)
    return bool(
        (off > 1e-3 * np.abs(true).max()).any() and (np.abs(value)[value.reshape(true.shape) != true] > 0).any()
    )


def test_random_numbers_are_hardly_ever_explained() -> None:
    rng = np.random.default_rng(0)
    asked = [question("mazur", step.id) for step in question("mazur", "J").tape.steps]
    explained = 0
    for _ in range(12):
        for each in asked:
            wrong = rng.uniform(-2, 2, each.true.shape) * np.abs(each.true).max()
            explained += bool(judge_text(each, text_of(wrong, 3)).findings)
    assert explained <= 0.03 * 12 * len(asked)


@settings(deadline=None, max_examples=30)
@given(questions(), st.integers(0, 2**32 - 1))
def test_random_numbers_of_seven_digits_are_never_explained(asked: Question, seed: int) -> None:
    wrong = np.random.default_rng(seed).uniform(0.11, 0.97, asked.true.shape) * (1 + np.abs(asked.true).max())
    verdict = judge_text(asked, text_of(wrong, 7))
    assert not verdict.findings or verdict.is_right


def test_another_step_is_named_with_what_is_still_to_be_done() -> None:
    asked = question("net-s", "dJ/dz1")
    found = judge_text(asked, text_of(asked.tape["dJ/dh1"].value, 4)).findings
    elsewhere = next(finding for finding in found if not finding.mistake)
    assert elsewhere.words == "These are the numbers of ∂J/∂h"
    assert elsewhere.advice == "the slope ∂h/∂z₁ is still to be multiplied in, elementwise"
    mistake = next(finding for finding in found if finding.mistake)
    assert mistake.mistake == "missing_sigma_prime"


def test_a_weight_before_its_update_is_named() -> None:
    asked = question("net-s", "W1+")
    found = judge_text(asked, text_of(asked.tape.value("W1"), 5)).findings
    assert [(f.words, f.advice) for f in found] == [("These are the numbers of W₁", "that is before the update")]


def test_the_sequential_update_of_mazur_is_named() -> None:
    asked = question("mazur", "dJ/dh1")
    wrong = question("mazur-sequential", "dJ/dh1")
    (found,) = judge_text(asked, text_of(wrong.true, 5)).findings
    assert (found.mistake, found.sure) == ("sequential_update", True)


@pytest.mark.parametrize("step", ["dJ/dz1", "dJ/dW1", "dJ/dx", "W1+"])
@pytest.mark.parametrize("brackets", [True, False])
def test_a_forgotten_mean_is_named_as_numpy_prints_it(step: str, *, brackets: bool) -> None:
    asked = question("trace-003", step)
    printed = str(mistaken_value(asked, "missing_mean"))
    verdict = judge_text(asked, printed if brackets else printed.replace("[", "").replace("]", ""))
    if step == "dJ/dx":
        assert verdict.is_right
        return
    assert "missing_mean" in {finding.mistake for finding in verdict.findings}
    assert ("is 1/N missing" in said(verdict)) is (step != "W1+")
    assert not any(finding.sure for finding in verdict.findings)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(2, 4), st.integers(1, 2))
def test_a_forgotten_mean_is_named_with_tidy_numbers(seed: int, samples: int, sides: int) -> None:
    rng = np.random.default_rng(seed)
    network = Network((sides, sides), ("identity",), "half_squared_error")
    network.theta[:] = rng.integers(-2, 3, network.theta.size) / 2
    problem = Problem(network, rng.integers(-2, 3, (samples, sides)) / 1.0, rng.integers(-2, 3, (samples, sides)) / 2)
    asked = question(problem, "dJ/dz1")
    verdict = judge_text(asked, str(mistaken_value(asked, "missing_mean")))
    assert verdict.is_right or "is 1/N missing" in said(verdict)


@pytest.mark.parametrize("gate", ["dJ/dz1", "dJ/dz2"])
@pytest.mark.parametrize("digits", [2, 3, 4, 5, 6, 8, 12])
def test_the_slope_of_one_layer_that_is_forgotten_is_named(gate: str, digits: int) -> None:
    problem = load_problem("mazur")
    asked = question(problem, "dJ/dW1")
    steps = tuple(ungated(i, problem) if i.id == gate else i for i in plan(problem))
    (found,) = judge_text(asked, text_of(run(problem, steps)["dJ/dW1"].value, digits)).findings
    layer = {"dJ/dz1": "∂h₁/∂z₁", "dJ/dz2": "∂h₂/∂z₂"}[gate]
    assert found.words == f"The slope {layer} is left out, and no other"


UNKNOWN = [
    (4.1322, 8, "about 4.13 times too large"),
    (4.1322, 2, "about 4.1 times too large"),
    (0.1371, 4, "about 7.29 times too small"),
    (0.1371, 3, "about 7.3 times too small"),
    (-3.0, 6, "has the wrong sign and is about 3 times too large"),
]


@pytest.mark.parametrize(("factor", "digits", "words"), UNKNOWN)
def test_a_factor_that_no_rule_knows_is_told_with_the_digits_that_it_has(
    factor: float, digits: int, words: str
) -> None:
    asked = question("mazur", "dJ/dW2")
    assert words in said(judge_text(asked, text_of(factor * asked.true, digits)))


@pytest.mark.parametrize("digits", [1, 2])
@pytest.mark.parametrize("problem", ["mazur", "net-s", "trace-003"])
def test_random_numbers_of_few_digits_are_hardly_ever_explained(problem: str, digits: int) -> None:
    rng = np.random.default_rng(digits)
    asked = [question(problem, step.id) for step in question(problem, "J").tape.steps]
    verdicts = [
        judge_text(each, text_of(rng.uniform(-2, 2, each.true.shape) * np.abs(each.true).max(), digits))
        for _ in range(5)
        for each in asked
    ]
    assert sum(bool(verdict.findings) for verdict in verdicts) <= 0.03 * len(verdicts)
    assert not any(finding.sure for verdict in verdicts for finding in verdict.findings)


def test_nothing_is_missing_from_a_mean_in_a_forward_step() -> None:
    verdict = judge_text(question("trace-003", "p"), "1.00 1.00; 1.00 1.00")
    assert "1/N" not in said(verdict)


def test_two_mistakes_together_are_named() -> None:
    asked = question("mazur", "dJ/dz1")
    wrong = record(replace(asked.problem, mistakes=("sigma_prime_of_h", "sequential_update")))
    (found,) = judge_text(asked, text_of(wrong["dJ/dz1"].value, 6)).findings
    assert (
        found.words == "That is what “the weights above are updated already” and “the slope taken at h” give together"
    )


def test_a_slipped_decimal_point_is_named() -> None:
    (found,) = judge_text(question("net-s", "J"), "14.13").findings
    assert found.words == "The decimal point is one place too far to the right"


def test_another_sample_is_named() -> None:
    problem = two_samples()
    asked = Question(problem.only(0), record(problem.only(0)), "dJ/dz2", notation("row"), problem)
    (found,) = judge_text(asked, text_of(record(problem.only(1))["dJ/dz2"].value, 5)).findings
    assert found.words == "This is of sample 2, which is not the one that is shown"


def test_one_sample_in_place_of_all_is_named() -> None:
    problem = two_samples()
    asked = Question(problem, record(problem), "dJ/dW2", notation("row"))
    (found,) = judge_text(asked, text_of(record(problem.only(1))["dJ/dW2"].value, 5)).findings
    assert found.words == "This is of sample 2 of the pass alone: all 2 are asked for"


SLIPS: list[tuple[str, str, Callable[[Question], Array], str]] = [
    ("net-s", "z1", lambda q: q.tape.value("x") @ q.tape.value("W1"), "The bias b₁ is left out"),
    ("net-s", "p", lambda q: np.exp(q.tape["z2"].value), "These are the exponentials"),
    ("net-s", "J", lambda q: q.true / np.log(10), "The logarithm is that of base 10"),
    ("net-s", "W1+", lambda q: 2 * q.tape.value("W1") - q.true, "The step is added: descent takes it away"),
    ("mazur", "W1+", lambda q: q.tape.value("W1") - q.tape["dJ/dW1"].value, "The learning rate η is left out"),
]


@pytest.mark.parametrize(("problem", "step", "wrong", "words"), SLIPS)
def test_slips_of_an_operation(problem: str, step: str, wrong: Callable[[Question], Array], words: str) -> None:
    asked = question(problem, step)
    assert words in said(judge_text(asked, text_of(wrong(asked), 8)))


def test_thin_evidence_is_told_as_a_guess() -> None:
    (found,) = judge_text(question("net-s", "J"), "0.61").findings
    assert not found.sure


def mistaken_value(asked: Question, name: str) -> Array:
    """Return a step of a pass with a mistake, as it is written."""
    tape = mistaken_tape(asked.problem, MISTAKES[name])
    assert tape is not None
    return asked.shown(asked.name, tape[asked.name].value)


def two_samples() -> Problem:
    network = Network.random((2, 3, 2), "tanh", seed=3)
    return Problem(network, np.array([[0.4, -1.0], [1.3, 0.7]]), np.eye(2))


def said(verdict: Verdict) -> str:
    """Return all findings as one text."""
    return "; ".join(f"{finding.words}: {finding.advice}" for finding in verdict.findings)
