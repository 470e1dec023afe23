"""The bar at the top names what is shown, from the first frame on."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app import create_window


@pytest.mark.parametrize(
    ("name", "title"),
    [(None, "Net S — one hidden layer"), ("digits", "Handwritten digits"), ("mazur", "Mazur — 2-2-2, squared error")],
)
def test_a_window_opened_by_name_shows_that_name(
    name: str | None, title: str, look: QApplication, qtbot: QtBot
) -> None:
    window = create_window(name)
    qtbot.addWidget(window)
    assert window.top.problems.currentText() == title
    window.close()
