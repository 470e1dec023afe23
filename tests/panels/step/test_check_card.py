"""The card of the check: what it says of a wrong gradient, of one in a wrong shape, and of zeros on both sides."""

import re

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from explorer.engine import Network, Problem
from explorer.panels.step.check_card import CheckCard
from explorer.problems import load_problem
from explorer.tape.entries import Index
from tests.panels.step.stepping import session_of

CASES: list[tuple[str, str, Index, str, str]] = [
    ("net-s", "dJ/dW1", (0, 0), "✓ agrees", "nudged by"),
    ("trace-003-slips", "dJ/dz1", (0, 0), "✗ differs", "nudged by"),
    ("trace-003-slips", "dJ/db1", (1, 1), "✗ wrong shape", "∂J/∂b₁ has shape (2, 2), b₁ has (2,)"),
    ("trace-003-slips", "dJ/dx", (0, 0), "0 on both sides", "nudged by"),
]


@pytest.mark.parametrize(("problem", "step", "index", "verdict", "tip"), CASES)
def test_verdicts(problem: str, step: str, index: Index, verdict: str, tip: str, qtbot: QtBot) -> None:
    session = session_of(problem, step)
    card = CheckCard()
    qtbot.addWidget(card)
    card.show_entry(session.state, index)
    card.show()
    card.check_now()
    assert card.verdict == verdict
    assert tip in card.toolTip()


@pytest.mark.parametrize(
    ("mistake", "problem", "step", "verdict"),
    [
        ("transposed_gradient", "net-s", "dJ/dW2", "✓ here, ✗ at [1, 2]"),
        ("printed_layout", "net-s", "dJ/dW1", "✓ here, ✗ at [1, 2]"),
        ("jacobian_without_sum", "net-s", "dJ/dz2", "✓ here, ✗ at [1, 2]"),
        ("sign_slip", "net-s", "dJ/dW1", "✗ differs"),
        ("transposed_gradient", "net-s", "dJ/db1", "✓ agrees"),
    ],
)
def test_an_entry_that_is_right_by_luck_hides_no_wrong_one(
    mistake: str, problem: str, step: str, verdict: str, qtbot: QtBot
) -> None:
    made = replace(load_problem(problem), mistakes=(mistake,))
    index = (0,) if step == "dJ/db1" else (0, 0)
    assert checked(made, step, index, qtbot).verdict == verdict


def test_what_rounding_hides_is_not_said_to_agree(qtbot: QtBot) -> None:
    """Two samples pull the weight apart: its gradient is 0 but for rounding, and no difference tells more."""
    network = Network((1, 1), ("identity",), "half_squared_error")
    network.theta[:] = (0.0, 0.1)
    problem = Problem(network, np.array([[0.3], [0.1]]), np.array([[0.2], [-0.2]]))
    session = session_of(problem, "dJ/dW1")
    card = CheckCard()
    qtbot.addWidget(card)
    card.show_entry(session.state, (0, 0))
    card.show()
    card.check_now()
    assert card.verdict == "unproven: rounding hides it"
    assert "along the imaginary axis" in card.toolTip()


def checked(problem: str | Problem, step: str, index: Index, qtbot: QtBot) -> CheckCard:
    session = session_of(problem, step)
    card = CheckCard()
    qtbot.addWidget(card)
    card.show_entry(session.state, index)
    card.show()
    card.check_now()
    return card


def texts(card: CheckCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if not label.isHidden()]


@pytest.mark.parametrize(
    ("step", "index", "what"),
    [
        ("dz2/dh1", (1, 0), "Checked ∂z₂[2]/∂h[1]"),
        ("dh1/dz1", (0, 1), "Checked ∂h[2]/∂z₁[2]"),
        ("dz1/dx", (1, 0), "Checked ∂z₁[2]/∂x[1]"),
    ],
)
def test_factors_are_checked_by_their_forward_step(step: str, index: Index, what: str, qtbot: QtBot) -> None:
    card = checked("net-s", step, index, qtbot)
    assert card.verdict == "✓ agrees"
    assert what in texts(card)
    assert what.removeprefix("Checked ") in card.toolTip()
    assert card.nudge_wanted.isHidden()
    assert checked("mazur-sequential", "dz2/dh1", (0, 0), qtbot).verdict == "✗ differs"


def test_what_is_no_derivative_has_nothing_to_check_and_says_so_where_there_is_room(qtbot: QtBot) -> None:
    for step, words in (("z1", "a value is no derivative"), ("W1+", "an update is no derivative")):
        session = session_of("net-s", step)
        card = CheckCard()
        qtbot.addWidget(card)
        card.show_entry(session.state, (0, 0))
        assert card.isHidden()
        card.set_roomy(roomy=True)
        assert texts(card) == ["Check", f"nothing to check: {words}"]


def test_numbers_have_as_many_digits_as_their_agreement_needs(qtbot: QtBot) -> None:
    """A gradient of 1e-7 is not written as 0.0000001."""
    network = Network.random((2, 3, 2), "tanh", seed=1)
    problem = Problem(network, np.array([[1e-6, -2e-6]]), np.eye(2)[:1])
    card = checked(problem, "dJ/dW1", (0, 0), qtbot)
    assert card.verdict == "✓ agrees"
    small = [text for text in texts(card) if re.search(r"\de−[67]", text)]
    assert len(small) >= 2
    assert all(sum(letter.isdigit() for letter in text.partition("e")[0]) >= 9 for text in small[:2])
