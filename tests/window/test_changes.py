"""What a changed number leads to: undo and redo, a pause of the training, further updates, a file."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.problems import load_problem
from explorer.session import RunStatus
from explorer.tape import record
from tests.editing import CTRL, SHIFT, open_cell, type_into, weight
from tests.windows import WAIT_MS

pytestmark = pytest.mark.opens("net-s")


def test_undo_and_redo_by_key_say_what_they_do(window: MainWindow) -> None:
    undo, redo = window.action("undo"), window.action("redo")
    assert (undo.isEnabled(), undo.toolTip()) == (False, "Nothing to undo (Ctrl+Z)")
    before = weight(window, 0, 1)
    open_cell(window, "W1", (0, 1))
    type_into(window, "0.5")
    assert undo.text() == "&Undo W₁[1, 2] = 0.5000"
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert weight(window, 0, 1) == before
    assert redo.text() == "&Redo W₁[1, 2] = 0.5000"
    assert not window.top.problems.currentText().endswith(" (edited)")
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert weight(window, 0, 1) == 0.5
    window.action("undo").trigger()
    QTest.keyClick(window, Qt.Key.Key_Y, CTRL)
    assert weight(window, 0, 1) == 0.5


def test_an_edit_pauses_training_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    window.action("train").trigger()
    qtbot.waitUntil(lambda: window.session.state.run.step > 20, timeout=WAIT_MS)
    open_cell(window, "W1", (0, 1))
    type_into(window, "0.5")
    assert window.session.state.run.status is RunStatus.PAUSED
    assert window.banner.text() == "Training is paused for a change: W₁[1, 2] = 0.5000."
    assert not window.action("train").isChecked()
    step = window.session.state.run.step
    window.action("train_step").trigger()
    qtbot.waitUntil(lambda: window.session.state.run.step == step + 1, timeout=WAIT_MS)


def test_updates_are_stepped_through_and_back_by_key(window: MainWindow) -> None:
    problem = load_problem("net-s")
    assert window.pager.text == "pass 1, before any update"
    assert not window.action("previous_update").isEnabled()
    for number in (1, 2, 3):
        QTest.keyClick(window, Qt.Key.Key_N)
        assert window.session.state.tape.loss == record(problem, after=number).loss
    assert window.pager.text == "pass 4, after 3 updates"
    assert window.pager.sizeHint().height() >= 2 * window.pager.fontMetrics().height()
    for number in (2, 1, 0):
        QTest.keyClick(window, Qt.Key.Key_N, SHIFT)
        assert window.session.state.tape.loss == record(problem, after=number).loss
    assert window.pager.text == "pass 1, before any update"
    assert not window.action("previous_update").isEnabled()


def test_an_edited_problem_is_saved_and_its_own_numbers_come_back_by_choosing_it(
    window: MainWindow, tmp_path: Path
) -> None:
    before = weight(window, 0, 1)
    open_cell(window, "W1", (0, 1))
    type_into(window, "0.5")
    window.files.exports.write("save_problem", str(tmp_path / "mine.json"))
    assert load_problem(tmp_path / "mine.json").network.parameters["W1"][0, 1] == 0.5
    window.top.problem_chosen.emit("problem:net-s")
    assert weight(window, 0, 1) == before
    assert window.session.state.edited == frozenset()
    window.action("undo").trigger()
    assert weight(window, 0, 1) == 0.5


def test_an_early_stop_is_told_in_the_list_of_steps_and_under_the_buttons(window: MainWindow) -> None:
    session = window.session
    for _ in range(3):
        window.action("next_update").trigger()
    session.set_status(RunStatus.RUNNING)
    run = session.state.run
    nothing = np.empty(0, np.float32)
    session.receive(run.id, 5, 5, nothing, (), session.state.network, session.state.memory)
    session.set_status(RunStatus.PAUSED, "best of epoch 3", kept_step=3)
    assert window.pager.text == "pass 4, after 3 updates"
    line = window.training.controls.line
    assert (line.progress.text(), line.status.text()) == ("shown: step 3 of 5", "● best of epoch 3")
    session.set_status(RunStatus.RUNNING)
    assert window.pager.text == "pass 6, at step 5"
