"""The window goes first: training stands aside from what a person asks for until it is painted, and then goes on."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.bridge.gate import Gate
from explorer.bridge.mailbox import Mailbox
from explorer.bridge.messages import Load
from explorer.bridge.runner import BLOCKS, Runner
from explorer.engine import Network, Problem
from explorer.session import Session, Settings, Subject


class CountingGate(Gate):
    """Counts how often training passes."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0

    def pass_through(self) -> None:
        self.passed += 1
        super().pass_through()


def problem() -> Problem:
    return Problem(Network.random((2, 3, 2), seed=0), np.eye(2), np.eye(2))


@pytest.fixture
def engine(qtbot: QtBot) -> Iterator[TrainingEngine]:
    about = problem()
    made = TrainingEngine(Session(Subject.of_problem("s", about), Settings.of_problem(about)))
    yield made
    made.shutdown()


def test_training_looks_at_the_gate_several_times_a_slice() -> None:
    about, gate = problem(), CountingGate()
    runner = Runner(Load(1, 1, about, np.empty((0, 2)), np.empty((0, 2)), 2, 0), Mailbox(), gate=gate)
    runner.train()
    runner.slice(0.02)
    assert gate.passed >= BLOCKS


def test_an_open_gate_holds_nobody_up_and_a_shut_one_not_for_ever() -> None:
    gate = Gate()
    gate.pass_through()
    gate.shut()
    gate.pass_through()
    seen = [gate.is_shut]
    gate.open()
    assert [*seen, gate.is_shut] == [True, False]


def test_training_stands_aside_until_the_window_has_painted(engine: TrainingEngine, qtbot: QtBot) -> None:
    shut_while_painting: list[bool] = []

    class Pane(QWidget):
        def paintEvent(self, _event: object) -> None:
            shut_while_painting.append(engine._gate.is_shut)

    session, pane = engine._session, Pane()
    qtbot.addWidget(pane)
    pane.show()
    engine.train()
    qtbot.waitUntil(lambda: session.state.run.step > 0)
    shut_while_painting.clear()
    session.go_to(3)
    pane.update()
    assert engine._gate.is_shut
    qtbot.waitUntil(lambda: not engine._gate.is_shut)
    assert shut_while_painting == [True]
    step = session.state.run.step
    qtbot.waitUntil(lambda: session.state.run.step > step)


def test_at_rest_there_is_nobody_to_stand_aside(engine: TrainingEngine) -> None:
    engine._session.go_to(2)
    assert not engine._gate.is_shut
