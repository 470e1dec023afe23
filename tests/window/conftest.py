"""The window that each test here drives, on the problem or the data set that its mark ``opens`` names."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from tests.windows import opened


@pytest.fixture
def window(look: QApplication, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    """The whole window, all drawn; the mark nearest to the test says what is open: ``opens(name, size)``."""
    mark = request.node.get_closest_marker("opens")
    with opened(qtbot, *(mark.args if mark is not None else ())) as made:
        yield made
