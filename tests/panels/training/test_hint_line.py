"""The hint beside the title: there with its cause, closed for the run, back in another one."""

import math

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from explorer.data import load_dataset
from explorer.panels.training.hint_line import HintLine
from explorer.session import Evaluation, RunStatus, Session
from explorer.session.opening import open_data, opened


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


def test_a_hint_without_room_leaves_out_its_end(session: Session, line: HintLine) -> None:
    stay_at_guessing(session)
    line.text.resize(200, 20)
    assert line.text.shown_text().startswith("the loss stays at ln 2")
    assert line.text.shown_text().endswith("…")


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


def overfit(session: Session, steps: range, newest: float, status: RunStatus) -> None:
    """Measure a loss on held-out samples that turned up at step 100, and ends with that value."""
    session.set_status(RunStatus.RUNNING)
    tests = [0.3 if step == 100 else 0.5 for step in steps[:-1]] + [newest]
    evaluations = tuple(
        Evaluation(step, 1 / (step + 1), 0.9, test, 0.9) for step, test in zip(steps, tests, strict=True)
    )
    session.receive(session.state.run.id, steps[-1], 40, np.full(20, 0.1, np.float32), evaluations, None)
    session.set_status(status)


def test_the_number_of_a_hint_is_the_newest_one_that_the_legend_has_too(session: Session, line: HintLine) -> None:
    overfit(session, range(0, 601, 20), 0.61, RunStatus.PAUSED)
    assert line.text.text() == "test loss rises since step 100: 0.300 to 0.610"
    overfit(session, range(620, 660, 20), 0.72, RunStatus.RUNNING)
    assert line.text.text().endswith(" to 0.610")
    line.follow(session.state.run.evaluation)
    assert line.text.text().endswith(" to 0.720")
    assert " to 0.720. " in line.text.toolTip()


def test_a_closed_hint_does_not_keep_a_worse_one_away(session: Session, line: HintLine) -> None:
    overfit(session, range(0, 601, 20), 0.61, RunStatus.PAUSED)
    line.dismiss()
    assert line.isHidden()
    evaluations = tuple(Evaluation(step, 2000.0, 0.5, 2000.0, 0.5) for step in range(620, 801, 20))
    session.receive(session.state.run.id, 800, 50, np.full(20, 2000, np.float32), evaluations, None)
    session.set_status(RunStatus.READY)
    assert line.text.text() == "training loss soars since step 600: 0.00166 to 2000"


def test_the_remedy_of_large_inputs_is_a_button_beside_the_hint(session: Session, line: HintLine, qtbot: QtBot) -> None:
    stay_at_guessing(session)
    assert line.offer.isHidden()
    session.open(*opened(replace(load_dataset("wine"), fitting="none")))
    guess = math.log(3)
    evaluations = tuple(Evaluation(step, guess, 0.3, guess, 0.3) for step in range(0, 401, 20))
    session.receive(session.state.run.id, 400, 40, np.full(400, guess, np.float32), evaluations, None)
    session.set_status(RunStatus.PAUSED)
    assert line.offer.text() == line.offer.accessibleName() == "Scale the inputs"
    with qtbot.waitSignal(line.offered) as offered:
        QTest.mouseClick(line.offer, Qt.MouseButton.LeftButton)
    assert offered.args == ["scale_inputs"]
