"""The settings on the training panel: what begins a run and what goes on with it, and what is refused."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from explorer.data import SETS, load_dataset
from explorer.engine.problem import Objective
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Session, Settings, Subject
from explorer.session.opening import open_named
from explorer.session.runs_table import SETTINGS
from tests.panels.training.handling import choose, clear, enter, field, picker


def refusal(session: Session) -> str:
    assert session.state.notice is not None
    return session.state.notice.text


def test_it_shows_the_settings(panel: TrainingPanel) -> None:
    assert {name: edit.text() for name, edit in panel.controls.form.fields.items()} == {
        "hidden": "8",
        "learning_rate": "0.1",
        "batch_size": "16",
        "seed": "1",
        "epochs": "",
        "l2": "0",
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


def test_a_batch_that_is_all_there_is_says_so(panel: TrainingPanel, session: Session) -> None:
    edit, samples = field(panel, "batch_size"), session.state.samples
    assert edit.accessibleDescription() == ""
    enter(panel, "batch_size", "100000")
    words = f"Every update takes all {samples:,} samples: there are no more."
    assert words in edit.toolTip()
    assert edit.accessibleDescription() == words
    enter(panel, "batch_size", "16")
    assert "all" not in edit.toolTip()


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
def test_no_number_of_epochs_is_refused(panel: TrainingPanel, session: Session, text: str, words: str) -> None:
    enter(panel, "epochs", text)
    assert words in refusal(session)
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
    panel: TrainingPanel, session: Session, name: str, text: str, word: str
) -> None:
    state, before = session.state, field(panel, name).text()
    enter(panel, name, text)
    assert word in refusal(session)
    assert "\n" not in refusal(session)
    assert field(panel, name).text() == before
    assert (session.state.settings, session.state.run) == (state.settings, state.run)
    assert session.state.subject is state.subject
    assert session.state.tape is state.tape


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


def test_with_room_the_layers_and_their_activation_have_a_line_each(
    panel: TrainingPanel, session: Session, qtbot: QtBot
) -> None:
    form = panel.controls.form
    hidden, activation = field(panel, "hidden"), picker(panel, "activation_picker")
    panel.resize(900, 640)
    panel.show()
    enter(panel, "hidden", "128, 64, 32")
    for _ in range(2):
        panel.controls.set_wide(wide=True, panel=900)
        qtbot.waitUntil(lambda: hidden.width() >= hidden.whole_width)
        assert activation.width() == hidden.width() == picker(panel, "data_picker").width()
        assert activation.geometry().top() > hidden.geometry().bottom()
        (label,) = (each for each in form.findChildren(QLabel) if each.text() == "activation")
        assert label.isVisible()
        panel.controls.set_wide(wide=False, panel=900)
        qtbot.waitUntil(lambda: abs(hidden.mapTo(form, QPoint()).y() - activation.mapTo(form, QPoint()).y()) < 9)
        assert not label.isVisible()
    choose(activation, "relu")
    assert session.state.settings.activation == "relu"
    panel.hide()


def test_a_penalty_is_a_setting_that_the_pass_shows_and_undo_takes_back(panel: TrainingPanel, session: Session) -> None:
    enter(panel, "l2", "0.01")
    assert session.state.subject.problem.objective.l2 == 0.01
    assert "R" in [step.id for step in session.state.tape.steps]
    assert dict(SETTINGS)["L2 penalty"](session.moment()) == "0.01"
    enter(panel, "seed", "5")
    assert field(panel, "l2").text() == "0.01"
    session.undo()
    session.undo()
    assert session.state.subject.problem.objective.l2 == 0
    assert field(panel, "l2").text() == "0"
    assert "R" not in [step.id for step in session.state.tape.steps]
    enter(panel, "l2", "-1")
    assert "l2 -1" in refusal(session)


def test_the_field_shows_the_penalty_of_a_problem_and_other_settings_leave_it(
    qtbot: QtBot, look: QApplication, actions: dict[str, QAction]
) -> None:
    subject, settings = open_named("net-s")
    problem = replace(subject.problem, objective=Objective(l2=0.25, l2_form="full"))
    session = Session(Subject.of_problem("mine.json", problem), settings)
    panel = TrainingPanel(session, actions)
    qtbot.addWidget(panel)
    assert field(panel, "l2").text() == "0.25"
    enter(panel, "batch_size", "1")
    assert session.state.subject.problem.objective == problem.objective
    clear(panel, "l2")
    assert session.state.subject.problem.objective == Objective(l2_form="full")
    enter(panel, "hidden", "3")
    assert session.state.subject.problem.objective == Objective(l2_form="full")


def test_where_patience_is_set_it_says_that_what_chooses_is_no_fair_judge(panel: TrainingPanel) -> None:
    assert "optimistic" in field(panel, "patience").toolTip()
