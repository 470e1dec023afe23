"""A session on the moons, the panel that trains it, and the engine that does."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.data import load_dataset
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import LIGHT
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Run, RunStatus, Session, Settings, Subject
from tests.panels.training.curving import STEPS, history
from tests.panels.training.handling import make_actions


@pytest.fixture
def session() -> Session:
    settings = Settings((8,), "tanh", 0.1, 16, 1)
    return Session(Subject.of_data(load_dataset("moons"), settings), settings)


@pytest.fixture
def actions(qapp: QApplication) -> dict[str, QAction]:
    return make_actions()


@pytest.fixture
def panel(qtbot: QtBot, look: QApplication, session: Session, actions: dict[str, QAction]) -> TrainingPanel:
    made = TrainingPanel(session, actions)
    qtbot.addWidget(made)
    made.set_palette(LIGHT)
    made.resize(1256, 208)
    made.pictures.finish()
    return made


@pytest.fixture
def engine(session: Session, actions: dict[str, QAction]) -> Iterator[TrainingEngine]:
    made = TrainingEngine(session)
    for name, slot in (("train", made.toggle), ("train_step", made.step), ("reset", made.reset)):
        actions[name].triggered.connect(slot)
    yield made
    made.shutdown()


@pytest.fixture
def drawn_panel(qtbot: QtBot, look: QApplication) -> Iterator[TrainingPanel]:
    """The panel on the screen, with a history of 1,000 steps in its plots."""
    settings = Settings((8,), "tanh", 0.1, 16, 1)
    names = ("train", "train_step", "train_epoch", "reset", "continue_here")
    actions = {name: QAction(name, checkable=name == "train") for name in names}
    made = TrainingPanel(Session(Subject.of_data(load_dataset("moons"), settings), settings), actions)
    qtbot.addWidget(made)
    made.set_palette(LIGHT)
    made.setStyleSheet(stylesheet(LIGHT))
    made.resize(1250, 220)
    made.show()
    made.pictures.finish()
    for plot in (made.loss, made.accuracy):
        plot.show_history(history(), Run(1, RunStatus.PAUSED, STEPS, 2, history().evaluations[-1]))
    yield made
    made.hide()
