"""Every step reads as a sentence."""

import pytest
from hypothesis import given, settings

from explorer.engine import Problem
from explorer.problems import load_problem
from explorer.tape import record
from explorer.tape.mistakes import MISTAKES
from explorer.tape.spoken import spoken_step
from tests.cases import problems
from tests.tape.making import fitting, making


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("z1", "step 1 of 21, z1, 1 by 2, equals x times W1 plus b1"),
        ("h1", "step 2 of 21, h1, 1 by 2, equals sigmoid of z1"),
        ("p", "step 4 of 21, p, 1 by 2, equals the softmax of z2"),
        ("dJ/dz2", "step 6 of 21, dJ by dz2, 1 by 2, equals p less y"),
        ("dJ/dW2", "step 7 of 21, dJ by dW2, 2 by 2, equals h1 transposed times dJ by dz2"),
        ("dz2/dh1", "step 9 of 21, W2 transposed, 2 by 2, equals W2 transposed"),
        ("dJ/dz1", "step 12 of 21, dJ by dz1, 1 by 2, equals dJ by dh1 times sigmoid prime of z1 elementwise"),
        ("W1+", "step 17 of 21, the new W1, 2 by 2, equals W1 less the learning rate times dJ by dW1"),
    ],
)
def test_net_s_aloud(step: str, sentence: str) -> None:
    tape = record(load_problem("net-s"))
    assert spoken_step(tape, tape.index(step)) == sentence


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
