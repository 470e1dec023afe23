"""The card of the check: what it says of a wrong gradient, of one in a wrong shape, and of zeros on both sides."""

import pytest
from pytestqt.qtbot import QtBot

from explorer.panels.step.check_card import CheckCard
from explorer.tape.entries import Index
from tests.panels.step.stepping import session_of

CASES: list[tuple[str, str, Index, str, str]] = [
    ("net-s", "dJ/dW1", (0, 0), "✓ agrees", "nudged by"),
    ("trace-003-slips", "dJ/dz1", (0, 0), "✗ differs", "nudged by"),
    ("trace-003-slips", "dJ/db1", (1, 1), "✗ wrong shape", "dJ/db1 has shape (2, 2), b1 has (2,)"),
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
