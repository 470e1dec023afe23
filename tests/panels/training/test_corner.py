"""The further runs' names in a plot's corner: a long one is shortened with a sign, and keeps its colour in sight."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.theme import DARK
from explorer.panels.training.floating import CornerNote
from explorer.panels.training.overlays import Overlay
from explorer.panels.training.plot_kind import LOSS
from explorer.panels.training.plots import CurvePlot
from explorer.session import Evaluation, History, Run

LONG = "a name of a run that is as long as one can be"


@pytest.fixture
def plot(qtbot: QtBot, look: QApplication) -> Iterator[CurvePlot]:
    made = CurvePlot(LOSS)
    qtbot.addWidget(made)
    made.set_palette(DARK)
    made.resize(225, 240)
    made.show()
    history = History()
    history.extend(np.linspace(2, 1, 100, dtype=np.float32))
    history.add(Evaluation(100, 1.0, 0.5, 1.0, 0.5))
    made.show_history(history, Run(1, step=100))
    made.set_overlays((Overlay(LONG, DARK.runs[0], history), Overlay("short", DARK.runs[1], history)))
    yield made
    made.hide()


def test_a_long_name_is_shortened_and_a_short_one_is_not(plot: CurvePlot) -> None:
    first, second = plot.corner.text().split("<br>")
    assert "a name of" in first
    assert first.endswith("…")
    assert second.endswith(" short")


def test_the_corner_lies_within_the_plane(plot: CurvePlot) -> None:
    plane = plot.area.plane
    assert plane.left() <= plot.corner.x()
    assert plot.corner.geometry().right() <= plane.right()
    assert plot.corner.width() <= 0.7 * plane.width()


def test_the_words_stand_whole_where_the_font_of_the_look_comes_after_them(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    note, plane = CornerNote(ground, bottom=False), QRectF(0, 0, 300, 200)
    note.show_first(["━ run 4"], plane, lambda _: 0)
    ground.setStyleSheet("QLabel { font-size: 30px; }")
    note.show_first(["━ run 4"], plane, lambda _: 0)
    assert note.width() >= note.sizeHint().width()
