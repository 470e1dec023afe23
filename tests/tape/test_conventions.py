"""A tape as text holds all that a pencil needs: what was given, the conventions, and what the optimiser remembers."""

import json
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine import Objective, Problem, Update
from explorer.engine.schedules import Schedule
from explorer.tape import Tape, record
from explorer.tape.formats import tape_to
from tests.tape.checking.falsified import small

Array = NDArray[np.floating]
PLAIN = replace(small(samples=1), objective=Objective(), update=Update("sgd", 0.5))


def adam() -> Problem:
    schedule = Schedule("step", steps=2, factor=0.5, warmup=2)
    return replace(small(), update=Update("adam", 0.05, beta1=0.8, schedule=schedule))


def read(tape: Tape) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tape_to(tape, "json"))
    return found


def test_json_holds_what_was_given_to_the_last_bit() -> None:
    tape = record(adam(), after=5)
    found = read(tape)
    assert list(found["given"]) == ["x", "y", "W1", "b1", "W2", "b2"]
    for name, array in tape.given.items():
        np.testing.assert_array_equal(found["given"][name], array)


@pytest.mark.parametrize("updates", [0, 1, 5])
def test_an_update_of_adam_comes_again_from_the_json_alone(updates: int) -> None:
    found = read(record(adam(), after=updates))
    known, memory = found["conventions"], found["memory"]
    assert memory["updates"] == updates
    t, steps = updates + 1, {step["id"]: np.array(step["value"]) for step in found["steps"]}
    for name in ("W1", "b1", "W2", "b2"):
        g = steps[f"dJ/d{name}"]
        m = known["beta1"] * np.array(memory["m"][name]) + (1 - known["beta1"]) * g
        v = known["beta2"] * np.array(memory["v"][name]) + (1 - known["beta2"]) * g**2
        hats = m / (1 - known["beta1"] ** t), v / (1 - known["beta2"] ** t)
        moved = np.array(found["given"][name]) - known["rate"] * hats[0] / (np.sqrt(hats[1]) + known["epsilon"])
        np.testing.assert_allclose(steps[f"{name}+"], moved, rtol=1e-14)


def test_json_names_the_conventions() -> None:
    known = read(record(adam(), after=5))["conventions"]
    assert known == {
        "activations": ["sigmoid", "identity"],
        "loss": "softmax_cross_entropy",
        "beta": 1.0,
        "reduction": "mean",
        "l2": 0.1,
        "l2_form": "full",
        "optimizer": "adam",
        "learning_rate": 0.05,
        "rate": 0.025,
        "beta1": 0.8,
        "beta2": 0.999,
        "epsilon": 1e-8,
        "schedule": {"kind": "step", "steps": 2, "factor": 0.5, "warmup": 2},
        "train_biases": True,
        "mistakes": [],
    }
    assert "schedule" not in read(record(PLAIN))["conventions"]
    assert read(record(PLAIN))["memory"] == {"updates": 0}


def listed(tape: Tape) -> list[str]:
    text = tape_to(tape, "markdown")
    return [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]


def test_people_read_what_the_problem_uses() -> None:
    assert listed(record(adam(), after=5)) == [
        "The loss is the mean over N = 3 samples.",
        "λ = 0.1: the penalty is λ times the sum of all squared weights.",
        "η = 0.025: the schedule (step) of the learning rate 0.05, after 5 updates.",
        "β1 = 0.8, β2 = 0.999, ε = 1e−08 (adam).",
        "The hats divide m⁺ by 1 − β1^t and v⁺ by 1 − β2^t, with t = 6.",
        "Each m and v below is that after 5 updates.",
    ]


def test_and_nothing_else() -> None:
    assert listed(record(PLAIN)) == ["η = 0.5, the learning rate."]
    assert listed(record(replace(PLAIN, update=Update("momentum", 0.5, train_biases=False)))) == [
        "η = 0.5, the learning rate.",
        "μ = 0.9 (momentum).",
        "v is 0 before the first update.",
        "The biases are not trained.",
    ]


def test_the_memory_stands_among_what_was_given_as_the_notation_writes_it() -> None:
    tape = record(replace(adam(), update=Update("momentum", 0.5, train_biases=False)), after=2)
    text = tape_to(tape, "markdown", "column")
    given, _, _ = text.partition("## Forward pass")
    assert "**`v of W₁`** (4 × 3)" in given
    assert "v of b" not in given
    assert r"v_{W_1} = \begin{bmatrix}" in tape_to(tape, "latex")
    assert "<li>η = 0.5, the learning rate.</li>" in tape_to(tape, "html")
    assert r"\item $\eta$ = 0.5, the learning rate." in tape_to(tape, "latex")
    assert "v of" not in tape_to(record(adam()), "markdown")
    assert not tape.conventions.memory["v"]["W1"].flags.writeable
