"""With the minibatch on show, the engine's next update is the one on the tape, at every turn of a run."""

from collections.abc import Callable

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.engine import Network, Problem, Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import one_hot
from explorer.session import Edit, NextUpdate, PreviousUpdate, RunStatus, Session, Settings, Subject
from tests.bridge.engines import WAIT_MS, MakeEngine

SAMPLES, BATCH = 13, 4
"""Three minibatches of 4 and a last one of 1."""
CHANGES: tuple[Callable[[Session], object], ...] = (
    lambda session: session.do(NextUpdate()),
    lambda session: session.do(Edit(("W1", (0, 0)), 0.5)),
    lambda session: session.do(Edit(("x", (0, 1)), -2.0)),
    lambda session: session.do(PreviousUpdate()),
    lambda session: session.undo(),
    lambda session: session.undo(),
    lambda session: session.redo(),
    lambda session: session.reset(),
    lambda session: session.configure(replace(session.state.settings, batch_size=5)),
)
"""Ways to another pass, or to the same one of other numbers."""
Arrays = dict[str, NDArray[np.floating]]


def session_of(optimizer: str = "sgd") -> Session:
    rng = np.random.default_rng(0)
    labels = np.arange(SAMPLES) % 2
    X, Y = rng.normal(size=(SAMPLES, 2)) + 2.0 * labels[:, None], one_hot(labels, 2, np.dtype(np.float64))
    problem = Problem(Network.random((2, 5, 2), seed=3), X, Y, labels, update=Update(optimizer, 0.05))
    session = Session(Subject.of_problem("s", problem), replace(Settings.of_problem(problem), batch_size=BATCH, seed=7))
    session.show_whole(True)
    return session


def on_tape(session: Session) -> Arrays:
    """The parameters that the shown tape's update leads to."""
    return {name: session.state.tape[f"{name}+"].value for name in session.state.network.parameters}


def step_makes_it(qtbot: QtBot, session: Session, engine: TrainingEngine) -> None:
    """One step of training leads where the tape says."""
    expected, wanted = on_tape(session), session.state.run.step + 1
    engine.step()
    qtbot.waitUntil(lambda: (session.state.run.step, session.state.run.status) == (wanted, RunStatus.PAUSED))
    for name, array in session.state.network.parameters.items():
        np.testing.assert_allclose(array, expected[name], rtol=0, atol=1e-12)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_train_step_makes_the_update_on_show(qtbot: QtBot, make_engine: MakeEngine, optimizer: str) -> None:
    session = session_of(optimizer)
    engine = make_engine(session)
    sizes = []
    for _ in range(6):
        sizes.append(session.state.tape.samples)
        step_makes_it(qtbot, session, engine)
    assert sizes == [4, 4, 4, 1, 4, 4]


def test_it_does_after_every_other_way_to_a_pass(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of("adam")
    engine = make_engine(session)
    for change in CHANGES:
        change(session)
        step_makes_it(qtbot, session, engine)


def test_it_does_after_training_and_from_an_earlier_step(qtbot: QtBot, make_engine: MakeEngine) -> None:
    session = session_of("momentum")
    engine = make_engine(session)
    engine.train()
    qtbot.waitUntil(lambda: session.state.network_step > 20, timeout=WAIT_MS)
    engine.pause()
    qtbot.waitUntil(lambda: session.state.run.status is RunStatus.PAUSED, timeout=WAIT_MS)
    step_makes_it(qtbot, session, engine)
    session.look_at(session.checkpoints.steps[len(session.checkpoints) // 2])
    session.continue_here()
    step_makes_it(qtbot, session, engine)


def test_while_training_runs_the_tape_is_of_the_network_and_minibatch_shown(
    qtbot: QtBot, make_engine: MakeEngine
) -> None:
    session = session_of()
    engine = make_engine(session)
    seen: list[tuple[int, bool]] = []

    def look(_old: object, _new: object) -> None:
        state = session.state
        X = state.subject.problem.X[state.minibatch]
        matches = np.array_equal(state.tape.given["x"], X)
        seen.append(
            (state.network_step, matches and np.array_equal(state.tape.given["W1"], state.network.parameters["W1"]))
        )

    unsubscribe = session.subscribe(look)
    engine.train()
    qtbot.waitUntil(lambda: len({step for step, _ in seen}) > 3, timeout=WAIT_MS)
    engine.pause()
    qtbot.waitUntil(lambda: session.state.run.status is RunStatus.PAUSED, timeout=WAIT_MS)
    unsubscribe()
    assert all(matches for _, matches in seen)
