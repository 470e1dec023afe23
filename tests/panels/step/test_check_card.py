"""The card of the check: what it says of a wrong gradient, of one in a wrong shape, and of zeros on both sides."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from explorer.engine import Network, Problem
from explorer.panels.step.check_card import CheckCard
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
