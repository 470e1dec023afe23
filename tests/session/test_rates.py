"""The rate of a run: a schedule with which it goes on, what is told of it, and which one is usual."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine.problem import Memory
from explorer.engine.schedules import NUMBERS, SCHEDULES, Rule, Schedule
from explorer.session import RunStatus, Session, Settings
from explorer.session.opening import open_data
from explorer.session.rates import coming_rate, coming_stop, usual_schedule, words_of
from explorer.session.runs_comparing import Comparison
from explorer.session.runs_table import schedule_words
from explorer.session.saving import weights_info

STEP = Schedule("step", 2, 0.5)


@pytest.fixture
def session() -> Session:
    return Session(*open_data("moons", Settings((4,), "tanh", 0.1, 16)))


def train(session: Session, steps: int) -> None:
    run = session.state.run
    made = run.step + steps
    memory = Memory(made)
    session.receive(run.id, made, 0, np.ones(steps, np.float32), (), session.state.network.copy(), memory)


def take(session: Session, schedule: Schedule) -> None:
    session.configure(replace(session.state.settings, schedule=schedule))


def test_a_run_goes_on_with_another_schedule_which_reaches_the_tape_and_the_files(session: Session) -> None:
    train(session, 5)
    take(session, STEP)
    state = session.state
    assert (state.run.id, state.run.step) == (1, 5)
    assert state.subject.problem.update.schedule == STEP
    assert coming_rate(state) == 0.1 * 0.5**2
    assert state.tape["W1+"].value == pytest.approx(
        state.network.parameters["W1"] - coming_rate(state) * state.tape["dJ/dW1"].value
    )
    assert Settings.from_values(weights_info(state).settings).schedule == STEP


def test_a_schedule_can_be_undone(session: Session) -> None:
    train(session, 5)
    take(session, STEP)
    assert session.undo_text == "new settings"
    session.undo()
    assert session.state.settings.schedule == Schedule()
    session.redo()
    assert session.state.settings.schedule == STEP


def test_a_run_tells_the_schedules_of_its_own_updates(session: Session) -> None:
    train(session, 5)
    take(session, STEP)
    train(session, 3)
    take(session, Schedule("cosine", 50, 0.2, warmup=5))
    session.keep_run()
    assert schedule_words(session.state.runs[0].moment) == "constant → times 0.5 every 2"
    train(session, 1)
    session.keep_run()
    assert schedule_words(session.state.runs[1].moment).endswith(" → cosine over 50 to 0.2, warm-up 5")


def test_what_is_compared_is_compared_by_the_schedule(session: Session) -> None:
    take(session, STEP)
    for lane in Comparison({"sgd": (0.1,), "adam": (0.005,)}, 2).lanes(session.state):
        assert lane.problem.update.schedule == STEP


@pytest.mark.parametrize(
    ("epochs", "made", "kind", "steps"),
    [
        (None, 0, "cosine", 2000),
        (None, 500, "cosine", 2500),
        (None, 0, "step", 667),
        (None, 500, "step", 1167),
        (10, 0, "cosine", 100),
        (10, 130, "cosine", 200),
        (10, 130, "step", 154),
        (10, 130, "constant", 1000),
    ],
)
def test_a_usual_schedule_ends_with_the_run_and_begins_to_fall_later(
    session: Session, epochs: int | None, made: int, kind: str, steps: int
) -> None:
    session.configure(replace(session.state.settings, epochs=epochs))
    assert session.state.steps_per_epoch == 10
    train(session, made) if made else None
    schedule = usual_schedule(session.state, kind)
    assert (schedule.kind, schedule.steps) == (kind, steps)
    assert kind != "step" or schedule.share(made) == 1


def test_a_kind_of_schedule_is_one_record(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Rule(lambda update, steps, factor: max(1 - update / steps, factor), "line over {steps:,}", NUMBERS, falls=2)
    monkeypatch.setitem(SCHEDULES, "line", rule)
    schedule = usual_schedule(session.state, "line")
    assert (schedule.steps, schedule.varies, schedule.share(500)) == (1000, True, 0.5)
    assert words_of(replace(schedule, warmup=5)) == "line over 1,000, warm-up 5"
    assert words_of(Schedule(warmup=5)) == "constant, warm-up 5"


def test_a_kind_without_numbers_keeps_the_warm_up_alone(session: Session) -> None:
    take(session, Schedule("cosine", 400, 0.2, warmup=50))
    assert usual_schedule(session.state, "constant") == Schedule(warmup=50)


def test_the_epoch_at_which_a_run_stops_by_itself_is_known_beforehand(session: Session) -> None:
    assert coming_stop(session.state) is None
    session.configure(replace(session.state.settings, epochs=4))
    assert coming_stop(session.state) == 4
    train(session, 5 * session.state.steps_per_epoch)
    assert coming_stop(session.state) == 8
    session.set_status(RunStatus.PAUSED, "8 epochs done")
    assert coming_stop(session.state) is None
