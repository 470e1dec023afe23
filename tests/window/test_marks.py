"""What the pictures of learning measure marks the drawing, as long as they are looked at."""

import pytest
from pytestqt.qtbot import QtBot

from explorer.graph.legend import Legend
from explorer.panels.main_window import MainWindow

pytestmark = pytest.mark.opens("dead-relu")


def test_a_unit_that_is_dead_on_every_sample_is_marked_while_somebody_looks(window: MainWindow, qtbot: QtBot) -> None:
    legend, pictures = window.network.findChildren(Legend)[0], window.training.pictures
    window.session.go_to_step("J")
    qtbot.waitUntil(lambda: "1 dead" in legend.accessibleName())
    assert "every sample looked at" in legend.toolTip()
    window.session.go_to_step("p")
    assert "1 unit dead" in window.network.accessibleDescription()
    pictures.hide()
    assert "dead" not in legend.accessibleName()
    pictures.show()
    qtbot.waitUntil(lambda: "1 dead" in legend.accessibleName())
