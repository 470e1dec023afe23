"""The symbols of the step's formula are parts of their own: pointed at and lit, in every notation."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine import Problem
from explorer.graph.typeset import Typesetter, typeset
from explorer.panels.step.step_formula import StepFormula
from explorer.panels.step.symbols_apart import apart, with_parts
from explorer.tape import notation, record
from explorer.tape.notation_shelf import notations
from tests.cases import problems
from tests.panels.step.stepping import session_of


def test_symbols_stand_by_themselves() -> None:
    assert with_parts(r"h x_1 \exp x", {"x": 2, "x_1": 1}) == (
        r"h \textcolor{#000001}{x_1} \exp \textcolor{#000002}{x}"
    )


@pytest.mark.parametrize("name", notations())
def test_every_operand_of_net_s_is_a_part(name: str) -> None:
    script, tape = notation(name), session_of("net-s").state.tape
    for step in tape.steps:
        if step.id in {"J+", "dh1/dz1"}:
            continue
        names = (step.id, *step.operands)
        formula = typeset(apart(script.equation(step.instruction, tape.activations), names, script, tape))
        assert {part for part, _ in formula.parts} == set(range(1, len(names) + 1)), step.id


@settings(max_examples=15, deadline=None)
@given(problems(max_samples=2), st.sampled_from(sorted(notations())))
def test_marking_changes_nothing_but_colours(problem: Problem, name: str) -> None:
    script, tape = notation(name), record(problem)
    for step in tape.steps:
        latex = script.equation(step.instruction, tape.activations)
        marked = apart(latex, (step.id, *step.operands), script, tape)
        bare = marked
        for part in range(1, len(step.operands) + 2):
            bare = bare.replace(rf"\textcolor{{#0000{part:02x}}}", "")
        assert bare.replace("{", "").replace("}", "") == latex.replace("{", "").replace("}", "")


@pytest.fixture
def formula(look: QApplication, qtbot: QtBot) -> Iterator[StepFormula]:
    typesetter = Typesetter()
    made = StepFormula(typesetter, 17, 44)
    qtbot.addWidget(made)
    made.resize(300, 44)
    made.set_formula(r"\textcolor{#000001}{z} = \textcolor{#000002}{x} \textcolor{#000003}{W} + b", ("z1", "x", "W1"))
    typesetter.finish()
    made.show()
    made.grab()
    yield made
    typesetter.finish()


def test_pointing_at_a_symbol_names_its_array(formula: StepFormula, qtbot: QtBot) -> None:
    with qtbot.waitSignal(formula.symbol_hovered) as heard:
        qtbot.mouseMove(formula, formula.area_of("W1").center().toPoint())
    assert heard.args == ["W1"]
    with qtbot.waitSignal(formula.symbol_hovered) as heard:
        qtbot.mouseMove(formula, QPoint(1, 1))
    assert heard.args == [None]


def test_lighting_a_name_paints_its_symbol(formula: StepFormula) -> None:
    before = formula.grab().toImage()
    formula.light("W1")
    assert formula.grab().toImage() != before
    formula.light("W2")
    assert formula.lit is None
    assert formula.grab().toImage() == before
