"""The clock of all animations: together, to the end, over at any input, off on request."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.graph.motion import MILLISECONDS, Motion


class Heard(list[float]):
    """The shares of its time at which an animation was drawn."""


def wheel() -> QWheelEvent:
    spot, none = QPointF(5, 5), QPoint()
    still = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase)
    return QWheelEvent(spot, spot, none, QPoint(0, 120), *still, False)


@pytest.fixture
def motion(qapp: QApplication) -> Motion:
    return Motion()


def test_no_animation_takes_longer_than_150_milliseconds(motion: Motion) -> None:
    assert motion.clock.duration() == MILLISECONDS <= 150


def test_it_is_drawn_from_the_beginning_to_the_end(motion: Motion) -> None:
    heard = Heard()
    motion.play("drawing", heard.append)
    for time in (50, 100, 150):
        motion.clock.setCurrentTime(time)
    assert heard == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert not motion.running


def test_parts_that_begin_together_share_the_clock(motion: Motion) -> None:
    drawing, card = Heard(), Heard()
    motion.play("drawing", drawing.append)
    motion.play("card", card.append)
    motion.clock.setCurrentTime(75)
    assert drawing == card == [0, 0.5]
    motion.finish()
    assert drawing == card == [0, 0.5, 1]


@pytest.mark.parametrize("part", ["drawing", "card"])
def test_a_new_step_ends_what_still_moves(motion: Motion, part: str) -> None:
    first, second = Heard(), Heard()
    motion.play("drawing", first.append)
    motion.clock.setCurrentTime(75)
    motion.play(part, second.append)
    assert first == [0, 0.5, 1]
    assert second == [0]
    motion.finish()


@pytest.mark.parametrize("event", ["key", "press", "wheel"])
def test_any_input_ends_it_at_once_and_goes_its_way(motion: Motion, qtbot: QtBot, event: str) -> None:
    widget, heard = QWidget(), Heard()
    qtbot.addWidget(widget)
    motion.play("drawing", heard.append)
    QTest.mouseMove(widget)
    assert motion.running
    if event == "key":
        QTest.keyClick(widget, Qt.Key.Key_A)
    elif event == "press":
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    else:
        QApplication.sendEvent(widget, wheel())
    assert heard == [0, 1]
    assert not motion.running


def test_switched_off_it_shows_the_end_alone(motion: Motion) -> None:
    heard = Heard()
    motion.play("drawing", heard.append)
    motion.set_enabled(False)
    assert heard == [0, 1]
    motion.play("drawing", heard.append)
    assert heard == [0, 1, 1]
    assert not motion.running


def test_many_at_once_leave_one(motion: Motion) -> None:
    heard = [Heard() for _ in range(20)]
    for one in heard:
        motion.play("drawing", one.append)
    assert heard[:-1] == [[0, 1]] * 19
    motion.finish()
    assert heard[-1] == [0, 1]
