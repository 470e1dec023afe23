"""The hint beside the title: there with its cause, closed for the run, back in another one."""

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from explorer.panels.training.hint_line import HintLine
from explorer.session import Evaluation, RunStatus, Session
from explorer.session.opening import open_data


@pytest.fixture
def session() -> Session:
    return Session(*open_data("moons"))


@pytest.fixture
def line(qtbot: QtBot, look: QApplication, session: Session) -> HintLine:
    made = HintLine(session)
    qtbot.addWidget(made)
    return made


def stay_at_guessing(session: Session) -> None:
    guess = math.log(2)
    evaluations = tuple(Evaluation(step, guess, 0.5, guess, 0.5) for step in range(0, 401, 20))
    session.receive(session.state.run.id, 400, 40, np.full(400, guess, np.float32), evaluations, None)
    session.set_status(RunStatus.PAUSED)


def test_a_hint_comes_with_its_cause_and_goes_with_the_run(session: Session, line: HintLine) -> None:
    assert line.isHidden()
    stay_at_guessing(session)
    assert not line.isHidden()
    assert line.text.text() == "the loss stays at ln 2 = 0.6931, that of guessing"
    assert line.text.toolTip().startswith("The loss stays at ln 2 = 0.6931, that of guessing. ")
    session.reset()
    assert line.isHidden()


def test_a_closed_hint_stays_closed_until_a_run_begins_anew(session: Session, line: HintLine) -> None:
    stay_at_guessing(session)
    button = line.findChild(QToolButton, "close_hint")
    assert isinstance(button, QToolButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert line.isHidden()
    session.set_status(RunStatus.READY)
    assert line.isHidden()
    session.reset()
    stay_at_guessing(session)
    assert not line.isHidden()
