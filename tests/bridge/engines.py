"""Sessions for engines to train: two clouds of points; and what a test waits for."""

from collections.abc import Callable

import numpy as np
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.engine import Network, Problem, Trainer, Update
from explorer.engine.problem import one_hot
from explorer.session import RunStatus, Session, Settings, Subject

WAIT_MS = 10_000
MakeEngine = Callable[[Session], TrainingEngine]


def clouds(samples: int = 50, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    labels = np.arange(samples) % 2
    return rng.normal(size=(samples, 2)) + 2.0 * labels[:, None], labels


def subject(rate: float = 0.1, loss: str = "softmax_cross_entropy", scale: float = 1.0, name: str = "s") -> Subject:
    X, labels = clouds()
    network = Network.random((2, 8, 2), seed=3, loss=loss)
    update = Update(learning_rate=rate)
    Y = one_hot(labels, 2, np.dtype(np.float64))
    made = Subject.of_problem(name, Problem(network, scale * X, Y, labels, update=update))
    held_out, held_labels = clouds(20, seed=1)
    return replace(made, test_X=scale * held_out, test_Y=one_hot(held_labels, 2, np.dtype(np.float64)))


def session_of(about: Subject, batch_size: int = 16) -> Session:
    settings = Settings.of_problem(about.problem)
    return Session(about, replace(settings, batch_size=batch_size, seed=7))


def twin(session: Session) -> Trainer:
    """The trainer alone, from the same start."""
    state = session.state
    problem = state.subject.problem
    return Trainer.of(problem.with_network(problem.network.copy()), state.settings.batch_size, state.settings.seed)


def status_is(session: Session, status: RunStatus) -> Callable[[], bool]:
    return lambda: session.state.run.status is status


def ready(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session.state.run.evaluation is not None, timeout=WAIT_MS)


def past(session: Session, step: int) -> Callable[[], bool]:
    return lambda: session.state.run.step > step
