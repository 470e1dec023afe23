"""Pictures of learning in the whole window: drawn into while it trains, shown large, and left again by Esc."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.panels.picture_actions import regions_of
from explorer.session import RunStatus

pytestmark = pytest.mark.opens("drawn-2", (1280, 800))

Key, Button = Qt.Key, Qt.MouseButton


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
    QApplication.processEvents()


def covers(window: MainWindow) -> bool:
    return window.picture_sheet.is_open


def rests(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.training.pictures.slow.is_working())


def test_points_are_drawn_while_the_network_trains_on(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Key.Key_P)
    regions, session = regions_of(window), window.session
    assert regions.is_drawing
    assert regions.hasFocus()
    rests(window, qtbot)
    window.action("train").trigger()
    qtbot.waitUntil(lambda: session.state.run.step > 0)
    QTest.mouseClick(regions, Button.LeftButton, pos=regions.ground().center().toPoint())
    press(window, Key.Key_2)
    press(window, Key.Key_Space)
    press(window, Key.Key_Space)
    step = session.state.run.step
    qtbot.waitUntil(lambda: session.state.run.step > step)
    assert session.state.run.status is RunStatus.RUNNING
    assert session.state.samples == 4
    assert window.action("train").isChecked()
    window.action("train").trigger()
    qtbot.waitUntil(lambda: session.state.run.status is RunStatus.PAUSED)
    window.action("undo").trigger()
    assert session.state.samples <= 4
    press(window, Key.Key_Escape)
    assert not regions.is_drawing


@pytest.mark.opens("iris")
def test_where_no_points_can_be_drawn_a_sentence_says_so(window: MainWindow) -> None:
    press(window, Key.Key_P)
    assert not window.action("draw_points").isChecked()
    assert window.session.state.notice is not None
    assert "choose such data" in window.session.state.notice.text


def test_a_picture_is_shown_large_and_put_back(window: MainWindow) -> None:
    pictures = window.training.pictures
    window.steps.setFocus()
    small = pictures.size()
    press(window, Key.Key_V, Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    assert covers(window)
    assert pictures.isVisible()
    assert pictures.width() > 2 * small.width()
    assert pictures.large.isChecked()
    assert not window.action("zoom_in").isEnabled()
    press(window, Key.Key_Escape)
    QApplication.processEvents()
    assert not covers(window)
    assert pictures.isVisible()
    assert pictures.size() == small
    assert window.action("zoom_in").isEnabled()
    assert not pictures.large.isChecked()


def test_the_large_picture_and_the_chain_take_turns(window: MainWindow) -> None:
    large, chain = window.action("enlarge_picture"), window.action("chain_view")
    large.trigger()
    chain.trigger()
    assert not large.isChecked()
    assert window.chain_sheet.is_open
    assert not window.action("fit").isEnabled()
    large.trigger()
    assert not chain.isChecked()
    assert covers(window)
    assert not window.action("fit").isEnabled()


def test_points_are_drawn_into_the_large_picture(window: MainWindow, qtbot: QtBot) -> None:
    window.action("enlarge_picture").trigger()
    window.action("draw_points").trigger()
    rests(window, qtbot)
    regions = regions_of(window)
    QTest.mouseClick(regions, Button.LeftButton, pos=regions.ground().center().toPoint())
    assert window.session.state.samples == 3
    press(window, Key.Key_Escape)
    assert not regions.is_drawing
    assert covers(window)
    press(window, Key.Key_Escape)
    assert not covers(window)


def test_tab_reaches_what_draws(window: MainWindow) -> None:
    window.action("draw_points").trigger()
    regions, seen = regions_of(window), []
    for _ in range(120):
        press(window, Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    wanted = {regions, regions.draw, regions.bar.chips[0], regions.bar.eraser, window.training.pictures.large}
    assert not {each.accessibleName() for each in wanted - set(seen)}


def test_samples_are_exported(window: MainWindow, tmp_path: Path) -> None:
    window.files.exports.write("export_data", str(tmp_path / "mine.csv"))
    assert (tmp_path / "mine.csv").read_text().splitlines() == ["x1,x2,class", "-1.0,0.0,first", "1.0,0.0,second"]
    assert window.session.state.notice is not None
    assert window.session.state.notice.text.startswith("Wrote 2 samples to ")
