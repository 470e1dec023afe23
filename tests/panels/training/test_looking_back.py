"""One step is told at a time: of what is shown while training runs, and of what is looked back at, with its values."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.data import load_dataset
from explorer.panels.theme import LIGHT
from explorer.panels.training.plot_kind import LOSS
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Evaluation, History, Run, RunStatus, Session, Settings, Subject


@pytest.fixture
def session() -> Session:
    settings = Settings((8,), "tanh", 0.1, 16, 1)
    return Session(Subject.of_data(load_dataset("moons"), settings), settings)


@pytest.fixture
def panel(qtbot: QtBot, look: QApplication, session: Session) -> Iterator[TrainingPanel]:
    names = ("train", "train_step", "train_epoch", "reset", "continue_here")
    actions = {name: QAction(name, checkable=name == "train") for name in names}
    made = TrainingPanel(session, actions)
    qtbot.addWidget(made)
    made.set_palette(LIGHT)
    made.resize(1250, 220)
    made.show()
    made.pictures.finish()
    yield made
    made.hide()


def receive(session: Session, step: int, network_step: int) -> None:
    """Train up to a step; the network's newest picture is older."""
    steps = np.full(step - session.state.run.step, 1 / step, np.float32)
    network = session.state.network.copy()
    network.theta += 0.01
    measured = (Evaluation(network_step, 10 / network_step, 0.5, 20 / network_step, 0.5),)
    session.receive(session.state.run.id, step, step // 10, steps, measured, network, None, network_step)


def steps_told(panel: TrainingPanel) -> set[str]:
    line = panel.controls.line.progress.text().removeprefix("shown: ").split(" · ")[0]
    return {line, panel.loss.step_label.text(), panel.accuracy.step_label.text()}


def test_while_training_runs_one_step_is_told_everywhere(panel: TrainingPanel, session: Session) -> None:
    session.set_status(RunStatus.RUNNING)
    for step in (100, 200, 300):
        receive(session, step, step - 7)
        assert steps_told(panel) == {f"step {step - 7}"}
    receive(session, 310, 310)
    session.set_status(RunStatus.PAUSED)
    assert steps_told(panel) == {"step 310"}


def test_the_epoch_is_that_of_the_step_that_is_told(panel: TrainingPanel, session: Session) -> None:
    length = session.state.steps_per_epoch
    session.set_status(RunStatus.RUNNING)
    receive(session, 9 * length, 7 * length)
    assert panel.controls.line.progress.text().startswith(f"step {7 * length} · epoch 7")
    assert session.history.checkpoints.at(7 * length).epoch == 7


def test_what_is_looked_back_at_is_marked_with_its_values(panel: TrainingPanel, session: Session) -> None:
    session.set_status(RunStatus.RUNNING)
    for step in (100, 200, 300):
        receive(session, step, step)
    session.set_status(RunStatus.PAUSED)
    session.look_at(100)
    assert panel.loss.step_label.text() == panel.accuracy.step_label.text() == "step 100"
    assert panel.loss.foot.values["train"].text() == "train 0.100"
    assert not panel.loss.area.marks.isHidden()
    assert panel.controls.line.progress.text() == "shown: step 100 of 300"
    panel.point_at(200)
    assert (panel.loss.step_label.text(), panel.loss.foot.values["train"].text()) == ("step 200", "train 0.0500")
    panel.point_at(None)
    assert (panel.loss.step_label.text(), panel.loss.foot.values["train"].text()) == ("step 100", "train 0.100")
    session.look_at_front()
    assert steps_told(panel) == {"step 300"}
    assert panel.loss.foot.values["train"].text() == "train 0.0333"
    assert panel.loss.area.marks.isHidden()


def is_whole(plot: CurvePlot) -> bool:
    return all(label.width() >= label.sizeHint().width() for label in plot.foot.values.values())


def test_the_numbers_come_before_the_name_of_the_minibatches(qtbot: QtBot, look: QApplication) -> None:
    plot, measured = CurvePlot(LOSS), Evaluation(10, 5.27e-5, 0.5, 4.42e-5, 0.5)
    qtbot.addWidget(plot)
    history = History()
    history.extend(np.full(10, 0.1, np.float32))
    plot.show()
    for width in (215, 420, 215):
        plot.resize(width, 180)
        plot.show_history(history, Run(1, RunStatus.PAUSED, 10, 1, measured))
        qtbot.waitUntil(lambda: is_whole(plot))
        assert plot.foot.batch.isHidden() == (width == 215)
    plot.hide()


def test_no_mark_stands_where_a_range_leaves_it_out(panel: TrainingPanel, session: Session) -> None:
    session.set_status(RunStatus.RUNNING)
    for step in (100, 200, 300):
        receive(session, step, step)
    session.set_status(RunStatus.PAUSED)
    session.look_at(100)
    panel.look(PlotView(span=(150, 250)))
    assert panel.loss.area.marks.isHidden()
    assert panel.loss.step_label.text().endswith("150–250")
