"""Sessions whose runs are kept, trained as an engine would report it."""

import numpy as np
from msgspec.structs import replace

from explorer.data import load_dataset
from explorer.data.choices import Fitting
from explorer.session import Evaluation, RunStatus, Session, Settings, Subject
from explorer.session.opening import open_data
from explorer.tape.mistaken_trainer import trainer_of

SETTINGS = Settings((4,), "tanh", 0.1, 16)


def session_of(name: str = "moons") -> Session:
    return Session(*open_data(name, SETTINGS))


def train(session: Session, steps: int = 5, status: RunStatus = RunStatus.PAUSED) -> None:
    """What the engine does, without its thread."""
    session.set_status(RunStatus.RUNNING)
    state = session.state
    problem = state.subject.problem.with_network(state.network.copy(), state.memory)
    trainer = trainer_of(problem, state.settings.batch_size, state.settings.seed)
    trainer.resume(state.run.step, state.memory)
    losses = np.empty(steps)
    trainer.run(steps, losses)
    measured = Evaluation(trainer.step, losses[-1], 0.5, losses[-1], 0.5)
    memory = replace(state.memory, updates=trainer.optimizer.steps, vectors=trainer.optimizer.state)
    session.receive(
        state.run.id, trainer.step, trainer.epoch, losses.astype(np.float32), (measured,), problem.network, memory
    )
    session.set_status(status)


def names(session: Session) -> list[str]:
    return [run.name for run in session.state.runs]


def numbers(fitting: Fitting, features: int = 2, name: str = "prices") -> tuple[Subject, Settings]:
    """Return numbers to predict, in the hundreds, as they are or scaled, from so many inputs."""
    X = np.random.default_rng(0).normal(size=(40, features))
    told = {"labels": np.zeros(40, np.intp), "targets": 100 * X[:, :1], "features": ("a", "b", "c")[:features]}
    data = replace(load_dataset("sine"), name=name, fitting=fitting, X=X, **told)
    settings = Settings((4,), "tanh", 0.01, 16)
    return Subject.of_data(data, settings), settings
