"""What the whole window shows: every step of every problem, in both looks, at every size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.problems import shelf
from tests.windows import shown


def test_the_whole_pass_there_and_back_leaves_the_same_picture(window: MainWindow) -> None:
    window.complete()
    before = window.network.grab().toImage()
    for _ in window.session.state.tape.steps:
        window.action("step_forward").trigger()
    assert window.network.grab().toImage() != before
    while window.session.state.position:
        window.action("step_back").trigger()
    assert window.network.grab().toImage() == before


@pytest.mark.parametrize("size", [(1160, 680), (1280, 800)])
@pytest.mark.parametrize("name", [entry.name for entry in shelf()])
def test_every_step_of_every_problem_can_be_shown(
    look: QApplication, qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    """Matrices that wrap with the height of the card once sent the layout into an endless recursion."""
    window = shown(qtbot, name)
    window.resize(*size)
    for _ in window.session.state.tape.steps:
        qtbot.keyClick(window, Qt.Key.Key_Right)
        QApplication.processEvents()
        assert window.step_panel.chain.isVisible()
        bottom = window.step_panel.chain.mapTo(window.step_panel, window.step_panel.chain.rect().bottomLeft())
        assert bottom.y() < window.step_panel.height()
    assert window.session.state.step.id == "J+"
    window.close()


def test_light_and_dark_differ_and_show_the_same(window: MainWindow) -> None:
    window.set_look("light")
    window.complete()
    light = window.grab().toImage()
    window.action("dark").trigger()
    window.complete()
    dark = window.grab().toImage()
    assert light.pixelColor(4, 70).lightness() > 200
    assert dark.pixelColor(4, 70).lightness() < 60
    assert window.look.name == "dark"


@pytest.mark.parametrize("size", [(1160, 680), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize("name", ["net-s", "homework-10-5-10", "digits"])
def test_every_panel_has_its_place_at_every_size(
    look: QApplication, qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    window = shown(qtbot, name)
    window.resize(*size)
    window.complete()
    assert (window.width(), window.height()) == size
    for panel in (window.steps, window.network, window.transport, window.step_panel, window.training):
        corner = panel.mapTo(window, panel.rect().bottomRight())
        assert corner.x() < size[0]
        assert corner.y() < size[1]
        assert panel.width() >= panel.minimumSizeHint().width()
        assert panel.height() >= panel.minimumSizeHint().height()
    window.close()
