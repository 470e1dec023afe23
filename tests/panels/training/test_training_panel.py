"""The training panel as a whole: its buttons, what it says of a run, the run that fills it, and its end."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.data import SETS, load_dataset
from explorer.engine import Network, Problem
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import DARK, LIGHT, Palette
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import RunStatus, Session, Settings, Subject
from tests.panels.training.handling import WAIT_MS, button, choose, enter, make_actions, picker


def test_data_are_asked_for_and_shown_once_they_are_there(qtbot: QtBot, panel: TrainingPanel, session: Session) -> None:
    box = picker(panel, "data_picker")
    with qtbot.waitSignal(panel.controls.form.data_chosen) as chosen:
        choose(box, "spiral")
    assert chosen.args == ["spiral"]
    assert box.currentData() == "moons"
    session.open(Subject.of_data(load_dataset("spiral"), Settings()), Settings())
    assert box.currentData() == "spiral"
    assert panel.controls.subtitle.text() == "spiral · 2-32-2"


def test_a_problem_stands_in_the_picker_until_data_are_chosen(panel: TrainingPanel, session: Session) -> None:
    box = picker(panel, "data_picker")
    problem = Problem(Network.random((2, 3, 2)), np.ones((1, 2)), np.eye(2)[:1], title="By hand")
    session.open(Subject.of_problem("net", problem), Settings.of_problem(problem))
    assert (box.currentText(), box.currentData(), box.count()) == ("By hand", None, len(SETS) + 1)
    assert panel.controls.subtitle.text() == "2-3-2"
    session.open(Subject.of_data(load_dataset("xor"), Settings()), Settings())
    assert (box.currentData(), box.count()) == ("xor", len(SETS))


def test_buttons_trigger_the_actions(qtbot: QtBot, panel: TrainingPanel, actions: dict[str, QAction]) -> None:
    actions["continue_here"].setEnabled(True)
    for name, action in actions.items():
        with qtbot.waitSignal(action.triggered):
            QTest.mouseClick(button(panel, name), Qt.MouseButton.LeftButton)


def test_a_disabled_action_disables_its_button(panel: TrainingPanel, actions: dict[str, QAction]) -> None:
    actions["train_step"].setEnabled(False)
    assert not button(panel, "train_step").isEnabled()


@pytest.mark.parametrize(
    ("status", "words", "button_text"),
    [
        (RunStatus.RUNNING, "● running", "Pause"),
        (RunStatus.PAUSED, "● paused", "Start"),
    ],
)
def test_the_status_is_told(
    panel: TrainingPanel, session: Session, status: RunStatus, words: str, button_text: str
) -> None:
    session.set_status(status)
    assert panel.controls.line.status.text() == words
    assert button(panel, "train").text() == button_text


def test_training_fills_the_panel(qtbot: QtBot, panel: TrainingPanel, session: Session, engine: TrainingEngine) -> None:
    QTest.mouseClick(button(panel, "train"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "updates/s" in panel.controls.line.progress.text(), timeout=WAIT_MS)
    QTest.mouseClick(button(panel, "train"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.state.run.status is RunStatus.PAUSED, timeout=WAIT_MS)
    run = session.state.run
    assert panel.controls.line.progress.text() == f"step {run.step:,} · epoch {run.epoch:,}"
    assert panel.loss.step_label.text() == f"step {run.step:,}"
    assert run.evaluation is not None
    assert panel.loss.curves.points("train")[1][-1] == run.evaluation.train_loss
    QTest.mouseClick(button(panel, "reset"), Qt.MouseButton.LeftButton)
    assert panel.controls.line.progress.text() == "step 0 · epoch 0"
    qtbot.waitUntil(lambda: session.state.run.evaluation is not None, timeout=WAIT_MS)


def test_a_setting_while_training_runs_pauses_at_the_start_of_a_new_run(
    qtbot: QtBot, panel: TrainingPanel, session: Session, engine: TrainingEngine
) -> None:
    engine.train()
    qtbot.waitUntil(lambda: session.state.run.step > 50, timeout=WAIT_MS)
    enter(panel, "batch_size", "8")
    assert (session.state.run.status, session.state.run.step) == (RunStatus.READY, 0)
    qtbot.waitUntil(lambda: session.state.run.evaluation is not None, timeout=WAIT_MS)
    assert button(panel, "train").text() == "Start"


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_nothing_is_clipped_in_a_small_window(panel: TrainingPanel, palette: Palette) -> None:
    panel.setStyleSheet(stylesheet(palette))
    panel.set_palette(palette)
    assert panel.minimumSizeHint().width() <= 1136
    assert panel.minimumSizeHint().height() <= 208
    panel.resize(1256, 208)
    panel.grab()
    controls = panel.controls
    for widget in (*controls.form.fields.values(), *(button(panel, name) for name in make_actions())):
        assert widget.height() >= widget.minimumSizeHint().height()
    for label in (controls.title, controls.subtitle, controls.line.progress, controls.line.status):
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()


def test_it_stops_listening_when_it_is_gone(
    qtbot: QtBot, look: QApplication, session: Session, actions: dict[str, QAction]
) -> None:
    panel = TrainingPanel(session, actions)
    gone: list[bool] = []
    panel.destroyed.connect(lambda: gone.append(True))
    panel.deleteLater()
    qtbot.waitUntil(lambda: bool(gone), timeout=WAIT_MS)
    session.set_status(RunStatus.PAUSED)
    assert session.state.run.status is RunStatus.PAUSED
