"""Judging an answer: right as far as it is written, or where and why not; and never a false accusation."""

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
from tests.lessons.answers.asking import Array, problems, question, questions, text_of

NET_S = [
    ("dJ/dW1", "0.36 0.06; -0.36 -0.06", "right", "Right, to 2 digits."),
    ("dJ/dW1", "0.355624 0.059581; -0.355624 -0.059581", "right", "Right, to 6 digits."),
    ("dJ/dW1", "0.4 0.1; -0.4 -0.1", "coarse", "Right as far as it is written"),
    ("dJ/dW1", "0.3556 0.0596; ? ?", "right", "2 of 4 entries are filled in, and right, to 4 digits."),
    ("dJ/dW1", "? ?; ? ?", "open", "Every entry is left open."),
    ("dJ/dW1", "0.36 0.06; 0.36 -0.06", "wrong", "1 of 4 entries differs: ∂J/∂W₁[2, 1] is −0.3556, not 0.36."),
    ("dJ/dW1", "1 2; 3 4", "wrong", "the first: ∂J/∂W₁[1, 1] is 0.3556, not 1; farthest off, ∂J/∂W₁[2, 2] is −0.05958"),
    ("dJ/dW1", "0.36 0.06 0.1", "shape", "Yours is 1 × 3, ∂J/∂W₁ is 2 × 2."),
    ("dJ/dW1", "0.3576 0.06; -0.3576 -0.06", "close", "2 of 4 entries differ"),
    ("dJ/dW1", "2x2", "right", "Right: ∂J/∂W₁ is 2 × 2."),
    ("dJ/dW1", "(2, 3)", "shape", "∂J/∂W₁ is not 2 × 3."),
    ("dJ/db1", "(0.3556, 0.0596)", "right", "Right, to 4 digits."),
    ("dJ/db1", "1x2", "right", "Right: ∂J/∂b₁ is 1 × 2."),
    ("J", "1,413", "right", "Right, to 4 digits."),
    ("J", "1", "coarse", "Right as far as it is written: 1 for 1.4132. Write more digits."),
    ("z2", "0.7 -0.4522", "coarse", "Right as far as it is written: 0.7 for 0.6821. Write more digits."),
    ("z2", "0.68 -0.4523", "right", "Right, to 2 digits."),
    ("z2", "1 0", "wrong", "Both entries differ"),
    ("p", "1 0", "wrong", "Both entries differ"),
    ("p", "0.8 0.2", "coarse", "0.8 for 0.7566. Write more digits."),
    ("J", "1.3", "wrong", "Not right: J is 1.4132, not 1.3."),
]


@pytest.mark.parametrize(("step", "text", "kind", "sentence"), NET_S)
def test_verdicts(step: str, text: str, kind: str, sentence: str) -> None:
    verdict = judge_text(question("net-s", step), text)
    assert verdict.kind == kind
    assert sentence in verdict.sentence


def test_a_whole_number_is_no_half() -> None:
    verdict = judge_text(question("trace-003", "p"), "1 1; 1 1")
    assert verdict.sentence == "All 4 entries differ, the first: p[1, 1] is 0.5000, not 1."
    assert judge_text(question("trace-003", "p"), "0.5 0.5; 0.5 0.5").sentence == "Right."


def test_an_entry_that_numpy_prints_shorter_counts_as_its_fellows() -> None:
    asked = question("net-s", "z2")
    short = replace(asked.step, value=np.array([[0.70002, -0.45225]]))
    tape = replace(asked.tape, steps=tuple(short if step is asked.step else step for step in asked.tape.steps))
    assert judge_text(replace(asked, tape=tape), "[[ 0.7    -0.4523]]").sentence == "Right, to 4 digits."


def test_what_is_coarse_is_not_told_where_it_is_kept_back() -> None:
    asked = replace(question("net-s", "z2"), kept_back=True)
    assert judge_text(asked, "0.7 -0.4522").sentence.endswith("3 digits would tell it from a wrong one.")


def test_wrong_entries_are_named_by_their_place_on_the_tape() -> None:
    turned = question("net-s", "dJ/dW1", "column")
    verdict = judge_text(turned, "0.36 -0.36; 0.5 -0.06")
    assert verdict.wrong == ((0, 1),)
    assert "∂L/∂W₁[2, 1] is 0.05958, not 0.5" in verdict.sentence


def test_a_cut_digit_is_told_and_accepted() -> None:
    verdict = judge_text(question("net-s", "J"), "1.4131")
    assert verdict.is_right
    assert verdict.notes == ("The last digit is cut off where it would be rounded.",)


def test_float32_is_accepted() -> None:
    asked = question("net-s", "dJ/dW1")
    verdict = judge_text(asked, repr((asked.true.astype(np.float32) * np.float32(1 + 3e-7)).tolist()))
    assert verdict.is_right
    assert "float32" in verdict.notes[0]


def test_a_row_that_stands_is_accepted_and_told() -> None:
    verdict = judge_text(question("net-s", "dJ/dz1"), "0.3556\n0.0596")
    assert verdict.is_right
    assert verdict.notes == ("Yours is 2 × 1, read as 1 × 2, as ∂J/∂z₁ is written here.",)


@settings(deadline=None, max_examples=30)
@given(questions(), st.integers(3, 17))
def test_what_is_right_is_accepted_however_many_digits(asked: Question, digits: int) -> None:
    verdict = judge_text(asked, text_of(asked.true, digits))
    assert verdict.is_right, (asked.name, verdict.sentence)
    assert not verdict.findings


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


def test_what_a_mistake_on_purpose_gives_is_told_as_such() -> None:
    asked = question("mazur-sequential", "dJ/dh1")
    verdict = judge_text(asked, text_of(asked.true, 5))
    assert verdict.notes[0].endswith("this is what it gives: the weights above are updated already.")
    assert not judge_text(question("mazur-sequential", "J"), "0.298371").notes


def test_the_right_pass_is_known_where_a_mistake_is_made() -> None:
    asked = question("mazur-sequential", "dJ/dh1")
    (found,) = judge_text(asked, text_of(question("mazur", "dJ/dh1").true, 5)).findings
    assert found.words == "This is right without the mistake that the pass makes on purpose"


def test_what_is_kept_back_is_not_told() -> None:
    asked = replace(question("net-s", "dJ/dW1"), kept_back=True)
    verdict = judge_text(asked, "0.36 0.2; 0.36 -0.3")
    assert verdict.sentence == "3 of 4 entries differ, the first: ∂J/∂W₁[1, 2]."
    assert judge_text(replace(question("net-s", "J"), kept_back=True), "1.2").sentence == "Not right."


def test_a_hidden_mistake_is_not_named() -> None:
    hidden = replace(load_problem("mazur-sequential"), puzzle=7)
    asked = question(hidden, "dJ/dh1")
    verdict = judge_text(asked, text_of(question("mazur", "dJ/dh1").true, 5))
    assert (verdict.kind, verdict.findings) == ("wrong", ())
    assert verdict.notes == ("A mistake is hidden in this pass, by which yours was judged.",)
    assert judge_text(asked, text_of(asked.true, 5)).notes == verdict.notes


def test_a_shape_answers_nothing() -> None:
    verdict = judge_text(question("net-s", "dJ/dW1"), "2x2")
    assert (verdict.is_right, verdict.answers, verdict.counts) == (True, False, False)


def test_thin_evidence_is_told_as_a_guess() -> None:
    (found,) = judge_text(question("net-s", "J"), "0.61").findings
    assert not found.sure


@pytest.mark.parametrize(("text", "kind"), [("0 0", "right"), ("2.7e-17 -1.3e-17", "right"), ("1e-9 0", "wrong")])
def test_what_rounding_leaves_of_zero_is_zero(text: str, kind: str) -> None:
    asked = question("trace-003", "dJ/db1")
    assert judge_text(asked, text).kind == kind
    noise = replace(asked.step, value=np.array([1e-17, -3e-17]))
    noisy = replace(asked.tape, steps=tuple(noise if step is asked.step else step for step in asked.tape.steps))
    assert judge_text(replace(asked, tape=noisy), text).kind == kind


def test_zeros_huge_and_nonfinite_numbers() -> None:
    network = Network((1, 2), ("identity",))
    zeros = question(Problem(network, np.zeros((1, 1)), np.full((1, 2), 0.5)), "dJ/dW1")
    assert judge_text(zeros, "0 0").is_right
    assert not judge_text(zeros, "0.5 0.25").findings
    network.theta[:] = (1e200, -1e200, 0, 0)
    huge = question(Problem(network, np.full((1, 1), 1e200), np.eye(2)[:1]), "z1")
    assert judge_text(huge, "inf -inf").is_right
    assert judge_text(huge, "1e300 -inf").kind == "wrong"
    assert judge_text(huge, "nan 3").wrong == ((0, 0), (0, 1))


def two_samples() -> Problem:
    network = Network.random((2, 3, 2), "tanh", seed=3)
    return Problem(network, np.array([[0.4, -1.0], [1.3, 0.7]]), np.eye(2))


def said(verdict: Verdict) -> str:
    """Return all findings as one text."""
    return "; ".join(f"{finding.words}: {finding.advice}" for finding in verdict.findings)


def test_of_a_very_long_number_the_beginning_is_repeated() -> None:
    sentence = judge_text(question("net-s", "J"), "1.3" + "7" * 400).sentence
    assert sentence == "Not right: J is 1.4132, not 1.377777777777777777777…."
