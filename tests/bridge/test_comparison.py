"""Optimisers compared: each run is, bit for bit, what training it alone gives; it can be stopped and may diverge."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.bridge import comparison_worker
from explorer.bridge.comparison import ComparisonEngine
from explorer.engine import Trainer
from explorer.engine.errors import ExplorerError
from explorer.engine.optimizers import OPTIMIZERS
from explorer.session import RunStatus, Session
from explorer.session.opening import open_data
from explorer.session.runs_commands import KeepRuns
from explorer.session.runs_comparing import Comparison, Lane, usual_rates
from explorer.session.settings import Settings

WAIT_MS = 20_000
SETTINGS = Settings((4,), "tanh", 0.1, 16, seed=3)


@pytest.fixture
def engine(qtbot: QtBot) -> Iterator[ComparisonEngine]:
    made = ComparisonEngine()
    yield made
    made.shutdown()


def compared(qtbot: QtBot, engine: ComparisonEngine, session: Session, asked: Comparison) -> tuple[str, ...]:
    with qtbot.waitSignal(engine.ended, timeout=WAIT_MS) as ended:
        engine.start(asked, session.state)
    assert not engine.running
    return tuple(ended.args[0])


def alone(lane: Lane, steps: int) -> tuple[Trainer, np.ndarray]:
    """A run of the lane's settings by itself."""
    session = Session(*open_data("moons", lane.settings))
    problem = session.state.subject.problem
    trainer = Trainer.of(problem.with_network(problem.network.copy()), lane.settings.batch_size, lane.settings.seed)
    losses = np.empty(steps)
    trainer.run(steps, losses)
    return trainer, losses


@pytest.mark.parametrize("together_bytes", [2**28, 1], ids=["side by side", "one after the other"])
def test_every_run_is_what_it_is_alone(
    qtbot: QtBot, engine: ComparisonEngine, monkeypatch: pytest.MonkeyPatch, together_bytes: int
) -> None:
    monkeypatch.setattr(comparison_worker, "TOGETHER_BYTES", together_bytes)
    session = Session(*open_data("moons", SETTINGS))
    rates: dict[str, tuple[float, ...]] = {name: (rate,) for name, rate in usual_rates(session.state).items()}
    rates["sgd"] = (0.1, 0.5)
    assert compared(qtbot, engine, session, Comparison(rates, 20)) == ()
    steps = 20 * session.state.steps_per_epoch
    assert len(engine.lanes) == len(OPTIMIZERS) + 1
    assert engine.share == 1
    for lane in engine.lanes:
        trainer, losses = alone(lane, steps)
        assert (lane.run.step, lane.run.epoch) == (steps, 20)
        assert np.array_equal(lane.network.theta, trainer.network.theta), lane.name
        assert np.array_equal(lane.history.losses.view(), losses.astype(np.float32)), lane.name
        assert lane.history.evaluations[0].step == 0
        assert lane.history.evaluations[-1].step == steps
    assert {lane.name for lane in engine.lanes} >= {"SGD 0.1", "SGD 0.5", "Adam 0.005"}


def test_a_compared_run_is_kept_and_trained_on(qtbot: QtBot, engine: ComparisonEngine) -> None:
    session = Session(*open_data("moons", SETTINGS))
    compared(qtbot, engine, session, Comparison({"sgd": (0.1,), "adam": (0.01,)}, 3))
    session.do(KeepRuns(engine.moments(), "comparing 2 runs"))
    assert [run.name for run in session.state.runs] == ["SGD 0.1", "Adam 0.01"]
    kept = session.state.runs[1]
    assert kept.moment.subject.problem.X is session.state.subject.problem.X
    session.show_run(kept.id)
    state = session.state
    assert state.network is kept.moment.network
    assert (state.settings.optimizer, state.settings.learning_rate) == ("adam", 0.01)
    assert state.subject.problem.update.optimizer == "adam"
    assert (state.run.step, state.memory.updates) == (3 * state.steps_per_epoch,) * 2
    assert session.history.losses.view().tobytes() == kept.history.losses.view().tobytes()


def test_a_kept_run_can_be_gone_back_to_from_its_first_step_on(qtbot: QtBot, engine: ComparisonEngine) -> None:
    session = Session(*open_data("moons", SETTINGS))
    compared(qtbot, engine, session, Comparison({"sgd": (0.1,), "adam": (0.01,)}, 3))
    session.do(KeepRuns(engine.moments(), "comparing 2 runs"))
    session.show_run(session.state.runs[1].id)
    steps = session.checkpoints.steps
    assert steps[:5] == (0, 1, 2, 3, 4)
    assert steps[-1] == 3 * session.state.steps_per_epoch
    for step in steps:
        session.look_at(step)
        trainer, _ = alone(engine.lanes[1], step)
        assert session.state.network_step == step
        assert np.array_equal(session.state.network.theta, trainer.network.theta)
    session.look_at(0)
    session.continue_here()
    assert (session.state.run.step, session.state.memory.updates) == (0, 0)


def test_a_run_that_diverges_leaves_the_others_alone(qtbot: QtBot, engine: ComparisonEngine) -> None:
    session = Session(*open_data("sine", Settings((8,), "tanh", 0.1, 16)))
    assert compared(qtbot, engine, session, Comparison({"sgd": (0.05, 1e6)}, 5)) == ()
    calm, wild = engine.lanes
    assert calm.run.step == 5 * session.state.steps_per_epoch
    assert (wild.run.status, wild.done) == (RunStatus.FAILED, True)
    assert wild.run.diverged_at is not None
    assert wild.run.step < wild.run.diverged_at
    assert np.isfinite(wild.network.theta).all()


def test_a_comparison_is_stopped_where_it_stands(qtbot: QtBot, engine: ComparisonEngine) -> None:
    session = Session(*open_data("moons", SETTINGS))
    engine.start(Comparison({"sgd": (0.1,), "adam": (0.005,)}, 1_000_000), session.state)
    qtbot.waitUntil(lambda: all(lane.run.step > 100 for lane in engine.lanes), timeout=WAIT_MS)
    assert 0 < engine.share < 1
    with qtbot.waitSignal(engine.ended, timeout=WAIT_MS):
        engine.stop()
    for lane in engine.lanes:
        trainer, losses = alone(lane, lane.run.step)
        assert np.array_equal(lane.network.theta, trainer.network.theta)
        assert np.array_equal(lane.history.losses.view(), losses.astype(np.float32))
    assert len(engine.moments()) == 2
    compared(qtbot, engine, session, Comparison({"sgd": (0.1, 0.2)}, 1))


def test_closing_ends_it_and_tells_nothing(engine: ComparisonEngine) -> None:
    told: list[object] = []
    engine.ended.connect(told.append)
    session = Session(*open_data("moons", SETTINGS))
    engine.start(Comparison({"sgd": (0.1,), "adam": (0.005,)}, 1_000_000), session.state)
    engine.shutdown()
    QApplication.processEvents()
    assert (engine.running, told) == (False, [])


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Comparison({"sgd": (0.1,)}, 5), "1 run to compare: choose 2 to 8 optimisers or rates"),
        (Comparison({"sgd": (0.1, 0.1)}, 5), "1 run"),
        (Comparison({"sgd": tuple(range(1, 10))}, 5), "9 runs"),
        (Comparison({"sgd": (0.1, 0.2)}, 0), "epochs 0: expected 1 to 1,000,000"),
        (Comparison({"sgd": (0.1, -1.0)}, 5), "learning rate -1"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(
    engine: ComparisonEngine, asked: Comparison, sentence: str
) -> None:
    session = Session(*open_data("moons", SETTINGS))
    with pytest.raises(ExplorerError, match=sentence):
        engine.start(asked, session.state)
    assert not engine.running
