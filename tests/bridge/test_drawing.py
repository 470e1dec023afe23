"""Points drawn while the engine trains: it goes on with them, and its numbers are those of a trainer that has them."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.engine import Trainer
from explorer.session import RunStatus, Session
from explorer.session.opening import open_named
from explorer.session.points import AddPoints, ErasePoint, Spot

WAIT_MS = 10_000


@pytest.fixture
def session() -> Session:
    return Session(*open_named("drawn-2"))


@pytest.fixture
def engine(session: Session, qtbot: QtBot) -> Iterator[TrainingEngine]:
    made = TrainingEngine(session)
    qtbot.waitUntil(lambda: session.state.run.evaluation is not None, timeout=WAIT_MS)
    yield made
    made.shutdown()


def goes_on(session: Session, qtbot: QtBot) -> None:
    step = session.state.run.step
    qtbot.waitUntil(lambda: session.state.run.step > step, timeout=WAIT_MS)


def test_it_trains_on_while_points_are_drawn_and_erased(engine: TrainingEngine, session: Session, qtbot: QtBot) -> None:
    engine.train()
    for number in range(12):
        goes_on(session, qtbot)
        session.do(AddPoints(((0.1 * number, 0.5),), number % 2, stroke=1, before=number))
    session.do(ErasePoint(Spot(0, 0)))
    assert engine.running
    goes_on(session, qtbot)
    engine.pause()
    qtbot.waitUntil(lambda: session.state.run.status is RunStatus.PAUSED, timeout=WAIT_MS)
    assert session.state.subject.problem.samples == 13
    assert len(session.history.losses) == session.state.run.step


def test_an_epoch_that_is_asked_for_ends_with_the_points(
    engine: TrainingEngine, session: Session, qtbot: QtBot
) -> None:
    engine.epoch()
    session.do(AddPoints(tuple((0.1 * number, 0.1) for number in range(30)), 0))
    qtbot.waitUntil(lambda: session.state.run.status is RunStatus.PAUSED, timeout=WAIT_MS)
    assert session.state.run.step % session.state.steps_per_epoch == 0


def test_the_updates_after_a_stroke_are_those_of_a_trainer_with_its_points(
    engine: TrainingEngine, session: Session, qtbot: QtBot
) -> None:
    session.do(AddPoints(((0.3, 0.4), (0.5, -0.6)), 1))
    state = session.state
    trainer = Trainer.of(state.subject.problem.with_network(state.network.copy()), 16, state.settings.seed)
    engine.step()
    qtbot.waitUntil(lambda: session.state.run.step == 1, timeout=WAIT_MS)
    trainer.run(steps=1)
    np.testing.assert_array_equal(session.state.network.theta, trainer.network.theta)
