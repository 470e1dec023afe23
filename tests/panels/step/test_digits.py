"""The digits that are chosen are those that the cells show; where there is no room for them, the card says so."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.typeset import Typesetter
from explorer.panels.step.honesty import cell_text
from explorer.panels.step.matrix_frame import cell_width
from explorer.panels.step.matrix_picture import MatrixPicture
from explorer.panels.step.step_panel import StepPanel
from explorer.panels.theme import number_font
from tests.panels.step.stepping import random_problem, session_of

ROOMY, CRAMPED = (640, 1000), (376, 520)


@pytest.fixture
def typesetter(look: QApplication) -> Iterator[Typesetter]:
    made = Typesetter()
    yield made
    made.finish()


def panel_of(name: str, size: tuple[int, int], typesetter: Typesetter, qtbot: QtBot) -> StepPanel:
    session = session_of(random_problem((3, 4, 3), samples=5) if name == "batch" else name)
    panel = StepPanel(session, typesetter)
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    session.go_to_step("dJ/dW2")
    return panel


def significant(text: str) -> int:
    """Count the digits of a number from the first that is not 0; all of them in a 0."""
    digits = "".join(letter for letter in text.partition("e")[0] if letter.isdigit())
    return len(digits.lstrip("0")) or len(digits)


def texts(view: MatrixPicture) -> list[str]:
    assert view.block.value is not None
    assert view.digits is not None
    return [cell_text(v, view.digits, signed=view.block.signed) for v in view.block.value.ravel().tolist()]


@pytest.mark.parametrize("digits", [2, 4, 6])
@pytest.mark.parametrize("name", ["mazur", "net-s", "xor", "batch"])
def test_cells_show_the_digits_that_are_chosen(name: str, digits: int, typesetter: Typesetter, qtbot: QtBot) -> None:
    panel = panel_of(name, ROOMY, typesetter, qtbot)
    panel.entry.set_digits(digits)
    assert not panel.equation.lack_of_digits
    assert "cells" not in panel.rounded.text() or panel.rounded.isHidden()
    for view in panel.equation.views:
        level = view.frame.level
        assert level is not None
        letters = QFontMetricsF(number_font(level.font))
        for text in texts(view):
            assert significant(text) >= digits
            assert level.lines > 1 or letters.horizontalAdvance(text) <= cell_width(view.block, level)


def test_the_card_says_where_there_is_no_room_for_them(typesetter: Typesetter, qtbot: QtBot) -> None:
    panel = panel_of("batch", CRAMPED, typesetter, qtbot)
    least = min(digits for digits in panel.equation.digits if digits is not None)
    assert least < panel.entry.digits
    assert f"{least} digits" in panel.rounded.text()
    assert f"cells: {least} digits" in panel.rounded.accessibleName()
    assert "\n" not in panel.rounded.text()
    assert "no room" in panel.rounded.toolTip()
    assert not panel.rounded.isHidden()
    assert all(significant(text) >= least for view in panel.equation.views for text in texts(view))
    panel.entry.set_digits(least)
    assert "cells" not in panel.rounded.text() or panel.rounded.isHidden()
