"""Sessions with kept runs, for the tests of what shows them."""

import numpy as np
from msgspec.structs import replace

from explorer.session import Evaluation, RunStatus, Session, Settings
from explorer.session.opening import open_data


def session_of(name: str = "moons") -> Session:
    return Session(*open_data(name, Settings((4,), "tanh", 0.1, 16)))


def train(session: Session, steps: int = 5, loss: float = 0.25) -> None:
    """Let numbers come in as if a network had trained."""
    session.set_status(RunStatus.RUNNING)
    state = session.state
    step = state.run.step + steps
    measured = Evaluation(step, loss, 0.5, 2 * loss, 0.75)
    losses = np.full(steps, loss, np.float32)
    memory = replace(state.memory, updates=step)
    session.receive(state.run.id, step, 0, losses, (measured,), state.network.copy(), memory)
    session.set_status(RunStatus.PAUSED)


def with_runs(*names: str) -> Session:
    """A session with kept runs of 5, 10, ... steps."""
    session = session_of()
    for name in names:
        train(session)
        session.keep_run(name)
    return session
