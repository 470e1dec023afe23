"""Judging an answer: right as far as it is written, or where it is not."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.engine import Network, Problem
from explorer.lessons.answers import Question, judge_text
from explorer.problems import load_problem
from tests.lessons.answers.asking import Array, question, questions, text_of

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
    ("z2", "1 0", "coarse", "Too coarse to tell: 1 for 0.6821. Write more digits."),
    ("p", "0. 0.", "coarse", "Too coarse to tell: 0. for 0.7566."),
    ("z2", "1 1", "wrong", "Both entries differ"),
    ("J", "0", "wrong", "Not right: J is 1.4132, not 0."),
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
    assert (verdict.kind, verdict.counts) == ("coarse", False)
    assert verdict.sentence == "Too coarse to tell: 1 for 0.5000. Write more digits."
    assert judge_text(question("trace-003", "p"), "2 1; 1 1").kind == "wrong"
    assert judge_text(question("trace-003", "p"), "0.5 0.5; 0.5 0.5").sentence == "Right."


def test_an_entry_that_numpy_prints_shorter_counts_as_its_fellows() -> None:
    asked = question("net-s", "z2")
    short = replace(asked.step, value=np.array([[0.70002, -0.45225]]))
    tape = replace(asked.tape, steps=tuple(short if step is asked.step else step for step in asked.tape.steps))
    assert judge_text(replace(asked, tape=tape), "[[ 0.7    -0.4523]]").sentence == "Right, to 4 digits."


def test_what_is_coarse_is_not_told_where_it_is_kept_back() -> None:
    asked = replace(question("net-s", "z2"), kept_back=True)
    told = "Right as far as it is written: 3 digits would tell it from a wrong one."
    assert judge_text(asked, "0.7 -0.4522").sentence == told
    assert judge_text(asked, "1 0").sentence == "Too coarse to tell: 3 digits would tell it from a wrong one."


ROUNDED: list[Callable[[Array, int], str]] = [
    lambda array, digits: str(np.round(array, digits)),
    lambda array, digits: np.array2string(array, precision=digits),
    lambda array, digits: repr(np.round(array, digits).tolist()),
    lambda array, digits: "\n".join(" ".join(f"{value:.{digits}f}" for value in row) for row in array),
]


@pytest.mark.parametrize("printed", ROUNDED)
@pytest.mark.parametrize("digits", [1, 4, 8])
@pytest.mark.parametrize("problem", ["mazur", "xor"])
def test_what_is_right_is_never_called_wrong_however_it_is_rounded(
    problem: str, digits: int, printed: Callable[[Array, int], str]
) -> None:
    for step in question(problem, "J").tape.steps:
        asked = question(problem, step.id)
        assert judge_text(asked, printed(asked.true, digits)).kind in {"right", "coarse"}, step.id


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


def test_of_a_very_long_number_the_beginning_is_repeated() -> None:
    sentence = judge_text(question("net-s", "J"), "1.3" + "7" * 400).sentence
    assert sentence == "Not right: J is 1.4132, not 1.377777777777777777777…."
