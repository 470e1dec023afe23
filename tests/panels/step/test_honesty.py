"""Matrices that do not say "rounded" can be worked out from their written digits, whatever the step."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import Objective, Problem, Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.panels.step.arrangements import arranged
from explorer.panels.step.blocks import equation_of
from explorer.panels.step.honesty import Written, adds_up, cell_text
from explorer.panels.step.pictures import pictured
from explorer.problems import load_problem, shelf_names
from explorer.session import Session, shown_problem
from explorer.session.passes import NextUpdate
from explorer.tape.mistakes import MISTAKES
from explorer.tape.notation_shelf import notation, notations
from explorer.tape.numbers import number_of
from tests.panels.step.stepping import random_problem, session_of, soft_problem
from tests.tape.making import fitting, making


def written_at(session: Session, step: str, digits: int, script: str = "row") -> Written:
    """Return a step's picture as the card writes it."""
    session.go_to_step(step)
    state = session.state
    problem = shown_problem(state)
    blocks = equation_of(state.tape, state.position, problem, notation(script), state.row)
    equation = pictured(blocks, state.step, state.tape, problem)
    height = 178 if digits <= 4 else 4000  # as high as all digits need
    frames, _ = arranged(equation, [20.0] * len(equation.blocks), 363, digits, height)
    found = tuple(min(frame.level.digits, digits) if frame.level else None for frame in frames)
    return Written(equation, found, state.step, shown_problem(state))


def test_one_line_by_hand() -> None:
    """0.7566 + 0.7566 is not 1.5133, but in two digits 0.76 − 1 is −0.24."""
    session = session_of("net-s")
    assert not adds_up(written_at(session, "dJ/dh1", 4))
    assert adds_up(written_at(session, "dJ/dz2", 2))
    assert adds_up(written_at(session, "z1", 4))


@pytest.mark.parametrize("name", shelf_names())
@pytest.mark.parametrize("digits", [2, 3, 4, 6, 11])
def test_every_sum_of_the_shelf_keeps_its_word(name: str, digits: int) -> None:
    """Work the products out once more, cell by cell and in plain Python."""
    session = session_of(name)
    for step in session.state.tape.steps:
        written = written_at(session, step.id, digits)
        if step.operation != "chain" or None in written.digits or not adds_up(written):
            continue
        left, right, result = (written.numbers(place) for place in range(3))
        for (i, j), said in np.ndenumerate(result):
            value = sum(float(left[i, k]) * float(right[k, j]) for k in range(left.shape[1]))
            assert number_of(cell_text(value, written.digits[2] or 0)) == pytest.approx(said, abs=1e-13)


@pytest.mark.parametrize(
    "problem",
    [
        random_problem((2, 3, 2), samples=5),
        soft_problem((2, 3, 3), samples=3),
        replace(random_problem((3, 2, 2), samples=2), objective=Objective(l2=0.1)),
        load_problem("mazur"),
        load_problem("dead-relu"),
        load_problem("softmax-edge"),
    ],
)
def test_all_digits_add_up(problem: Problem) -> None:
    """What is worked out here is what the tape has computed: with all digits, nothing is rounded."""
    session = session_of(problem)
    for script in notations():
        for step in session.state.tape.steps:
            assert adds_up(written_at(session, step.id, 17, script)), (script, step.id)


def test_most_steps_of_a_random_network_are_rounded_at_two_digits() -> None:
    session = session_of(random_problem((2, 3, 2), samples=5))
    rounded = [step.id for step in session.state.tape.steps if not adds_up(written_at(session, step.id, 2))]
    assert {"p", "J", "dJ/dW1", "dJ/db1", "dJ/dh1", "W1+"} <= set(rounded)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_wrong_steps_are_not_blamed_on_rounding(mistake: str) -> None:
    problem = making(fitting(mistake), mistake)
    session = session_of(problem)
    for step in session.state.tape.steps:
        assert adds_up(written_at(session, step.id, 17)), step.id


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("script", notations())
def test_updates_and_the_new_loss_are_worked_out_as_well(optimizer: str, script: str) -> None:
    """In full they add up, after an update that the optimiser remembers, too; in two digits some do not."""
    problem = replace(random_problem((2, 3, 2), samples=2), update=Update(optimizer, 0.3), objective=Objective(l2=0.1))
    session = session_of(problem)
    session.do(NextUpdate())
    steps = ["W1+", "b1+", "W2+", "b2+", "J+"]
    assert all(adds_up(written_at(session, step, 17, script)) for step in steps)
    assert sum(not adds_up(written_at(session, step, 2, script)) for step in steps) >= 2
