"""The training panel, driven as a person does: settings, buttons, status; and with the engine behind it."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.data import SETS, load_dataset
from explorer.engine import Network, Problem
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import DARK, LIGHT, Palette
from explorer.panels.training.setting_field import SettingField
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import RunStatus, Session, Settings, Subject
from explorer.session.opening import open_named

WAIT_MS = 10_000


def make_actions() -> dict[str, QAction]:
    names = ("train", "train_step", "train_epoch", "reset", "continue_here")
    return {name: QAction(name, checkable=name == "train") for name in names}


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


def field(panel: TrainingPanel, name: str) -> SettingField:
    return panel.controls.form.fields[name]


def enter(panel: TrainingPanel, name: str, text: str) -> None:
    edit = field(panel, name)
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def clear(panel: TrainingPanel, name: str) -> None:
    field(panel, name).selectAll()
    QTest.keyClick(field(panel, name), Qt.Key.Key_Delete)
    QTest.keyClick(field(panel, name), Qt.Key.Key_Return)


def button(panel: TrainingPanel, name: str) -> QToolButton:
    found = panel.findChild(QToolButton, f"{name}_button")
    assert isinstance(found, QToolButton)
    return found


def picker(panel: TrainingPanel, name: str) -> QComboBox:
    found = panel.findChild(QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def choose(box: QComboBox, data: str) -> None:
    index = box.findData(data)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_it_shows_the_settings(panel: TrainingPanel) -> None:
    assert {name: edit.text() for name, edit in panel.controls.form.fields.items()} == {
        "hidden": "8",
        "learning_rate": "0.1",
        "batch_size": "16",
        "seed": "1",
        "epochs": "",
        "patience": "",
    }
    assert picker(panel, "optimizer_picker").currentData() == "sgd"
    assert [field(panel, name).placeholderText() for name in ("epochs", "patience")] == ["∞", "off"]
    assert panel.controls.subtitle.text() == "moons · 2-8-2"
    assert picker(panel, "activation_picker").currentData() == "tanh"
    assert picker(panel, "data_picker").currentData() == "moons"
    assert picker(panel, "data_picker").count() == len(SETS)


def test_images_say_their_size(qtbot: QtBot, look: QApplication, actions: dict[str, QAction]) -> None:
    settings = Settings()
    panel = TrainingPanel(Session(Subject.of_data(load_dataset("digits"), settings), settings), actions)
    qtbot.addWidget(panel)
    assert panel.controls.subtitle.text() == "digits 8×8 · 64-32-10"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("hidden", "16, 4", (16, 4)), ("hidden", " ", ()), ("batch_size", "40", 40), ("seed", "12", 12)],
)
def test_a_setting_begins_a_new_run(
    panel: TrainingPanel, session: Session, name: str, text: str, value: object
) -> None:
    run_id = session.state.run.id
    enter(panel, name, text)
    assert getattr(session.state.settings, name) == value
    assert session.state.run.id == run_id + 1
    assert field(panel, name).text() == text.strip()


@pytest.mark.parametrize("name", ["epochs", "patience"])
def test_when_to_stop_goes_on_with_the_run(panel: TrainingPanel, session: Session, name: str) -> None:
    run_id = session.state.run.id
    for text, value in (("20", 20), ("", None)):
        if text:
            enter(panel, name, text)
        else:
            clear(panel, name)
        assert getattr(session.state.settings, name) == value
    QTest.keyClick(field(panel, name), Qt.Key.Key_Up)
    QTest.keyClick(field(panel, name), Qt.Key.Key_Up)
    assert getattr(session.state.settings, name) == 2
    QTest.keyClick(field(panel, name), Qt.Key.Key_Down)
    QTest.keyClick(field(panel, name), Qt.Key.Key_Down)
    assert getattr(session.state.settings, name) is None
    assert field(panel, name).text() == ""
    assert session.state.run.id == run_id


@pytest.mark.parametrize(("text", "words"), [("0", "1 to 1,000,000 epochs"), ("many", "expected a whole number")])
def test_no_number_of_epochs_is_refused(
    panel: TrainingPanel, session: Session, qtbot: QtBot, text: str, words: str
) -> None:
    with qtbot.waitSignal(panel.refused) as caught:
        enter(panel, "epochs", text)
    assert caught.args is not None
    assert words in caught.args[0]
    assert session.state.settings.epochs is None
    assert field(panel, "epochs").text() == ""


def test_another_optimizer_comes_with_its_usual_rate_and_back(panel: TrainingPanel, session: Session) -> None:
    run_id = session.state.run.id
    choose(picker(panel, "optimizer_picker"), "adam")
    assert (session.state.settings.optimizer, session.state.settings.learning_rate) == ("adam", 0.005)
    assert session.state.tape["W1+"].operation == "descend_adam"
    assert session.state.run.id == run_id + 1
    enter(panel, "learning_rate", "0.02")
    choose(picker(panel, "optimizer_picker"), "adam")
    assert session.state.settings.learning_rate == 0.02
    choose(picker(panel, "optimizer_picker"), "sgd")
    assert session.state.settings.learning_rate == 0.1


def test_patience_needs_samples_that_are_held_out(panel: TrainingPanel, session: Session) -> None:
    assert field(panel, "patience").isEnabled()
    session.open(*open_named("net-s"))
    own = session.state.settings.learning_rate
    assert not field(panel, "patience").isEnabled()
    choose(picker(panel, "optimizer_picker"), "momentum")
    choose(picker(panel, "optimizer_picker"), "sgd")
    assert session.state.settings.learning_rate == own


def test_no_setting_is_cut(panel: TrainingPanel) -> None:
    panel.resize(1250, 200)
    panel.show()
    for box in panel.findChildren(QComboBox):
        widest = max(box.fontMetrics().horizontalAdvance(box.itemText(k)) for k in range(box.count()))
        assert widest + 30 <= box.width(), box.objectName()


def test_a_rate_goes_on_with_the_run(panel: TrainingPanel, session: Session) -> None:
    run_id = session.state.run.id
    enter(panel, "learning_rate", "0,25")
    assert session.state.settings.learning_rate == 0.25
    assert session.state.run.id == run_id
    assert field(panel, "learning_rate").text() == "0.25"


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("hidden", "8, many", "hidden layers"),
        ("hidden", "0", "hidden layers"),
        ("hidden", "100000", "hidden layers"),
        ("learning_rate", "fast", "learning rate"),
        ("learning_rate", "-1", "learning rate"),
        ("learning_rate", "nan", "learning rate"),
        ("learning_rate", "1e300", "learning rate"),
        ("batch_size", "0", "batch size"),
        ("batch_size", "2.5", "batch size"),
        ("seed", "-3", "seed"),
        ("seed", "99999999999999", "seed"),
    ],
)
def test_nonsense_is_refused_in_one_sentence_and_the_old_value_comes_back(
    qtbot: QtBot, panel: TrainingPanel, session: Session, name: str, text: str, word: str
) -> None:
    state, before = session.state, field(panel, name).text()
    with qtbot.waitSignal(panel.refused) as refused:
        enter(panel, name, text)
    assert refused.args is not None
    assert word in refused.args[0]
    assert "\n" not in refused.args[0]
    assert field(panel, name).text() == before
    assert session.state is state


def test_return_on_an_unchanged_setting_does_nothing(panel: TrainingPanel, session: Session) -> None:
    state = session.state
    QTest.keyClick(field(panel, "hidden"), Qt.Key.Key_Return)
    assert session.state is state


def test_arrow_keys_move_a_setting(panel: TrainingPanel, session: Session) -> None:
    for name, up, down in (
        ("learning_rate", 0.2, 0.1),
        ("batch_size", 32, 16),
        ("seed", 2, 1),
        ("hidden", (16,), (8,)),
    ):
        QTest.keyClick(field(panel, name), Qt.Key.Key_Up)
        assert getattr(session.state.settings, name) == up
        QTest.keyClick(field(panel, name), Qt.Key.Key_Down)
        assert getattr(session.state.settings, name) == down


def test_escape_brings_the_old_text_back(panel: TrainingPanel, session: Session) -> None:
    edit, state = field(panel, "hidden"), session.state
    QTest.keyClicks(edit, "12")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == "8"
    assert session.state is state


def test_the_activation_is_chosen(panel: TrainingPanel, session: Session) -> None:
    choose(picker(panel, "activation_picker"), "relu")
    assert session.state.settings.activation == "relu"
    assert session.state.network.activations == ("relu", "identity")


def test_without_hidden_layers_there_is_no_activation(panel: TrainingPanel) -> None:
    enter(panel, "hidden", " ")
    assert not picker(panel, "activation_picker").isEnabled()


def test_data_are_asked_for_and_shown_once_they_are_there(qtbot: QtBot, panel: TrainingPanel, session: Session) -> None:
    box = picker(panel, "data_picker")
    with qtbot.waitSignal(panel.data_chosen) as chosen:
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
