"""The line under the buttons: what it says of a run, above all of one that failed."""

import math

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.elided_label import ElidedLabel
from explorer.panels.training.plot_kind import LOSS
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.run_line import RunLine, Told, progress_words, status_words
from explorer.panels.training.speed import Speed
from explorer.session import Evaluation, History, Run, RunStatus


@pytest.mark.parametrize(
    ("run", "progress", "status"),
    [
        (Run(1), "step 0 · epoch 0", "ready"),
        (Run(1, RunStatus.PAUSED, 1200, 3), "step 1,200 · epoch 3", "paused"),
        (Run(1, RunStatus.PAUSED, 60, 20, stopped="20 epochs done"), "step 60 · epoch 20", "20 epochs done"),
        (Run(1, RunStatus.PAUSED, 60, 20, stopped="best of epoch 9"), "step 60 · epoch 20", "best of epoch 9"),
        (Run(1, RunStatus.FAILED, 26, 0, diverged_at=28), "shown: step 26", "diverged at step 28"),
        (Run(1, RunStatus.FAILED, 26), "shown: step 26", "stopped"),
    ],
)
def test_a_run_in_words(run: Run, progress: str, status: str) -> None:
    assert progress_words(run, None) == progress
    assert status_words(run) == status


def test_the_epoch_at_which_it_stops_is_told() -> None:
    run = Run(1, RunStatus.RUNNING, 70_000, 2262)
    assert progress_words(run, None, Told(until=2400)) == "step 70,000 · epoch 2,262 of 2,400"


def test_the_speed_stands_behind_the_steps() -> None:
    assert progress_words(Run(1, RunStatus.RUNNING, 9, 1), 5400.0) == "step 9 · epoch 1 · 5,400 updates/s"


@pytest.mark.parametrize("status", [RunStatus.PAUSED, RunStatus.FAILED])
def test_what_is_looked_back_at_is_told(status: RunStatus) -> None:
    assert progress_words(Run(1, status, 1200, 3), None, Told(400, back=True)) == "shown: step 400 of 1,200"


def test_a_diverged_run_says_that_it_went_back(qtbot: QtBot, look: QApplication) -> None:
    line = RunLine()
    qtbot.addWidget(line)
    line.show_run(Run(1, RunStatus.FAILED, 26, 0, diverged_at=28))
    assert line.status.text() == "● diverged at step 28"
    assert "last step" in line.status.toolTip()
    line.show_run(Run(2))
    assert line.status.toolTip() == ""
    assert line.status.property("status") == "ready"


def test_the_words_of_a_failure_are_a_button_that_tells_why(qtbot: QtBot, look: QApplication) -> None:
    line = RunLine()
    qtbot.addWidget(line)
    line.show_run(Run(1, RunStatus.FAILED, 26, 0, diverged_at=28, failure="training left the finite numbers"))
    assert line.failed.text() == "● diverged at step 28"
    assert "Training left the finite numbers" in line.failed.toolTip()
    assert (line.failed.isHidden(), line.status.isHidden()) == (False, True)
    with qtbot.waitSignal(line.why_asked):
        line.failed.click()
    line.show_run(Run(2))
    assert (line.failed.isHidden(), line.status.isHidden()) == (True, False)


def test_a_run_that_ended_by_itself_says_how_it_goes_on(qtbot: QtBot, look: QApplication) -> None:
    line = RunLine()
    qtbot.addWidget(line)
    line.show_run(Run(1, RunStatus.PAUSED, 60, 20, stopped="20 epochs done"))
    assert "as many epochs more" in line.status.toolTip()
    line.show_run(Run(1, RunStatus.PAUSED, 60, 20, stopped="best of epoch 9", kept_step=27))
    assert "weights of that epoch" in line.status.toolTip()


@pytest.mark.parametrize("lost", [math.nan, math.inf])
def test_after_a_divergence_the_last_finite_loss_is_said(qtbot: QtBot, look: QApplication, lost: float) -> None:
    history = History()
    history.extend(np.ones(3, np.float32))
    history.add(Evaluation(0, 2.0, 0.5, 3.0, 0.5))
    history.add(Evaluation(2, lost, 0.5, lost, 0.5))
    plot = CurvePlot(LOSS)
    qtbot.addWidget(plot)
    plot.show_history(history, Run(1, RunStatus.FAILED, 2, 0, history.evaluations[-1], diverged_at=3))
    assert plot.foot.values["train"].text() == "train 2.000"
    assert plot.foot.values["test"].text() == "test 3.000"


def test_a_shortened_label_is_read_out_in_full(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(60, 20)
    for text in ("digits 8×8 · 64-4096-10", "digits 8×8 · 64-2048-10"):
        label.setText(text)
        assert label.shown_text() != text
        assert label.accessibleName() == text


def test_a_long_architecture_keeps_both_ends(qtbot: QtBot, look: QApplication) -> None:
    text = "digits 8×8 · 64-4096-4096-4096-4096-4096-4096-10"
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(text)
    label.resize(180, 20)
    assert label.shown_text().startswith("digits")
    assert label.shown_text().endswith("-10")
    assert "…" in label.shown_text()
    assert label.toolTip() == text
    narrow = label.grab().toImage()
    label.resize(600, 20)
    assert label.shown_text() == text
    assert label.grab(narrow.rect()).toImage() != narrow


def test_speed_is_measured_over_the_last_second() -> None:
    speed = Speed()
    assert speed.value() is None
    for tick in range(31):
        speed.note(tick * 41, tick / 10)
    assert speed.value() == 410
    speed.clear()
    assert speed.value() is None
