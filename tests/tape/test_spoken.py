"""Every step reads as a sentence."""

import doctest
import re
from typing import get_args

import pytest
from hypothesis import given, settings

from explorer.engine import Problem
from explorer.problems import load_problem, shelf
from explorer.tape import aloud, record
from explorer.tape.mistakes import MISTAKES
from explorer.tape.notation_shelf import notation, notations
from explorer.tape.orientation import Layout
from explorer.tape.spoken import spoken_step
from tests.cases import problems
from tests.tape.making import fitting, making


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("z1", "step 1 of 21, z1, 1 by 2, equals x times W1 plus b1"),
        ("h1", "step 2 of 21, h, 1 by 2, equals sigmoid of z1"),
        ("p", "step 4 of 21, p, 1 by 2, equals softmax of z2"),
        ("J", "step 5 of 21, J, one number, equals the cross-entropy of p against y"),
        ("dJ/dz2", "step 6 of 21, dJ by dz2, 1 by 2, equals p less y"),
        ("dJ/dW2", "step 7 of 21, dJ by dW2, 2 by 2, equals h transposed times dJ by dz2"),
        ("dJ/db2", "step 8 of 21, dJ by db2, 2 entries, equals dJ by dz2"),
        ("dz2/dh1", "step 9 of 21, dz2 by dh, 2 by 2, equals W2 transposed"),
        ("dh1/dz1", "step 11 of 21, dh by dz1, 1 by 2, equals sigma prime of z1"),
        ("dJ/dz1", "step 12 of 21, dJ by dz1, 1 by 2, equals dJ by dh times sigma prime of z1 elementwise"),
        ("W1+", "step 17 of 21, the new W1, 2 by 2, equals W1 less the learning rate times dJ by dW1"),
        ("J+", "step 21 of 21, the new J, one number, equals the loss with the new W1, b1, W2 and b2"),
    ],
)
def test_net_s_aloud(step: str, sentence: str) -> None:
    tape = record(load_problem("net-s"))
    assert spoken_step(tape, tape.index(step)) == sentence


@pytest.mark.parametrize(
    ("name", "layout", "step", "sentence"),
    [
        ("column", "denominator", "z2", "z2, 2 by 1, equals W2 times h plus b2"),
        (
            "column",
            "numerator",
            "dJ/dz1",
            "dL by dz1, 1 by 2, equals dL by dh times sigma prime of z1 transposed elementwise",
        ),
        ("bracket", "denominator", "dJ/dW2", "dW2, 2 by 2, equals dz2 times a1 transposed"),
        ("bracket", "numerator", "dJ/dz2", "dz2, 1 by 2, equals y hat transposed less y transposed"),
        ("bracket", "denominator", "W1+", "the new W1, 2 by 2, equals W1 less the learning rate times dW1"),
        ("delta", "denominator", "dJ/dz2", "delta 2, 2 by 1, equals p less y"),
        ("delta", "denominator", "dJ/dh1", "dC by da1, 2 by 1, equals w2 transposed times delta 2"),
        ("write-up-004", "denominator", "dJ/dW2", "dL by dV, 2 by 2, equals h transposed times dL by dz2"),
        ("row", "numerator", "W2+", "the new W2, 2 by 2, equals W2 less the learning rate times dJ by dW2 transposed"),
    ],
)
def test_a_notation_is_heard_as_it_is_written(name: str, layout: Layout, step: str, sentence: str) -> None:
    tape = record(load_problem("net-s"))
    assert spoken_step(tape, tape.index(step), notation(name, layout)).partition("21, ")[2] == sentence


def test_a_batch_is_told_of() -> None:
    tape = record(load_problem("xor"))
    heard = {step.id: spoken_step(tape, position) for position, step in enumerate(tape.steps)}
    assert heard["J"].endswith("equals the cross-entropy of p against y, the mean over 4 samples")
    assert heard["dJ/dz2"].endswith("equals p less y, divided by the 4 samples")
    assert heard["dJ/db2"].endswith("equals dJ by dz2, summed over the 4 samples")


@pytest.mark.parametrize(
    ("name", "step", "shape"),
    [
        ("row", "z1", "4 samples by 3"),
        ("row", "dJ/dz1", "4 samples by 3"),
        ("column", "z1", "3 by 4 samples"),
        ("row", "dJ/dW1", "2 by 3"),
        ("row", "dJ/db1", "3 entries"),
    ],
)
def test_samples_are_called_so(name: str, step: str, shape: str) -> None:
    tape = record(load_problem("xor"))
    assert spoken_step(tape, tape.index(step), notation(name)).split(", ")[2] == shape


@pytest.mark.parametrize("name", notations())
@pytest.mark.parametrize("layout", get_args(Layout))
def test_no_sign_of_the_shelf_is_left_to_a_voice(name: str, layout: Layout) -> None:
    for entry in shelf():
        tape = record(load_problem(entry.name))
        for position in range(len(tape)):
            sentence = spoken_step(tape, position, notation(name, layout))
            assert re.fullmatch(r"[A-Za-z0-9, -]+", sentence), sentence


def test_text_aloud() -> None:
    assert doctest.testmod(aloud).failed == 0


@settings(max_examples=40, deadline=None)
@given(problems())
def test_every_step_is_a_sentence_without_symbols(problem: Problem) -> None:
    tape = record(problem)
    for position in range(len(tape)):
        sentence = spoken_step(tape, position)
        assert sentence.startswith(f"step {position + 1} of {len(tape)}, ")
        assert not set(sentence) & set("{}\\∂ᵀ_/")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_wrong_steps_can_be_heard_too(mistake: str) -> None:
    tape = record(making(fitting(mistake), mistake))
    assert all(spoken_step(tape, position) for position in range(len(tape)))
