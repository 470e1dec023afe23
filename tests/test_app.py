"""The whole window, driven as a person drives it: keys, clicks, training, closing in the middle."""

from collections.abc import Iterator

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.app import create_window
from explorer.engine import ExplorerError
from explorer.panels.main_window import MainWindow
from explorer.problems import load_problem
from explorer.resources import program_version
from explorer.session import RunStatus
from tests.windows import WAIT_MS, is_paused, notice, shown, status

ACTIONS = (
    "step_forward",
    "step_back",
    "first_step",
    "last_step",
    "play",
    "train",
    "train_step",
    "train_epoch",
    "reset",
    "open_problem",
    "export_weights",
    "export_picture",
    "gradient_check",
)
WIDGETS = ("steps_view", "network_view", "step_panel", "loss_plot", "accuracy_plot")


@pytest.fixture
def window(look: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = shown(qtbot)
    yield made
    made.close()


@pytest.fixture
def digits(look: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = shown(qtbot, "digits")
    yield made
    made.close()


def test_opens_on_net_s_with_all_public_names(window: MainWindow) -> None:
    window.complete()
    assert window.session.state.subject.name == "net-s"
    for name in ACTIONS:
        assert isinstance(window.findChild(QAction, name), QAction), name
    for name in WIDGETS:
        assert isinstance(window.findChild(QWidget, name), QWidget), name
    assert window.action("train").isCheckable()


def test_opens_on_a_problem_and_refuses_what_is_none(look: QApplication, qtbot: QtBot) -> None:
    window = create_window(load_problem("mazur"))
    qtbot.addWidget(window)
    assert window.session.state.network.loss == "half_squared_error"
    window.close()
    with pytest.raises(ExplorerError, match="nothing-there"):
        create_window("nothing-there.json")


def test_keys_step_through_the_pass(window: MainWindow, qtbot: QtBot) -> None:
    last = len(window.session.state.tape) - 1
    for key, position in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_End, last),
        (Qt.Key.Key_Right, last),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
    ):
        qtbot.keyClick(window, key)
        assert window.session.state.position == position


def test_the_keys_work_wherever_the_focus_is(window: MainWindow, qtbot: QtBot) -> None:
    steps = window.findChild(QWidget, "steps_view")
    for widget in (steps, window.network, window.transport.slider, window.top.problems):
        assert isinstance(widget, QWidget)
        widget.setFocus()
        before = window.session.state.position
        qtbot.keyClick(widget, Qt.Key.Key_Right)
        assert window.session.state.position == before + 1


def test_space_plays_to_the_end_and_pauses(window: MainWindow, qtbot: QtBot) -> None:
    window.session.go_to(len(window.session.state.tape) - 3)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.action("play").isChecked()
    qtbot.waitUntil(lambda: not window.action("play").isChecked(), timeout=WAIT_MS)
    assert window.session.state.step.id == "J+"
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.session.state.position == 0
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not window.action("play").isChecked()


def test_space_presses_the_button_that_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    train = next(button for button in window.top.findChildren(QPushButton) if button.text() == "Train")
    train.setFocus()
    qtbot.keyClick(train, Qt.Key.Key_Space)
    assert train.isChecked()
    assert not window.action("play").isChecked()


def test_the_chain_reads_with_conforming_shapes(window: MainWindow) -> None:
    tape = window.session.state.tape
    chain = ["dJ/dz2", "dz2/dh1", "dJ/dh1", "dh1/dz1", "dJ/dz1", "dz1/dx", "dJ/dx"]
    positions = [tape.index(name) for name in chain]
    assert positions == sorted(positions)
    product = tape.value("dJ/dz2") @ tape.value("dz2/dh1") * tape.value("dh1/dz1") @ tape.value("dz1/dx")
    np.testing.assert_allclose(product, tape.value("dJ/dx"), rtol=1e-15)


def test_picking_problems_and_samples(window: MainWindow, qtbot: QtBot) -> None:
    picker = window.top.problems
    picker.setCurrentIndex(picker.findData("data:digits"))
    picker.activated.emit(picker.currentIndex())
    assert window.session.state.network.sizes[0] == 64
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    assert window.session.state.sample == 1
    qtbot.keyClick(window, Qt.Key.Key_PageUp)
    assert window.session.state.sample == 0
    window.action("random_sample").trigger()
    assert window.session.state.sample != 0


def test_trains_live_and_pauses_on_the_network_as_it_stands(digits: MainWindow, qtbot: QtBot) -> None:
    initial = digits.session.state.network.theta.copy()
    qtbot.keyClick(digits, Qt.Key.Key_T)
    assert status(digits) is RunStatus.RUNNING
    qtbot.waitUntil(lambda: digits.session.state.run.epoch >= 2, timeout=WAIT_MS)
    digits.action("step_forward").trigger()
    assert digits.session.state.position == 1
    qtbot.keyClick(digits, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: is_paused(digits), timeout=WAIT_MS)
    state = digits.session.state
    assert not np.array_equal(state.network.theta, initial)
    np.testing.assert_array_equal(state.tape.value("W1"), state.network.parameters["W1"])
    assert len(digits.session.history.losses) == state.run.step
    assert state.run.evaluation is not None
    assert state.run.evaluation.step == state.run.step


def test_one_step_one_epoch_and_reset(digits: MainWindow, qtbot: QtBot) -> None:
    initial = digits.session.state.network.theta.copy()
    digits.action("train_step").trigger()
    qtbot.waitUntil(lambda: digits.session.state.run.step == 1 and is_paused(digits), timeout=WAIT_MS)
    digits.action("train_epoch").trigger()
    qtbot.waitUntil(lambda: digits.session.state.run.epoch == 1 and is_paused(digits), timeout=WAIT_MS)
    digits.action("reset").trigger()
    assert digits.session.state.run.step == 0
    np.testing.assert_array_equal(digits.session.state.network.theta, initial)


def test_closing_in_the_middle_of_training_ends_cleanly(look: QApplication, qtbot: QtBot) -> None:
    window = shown(qtbot, "digits")
    window.action("train").trigger()
    qtbot.waitUntil(lambda: window.session.state.run.step > 0, timeout=WAIT_MS)
    window.close()
    assert not window.isVisible()


def test_the_gradient_check_agrees(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_G)
    assert "agrees" in notice(window)


def test_about_tells_version_and_licences(window: MainWindow) -> None:
    window.action("about").trigger()
    assert notice(window).startswith(f"Backprop Explorer {program_version()}: ")
    assert "MIT licence" in notice(window)


def test_divergence_stops_with_step_and_tensor_and_a_way_back(digits: MainWindow, qtbot: QtBot) -> None:
    settings = replace(digits.session.state.settings, activation="identity", learning_rate=1e6)
    digits.session.configure(settings)
    digits.action("train").trigger()
    qtbot.waitUntil(lambda: status(digits) is RunStatus.FAILED, timeout=WAIT_MS)
    assert "step" in notice(digits)
    assert "learning rate" in notice(digits)
    assert np.isfinite(digits.session.state.network.theta).all()
    assert not digits.action("train").isEnabled()
    digits.action("reset").trigger()
    assert status(digits) is RunStatus.READY
    assert digits.action("train").isEnabled()
