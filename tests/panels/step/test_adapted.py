"""Updates of optimisers with a memory on the step card: under their name, and in numbers that add up."""

from dataclasses import replace

import numpy as np
import pytest

from explorer.engine import Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import Schedule
from explorer.panels.step.blocks import equation_of
from explorer.panels.step.spell import spell
from explorer.panels.step.spelling import Reading
from explorer.problems import load_problem
from explorer.tape import notation, record
from explorer.tape.numbers import number_of

ADAPTIVE = sorted(name for name, rule in OPTIMIZERS.items() if rule.memory)


@pytest.mark.parametrize("name", ADAPTIVE)
def test_the_arrow_carries_the_optimizer_s_name(name: str) -> None:
    problem = replace(load_problem("net-s"), update=Update(name, 0.1))
    tape = record(problem)
    equation = equation_of(tape, tape.index("W1+"), problem, notation("row"))
    assert [block.name for block in equation.blocks] == ["W1", "dJ/dW1", "W1+"]
    assert equation.joins[-1].arrow == rf"\mathrm{{{OPTIMIZERS[name].title}}}"
    assert equation.joins[1].text == ","


@pytest.mark.parametrize("name", ADAPTIVE)
def test_an_entry_is_spelled_as_how_far_it_moves(name: str) -> None:
    problem = replace(load_problem("net-s"), update=Update(name, 0.1))
    tape = record(problem, after=2)
    for index in np.ndindex(2, 2):
        reading = Reading(tape, tape["W1+"], index, problem, 6)
        before, sign, size, equals, after = (atom.text for atom in spell(reading).atoms)
        moved = number_of(before) + {"+": 1, "−": -1}[sign] * number_of(size)
        assert equals == "="
        assert moved == pytest.approx(number_of(after), abs=2e-6)
        assert float(tape["W1+"].value[index]) == pytest.approx(number_of(after), abs=1e-6)


def test_plain_descent_is_spelled_with_the_rate_of_the_schedule() -> None:
    problem = replace(load_problem("net-s"), update=Update("sgd", 0.5, schedule=Schedule(warmup=5)))
    reading = Reading(record(problem), record(problem)["W1+"], (0, 0), problem, 4)
    assert "0.1 ·" in spell(reading).text
    assert spell(reading).adds_up
