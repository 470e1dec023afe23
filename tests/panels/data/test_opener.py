"""Samples on their way into the window: dropped, opened again, read beside it where they are many, given up."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from explorer.app import create_window
from explorer.panels.data.data_dialog import DataDialog
from explorer.panels.main_window import MainWindow
from explorer.session import opening
from tests.panels.data.asking import WAIT_MS, is_waiting, is_working, pick, rested, told


def test_cancel_gives_up_in_the_middle_and_loses_nothing(window: MainWindow, table: Path, qtbot: QtBot) -> None:
    before = window.session.state.subject
    window.files.open_named(str(table))
    dialog = window.files.opener.dialog
    assert isinstance(dialog, DataDialog)
    assert is_working(window)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not is_working(window)
    assert window.session.state.subject is before
    assert window.files.opener.dialog is None


def test_the_window_closes_in_the_middle_of_a_reading(window: MainWindow, table: Path) -> None:
    window.files.open_named(str(table))
    window.close()
    assert window.files.opener.dialog is None


def test_a_dropped_table_asks_and_a_file_is_opened_again_as_it_was(
    window: MainWindow, table: Path, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table))])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), *how)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), *how))
    dialog = window.files.opener.dialog
    assert isinstance(dialog, DataDialog)
    rested(qtbot, window)
    for field, value in (("target", "answer"), ("missing", "skip")):
        pick(dialog.form.pickers[field], value)
        rested(qtbot, window)
    dialog.remedy.click()
    rested(qtbot, window)
    dialog.open_samples()
    qtbot.waitUntil(lambda: window.session.state.subject.name == str(table), timeout=WAIT_MS)
    key, shape = window.session.state.subject.key, window.session.state.subject.problem.X.shape
    window.files.open_data("moons")
    window.files.open_key(key)
    qtbot.waitUntil(lambda: window.session.state.subject.name == str(table), timeout=WAIT_MS)
    assert window.session.state.subject.problem.X.shape == shape


def test_a_large_file_of_the_command_line_is_opened_beside_the_window(
    look: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.csv"
    path.write_text("a,b,y\n" + "".join(f"{k},{k * k},{k % 2}\n" for k in range(400)))
    monkeypatch.setattr(opening.begun, "__defaults__", (0.0,))
    window = create_window(str(path))
    qtbot.addWidget(window)
    assert is_waiting(window)
    qtbot.waitUntil(lambda: window.session.state.subject.name == str(path), timeout=WAIT_MS)
    assert not is_waiting(window)
    window.close()


def test_a_large_file_that_is_refused_is_one_notice(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening.begun, "__defaults__", (0.0,))
    path = tmp_path / "bad.csv"
    path.write_text("a,b,y\n1,2,0\n3,1\n")
    before = window.session.state.subject
    window.files.open_key(f"data:{path}")
    qtbot.waitUntil(lambda: told(window) != "", timeout=WAIT_MS)
    assert told(window).endswith("line 3 has 2 entries: expected 3, as in the first; mend it")
    assert window.session.state.subject is before


def test_the_action_asks_for_a_file(window: MainWindow, table: Path, qtbot: QtBot) -> None:
    window.action("open_data").trigger()
    chooser = window.files.dialog
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(table))
    chooser.reject()
    assert isinstance(window.files.opener.dialog, DataDialog)
    rested(qtbot, window)
    window.files.opener.close_dialog()
