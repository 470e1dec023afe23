"""The line of time: its slider takes the window to a kept step, says which, and lets a run begin there."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from explorer.data import load_dataset
from explorer.panels.theme import DARK
from explorer.panels.training.time_line import NOTHING_KEPT, TimeLine, kept_words
from explorer.session import RunStatus, Session, Settings, Subject


@pytest.fixture
def session() -> Session:
    settings = Settings((8,), "tanh", 0.1, 16, 1)
    return Session(Subject.of_data(load_dataset("moons"), settings), settings)


@pytest.fixture
def line(qtbot: QtBot, look: QApplication, session: Session) -> TimeLine:
    branch = QAction("Continue from here")
    branch.triggered.connect(session.continue_here)
    made = TimeLine(session, branch)
    branch.setParent(made)
    qtbot.addWidget(made)
    made.set_palette(DARK)
    made.resize(620, 30)
    return made


def train(session: Session, pictures: int = 5) -> None:
    session.set_status(RunStatus.RUNNING)
    for _ in range(pictures):
        step = session.state.run.step + 10
        network = session.state.network.copy()
        network.theta += 0.01
        session.receive(session.state.run.id, step, step // 10, np.ones(10, np.float32), (), network)
    session.set_status(RunStatus.PAUSED)


def test_before_training_there_is_nothing_to_go_back_to(line: TimeLine) -> None:
    assert (line.where.text(), line.kept.text(), line.slider.isEnabled()) == (NOTHING_KEPT, "", False)


def test_the_slider_takes_the_session_to_a_kept_step(session: Session, line: TimeLine) -> None:
    train(session)
    assert (line.slider.maximum(), line.slider.value(), line.where.text()) == (5, 5, "newest step")
    line.slider.setValue(2)
    assert session.state.network_step == 20
    assert line.where.text() == "step 20"
    line.slider.setValue(5)
    assert (session.state.front, line.where.text()) == (None, "newest step")


def test_the_slider_keeps_its_length_under_the_mouse(qtbot: QtBot, session: Session, line: TimeLine) -> None:
    train(session, 120)
    line.show()
    qtbot.waitUntil(lambda: line.slider.width() > 20)
    before = line.slider.geometry()
    line.slider.setValue(2)
    line.grab()  # lays out what asks for it
    assert line.slider.geometry() == before
    line.hide()


def test_the_slider_keeps_its_length_as_a_lost_run_is_looked_back_at(
    qtbot: QtBot, session: Session, line: TimeLine
) -> None:
    train(session)
    session.set_status(RunStatus.RUNNING)
    session.diverge(51, "W1")
    line.show()
    qtbot.waitUntil(lambda: line.slider.width() > 20)
    before = line.slider.geometry()
    line.slider.setValue(2)
    line.grab()  # lays out what asks for it
    assert line.slider.geometry() == before
    line.hide()


def test_a_press_goes_where_the_mouse_is(session: Session, line: TimeLine) -> None:
    train(session)
    line.show()
    QTest.mouseClick(line.slider, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert (session.state.network_step, line.slider.value()) == (0, 0)
    line.hide()


def test_a_branch_begins_where_the_slider_stands(session: Session, line: TimeLine) -> None:
    train(session)
    branch = line.findChild(QAction)
    assert branch is not None
    assert not branch.isEnabled()
    line.slider.setValue(3)
    assert branch.isEnabled()
    branch.trigger()
    assert (session.state.run.step, line.slider.maximum(), line.where.text()) == (30, 3, "newest step")
    assert not branch.isEnabled()


def test_a_run_that_diverged_can_be_left_for_a_good_step(session: Session, line: TimeLine) -> None:
    train(session)
    session.set_status(RunStatus.RUNNING)
    session.diverge(51, "W1")
    session.tell(None)
    branch = line.findChild(QAction)
    assert branch is not None
    assert (branch.isEnabled(), branch.iconText()) == (True, "Back to a good step")
    assert "lowest loss" in branch.toolTip()
    branch.trigger()
    assert "lowest loss" not in branch.toolTip()
    assert (session.state.run.status, session.state.run.step) == (RunStatus.READY, 0)
    assert (branch.isEnabled(), branch.iconText()) == (False, "Continue from here")


def test_the_slider_stays_where_it_looks_while_training_goes_on(session: Session, line: TimeLine) -> None:
    train(session)
    session.set_status(RunStatus.RUNNING)
    line.slider.setValue(1)
    network = session.state.network.copy()
    session.receive(session.state.run.id, 60, 6, np.ones(10, np.float32), (), network)
    session.set_status(RunStatus.PAUSED)
    assert (line.slider.value(), line.slider.maximum()) == (1, 6)
    assert line.where.text() == "step 10"


def test_the_budget_is_shown() -> None:
    assert kept_words(1212, 3 * 2**20 + 2**19, 32 * 2**20) == "1,212 kept · 3.5 of 32 MB"


def test_a_narrow_line_leaves_words_out_and_cuts_none(line: TimeLine, session: Session, qtbot: QtBot) -> None:
    train(session)
    holder = QWidget()
    qtbot.addWidget(holder)
    line.setParent(holder)
    line.show()
    holder.show()
    said = []
    for width in (620, 400, line.minimumSizeHint().width(), 620):
        line.resize(width, 30)
        QApplication.processEvents()
        parts = [part for part in (line.slider, line.where, line._button) if part.isVisible()]
        assert all(part.width() >= part.minimumSizeHint().width() for part in parts)
        assert all(a.geometry().right() < b.x() for a, b in itertools.pairwise(parts))
        said.append((line.where.isVisible(), QLabel.text(line.kept)))  # what is painted
    assert said == [(True, line.kept.text()), (True, ""), (False, ""), (True, line.kept.text())]
    line.setParent(None)
