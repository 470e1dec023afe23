"""The window in time: looking back and branching by actions, exporting the history, going back after a divergence."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from explorer.data import load_dataset
from explorer.panels.main_window import MainWindow
from explorer.session import Evaluation, RunStatus
from explorer.session.opening import open_data, opened
from tests.windows import WAIT_MS

pytestmark = pytest.mark.opens("moons")


def train(window: MainWindow, qtbot: QtBot, steps: int = 100) -> None:
    wanted = window.session.state.run.step + steps
    window.action("train").trigger()
    qtbot.waitUntil(lambda: window.session.state.run.step > wanted, timeout=WAIT_MS)
    window.action("train").trigger()
    qtbot.waitUntil(lambda: window.session.state.run.status is RunStatus.PAUSED, timeout=WAIT_MS)


def test_actions_go_through_time_and_branch(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.action("continue_here").isEnabled()
    train(window, qtbot)
    session = window.session
    newest, steps = session.state.network, session.checkpoints.steps
    window.action("look_earlier").trigger()
    window.action("look_earlier").trigger()
    window.action("look_later").trigger()
    assert session.state.network_step == steps[-2]
    assert window.action("continue_here").isEnabled()
    window.action("look_newest").trigger()
    assert session.state.network is newest
    session.look_at(steps[2])
    window.action("continue_here").trigger()
    assert session.state.run.step == steps[2]
    train(window, qtbot, 20)
    window.action("undo").trigger()
    window.action("undo").trigger()
    assert session.state.network is newest


def test_the_history_is_exported(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    train(window, qtbot)
    path = tmp_path / "h.csv"
    window.files.exports.write("export_history", str(path))
    with path.open(newline="") as text:
        rows = list(csv.DictReader(text))
    assert [int(row["step"]) for row in rows] == [each.step for each in window.session.history.evaluations]
    assert float(rows[-1]["train_loss"]) == window.session.history.evaluations[-1].train_loss
    assert (window.session.state.notice or pytest.fail("no notice")).text.endswith(f"to {path}.")


def test_after_a_divergence_another_rate_leads_on_and_the_buttons_say_so(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.open(*open_data("sine"))
    names = "train", "train_step", "train_epoch"
    tips = [window.action(name).toolTip() for name in names]
    train(window, qtbot, 30)
    session.configure(replace(session.state.settings, learning_rate=1000.0))
    window.action("train").trigger()
    qtbot.waitUntil(lambda: session.state.run.status is RunStatus.FAILED, timeout=WAIT_MS)
    window.action("close_notice").trigger()
    for name in names:
        assert not window.action(name).isEnabled()
        assert "set another rate" in window.action(name).toolTip()
    session.configure(replace(session.state.settings, learning_rate=0.05))
    assert all(window.action(name).isEnabled() for name in names)
    assert [window.action(name).toolTip() for name in names] == tips
    train(window, qtbot, 30)
    assert session.state.run.diverged_at is None


def test_a_divergence_offers_the_way_back(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.open(*open_data("sine"))
    train(window, qtbot, 30)
    session.configure(replace(session.state.settings, learning_rate=100.0))
    window.action("train").trigger()
    qtbot.waitUntil(lambda: session.state.run.status is RunStatus.FAILED, timeout=WAIT_MS)
    assert "first in " in window.banner.text()
    button = window.banner.findChild(QPushButton, "offer_button")
    assert isinstance(button, QPushButton)
    rate = session.state.run.remedy_rate
    assert button.text() == f"Go back at rate {rate:g}"
    button.click()
    state = session.state
    assert (state.run.status, state.settings.learning_rate) == (RunStatus.PAUSED, rate)
    assert window.action("train").isEnabled()


def test_scaling_is_one_click_after_inputs_were_too_large(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.open(*opened(replace(load_dataset("wine"), fitting="none")))
    raw = session.state.subject.problem.X.max()
    session.diverge(3, "J")
    button = window.banner.findChild(QPushButton, "offer_button")
    assert isinstance(button, QPushButton)
    assert button.text() == "Scale the inputs"
    button.click()
    assert session.state.subject.problem.X.max() < 10 < raw
    assert not window.action("scale_inputs").isEnabled()
    session.undo()
    assert session.state.subject.problem.X.max() == raw


def test_scaling_is_one_click_where_a_hint_says_that_inputs_are_too_large(window: MainWindow) -> None:
    session = window.session
    session.open(*opened(replace(load_dataset("wine"), fitting="none")))
    raw = session.state.subject.problem.X.max()
    guess = math.log(3)
    measured = tuple(Evaluation(step, guess, 0.3, guess, 0.3) for step in range(0, 401, 20))
    session.receive(session.state.run.id, 400, 40, np.full(400, guess, np.float32), measured, None)
    session.set_status(RunStatus.PAUSED)
    window.training.controls.hint.offer.click()
    assert session.state.subject.problem.X.max() < 10 < raw
