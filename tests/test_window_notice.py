"""A notice takes its room from the pass alone: what is below it, and trains, is neither moved nor painted anew."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.session import Notice, Tone
from tests.windows import opened


class Painted(QObject):
    """Counts the paintings of the widgets that it filters."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def window(qtbot: QtBot, look: QApplication) -> Iterator[MainWindow]:
    with opened(qtbot, "xor") as made:
        yield made


def test_a_notice_leaves_the_training_where_it_is(window: MainWindow) -> None:
    pass_painted, training_painted = Painted(), Painted()
    window.steps.installEventFilter(pass_painted)
    for widget in (window.training, *window.training.findChildren(QWidget)):
        widget.installEventFilter(training_painted)
    place, height = window.training.mapTo(window, window.training.rect().topLeft()), window.steps.height()
    for notice in (Notice("done", Tone.INFORMATION), None):
        pass_painted.count = 0
        window.session.tell(notice)
        QApplication.processEvents()
        assert pass_painted.count == 1
        assert (window.steps.height() < height) is (notice is not None)
        assert window.training.mapTo(window, window.training.rect().topLeft()) == place
    assert training_painted.count == 0
