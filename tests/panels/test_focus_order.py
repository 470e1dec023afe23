"""The reading order of a panel's widgets, found without keeping Qt's layout items alive in Python."""

from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QLayoutItem, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from explorer.panels.focus_order import stops_of


def panel_of(qtbot: QtBot) -> tuple[QWidget, list[QPushButton]]:
    """Return a panel of five buttons, two of them in a row of its own, made in another order than they stand in."""
    panel = QWidget()
    qtbot.addWidget(panel)
    buttons = [QPushButton(str(number), panel) for number in range(5)]
    column, row = QVBoxLayout(panel), QHBoxLayout()
    column.addWidget(buttons[3])
    row.addWidget(buttons[2])
    row.addStretch(1)
    row.addWidget(buttons[0])
    column.addLayout(row)
    column.addWidget(buttons[1])
    return panel, buttons


def items_kept() -> int:
    """Count Python's wrappers of layout items that are no layouts."""
    wrappers = Shiboken.getAllValidWrappers()
    return sum(isinstance(each, QLayoutItem) and not isinstance(each, QLayout) for each in wrappers)


def test_the_order_is_that_of_the_layouts_then_of_making(look: QApplication, qtbot: QtBot) -> None:
    panel, buttons = panel_of(qtbot)
    assert list(stops_of(panel)) == [buttons[number] for number in (3, 2, 0, 1, 4)]


def test_no_item_of_a_layout_is_kept(look: QApplication, qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot)
    before = items_kept()
    list(stops_of(panel))
    assert items_kept() == before
