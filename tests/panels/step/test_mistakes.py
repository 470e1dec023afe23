"""The step card shows a wrong step as what it is: its blocks, its signs, its entries in numbers."""

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine import Problem
from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import equation_of
from explorer.panels.step.equation import EquationView
from explorer.panels.step.focus import cells_of_entry, entry_in_focus, entry_of_cell, first_entry
from explorer.panels.step.spell import spell
from explorer.panels.step.spelling import Reading
from explorer.panels.theme import LARGE, text_font
from explorer.session import shown_problem
from explorer.tape import notation
from explorer.tape.mistakes import MISTAKES
from tests.panels.step.stepping import equation_at, session_of
from tests.tape.making import fitting, making, problem

SHAPES = {"wide": (3, 4, 2), "one input": (1, 4, 2), "square": (3, 3, 3)}


def wrong(mistake: str, sizes: tuple[int, ...]) -> Problem:
    return making(problem("relu" if mistake == "forgotten_relu_mask" else "tanh", sizes), mistake)


def signs(mistake: str, step: str, right: Problem | None = None) -> str:
    session = session_of(making(right or fitting(mistake), mistake))
    equation = equation_at(session, step)
    pairs = zip(equation.joins, equation.blocks, strict=True)
    return " ".join(f"{join.arrow or join.text} {block.name}" for join, block in pairs).strip()


def test_the_signs_are_wrong_where_the_formula_is() -> None:
    assert signs("missing_mean", "dJ/dz2") == "p − y = dJ/dz2"
    assert signs("sign_slip", "dJ/dz2") == "− 1/3 ( p − y ) = dJ/dz2"
    assert signs("extra_factor_two", "dJ/dz2") == "2 · 1/3 ( p − y ) = dJ/dz2"
    assert signs("sigma_prime_kept", "dJ/dz2") == "1/3 ( p − y ) ⊙ p ⊙ (1 − p) = dJ/dz2"
    assert signs("jacobian_without_sum", "dJ/dz2") == "1/3 ( p − y / Σ exp z) = dJ/dz2"
    assert signs("product_after_w1", "dJ/dx", problem(sizes=(4, 4, 2))).endswith("⊙ dh1/dz1 = dJ/dx")


def entry(mistake: str, step: str, right: Problem | None = None) -> str:
    session = session_of(making(right or problem(samples=1), mistake), step)
    state = session.state
    return spell(Reading(state.tape, state.step, first_entry(state), state.subject.problem, 2)).text


def test_entries_are_spelled_with_their_mistake() -> None:
    p = session_of(problem(samples=1)).state.tape["p"].value[0, 0]
    y = problem(samples=1).Y[0, 0]
    difference = f"({p:.2f} − {y:.2f})"
    assert entry("sign_slip", "dJ/dz2").startswith(f"− {difference} = ")
    assert entry("extra_factor_two", "dJ/dz2").startswith(f"2 · {difference} = ")
    assert entry("sigma_prime_kept", "dJ/dz2").startswith(f"{difference} · {p:.2f} · (1 − {p:.2f}) = ")
    assert entry("jacobian_without_sum", "dJ/dz2").startswith(f"({p:.2f} − {y:.2f} / Σ exp z) = ")
    assert entry("double_softmax", "p").startswith("softmax(softmax(")
    assert entry("sigma_prime_of_h", "dh1/dz1").startswith("tanh′(")
    assert "no pass can be made" in entry("printed_layout", "J+", problem(sizes=(1, 4, 2)))


@pytest.mark.parametrize("sizes", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_cell_of_a_wrong_pass_can_be_pointed_at(mistake: str, sizes: tuple[int, ...]) -> None:
    session = session_of(wrong(mistake, sizes))
    for position in range(len(session.state.tape)):
        session.go_to(position)
        state, step = session.state, session.state.step
        equation = equation_of(state.tape, position, shown_problem(state), notation("row"), state.row)
        assert equation.blocks[-1].name == step.id
        for index in np.ndindex(step.shape):
            session.hover((step.id, index))
            found = entry_in_focus(session.state)
            assert found == index
            for name, cell in cells_of_entry(session.state, index):
                assert cell == () or state.tape.value(name)[cell].shape == ()
            assert spell(Reading(state.tape, step, index, shown_problem(state), 4)).text
        for name in step.operands:
            for index in np.ndindex(state.tape.value(name).shape):
                made = entry_of_cell(state.tape, step, (name, index), first_entry(state))
                assert made is None or step.value[made].shape == ()


LONG = ("sigma_prime_kept", "extra_factor_two", "sign_slip", "jacobian_without_sum")


@pytest.mark.parametrize("width", [374, 150])
def test_a_long_sign_is_written_in_full(width: int, look: QApplication, qtbot: QtBot) -> None:
    typesetter = Typesetter()
    view = EquationView(typesetter)
    qtbot.addWidget(view)
    view.resize(width, 300)
    view.set_equation(equation_at(session_of(making(problem(samples=1), *LONG)), "dJ/dz2"))
    view.show()
    sign = view.joins[-1].text
    wide = min(QFontMetricsF(text_font(LARGE)).horizontalAdvance(sign), width - 4)
    assert wide > 120
    image = view.grab().toImage()
    result = view.result.geometry()
    beside = result.left() > wide
    rows = range(result.top() + 20, result.bottom() - 15) if beside else range(result.top() - 16, result.top())
    ink = [x for x in range(result.left() if beside else width) for y in rows if image.pixelColor(x, y).value() < 110]
    assert max(ink) - min(ink) > 0.9 * wide
    typesetter.finish()
