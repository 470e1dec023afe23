"""What is on the screen is what the scene holds: a step leaves no pixels of the one before it."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.graph.showing import Stage, random_session


def on_screen(stage: Stage) -> QImage:
    picture = stage.view.screen().grabWindow(stage.view.winId())
    return picture.toImage().convertToFormat(QImage.Format.Format_RGB32)


def as_it_should_be(stage: Stage) -> QImage:
    return stage.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_a_painting_between_a_change_and_its_own_leaves_nothing_stale(look: QApplication, qtbot: QtBot) -> None:
    stage = Stage(random_session((3, 4, 2), "z1"))
    qtbot.addWidget(stage.view)
    qtbot.waitUntil(lambda: on_screen(stage) == as_it_should_be(stage))
    stage.go_to("dJ/dh1")
    stage.view.viewport().repaint(QRect(0, 0, 5, 5))  # as when the card beside the mouse changes
    look.processEvents()
    look.processEvents()
    assert on_screen(stage) == as_it_should_be(stage)
