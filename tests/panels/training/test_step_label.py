"""The step in a plot's head: the word gives way to the number, and a number is whole or not there."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.training.step_label import StepLabel


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("step 41,318", "step 41,318", "step 41,318"),
        ("step 41,318", "41,318", "41,318"),
        ("step 41,318", "1,318", ""),
        ("312,321–313,344 · measured", "312,321–313,344 · m", "312,321–313,344 ·…"),
    ],
)
def test_what_is_written_is_whole(qtbot: QtBot, look: QApplication, text: str, room: str, shown: str) -> None:
    label = StepLabel()
    qtbot.addWidget(label)
    label.setText(text)
    label.resize(label.fontMetrics().horizontalAdvance(room), 20)
    assert label.shown_text() == shown
    assert label.minimumSizeHint().height() > 0


def test_it_stands_at_the_right(qtbot: QtBot, look: QApplication) -> None:
    label = StepLabel()
    qtbot.addWidget(label)
    label.resize(300, 20)
    label.setText("step 3")
    picture = label.grab().toImage()
    ground = picture.pixelColor(QPoint(0, 0))
    inked = [x for x in range(300) if any(picture.pixelColor(x, y) != ground for y in range(20))]
    assert min(inked) > 200
