"""The schedule of the learning rate, set as a person does: by the button beside the optimiser and its card."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine.schedules import SCHEDULES, Schedule
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import DARK, LIGHT
from explorer.panels.training.schedule_card import ScheduleCard
from explorer.panels.training.schedule_curve import ScheduleCurve, last_shown
from explorer.panels.training.schedule_kinds import FACTOR, SCHEDULE_KINDS, STEPS, WARMUP
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Session, Settings
from explorer.session.opening import open_data

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
COSINE = Schedule("cosine", 400, 0.2, warmup=100)


@pytest.fixture
def session() -> Session:
    return Session(*open_data("moons", Settings((8,), "tanh", 0.1, 16)))


@pytest.fixture
def panel(qtbot: QtBot, look: QApplication, session: Session) -> TrainingPanel:
    names = ("train", "train_step", "train_epoch", "reset", "continue_here")
    made = TrainingPanel(session, {name: QAction(name, checkable=name == "train") for name in names})
    qtbot.addWidget(made)
    made.set_palette(LIGHT)
    made.setStyleSheet(stylesheet(LIGHT))
    made.resize(1256, 200)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def card(panel: TrainingPanel) -> Iterator[ScheduleCard]:
    QTest.keyClick(panel.controls.form.schedule, Qt.Key.Key_Space)
    made = panel.controls.form.schedule.card
    assert made is not None
    assert made.isVisible()
    yield made
    made.hide()


def enter(card: ScheduleCard, name: str, text: str) -> None:
    field = card.fields[name]
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def choose(card: ScheduleCard, kind: str) -> None:
    next(button for button in card.kinds.buttons if button.text() == SCHEDULE_KINDS[kind].title).click()


def test_a_kind_is_chosen_with_its_usual_numbers(card: ScheduleCard, session: Session, panel: TrainingPanel) -> None:
    button = panel.controls.form.schedule
    assert button.text() == "constant"
    assert not card.fields["steps"].isEnabled()
    choose(card, "cosine")
    assert session.state.settings.schedule == Schedule("cosine", 2000)
    assert session.state.run.id == 1
    assert (button.text(), card.labels["steps"].text(), card.fields["steps"].text()) == ("cosine", "over", "2000")
    assert button.toolTip().startswith("Cosine over 2,000 to 0.1\n")
    assert button.accessibleName().endswith("cosine over 2,000 to 0.1")
    choose(card, "step")
    assert (card.labels["factor"].text(), card.fields["factor"].text()) == ("times", "0.1")
    choose(card, "constant")
    assert session.state.settings.schedule == Schedule()


def test_the_numbers_are_typed(card: ScheduleCard, session: Session, panel: TrainingPanel) -> None:
    choose(card, "cosine")
    for name, text in (("steps", "1,200"), ("factor", "0,2"), ("warmup", "50")):
        enter(card, name, text)
    assert session.state.settings.schedule == Schedule("cosine", 1200, 0.2, 50)
    assert card.rate.text() == "rate 0.002 at step 0"
    assert panel.controls.line.progress.text() == "step 0 · epoch 0 · rate 0.002"
    session.undo()
    assert card.fields["warmup"].text() == "0"


def test_a_number_that_means_nothing_is_refused_and_the_field_keeps_its_own(
    card: ScheduleCard, session: Session, panel: TrainingPanel
) -> None:
    told: list[str] = []
    session.subscribe(lambda _old, new: told.append(new.notice.text) if new.notice is not None else None)
    choose(card, "step")
    before = session.state.settings.schedule
    enter(card, "factor", "2")
    enter(card, "steps", "0")
    enter(card, "warmup", "soon")
    assert told == [
        "schedule factor 2.0: expected a number from 0 to 1",
        "schedule steps 0: expected 1 update or more",
        "warm-up 'soon': expected a whole number",
    ]
    assert session.state.settings.schedule == before
    assert [field.text() for field in card.fields.values()] == ["667", "0.1", "0"]


def test_escape_closes_the_card_and_what_happens_then_leaves_it_alone(card: ScheduleCard, session: Session) -> None:
    QTest.keyClick(card.fields["warmup"], Qt.Key.Key_Escape)
    assert card.isHidden()
    session.configure(replace(session.state.settings, schedule=COSINE))
    assert card.fields["warmup"].text() == "0"
    card.open()
    assert card.fields["warmup"].text() == "100"


@pytest.mark.parametrize("schedule", [Schedule(), COSINE, Schedule("step", 5), Schedule(warmup=9)])
@pytest.mark.parametrize("optimizer", ["momentum", "sgd"])
def test_nothing_is_cut_beside_the_optimiser(
    panel: TrainingPanel, session: Session, schedule: Schedule, optimizer: str
) -> None:
    session.configure(replace(session.state.settings, schedule=schedule, optimizer=optimizer))
    button, picker = panel.controls.form.schedule, panel.controls.form.optimizer
    edges = 10 if schedule.kind == "constant" else 27
    assert button.fontMetrics().horizontalAdvance(button.text()) + edges <= button.width()
    assert picker.whole_width <= picker.width()
    assert button.height() == picker.height()


def test_the_curve_shows_the_rise_the_fall_and_where_training_stands(qtbot: QtBot) -> None:
    curve = ScheduleCurve(201)
    qtbot.addWidget(curve)
    curve.resize(208, 108)
    curve.set_palette(DARK)
    curve.show_schedule(COSINE, 300)
    places = curve.line()
    assert last_shown(COSINE) == round(1.12 * 500)
    assert places[0] == (4.0, 4 + 100 * (1 - 1 / 100))
    peak = min(places, key=lambda place: place[1])
    assert peak == pytest.approx((4 + 200 * 100 / 560, 4), abs=2)
    assert places[-1] == (204.0, 4 + 100 * 0.8)
    assert all(later[1] >= earlier[1] for earlier, later in pairwise(p for p in places if p[0] > 44))
    at = 4 + 200 * 300 / 560, 4 + 100 * (1 - COSINE.share(300))
    assert curve.grab().toImage().pixelColor(round(at[0]), round(at[1])).name() == DARK.accent.lower()


@pytest.mark.parametrize(
    ("schedule", "last"),
    [
        (Schedule(), 10),
        (Schedule(warmup=100), 224),
        (Schedule("step", 50), 168),
        (Schedule("cosine", 50, warmup=50), 112),
    ],
)
def test_a_schedule_is_drawn_somewhat_beyond_its_falls(schedule: Schedule, last: int) -> None:
    assert last_shown(schedule) == last


@pytest.mark.parametrize(
    ("move", "value", "up", "down"),
    [(STEPS.move, 1, 2, 1), (STEPS.move, 700, 1000, 500), (WARMUP.move, 0, 1, 0), (FACTOR.move, 0.1, 0.2, 0.05)],
)
def test_the_arrow_keys_move_the_numbers(
    move: Callable[[float, bool], float], value: float, up: float, down: float
) -> None:
    assert (move(value, True), move(value, False)) == (up, down)


def test_every_schedule_of_the_engine_has_its_words() -> None:
    assert list(SCHEDULE_KINDS) == list(SCHEDULES)
