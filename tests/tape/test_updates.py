"""The tape's updates are the trainer's, whatever the optimiser, and carry what it remembers from update to update."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.engine import Problem, Trainer, Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import SCHEDULES, Schedule
from explorer.problems import load_problem
from explorer.tape import record
from explorer.tape.entries import entry
from explorer.tape.operations import OPERATIONS
from explorer.tape.updates import RULES
from tests.cases import problems

NAMES = sorted(OPTIMIZERS)
SHARES = st.sampled_from([0.0, 0.5, 0.9])


@st.composite
def updates(draw: st.DrawFn) -> Update:
    schedule = Schedule(draw(st.sampled_from(sorted(SCHEDULES))), draw(st.integers(1, 4)), 0.3, draw(st.integers(0, 3)))
    return Update(
        draw(st.sampled_from(NAMES)),
        draw(st.sampled_from([0.01, 0.1])),
        draw(st.booleans()),
        momentum=draw(SHARES),
        rho=draw(SHARES),
        beta1=draw(SHARES),
        beta2=draw(SHARES),
        epsilon=1e-3,  # where a gradient is 0 but for rounding, g / (|g| + epsilon) would show nothing but the rounding
        weight_decay=0.1,
        schedule=schedule,
    )


@settings(deadline=None, max_examples=150)
@given(problems(), updates(), st.integers(0, 5))
def test_updates_of_the_tape_are_those_of_the_trainer(problem: Problem, update: Update, after: int) -> None:
    problem = replace(problem, update=update, network=problem.network.copy())
    tape = record(problem, after)
    trainer = Trainer.of(problem, batch_size=problem.samples)
    trainer.run(after)
    for name, array in problem.network.parameters.items():
        np.testing.assert_allclose(tape.value(name), array, rtol=1e-11, atol=1e-12)
    trainer.run(1)
    for name, array in problem.network.parameters.items():
        np.testing.assert_allclose(tape[f"{name}+"].value, array, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_every_optimizer_has_its_formula_its_operation_and_its_sentence(name: str) -> None:
    problem = replace(load_problem("net-s"), update=Update(name, 0.1, schedule=Schedule(warmup=2)))
    step = record(problem)["W1+"]
    assert set(RULES) == set(OPTIMIZERS)
    assert step.operation in OPERATIONS
    assert step.operands == ("W1", "dJ/dW1")
    assert step.latex.startswith("W_1^{+} = ")
    assert r"\eta" in step.latex
    assert step.text.startswith("W1 ")
    assert step.text.endswith("; the schedule gives η.")
    for letter in OPTIMIZERS[name].memory:
        assert letter in step.text.replace(",", "").replace("⁺", "").split()
    assert set(entry(record(problem), step, (0, 1)).reads) == {("W1", (0, 1)), ("dJ/dW1", (0, 1))}


def test_only_plain_descent_is_spelled_as_a_product_with_the_rate() -> None:
    assert [name for name in NAMES if OPERATIONS[RULES[name].operation].picture == "update"] == ["sgd"]


def test_biases_do_not_decay_on_the_tape() -> None:
    problem = replace(load_problem("net-s"), update=Update("adamw", 0.1))
    tape = record(problem)
    assert (tape["W1+"].operation, tape["b1+"].operation) == ("descend_adamw", "descend_adam")


def test_the_second_update_of_adam_by_hand() -> None:
    problem = replace(load_problem("net-s"), update=Update("adam", 0.1))
    first, second = record(problem), record(problem, after=1)
    g, h = (tape["dJ/dW1"].value for tape in (first, second))
    np.testing.assert_allclose(first["W1+"].value, first.value("W1") - 0.1 * np.sign(g), rtol=1e-6)
    m = (0.09 * g + 0.1 * h) / (1 - 0.81)
    v = (0.999 * 0.001 * g**2 + 0.001 * h**2) / (1 - 0.999**2)
    np.testing.assert_allclose(second["W1+"].value, second.value("W1") - 0.1 * m / (np.sqrt(v) + 1e-8), rtol=1e-12)


def test_frozen_biases_stay_under_every_optimizer() -> None:
    for name in NAMES:
        problem = replace(load_problem("net-s"), update=Update(name, 0.1, train_biases=False))
        tape = record(problem, after=3)
        np.testing.assert_array_equal(tape["b2+"].value, problem.network.parameters["b2"])
        assert (tape["W2+"].value != problem.network.parameters["W2"]).all()
