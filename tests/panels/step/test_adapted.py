"""Updates by optimisers with a memory on the step card: its name, what it remembers, and lines that add up."""

import math
import re

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine import Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import Schedule
from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import equation_of
from explorer.panels.step.memory_card import memory_equation
from explorer.panels.step.spell import spell
from explorer.panels.step.spelling import Reading
from explorer.panels.step.step_panel import StepPanel
from explorer.problems import load_problem
from explorer.tape import notation, record
from explorer.tape.numbers import number_of
from tests.panels.step.stepping import session_of

ADAPTIVE = sorted(name for name, rule in OPTIMIZERS.items() if rule.memory)


@pytest.mark.parametrize("name", ADAPTIVE)
def test_the_arrow_carries_the_optimizer_s_name(name: str) -> None:
    problem = replace(load_problem("net-s"), update=Update(name, 0.1))
    tape = record(problem)
    equation = equation_of(tape, tape.index("W1+"), problem, notation("row"))
    assert [block.name for block in equation.blocks] == ["W1", "dJ/dW1", "W1+"]
    assert equation.joins[-1].arrow == rf"\mathrm{{{OPTIMIZERS[name].title}}}"
    assert equation.joins[1].text == ","


def worked_out(line: str) -> tuple[float, float, float]:
    """Return what a line comes to as it is written, what it says, and by how much the last digit may be off."""
    _, expression, said = line.split(" = ")
    for sign, meant in {"−": "-", "·": "*", "²": "**2", "^": "**"}.items():
        expression = expression.replace(sign, meant)
    expression = re.sub(r"√([\d.e-]+)", r"math.sqrt(\1)", expression)
    decimals = len(said.partition(".")[2].partition("e")[0])
    power = int(said.partition("e")[2].replace("−", "-") or 0) if "e" in said else 0
    return float(eval(expression, {"math": math})), number_of(said), 10.0 ** (power - decimals)  # noqa: S307


@pytest.mark.parametrize("parameter", ["W1", "b2"])
@pytest.mark.parametrize("name", ADAPTIVE)
def test_an_update_can_be_worked_out_by_hand(name: str, parameter: str) -> None:
    problem = replace(load_problem("net-s"), update=Update(name, 0.1))
    tape = record(problem, after=2)
    step = tape[f"{parameter}+"]
    for index in np.ndindex(step.shape):
        spelling = spell(Reading(tape, step, index, problem, 8))
        for line in spelling.text.split("\n"):
            found, said, unit = worked_out(line)
            assert found == pytest.approx(said, abs=unit, rel=1e-6), line
            if spelling.adds_up:
                assert abs(found - said) <= 0.51 * unit, line
        (result,) = [atom for atom in spelling.atoms if atom.cell == (step.id, index)]
        assert number_of(result.text) == pytest.approx(float(step.value[index]), rel=1e-6)
        assert spell(Reading(tape, step, index, problem, 17)).adds_up


def test_each_letter_of_adam_has_its_line() -> None:
    problem = replace(load_problem("net-s"), update=Update("adam", 0.1))
    spelling = spell(Reading(record(problem), record(problem)["W1+"], (0, 0), problem, 4))
    assert [line.partition(" ")[0] for line in spelling.text.split("\n")] == ["W₁⁺", "m̂", "v̂", "m⁺", "v⁺"]
    assert "m⁺ = 0.9 · 0.0000 + (1 − 0.9) · 0.3556 = 0.03556" in spelling.text


@pytest.mark.parametrize("notation_name", ["row", "column"])
@pytest.mark.parametrize("name", ADAPTIVE)
def test_what_is_remembered_is_drawn_before_and_after(name: str, notation_name: str) -> None:
    problem = replace(load_problem("net-s"), update=Update(name, 0.1))
    first = record(problem, after=2)
    script = notation(notation_name)
    equation = memory_equation(first, first["W1+"], script)
    letters = OPTIMIZERS[name].memory
    assert [block.latex for block in equation.blocks] == [text for k in letters for text in (k, f"{k}^+")]
    again = record(problem, after=3).conventions.memory
    for letter, (before, after) in zip(letters, zip(*[iter(equation.blocks)] * 2, strict=True), strict=True):
        turned = script.flips("W1")
        for block, kept in ((before, first.conventions.memory), (after, again)):
            expected = kept[letter]["W1"].T if turned else kept[letter]["W1"]
            np.testing.assert_allclose(block.value, expected, rtol=1e-12)
            assert block.words == f"{letter} of W₁ {'before' if block is before else 'after'} the update"


def test_the_card_shows_what_is_remembered_at_updates_only(look: QApplication, qtbot: QtBot) -> None:
    session = session_of(replace(load_problem("net-s"), update=Update("adam", 0.1)), "W1+")
    typesetter = Typesetter()
    panel = StepPanel(session, typesetter)
    qtbot.addWidget(panel)
    panel.resize(395, 900)
    panel.show()
    assert panel.memory.isVisible()
    assert "β1 = 0.9, β2 = 0.999, ε = 1e−8, t = 1" in panel.memory.words.text()
    session.select(("W1", (1, 0)))
    assert all(view.highlighted == {(1, 0)} for view in panel.memory.equation.views)
    assert panel.entry.line.lines >= 5
    for step in ("b1+", "J+", "z1"):
        session.go_to_step(step)
        assert panel.memory.isVisible() is (step == "b1+")
    typesetter.finish()


def test_plain_descent_is_spelled_with_the_rate_of_the_schedule() -> None:
    problem = replace(load_problem("net-s"), update=Update("sgd", 0.5, schedule=Schedule(warmup=5)))
    reading = Reading(record(problem), record(problem)["W1+"], (0, 0), problem, 4)
    assert "0.1 ·" in spell(reading).text
    assert spell(reading).adds_up
