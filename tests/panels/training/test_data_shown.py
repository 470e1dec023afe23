"""Which data the training card says it is on, also for weights from a file, which are a third kind of subject."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.data import SETS
from explorer.files import write_weights
from explorer.panels.training.training_controls import TrainingControls
from explorer.session import Session
from explorer.session.opening import open_data, open_named
from explorer.session.saving import weights_info


@pytest.fixture
def session() -> Session:
    return Session(*open_named("net-s"))


@pytest.fixture
def controls(qtbot: QtBot, look: QApplication, session: Session) -> TrainingControls:
    names = ("train", "train_step", "train_epoch", "reset")
    made = TrainingControls(session, {name: QAction(name, checkable=name == "train") for name in names})
    qtbot.addWidget(made)
    session.subscribe(made.show_state)
    made.show_state(None, session.state)
    return made


def test_weights_show_the_set_they_are_on_and_their_name_without_folders(
    controls: TrainingControls, session: Session, tmp_path: Path
) -> None:
    digits = Session(*open_data("digits"))
    path = write_weights(tmp_path / "mine.npz", digits.state.network, weights_info(digits.state))
    session.open(*open_named(str(path)))
    assert controls.form.data.currentData() == "digits"
    assert controls.subtitle.text() == "mine.npz 8×8 · 64-32-10"
    session.configure(replace(session.state.settings, hidden=(5,)))
    assert controls.form.data.currentData() == "digits"
    assert controls.subtitle.text() == "digits 8×8 · 64-5-10"


def test_a_problem_shows_its_title_among_the_data(controls: TrainingControls, session: Session) -> None:
    assert controls.form.data.currentText() == session.state.subject.title
    session.open(*open_data("moons"))
    assert controls.form.data.currentData() == "moons"
    assert controls.form.data.itemData(0) is not None


@pytest.mark.parametrize("name", ["iris", "moons"])
def test_the_closed_picker_names_where_the_samples_come_from(
    controls: TrainingControls, session: Session, name: str
) -> None:
    session.open(*open_data(name))
    lines = controls.form.data.toolTip().split("\n")
    assert lines[0] == SETS[name].title
    assert any(line.startswith("Source: ") for line in lines)
    assert lines[-1] == "The samples to train on. A change begins a new run."


def test_a_file_of_one_s_own_is_shown_by_its_name(controls: TrainingControls, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("a,b,y\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n")
    session.open(*open_named(str(path)))
    assert (controls.form.data.currentText(), controls.subtitle.text()) == ("mine.csv", "mine.csv · 2-16-2")
    session.open(*open_data("moons"))
    assert controls.form.data.currentData() == "moons"
    assert controls.form.data.findText("mine.csv") < 0


@pytest.mark.parametrize(("activation", "hidden"), [("tanh", (8, 8, 8)), ("sigmoid", (8, 8, 8)), ("relu", (16, 8, 8))])
def test_the_layers_stand_whole_beside_the_activation(
    controls: TrainingControls, session: Session, qtbot: QtBot, activation: str, hidden: tuple[int, ...]
) -> None:
    session.open(*open_data("moons"))
    controls.show()
    qtbot.waitExposed(controls)
    session.configure(replace(session.state.settings, activation=activation, hidden=hidden))
    field = controls.form.fields["hidden"]
    qtbot.waitUntil(lambda: field.text() == ", ".join(map(str, hidden)))
    assert controls.form.activation.width() >= controls.form.activation.whole_width
    session.configure(replace(session.state.settings, hidden=(100,) * 6))
    qtbot.waitUntil(lambda: field.text().endswith("…"))
    assert controls.form.activation.width() >= controls.form.activation.whole_width
    controls.hide()
