"""A schedule that is taken in the middle of a run: the same bits as a trainer that takes it at that step."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import Schedule
from explorer.session import RunStatus, Session, Settings
from explorer.session.opening import open_data
from explorer.tape.mistaken_trainer import trainer_of

WAIT_MS = 10_000
COSINE, CONSTANT = Schedule("cosine", 9, 0.2, warmup=2), Schedule()


@pytest.fixture
def session() -> Session:
    return Session(*open_data("moons", Settings((4,), "tanh", 0.1, 16)))


@pytest.fixture
def engine(qtbot: QtBot, session: Session) -> Iterator[TrainingEngine]:
    made = TrainingEngine(session)
    yield made
    made.shutdown()


def stands_at(session: Session, step: int) -> bool:
    return session.state.run.step == step


def step_to(qtbot: QtBot, engine: TrainingEngine, session: Session, step: int) -> None:
    for made in range(session.state.run.step, step):
        engine.step()
        qtbot.waitUntil(partial(stands_at, session, made + 1), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.state.run.status is RunStatus.PAUSED, timeout=WAIT_MS)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_goes_on_by_another_schedule(
    qtbot: QtBot, engine: TrainingEngine, session: Session, optimizer: str
) -> None:
    session.configure(replace(session.state.settings, optimizer=optimizer))
    problem = session.state.subject.problem
    alone = trainer_of(replace(problem, network=problem.network.copy()), 16, session.state.settings.seed)
    run = session.state.run.id
    for step, schedule in ((2, COSINE), (5, CONSTANT), (7, Schedule("step", 2, 0.5)), (10, None)):
        step_to(qtbot, engine, session, step)
        alone.run(step - alone.step)
        assert np.array_equal(session.state.network.theta, alone.network.theta)
        if schedule is not None:
            session.configure(replace(session.state.settings, schedule=schedule))
            alone.schedule = schedule
    assert session.state.run.id == run


def test_undoing_a_schedule_brings_the_bits_back(qtbot: QtBot, engine: TrainingEngine, session: Session) -> None:
    step_to(qtbot, engine, session, 2)
    session.configure(replace(session.state.settings, schedule=COSINE))
    session.undo()
    assert (session.state.settings.schedule, session.state.subject.problem.update.schedule) == (CONSTANT, CONSTANT)
    problem = session.state.subject.problem
    alone = trainer_of(replace(problem, network=problem.network.copy()), 16, session.state.settings.seed)
    alone.run(4)
    step_to(qtbot, engine, session, 4)
    assert np.array_equal(session.state.network.theta, alone.network.theta)
