"""The strip below the drawing says its words whole, on as many lines as they take, and in its tip in any case."""

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.idle import Idle
from explorer.graph.legend import BELOW, HEIGHT, LEADING, MOST_LINES, TOP, Legend
from explorer.graph.raising import rich
from explorer.graph.wrapping import wrapped
from explorer.problems import shelf
from explorer.tape import notation
from explorer.tape.notation_shelf import notations
from tests.graph.showing import Stage, random_session, shelf_session

NARROWEST, IN_A_COLUMN = 536, 356
"""Pixels of the drawing's card in the smallest window, and where it stands in a column beside the training."""


def lines_of(stage: Stage) -> list[str]:
    legend = stage.view.findChild(Legend)
    assert isinstance(legend, Legend)
    style = legend._style
    assert style is not None
    assert all(rich(line) in legend.toolTip() for line in legend._lines)
    lines = legend.shown_lines(QFontMetricsF(style.text_font(style.small)))
    assert " ".join(lines) == " ".join(legend._lines)
    return lines


@pytest.mark.parametrize("width", [NARROWEST, IN_A_COLUMN])
@pytest.mark.parametrize("name", [entry.name for entry in shelf()])
def test_nothing_is_cut_at_any_step_in_any_notation(look: QApplication, qtbot: QtBot, name: str, width: int) -> None:
    stage = Stage(shelf_session(name))
    qtbot.addWidget(stage.view)
    stage.view.resize(width, 400)
    for script in notations():
        for position in range(len(stage.session.state.tape)):
            stage.session.go_to(position)
            stage.view.show_state(stage.session.state, notation(script))
            assert 1 <= len(lines_of(stage)) <= (MOST_LINES if width == NARROWEST else BELOW)
    stage.typesetter.stop()
    stage.view.hide()


def test_nothing_is_cut_of_a_wide_network_folded_unfolded_or_training(look: QApplication, qtbot: QtBot) -> None:
    stage = Stage(random_session((784, 512, 10), "dz1/dx"))
    qtbot.addWidget(stage.view)
    stage.view.resize(NARROWEST, 400)
    assert lines_of(stage)[-1].endswith("of 406,528 edges, others folded")
    stage.view.set_moving(True)
    stage.view.network.unfold({0, 1})
    stage.view.set_moving(True)
    assert lines_of(stage)[-1] == "training: 1,000 of 406,528 edges"
    stage.view.set_moving(False)
    stage.view.settle()
    assert lines_of(stage)[-2:] == ["right ∂J/∂W₂ (gradient)", "all 406,528 edges, weak ones as a haze"]
    stage.view.hide()


def test_in_a_column_the_words_stand_below_the_bar_and_beside_the_marks(look: QApplication, qtbot: QtBot) -> None:
    stage = Stage(random_session((784, 64, 10), "J"))
    qtbot.addWidget(stage.view)
    stage.view.resize(IN_A_COLUMN, 260)
    assert lines_of(stage) == ["edges: W₁, W₂ (value)", "264 of 50,816 edges, others folded"]
    legend = stage.view.findChild(Legend)
    assert isinstance(legend, Legend)
    style = legend._style
    assert legend.is_narrow
    assert style is not None
    legend.show_marks(dict.fromkeys(Idle, 20))
    metrics = QFontMetricsF(style.text_font(style.small))
    first, last = legend.shown_lines(metrics)
    assert first == "edges: W₁, W₂ (value)"
    assert last.endswith("…")
    assert "others folded" in legend.toolTip()
    stage.view.hide()


def test_the_lines_stand_in_the_strip() -> None:
    assert LEADING * MOST_LINES <= HEIGHT
    assert TOP + LEADING * BELOW + LEADING / 2 <= HEIGHT + 1


def test_words_are_broken_after_commas_first() -> None:
    def width(text: str) -> float:
        return float(len(text))

    assert wrapped(["edges: left W (value), right V"], 40, width, 3) == ["edges: left W (value), right V"]
    assert wrapped(["edges: left W (value), right V"], 24, width, 3) == ["edges: left W (value),", "right V"]
    assert wrapped(["one two three", "four"], 8, width, 3) == ["one two", "three", "four"]
    assert wrapped(["one two three", "four"], 8, width, 2) == ["one two", "three four"]
