"""Switching the notation relabels the whole window at once and turns what is drawn; the bar has room for every one."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QWidget
from pytestqt.qtbot import QtBot

from explorer.graph.legend import Legend
from explorer.panels.main_window import SMALLEST, MainWindow
from explorer.panels.steps_model import Role
from explorer.tape import notation, notations

pytestmark = pytest.mark.opens("trace-003-slips")


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window at a step whose operands depend on the notation."""
    window.session.go_to_step("dJ/dW1")
    return window


def listed(window: MainWindow, step: str) -> str:
    view = window.findChild(QListView, "steps_view")
    assert view is not None
    model = view.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return next(str(row.data(Role.LATEX)) for row in rows if row.data() == step)


def drawn(window: MainWindow) -> list[str]:
    return [view.block.latex for view in window.step_panel.equation.views]


def test_list_formula_matrices_and_drawing_follow_at_once(window: MainWindow) -> None:
    legend = window.network.findChild(Legend)
    assert legend is not None
    assert drawn(window)[:2] == [r"x^\top", r"\partial J/\partial z_1"]
    window.session.write_in("bracket")
    assert listed(window, "dJ/dW1") == r"dW^{[1]} = dz^{[1]}\, x^\top"
    assert drawn(window)[:2] == ["dz^{[1]}", r"x^\top"]
    assert window.step_panel.equation.result.block.latex == "dW^{[1]}"
    assert "dW^[1]" in legend.accessibleName()
    window.session.lay_out("numerator")
    assert drawn(window)[:2] == ["x", "dz^{[1]}"]
    assert "Numerator layout" in window.step_panel.sentence.text()


def test_keys_and_picker_choose(window: MainWindow, qtbot: QtBot) -> None:
    button = window.top.notation
    button.rows["delta"].trigger()
    assert window.session.state.script is notation("delta")
    assert button.text() == "delta"
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.session.state.notation != "delta"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_L, both)
    assert window.session.state.layout == "numerator"
    assert button.text().endswith(", numerator")
    assert window.action("numerator_layout").isChecked()
    assert button.accessibleName() == f"Notation: {button.text()}"


@pytest.mark.parametrize("name", notations())
def test_the_bar_holds_everything_in_the_smallest_window(window: MainWindow, name: str) -> None:
    window.resize(SMALLEST)
    window.session.write_in(name)
    window.session.lay_out("numerator")
    window.complete()
    bar = window.top
    children = bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    places = sorted((child.geometry() for child in children if child.isVisible()), key=lambda place: place.left())
    assert places[-1].right() <= bar.width()
    assert all(left.right() < right.left() for left, right in pairwise(places))
